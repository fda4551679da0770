"""A plan and its tables."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import _native
from .frames import present

if TYPE_CHECKING:
    from .case import Case, _Lang
    from .frames import _FrameKind

__all__ = ["Plan"]

_CELL = {"project": str, "place": str, "period": str}


class Plan:
    """A plan in canonical order, with the ids of the lists.

    The tables come as frames of the kind that the case was given in (``frames``: ``pandas``, ``polars``, ``pyarrow``,
    ``rows`` for a list of dicts, ``columns`` for a dict of lists).
    """

    def __init__(
        self, native: _native.Plan, *, case: _native.Case | None = None, frames: _FrameKind | None = None
    ) -> None:
        self.native = native
        self._case = case
        self._frames = frames

    @classmethod
    def from_json(cls, text: str, *, frames: _FrameKind | None = None) -> Plan:
        """Reads a ``sandan-plan/1`` document; raises ``ValueError`` where the text is none."""
        return cls(_native.Plan.from_json(text), frames=frames)

    def to_json(self, path: str | Path | None = None) -> str:
        """The canonical JSON, byte for byte the same from Rust, Python and JavaScript; written to ``path`` if given."""
        text = self.native.to_json()
        if path is not None:
            Path(path).write_text(text, encoding="utf-8", newline="\n")
        return text

    def to_excel(self, path: str | Path, *, case: Case | None = None, lang: _Lang = "zh") -> None:
        """Writes the workbook that a planner hands out: sessions, rota, unmet, gaps, funds, summary.

        ``case`` is needed for a plan that ``solve`` did not give. The file is written whole or not at all.
        """
        native = self._case if case is None else case.native
        if native is None:
            raise ValueError("a plan that was read needs its case: plan.to_excel(path, case=case)")
        native.write_workbook(self.native, path, lang)

    @cached_property
    def data(self) -> dict[str, Any]:
        """The document as plain Python values."""
        document: dict[str, Any] = json.loads(self.to_json())
        return document

    @property
    def status(self) -> str:
        """``optimal``, ``within_gap``, ``stopped``, or ``unknown`` for a plan made by hand."""
        return str(self.data["status"])

    @property
    def levels(self) -> list[dict[str, Any]]:
        """One dict a level: ``terms``, ``value``, ``bound``, ``gap_ppm``."""
        return list(self.data["levels"])

    @property
    def sessions(self) -> Any:
        """One row a session."""
        types = {"session": str, **_CELL, "units": int, "members": int, "venue": str, "room": int, "fen": int, "fact": bool}
        return self._table(
            types,
            (
                (
                    session["id"],
                    *_cell(session),
                    sum(served["units"] for served in session["needs"]),
                    len({(seat["resource"], seat["member"]) for seat in session["staff"]}),
                    session.get("venue"),
                    session.get("room"),
                    sum(payment["fen"] for payment in session["funds"]),
                    session.get("fact", False),
                )
                for session in self.data["sessions"]
            ),
        )

    @property
    def needs_served(self) -> Any:
        """One row a need and session."""
        return self._table(
            {"need": str, "units": int, "session": str, **_CELL},
            (
                (served["need"], served["units"], session["id"], *_cell(session))
                for session in self.data["sessions"]
                for served in session["needs"]
            ),
        )

    @property
    def staff(self) -> Any:
        """One row a member and session; for rotating posts one a member, session and ``serves_in`` period."""
        return self._table(
            {"resource": str, "member": int, "post": int, "role": str, "serves_in": str, "session": str, **_CELL},
            (
                (*(seat[key] for key in ("resource", "member", "post", "role", "period")), session["id"], *_cell(session))
                for session in self.data["sessions"]
                for seat in session["staff"]
            ),
        )

    @property
    def unmet(self) -> Any:
        """One row a need with unserved units; ``stage`` is the first stage of the funnel where nothing is left."""
        return self._table(
            {"need": str, "units": int, "stage": str, "verdict": str},
            (
                (unmet["need"], unmet["units"], _failing(unmet["reason"]), unmet["reason"]["verdict"])
                for unmet in self.data["unmet"]
            ),
        )

    @property
    def shortfalls(self) -> Any:
        """One row a quota missed; ``per`` is written ``place=C9; period=2025-07``."""
        return self._table(
            {"rule": str, "per": str, "missing": int},
            (
                (shortfall["rule"], "; ".join(f"{key}={value}" for key, value in shortfall["per"].items()), shortfall["missing"])
                for shortfall in self.data["shortfalls"]
            ),
        )

    @property
    def funds(self) -> Any:
        """One row a payment: of a launch (then ``session``, ``place`` and ``period`` are blank) or of a session."""
        return self._table(
            {"fund": str, "fen": int, "session": str, **_CELL},
            (
                (payment["fund"], payment["fen"], held.get("id"), *_cell(held))
                for held in self.data["launches"] + self.data["sessions"]
                for payment in held["funds"]
            ),
        )

    @property
    def goods(self) -> Any:
        """One row an item drawn from a stock."""
        return self._table(
            {"stock": str, "item": str, "n": int, "session": str, **_CELL},
            (
                (draw["stock"], draw["item"], draw["n"], session["id"], *_cell(session))
                for session in self.data["sessions"]
                for draw in session["goods"]
            ),
        )

    def _table(self, types: dict[str, type], rows: Iterable[tuple[Any, ...]]) -> Any:
        columns = zip(*rows, strict=True) if (rows := list(rows)) else ([] for _ in types)
        return present(dict(zip(types, map(list, columns), strict=True)), types, self._frames)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plan) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __repr__(self) -> str:
        return f"<sandan.Plan {self.status}: {len(self.data['sessions'])} sessions, {len(self.data['unmet'])} unmet>"


def _cell(held: dict[str, Any]) -> tuple[str | None, ...]:
    """Project, place and period of a session; a launch has only a project."""
    return tuple(held.get(key) for key in _CELL)


def _failing(reason: dict[str, Any]) -> str | None:
    return next((step["stage"] for step in reason["funnel"] if step["left"] == 0), None)
