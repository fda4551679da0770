"""The bar that shows how a run goes."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Callable
from types import TracebackType
from typing import Any

from . import _native
from .words import either

__all__ = ["Bar"]


class Bar:
    """What a run reports to: a callable of the caller, a bar of tqdm (``True``), or nobody."""

    def __init__(self, progress: bool | Callable[[_native.Progress], object] | None, lang: str) -> None:
        self._wanted = progress
        self._lang = lang
        self._bar: Any = None

    def __enter__(self) -> Callable[[_native.Progress], object] | None:
        if not isinstance(self._wanted, bool):
            return self._wanted
        if not self._wanted:
            return None
        self._bar = _tqdm()(
            desc=either(self._lang, "求解", "solving"), unit=either(self._lang, "级", " levels"), leave=True
        )
        return self._show

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def _show(self, state: _native.Progress) -> None:
        """Levels done of all, and how the one being worked on stands."""
        bar = self._bar
        bar.total = state.levels
        bar.n = state.levels if state.phase == "done" else state.level
        if state.value is not None and state.bound is not None:
            gap = "?" if state.gap_ppm is None else _percent(state.gap_ppm)
            names = either(self._lang, "数值 上界 差距 步", "value bound gap steps").split()
            shown = zip(names, (f"{state.value:,}", f"{state.bound:,}", gap, f"{state.steps:,}"), strict=True)
            bar.set_postfix_str(" ".join(f"{name}={value}" for name, value in shown), refresh=False)
        bar.refresh()


def _percent(ppm: int) -> str:
    """A gap for people: beyond 100 % the number says nothing."""
    return ">100%" if ppm > 1_000_000 else f"{ppm / 10_000:.2g}%"


def _tqdm() -> Any:
    try:
        with warnings.catch_warnings():
            # Without ipywidgets the bar is drawn in text, which is good enough to say nothing about.
            warnings.simplefilter("ignore")
            return importlib.import_module("tqdm.auto").tqdm
    except ImportError as error:
        raise ImportError(
            "progress=True draws with tqdm: pip install 'sandan[notebook]' (or pass a callable)"
        ) from error
