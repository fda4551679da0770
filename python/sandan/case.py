"""A case: the three lists and the tables beside them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal

from . import _native
from .frames import csv_text, kind_of, present
from .plan import Plan
from .report import Report

__all__ = ["Case", "read"]

if TYPE_CHECKING:
    from .frames import _FrameKind

    _Lang = Literal["zh", "en"]


class Case:
    """One case, understood: every reference resolved, every default filled in.

    Tables are pandas or polars frames, anything with the Arrow PyCapsule interface, lists of dicts, or dicts of
    columns; ``settings`` may also be a plain dict of keys and values, ``previous`` a plan, a dict or JSON text.
    Column names are accepted in English and in Chinese, as in the workbook. Missing values are blank cells.

    Raises ``CaseError`` with every problem at once, in the language ``lang``.
    """

    def __init__(
        self,
        needs: Any = None,
        projects: Any = None,
        resources: Any = None,
        places: Any = None,
        travel: Any = None,
        periods: Any = None,
        requirements: Any = None,
        fit: Any = None,
        rules: Any = None,
        pins: Any = None,
        settings: Any = None,
        previous: Plan | Mapping[str, Any] | str | None = None,
        *,
        lang: _Lang = "zh",
    ) -> None:
        given = {
            "needs": needs,
            "projects": projects,
            "resources": resources,
            "places": places,
            "travel": travel,
            "periods": periods,
            "requirements": requirements,
            "fit": fit,
            "rules": rules,
            "pins": pins,
            "settings": _setting_rows(settings),
        }
        tables = {name: table for name, table in given.items() if table is not None}
        files = [(f"{name}.csv", csv_text(table)) for name, table in tables.items()]
        if previous is not None:
            files.append(("previous.json", _plan_text(previous)))
        self.native = _native.Case(files, lang)
        self._frames: _FrameKind | None = kind_of(next(iter(tables.values()), None))

    @classmethod
    def _read(cls, path: str | PathLike[str], lang: _Lang, frames: _FrameKind | None) -> Case:
        case = cls.__new__(cls)
        case.native, case._frames = _native.Case.read(path, lang), frames
        return case

    @property
    def hash(self) -> str:
        """SHA-256 of the normalised case: equal cases have equal hashes, however they were written."""
        return self.native.hash

    @property
    def warnings(self) -> list[dict[str, Any]]:
        """What deserves a second look, in the form of ``CaseError.problems``; warnings never change the meaning."""
        return self.native.warnings()

    @property
    def tables(self) -> dict[str, Any]:
        """The tables as written, by English name, cells as text (blank: null), without blank rows."""
        return {
            name: present(
                {key: [row[at] or None for row in rows] for at, key in enumerate(header)},
                dict.fromkeys(header, str),
                self._frames,
            )
            for name, header, rows in self.native.tables()
        }

    def solve(
        self,
        *,
        gap: float | str | Decimal | None = None,
        max_steps: int | None = None,
        time_limit: float | None = None,
        threads: int | None = None,
        seed: int | None = None,
        progress: Callable[[_native.Progress], object] | None = None,
    ) -> Plan:
        """Finds a plan, checked; other threads run meanwhile.

        ``gap`` is a share (0.001), ``time_limit`` is in seconds; ``None`` is the case's own setting. ``progress`` is
        called after each bounded piece of work; when it returns ``False``, and on Ctrl-C, the best plan so far comes
        back with the status ``stopped``. The same case, settings and seed give the same plan whatever ``threads`` is,
        unless time or the user cut it.

        Raises ``CaseError`` when pins cannot hold together, ``NoPlanError`` when stopped before that was known.
        """
        plan = self.native.solve(
            None if gap is None else _millionths(gap, "gap"),
            max_steps,
            None if time_limit is None else _millionths(time_limit, "time_limit") // 1000,
            threads,
            seed,
            progress,
        )
        return Plan(plan, case=self.native, frames=self._frames)

    def check(self, plan: Plan) -> Report:
        """Judges a plan, ours or hand-made, by code that shares nothing with the engine but the tables."""
        return Report(**self.native.check(plan.native))

    def __repr__(self) -> str:
        counts = ", ".join(f"{name} {len(rows)}" for name, _, rows in self.native.tables())
        return f"<sandan.Case {self.hash[:12]}: {counts}>"


def read(path: str | PathLike[str], *, lang: _Lang = "zh", frames: _FrameKind | None = None) -> Case:
    """Reads a case from a folder of CSV files, one .xlsx workbook or one JSON document.

    ``frames`` is the kind of the tables that the case and its plans hand back: ``pandas``, ``polars``, ``pyarrow``,
    ``rows`` (a list of dicts) or ``columns`` (a dict of lists); by default the first of them that is installed.

    Raises ``CaseError`` with every problem at once, in the language ``lang``.
    """
    return Case._read(path, lang, frames)


def _setting_rows(settings: Any) -> Any:
    """A plain dict of keys and values as rows of the table ``settings``; anything else as it is."""
    if isinstance(settings, Mapping) and not any(isinstance(value, (list, tuple)) for value in settings.values()):
        return [{"key": key, "value": value} for key, value in settings.items()]
    return settings


def _plan_text(previous: Plan | Mapping[str, Any] | str) -> str:
    if isinstance(previous, str):
        return previous
    if isinstance(previous, Plan):
        return previous.to_json()
    return json.dumps(previous, ensure_ascii=False)


def _millionths(share: float | str | Decimal, name: str) -> int:
    """A number as written, exactly, in millionths."""
    millionths = Decimal(str(share)) * 1_000_000
    if not millionths.is_finite() or millionths < 0 or millionths != int(millionths):
        raise ValueError(f"{name} is a number ≥ 0 with at most 6 decimals, not {share!r}")
    return int(millionths)
