"""What pictures ask of the lists and the plan: names, parents, what is wanted and what is served."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..words import either

if TYPE_CHECKING:
    from ..plan import Plan

__all__ = ["Lists"]

Row = dict[str, Any]


class Lists:
    """The lists of a plan's case as rows by id, and the plan's sessions beside them."""

    def __init__(self, plan: Plan, lang: str) -> None:
        case = plan.case
        if case is None:
            raise ValueError("a plan that was read alone needs its case: Plan.from_json(text, case=case)")
        self._case = case
        self.lang = lang
        self.sessions: list[Row] = plan.data["sessions"]

    @cached_property
    def needs(self) -> dict[str, Row]:
        """Needs by id."""
        return self._rows("needs")

    @cached_property
    def projects(self) -> dict[str, Row]:
        """Projects by id."""
        return self._rows("projects")

    @cached_property
    def resources(self) -> dict[str, Row]:
        """Resources by id."""
        return self._rows("resources")

    @cached_property
    def places(self) -> dict[str, Row]:
        """Places by id."""
        return self._rows("places")

    @cached_property
    def periods(self) -> dict[str, Row]:
        """Periods by id, in the order of time."""
        return self._rows("periods")

    @cached_property
    def posts(self) -> dict[tuple[str, int], Row]:
        """Posts by project and number."""
        columns = dict(self._case.native.understood("posts"))
        rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
        return {(row["project"], row["post"]): row for row in rows}

    @property
    def speed_kmh(self) -> float:
        """How fast people travel, in km/h."""
        return self._case.native.speed_kmh

    @cached_property
    def served(self) -> Counter[str]:
        """Units served by need."""
        units: Counter[str] = Counter()
        for session in self.sessions:
            for row in session["needs"]:
                units[row["need"]] += row["units"]
        return units

    def name(self, rows: dict[str, Row], key: str) -> str:
        """The title of a row, or its id where it has none."""
        if rows is self.places and key == "online":
            return either(self.lang, "线上", "online")
        return str(rows.get(key, {}).get("title") or key)

    def parent(self, place: str) -> str:
        """The name of what a place lies in."""
        above = self.places.get(place, {}).get("parent")
        return either(self.lang, "全部", "all") if above is None else self.name(self.places, above)

    def leaves(self) -> list[str]:
        """Places with none below them, without `online`, in the order of their ids."""
        parents = {row["parent"] for row in self.places.values()}
        return [key for key in self.places if key not in parents and key != "online"]

    def _rows(self, table: str) -> dict[str, Row]:
        columns = dict(self._case.native.understood(table))
        rows = (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))
        return {row["id"]: row for row in rows}
