"""Workbooks to fill in, and cases in another form."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

from . import _native

if TYPE_CHECKING:
    from .case import _Lang

__all__ = ["convert", "template"]


def template(path: str | PathLike[str], lang: _Lang = "zh") -> None:
    """Writes an empty workbook with headers, explanations, drop-down lists and worked example rows."""
    _native.template(path, lang)


def convert(source: str | PathLike[str], target: str | PathLike[str], lang: _Lang = "zh") -> None:
    """Moves a case between a folder of CSV, a workbook (.xlsx) and a JSON document (.json), without loss.

    Raises ``CaseError`` where the source cannot be read or the target cannot be written.
    """
    _native.convert(source, target, lang)
