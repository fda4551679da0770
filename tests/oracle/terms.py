"""The terms of the levels as expressions over the model, unweighted and negative where they are losses."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import ROUND_CEILING

from limits import Limits
from lists import Case
from model import Model, Slot
from places import ONLINE


class Terms:
    def __init__(self, model: Model, limits: Limits):
        self.model, self.case, self.cp, self.limits = model, model.case, model.cp, limits
        self.served = {n.id: self._served(n) for n in self.case.needs.values()}

    def term(self, name: str):
        return getattr(self, f"_{name}")()

    def _served(self, need):
        """Units served for a need, facts included, never more than its quantity."""
        earlier = min(need.quantity, self.model.facts.units[need.id])
        new = sum(s.units[need.id] for s in self.model.slots if need.id in s.units)
        if self.model.on("H3.quantity"):
            return earlier + new
        capped = self.cp.new_int_var(0, need.quantity, f"served {need.id}")  # only when the quantity is relaxed
        self.cp.add_min_equality(capped, [earlier + new, need.quantity])
        return capped

    def _must(self):
        return -sum(n.priority * (n.quantity - self.served[n.id]) for n in self.case.needs.values() if n.must)

    def _quota(self):
        return -sum(rule.weight * gap for rule, _, gap in self.limits.missing)

    def _coverage(self):
        total = 0
        for group, members in groups(self.case).items():
            worth = sum(n.priority * self.served[n.id] for n in members)
            parts = []
            for k, (width, multiplier) in enumerate(steps(self.case, members)):
                part = self.cp.new_int_var(0, width, f"step {k} of {group}")
                parts.append((part, multiplier))
            # Multipliers never rise, so a maximum fills the steps from the first on.
            self.cp.add(sum(part for part, _ in parts) == worth)
            total += sum(multiplier * part for part, multiplier in parts)
        return total

    def _cost(self):
        spent = sum(self.model.session_cost(s) for s in self.model.slots)
        for project in self.case.projects.values():
            if self.model.launches(project):
                spent += project.launch_cost * self.model.held[project.id]
        for slot in self.model.slots:
            for (number, (row, _), _), literal in slot.serves.items():
                spent += self.case.resources[row].cost * self.model.post_of(slot, number).load * literal
            for (venue, _), literal in slot.rooms.items():
                spent += self.case.resources[venue].cost * slot.project.span * literal
        return -spent

    def _travel(self):
        minutes = 0
        for slot in self.model.slots:
            if slot.place == ONLINE:
                continue
            for (_, (row, _), _), literal in slot.serves.items():
                minutes += self._minutes(self.case.resources[row].place, slot) * literal
            for need, units in slot.units.items():
                minutes += self._minutes(self.case.needs[need].place, slot) * slot.project.span * units
        return -minutes

    def _minutes(self, place: str | None, slot: Slot) -> int:
        # An unknown time can only be met when reach is relaxed.
        return 0 if place is None else self.case.geography.minutes(place, slot.place) or 0

    def _turns(self):
        return -sum(self.model.post_of(s, number).load * x
                    for s in self.model.slots for (number, _, _), x in s.serves.items())

    def _changes(self):
        before, now = Counter(), defaultdict(list)
        for session in self.case.before:
            cell = (session["project"], session["place"], session["period"])
            for line in session.get("needs", []):
                before["need", line["need"], *cell] += line["units"]
            for row, _ in {(l["resource"], l["member"]) for l in session.get("staff", [])}:
                before["staff", row, *cell] += 1
        for slot in self.model.slots:
            cell = (slot.project.id, slot.place, self.case.periods[slot.start])
            for need, units in slot.units.items():
                now["need", need, *cell].append(units)
            for (row, _), literal in slot.attends.items():
                now["staff", row, *cell].append(literal)
        total = 0
        for key, count in before.items():
            gone = self.cp.new_int_var(0, count, f"gone {key}")
            self.cp.add_max_equality(gone, [count - sum(now[key]), 0])
            total += gone
        return -total

    def _prefers(self):
        outside = 0
        for slot in self.model.slots:
            for (row, _), literal in slot.attends.items():
                wishes = set(self.case.resources[row].prefers)
                if wishes and slot.project.id not in wishes and not wishes & set(slot.project.services):
                    outside += literal
        return -outside

    def _quality(self):
        return sum((s.project.quality + self.case.points.get((need, s.project.id), 0)) * units
                   for s in self.model.slots for need, units in s.units.items())


def groups(case: Case):
    found = defaultdict(list)
    for need in case.needs.values():
        found[need.group].append(need)
    return found


def steps(case: Case, members) -> list[tuple[int, int]]:
    """(width, multiplier) of the fairness steps of one group."""
    demand = sum(n.priority * n.quantity for n in members)
    found, below = [], 0
    for share, multiplier in case.fairness:
        upto = int((share * demand).to_integral_value(rounding=ROUND_CEILING))
        found.append((upto - below, multiplier))
        below = upto
    return found
