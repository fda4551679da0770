"""Rules (H12, H13, H14 and the quotas) and pins (H15) on top of the model."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import product

from facts import fact_services
from lists import Case, Project, Resource, Rule, role_and_skills
from model import Model, Slot
from places import ONLINE

COUNTS = ("sessions", "units", "projects", "orgs")


class Limits:
    """Adds all rules and pins to a model; `missing` then lists the quota gaps as (rule, per, variable)."""

    def __init__(self, model: Model):
        self.model, self.case, self.cp = model, model.case, model.cp
        self.missing: list[tuple[Rule, dict[str, str], object]] = []
        for rule in self.case.rules:
            if rule.kind in COUNTS:
                self._count_rule(rule)
            elif rule.kind == "ratio":
                self._ratio(rule)
            elif rule.kind == "window":
                self._window(rule)
        if model.on("H15"):
            for pin in self.case.pins:
                self._pin(pin)

    # ---- what passes a rule -----------------------------------------------------------------

    def project_passes(self, rule: Rule, project: Project | None, project_id: str, start: int | None) -> bool:
        """The filters that look at the project. `project` is None for a fact whose project is gone."""
        if rule.projects and project_id not in rule.projects:
            return False
        if project is None:
            return not (rule.orgs or rule.roles or (rule.services and rule.kind != "units"))
        if rule.services and rule.kind != "units" and not self.names_service(rule, project.services, start):
            return False
        if rule.orgs and project.lead not in rule.orgs:
            return False
        if rule.roles and rule.kind in COUNTS and not any(post.role in rule.roles for post in project.posts):
            return False
        return True

    def names_service(self, rule: Rule, services: list[str], start: int | None) -> bool:
        named = set(rule.services) - {"theme"}
        if "theme" in rule.services:
            days = self.case.all_periods if start is None else [start]
            named |= {t for day in days for t in self.case.themes.get(day, [])}
        return bool(named & set(services))

    def session_passes(self, rule: Rule, project: Project | None, project_id: str, place: str, start: int) -> bool:
        if rule.places and not self.case.geography.any_stands_for(rule.places, place):
            return False
        if rule.periods is not None and start not in rule.periods:
            return False
        return self.project_passes(rule, project, project_id, start)

    def need_passes(self, rule: Rule, need_id: str, start: int) -> bool:
        need = self.case.needs.get(need_id)
        if need is None:
            return not (rule.services or rule.unit or rule.audience)
        if rule.services and not self.names_service(rule, need.services, start):
            return False
        if rule.unit and need.unit not in rule.unit:
            return False
        return not rule.audience or bool(set(rule.audience) & set(need.audience))

    # ---- combinations of the per keys ---------------------------------------------------------

    def keys_of(self, rule: Rule, project: Project | None, project_id: str, place: str, start: int):
        """Every combination that one session counts in."""
        return list(product(*(self._values(rule, key, project, project_id, place, start) for key in rule.per)))

    def _values(self, rule, key, project, project_id, place, start):
        if key == "place":
            return [] if place == ONLINE else [place]
        if key == "period":
            return [self.case.periods[start]]
        if key == "project":
            return [project_id]
        if key == "org":
            return [project.lead] if project and project.lead else []
        if key == "service":
            return self._services(rule, [project] if project else [])
        return self.tags(key, [start])

    def _services(self, rule: Rule, projects: list[Project]) -> list[str]:
        offered = sorted({s for p in projects for s in p.services})
        if rule.kind != "units" and rule.services:
            offered = [s for s in offered if self.names_service(rule, [s], None)]
        return offered

    def tags(self, kind: str, periods) -> list[str]:
        marks = {tag for p in periods for tag in self.case.tags.get(p, []) if tag.startswith(kind + ":")}
        return sorted(tag.partition(":")[2].strip() for tag in marks)

    def all_keys(self, rule: Rule):
        """Every combination for which a quota is owed, held or not."""
        projects = [p for p in self.case.projects.values() if self.project_passes(rule, p, p.id, None)]
        periods = [p for p in range(len(self.case.periods)) if rule.periods is None or p in rule.periods]
        universe = []
        for key in rule.per:
            if key == "place":
                leaves = self.case.geography.leaves
                universe.append([l for l in leaves
                                 if not rule.places or self.case.geography.any_stands_for(rule.places, l)])
            elif key == "period":
                universe.append([self.case.periods[p] for p in periods])
            elif key == "project":
                universe.append([p.id for p in projects])
            elif key == "org":
                universe.append(sorted({p.lead for p in projects if p.lead}))
            elif key == "service":
                universe.append(self._services(rule, projects))
            else:
                universe.append(self.tags(key, periods))
        return list(product(*universe))

    # ---- counts: max (H12) and quotas ---------------------------------------------------------

    def _count_rule(self, rule: Rule):
        """For every combination: things counted, each with the literals of slots that bring it and whether facts do."""
        new = defaultdict(lambda: defaultdict(list))  # combination -> thing -> expressions
        for slot in self.model.slots:
            if not self.session_passes(rule, slot.project, slot.project.id, slot.place, slot.start):
                continue
            for key in self.keys_of(rule, slot.project, slot.project.id, slot.place, slot.start):
                if rule.kind == "sessions":
                    new[key]["n"].append(slot.used)
                elif rule.kind == "units":
                    new[key]["n"] += [x for n, x in slot.units.items() if self.need_passes(rule, n, slot.start)]
                elif rule.kind == "projects":
                    new[key][slot.project.id].append(slot.used)
                elif slot.project.lead:
                    new[key][slot.project.lead].append(slot.used)
        old = self._fact_counts(rule)
        if rule.maximum is not None and self.model.on("H12"):
            for key in new:
                count, earlier = self._count(rule, key, new[key], old[key])
                self.cp.add(count <= max(rule.maximum, earlier))
        if rule.minimum:
            for key in self.all_keys(rule):
                count, _ = self._count(rule, key, new[key], old[key])
                gap = self.cp.new_int_var(0, rule.minimum, f"missing {rule.id} {key}")
                self.cp.add_max_equality(gap, [rule.minimum - count, 0])
                self.missing.append((rule, dict(zip(rule.per, key)), gap))

    def _fact_counts(self, rule: Rule):
        counts = defaultdict(Counter)
        for fact in self.case.facts:
            project, start = self.case.projects.get(fact["project"]), self.case.period_index[fact["period"]]
            if not self.session_passes(rule, project, fact["project"], fact["place"], start):
                continue
            for key in self.keys_of(rule, project, fact["project"], fact["place"], start):
                if rule.kind == "sessions":
                    counts[key]["n"] += 1
                elif rule.kind == "units":
                    counts[key]["n"] += sum(l["units"] for l in fact["needs"]
                                            if self.need_passes(rule, l["need"], start))
                elif rule.kind == "projects":
                    counts[key][fact["project"]] = 1
                elif project and project.lead:
                    counts[key][project.lead] = 1
        return counts

    def _count(self, rule: Rule, key, new, old):
        """(expression of the count with facts, count of the facts alone)"""
        earlier = sum(old.values())
        if rule.kind in ("sessions", "units"):
            return earlier + sum(new["n"]), earlier
        distinct = []
        for thing, literals in new.items():
            if thing not in old:
                seen = self.cp.new_bool_var(f"{rule.id} {key} {thing}")
                self.cp.add_max_equality(seen, literals)
                distinct.append(seen)
        return earlier + sum(distinct), earlier

    # ---- H13, H14 ---------------------------------------------------------------------------

    def member_passes(self, rule: Rule, row: Resource, role: str, period: int) -> bool:
        if rule.roles and role not in rule.roles:
            return False
        if rule.resources and row.id not in rule.resources:
            return False
        return not rule.skills or any(row.holds(s, period) for s in rule.skills)

    def _ratio(self, rule: Rule):
        if not self.model.on("H13"):
            return
        role, skills, _ = role_and_skills(rule.against)
        for slot in self._passing_slots(rule):
            for period in slot.periods:
                few, many = [], []
                for (number, (row_id, _), p), literal in slot.serves.items():
                    if p != period:
                        continue
                    row, filled = self.case.resources[row_id], self.model.post_of(slot, number).role
                    if self.member_passes(rule, row, filled, period):
                        few.append(literal)
                    if role in ("", filled) and all(row.holds(s, period) for s in skills):
                        many.append(literal)
                self.cp.add(sum(few) <= rule.maximum * sum(many))

    def _window(self, rule: Rule):
        if not self.model.on("H14"):
            return
        new, old = defaultdict(list), Counter()
        for slot in self._passing_slots(rule):
            for (number, (row_id, k), period), literal in slot.serves.items():
                post = self.model.post_of(slot, number)
                if self.member_passes(rule, self.case.resources[row_id], post.role, period):
                    new[row_id, k, period].append(post.load * literal)
        for fact in self.case.facts:
            project, start = self.case.projects.get(fact["project"]), self.case.period_index[fact["period"]]
            if not self.session_passes(rule, project, fact["project"], fact["place"], start):
                continue
            for row_id, k, post, period in fact_services(self.case, fact):
                row = self.case.resources.get(row_id)
                if row and self.member_passes(rule, row, post.role, period):
                    old[row_id, k, period] += post.load
        horizon = len(self.case.periods)
        width = min(rule.window, horizon)
        for row in self.case.of_kind("staff"):
            for k in range(1, row.count + 1):
                for first in range(horizon - width + 1):
                    days = range(first, first + width)
                    load = sum(x for day in days for x in new[row.id, k, day])
                    self.cp.add(load <= max(0, rule.maximum - sum(old[row.id, k, day] for day in days)))

    def _passing_slots(self, rule: Rule) -> list[Slot]:
        return [s for s in self.model.slots if self.session_passes(rule, s.project, s.project.id, s.place, s.start)]

    # ---- H15 --------------------------------------------------------------------------------

    def _pin(self, pin):
        counted = sum(self._pinned(pin, slot) for slot in self.model.slots if self._pin_covers(
            pin, slot.project.id, slot.place, slot.start))
        if pin.how == "forbid":
            self.cp.add(counted == 0)
            return
        earlier = sum(self._pinned_fact(pin, f) for f in self.case.facts if self._pin_covers(
            pin, f["project"], f["place"], self.case.period_index[f["period"]]))
        self.cp.add(counted + earlier >= pin.count)

    def _pin_covers(self, pin, project: str, place: str, start: int) -> bool:
        if pin.project and pin.project != project:
            return False
        if pin.place and not self.case.geography.stands_for(pin.place, place):
            return False
        return pin.period is None or start in pin.period

    def _pinned(self, pin, slot: Slot):
        taking = [x for (row, _), x in [*slot.attends.items(), *slot.rooms.items()] if row == pin.resource]
        if pin.need is None:
            return sum(taking) if pin.resource else slot.used
        if pin.need not in slot.units:
            return 0
        if not pin.resource:
            return slot.units[pin.need]
        if not taking:
            return 0
        units = slot.units[pin.need]
        present = self.cp.new_bool_var(f"{pin.resource} in {slot.name}")
        self.cp.add_max_equality(present, taking)
        both = self.cp.new_int_var(0, self.case.needs[pin.need].quantity, f"{pin.id} {slot.name}")
        self.cp.add_multiplication_equality(both, [units, present])
        return both

    def _pinned_fact(self, pin, fact: dict) -> int:
        members = {l["member"] for l in fact.get("staff", []) if l["resource"] == pin.resource}
        taking = len(members) + (fact.get("venue") == pin.resource)
        if pin.need is None:
            return taking if pin.resource else 1
        units = sum(l["units"] for l in fact["needs"] if l["need"] == pin.need)
        return units if not pin.resource or taking else 0
