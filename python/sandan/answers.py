"""Answers about a plan: what was shown, never guessed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .case import Case
    from .plan import Plan

    _Native = tuple[dict[str, Any], list[str], str, list[Any]]

__all__ = ["Answer", "Rematch", "Why", "events_text", "price_table"]


class Answer:
    """What was found: in words (``print``), as a table, and as plain values.

    A number of points is what a change costs the planner; the prices can be set where it is asked for.
    """

    def __init__(self, plan: Plan, answer: _Native, case: Case | None = None) -> None:
        self._plan = plan
        self.data, self._items, self.text, natives = answer
        self._case = case or plan.case
        self._natives = natives

    data: dict[str, Any]
    """The ``sandan-answer/1`` document."""
    text: str
    """The answer for people, in the language of the case."""

    @property
    def plans(self) -> list[Plan]:
        """The plans that show what is said: that of a verdict, or one for each repair (of the changed lists)."""
        # Repairs change the lists: their plans are not of this case.
        case = None if self.data["answer"] == "repairs" else self._case
        return [self._plan._like(native, case) for native in self._natives]

    @property
    def table(self) -> Any:
        """The answer as a table; which columns it has depends on the question."""
        types, rows = _TABLES[self.data["answer"]](self.data, self._items)
        return self._plan._table(types, rows)

    def changes(self) -> list[tuple[str, int, int | None]]:
        """Of repairs and gaps: each change in words, its points, and what coverage gains."""
        found = self.data.get("repairs") or self.data.get("gaps") or []
        return [(item, of["cost"], _coverage(of["levels"])) for item, of in zip(self._items, found, strict=True)]

    def __str__(self) -> str:
        return self.text.rstrip("\n")

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return f'<pre style="white-space:pre-wrap;line-height:1.5">{escape(str(self))}</pre>'


class Why(Answer):
    """Why something is not in a plan: a funnel with counts, and a verdict."""

    @property
    def verdict(self) -> str:
        """``impossible``, ``outbid``, ``tie`` or ``not_proven``; ``not_examined`` where the plan has it already."""
        return str(self.data["verdict"])

    @property
    def plan(self) -> Plan | None:
        """The plan that serves it: for ``outbid`` and ``tie``, and the best one known for ``not_proven``."""
        return next(iter(self.plans), None)


class Rematch(Answer):
    """A new plan beside the plan before, and every difference with its reason."""

    def __init__(self, plan: Plan, answer: _Native, new: Plan) -> None:
        super().__init__(plan, answer)
        self.plan = new
        """The new plan; ``plan.case`` holds the lists after the events."""


def events_text(events: str | Path | Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> str:
    """Events as JSON text, from a file, a document, or a list of dicts."""
    if isinstance(events, Path):
        return events.read_text(encoding="utf-8")
    if isinstance(events, str):
        return events if events.lstrip().startswith(("{", "[")) else Path(events).read_text(encoding="utf-8")
    return json.dumps(events, ensure_ascii=False)


_Table = tuple[dict[str, type], list[tuple[Any, ...]]]


def _why(data: dict[str, Any], _: list[str]) -> _Table:
    return {"stage": str, "left": int, "by": str}, [
        (step["stage"], step["left"], ";".join(step.get("by", [])) or None) for step in data["funnel"]
    ]


def _repairs(data: dict[str, Any], items: list[str]) -> _Table:
    rows = [
        (item, repair["cost"], _coverage(repair["levels"])) for item, repair in zip(items, data["repairs"], strict=True)
    ]
    return {"change": str, "points": int, "coverage": int}, rows


def _gaps(data: dict[str, Any], items: list[str]) -> _Table:
    rows = [
        (
            item,
            gap["changes"][0]["kind"],
            gap["cost"],
            gap["coverage"],
            "; ".join(f"{unit} {n:+}" for unit, n in gap["units"].items()) or None,
            gap["exact"],
        )
        for item, gap in zip(items, data["gaps"], strict=True)
    ]
    return {"change": str, "kind": str, "points": int, "coverage": int, "units": str, "exact": bool}, rows


def _prices(data: dict[str, Any], _: list[str]) -> _Table:
    return price_table(data["list"])


def price_table(prices: list[dict[str, Any]]) -> _Table:
    """The prices of a plan as rows."""
    rows = [
        (
            price["kind"],
            ";".join(price["resources"]),
            price.get("place"),
            price.get("period"),
            price["worth_milli"] / 1000,
        )
        for price in prices
    ]
    return {"kind": str, "resource": str, "place": str, "period": str, "worth": float}, rows


def _recommend(data: dict[str, Any], _: list[str]) -> _Table:
    rows = [
        (
            proposal["session"]["project"],
            proposal["session"]["place"],
            proposal["session"]["period"],
            ";".join(f"{row['need']}:{row['units']}" for row in proposal["session"]["needs"]),
            ";".join(dict.fromkeys(seat["resource"] for seat in proposal["session"]["staff"])) or None,
            _coverage(proposal["levels"]),
        )
        for proposal in data["sessions"]
    ]
    return {"project": str, "place": str, "period": str, "need": str, "resource": str, "coverage": int}, rows


def _rematch(data: dict[str, Any], _: list[str]) -> _Table:
    keys = ("what", "id", "project", "place", "period", "before", "after", "reason", "event")
    types: dict[str, type] = {key: int if key in ("before", "after", "event") else str for key in keys}
    return types, [tuple(change.get(key) for key in keys) for change in data["changed"]]


def _compare(data: dict[str, Any], _: list[str]) -> _Table:
    parts = ("terms", "services", "places", "groups", "resources", "gained", "lost")
    lines = [("sessions", data["sessions"]), *((part, line) for part in parts for line in data[part])]
    rows = [
        (part, line["name"], line["unit"] or None, line["before"], line["after"], line["after"] - line["before"])
        for part, line in lines
    ]
    return {"part": str, "name": str, "unit": str, "before": int, "after": int, "more": int}, rows


def _fairness(data: dict[str, Any], _: list[str]) -> _Table:
    rows = [(row["group"], row["served"], row["wanted"], row["share_ppm"] / 1_000_000) for row in data["groups"]]
    return {"group": str, "served": int, "wanted": int, "share": float}, rows


def _audit(data: dict[str, Any], _: list[str]) -> _Table:
    rows = [
        (row["table"], row["row"], row["says"], _coverage(row["levels"]), row["exact"]) for row in data["overrides"]
    ]
    return {"table": str, "row": int, "says": str, "coverage": int, "exact": bool}, rows


_TABLES = {
    "why": _why, "repairs": _repairs, "gaps": _gaps, "prices": _prices, "recommend": _recommend, "rematch": _rematch,
    "compare": _compare, "fairness": _fairness, "audit": _audit,
}  # fmt: skip


def _coverage(levels: list[dict[str, Any]]) -> int | None:
    """What the level with coverage gains."""
    return next((level["change"] for level in levels if "coverage" in level["terms"]), None)
