"""Rules and pins of a plan counted again, one combination at a time (H12..H15 and the quotas)."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict

from lists import Case, Rule


class RuleCheck:
    def __init__(self, case: Case, facts: list[dict], new: list[dict], fault):
        self.case, self.facts, self.new, self.fault = case, facts, new, fault

    def run(self) -> dict[tuple[str, tuple], int]:
        """Missing of every quota: (rule, ((key, value), ...)) -> n, positive ones only."""
        missing = {}
        for rule in self.case.rules:
            if rule.kind == "ratio":
                self.ratio(rule)
            elif rule.kind == "window":
                self.window(rule)
            else:
                missing.update(self.count(rule))
        for pin in self.case.pins:
            self.pin(pin)
        return missing

    # ---- filters ----------------------------------------------------------------------------

    def services_named(self, rule: Rule, period: str) -> set[str]:
        named = set(rule.services)
        if "theme" in named:
            named.remove("theme")
            named.update(self.case.themes.get(self.case.period_index[period], []))
        return named

    def passes(self, rule: Rule, session: dict) -> bool:
        """Filters that look at the session; those of members and of needs are elsewhere."""
        project = self.case.projects.get(session["project"])
        if rule.projects and session["project"] not in rule.projects:
            return False
        if rule.places and not set(rule.places) & set(self.case.geography.line(session["place"])):
            return False
        if rule.periods is not None and self.case.period_index[session["period"]] not in rule.periods:
            return False
        if rule.orgs and (project is None or project.lead not in rule.orgs):
            return False
        if rule.services and rule.kind != "units":
            if project is None or not self.services_named(rule, session["period"]) & set(project.services):
                return False
        if rule.roles and rule.kind not in ("ratio", "window"):
            if project is None or not {p.role for p in project.posts} & set(rule.roles):
                return False
        return True

    def units(self, rule: Rule, session: dict) -> int:
        total = 0
        for line in session["needs"]:
            need = self.case.needs.get(line["need"])
            if need is None:
                total += 0 if rule.services or rule.unit or rule.audience else line["units"]
                continue
            fits = not rule.services or self.services_named(rule, session["period"]) & set(need.services)
            fits = fits and (not rule.unit or need.unit in rule.unit)
            fits = fits and (not rule.audience or set(rule.audience) & set(need.audience))
            total += line["units"] if fits else 0
        return total

    # ---- counts -----------------------------------------------------------------------------

    def value(self, rule: Rule, key: str, session: dict) -> set[str]:
        project = self.case.projects.get(session["project"])
        if key == "place":
            return set() if session["place"] == "online" else {session["place"]}
        if key == "period":
            return {session["period"]}
        if key == "project":
            return {session["project"]}
        if key == "org":
            return {project.lead} - {None} if project else set()
        if key == "service":
            offered = set(project.services) if project else set()
            restricted = rule.services and rule.kind != "units"
            return offered & self.services_named(rule, session["period"]) if restricted else offered
        marks = self.case.tags.get(self.case.period_index[session["period"]], [])
        return {m.split(":", 1)[1].strip() for m in marks if m.split(":", 1)[0] == key and ":" in m}

    def universe(self, rule: Rule, key: str) -> list[str]:
        case = self.case
        periods = [p for k, p in enumerate(case.periods) if rule.periods is None or k in rule.periods]
        projects = []
        for project in case.projects.values():
            probes = [{"project": project.id, "place": l, "period": p, "needs": []}
                      for p in case.periods for l in [*case.geography.leaves, "online"]]
            bare = Rule(**{**rule.__dict__, "places": [], "periods": None})
            if any(self.passes(bare, probe) for probe in probes):
                projects.append(project)
        if key == "place":
            return [l for l in case.geography.leaves
                    if not rule.places or set(rule.places) & set(case.geography.line(l))]
        if key == "period":
            return periods
        if key == "project":
            return [p.id for p in projects]
        if key == "org":
            return sorted({p.lead for p in projects} - {None})
        if key == "service":
            offered = {s for p in projects for s in p.services}
            if rule.services and rule.kind != "units":
                offered &= set().union(*(self.services_named(rule, p) for p in case.periods))
            return sorted(offered)
        marks = {m for p in periods for m in case.tags.get(case.period_index[p], [])}
        return sorted(m.split(":", 1)[1].strip() for m in marks if ":" in m and m.split(":", 1)[0] == key)

    def tally(self, rule: Rule, sessions: list[dict]) -> dict[tuple, int]:
        numbers, things = Counter(), defaultdict(set)
        for session in sessions:
            if not self.passes(rule, session):
                continue
            for combination in itertools.product(*(self.value(rule, key, session) for key in rule.per)):
                if rule.kind == "sessions":
                    numbers[combination] += 1
                elif rule.kind == "units":
                    numbers[combination] += self.units(rule, session)
                elif rule.kind == "projects":
                    things[combination].add(session["project"])
                else:
                    project = self.case.projects.get(session["project"])
                    things[combination] |= {project.lead} - {None} if project else set()
        if rule.kind in ("projects", "orgs"):
            return {combination: len(found) for combination, found in things.items()}
        return numbers

    def count(self, rule: Rule):
        alone = self.tally(rule, self.facts)
        together = self.tally(rule, self.facts + self.new)
        if rule.maximum is not None:
            for combination, n in sorted(together.items()):
                if n > max(rule.maximum, alone.get(combination, 0)):
                    self.fault("H12", f"{rule.id} {combination}: {n} of at most {rule.maximum}")
        if not rule.minimum:
            return {}
        found = {}
        for combination in itertools.product(*(self.universe(rule, key) for key in rule.per)):
            gap = rule.minimum - together.get(combination, 0)
            if gap > 0:
                found[rule.id, tuple(sorted(zip(rule.per, combination)))] = gap
        return found

    # ---- members ----------------------------------------------------------------------------

    def services_of(self, session: dict):
        """(staff line, post, day) for each day that a member serves."""
        project = self.case.projects.get(session["project"])
        if project is None:
            return
        start = self.case.period_index[session["period"]]
        for line in session["staff"]:
            if not 1 <= line["post"] <= len(project.posts):
                continue
            days = range(start, start + project.span)
            if line.get("period"):
                days = [self.case.period_index[line["period"]]]
            for day in days:
                yield line, project.posts[line["post"] - 1], day

    def member_counts(self, rule: Rule, line: dict, post, day: int) -> bool:
        row = self.case.resources.get(line["resource"])
        if row is None or (rule.roles and post.role not in rule.roles):
            return False
        if rule.resources and row.id not in rule.resources:
            return False
        return not rule.skills or any(day in row.skills.get(s, ()) for s in rule.skills)

    def ratio(self, rule: Rule):
        role, skills = re.fullmatch(r"([^\[]*)(?:\[(.*)\])?", rule.against.strip()).groups()
        wanted = [s.strip() for s in (skills or "").split("+") if s.strip()]
        for session in self.new:
            if not self.passes(rule, session):
                continue
            few, many = Counter(), Counter()
            for line, post, day in self.services_of(session):
                few[day] += self.member_counts(rule, line, post, day)
                row = self.case.resources[line["resource"]]
                matches = not role.strip() or post.role == role.strip()
                many[day] += matches and all(day in row.skills.get(s, ()) for s in wanted)
            for day in few:
                if few[day] > rule.maximum * many[day]:
                    self.fault("H13", f"{rule.id} {session['id']}: {few[day]} against {many[day]}")

    def window(self, rule: Rule):
        def diary(sessions):
            load = Counter()
            for session in sessions:
                if self.passes(rule, session):
                    for line, post, day in self.services_of(session):
                        if self.member_counts(rule, line, post, day):
                            load[line["resource"], line["member"], day] += post.load
            return load
        facts, added = diary(self.facts), diary(self.new)
        horizon = len(self.case.periods)
        width = min(rule.window, horizon)
        for resource, member in sorted({(r, m) for r, m, _ in added}):
            for first in range(horizon - width + 1):
                days = range(first, first + width)
                new = sum(added[resource, member, d] for d in days)
                old = sum(facts[resource, member, d] for d in days)
                if new and new + old > rule.maximum:
                    self.fault("H14", f"{rule.id} {resource}.{member}: {new + old} from {self.case.periods[first]}")

    # ---- pins -------------------------------------------------------------------------------

    def pin(self, pin):
        def amount(session):
            if pin.project and session["project"] != pin.project:
                return 0
            if pin.place and pin.place not in self.case.geography.line(session["place"]):
                return 0
            if pin.period is not None and self.case.period_index[session["period"]] not in pin.period:
                return 0
            taken = len({l["member"] for l in session["staff"] if l["resource"] == pin.resource})
            if pin.resource and session.get("venue") == pin.resource:
                taken += 1
            if pin.need:
                units = sum(l["units"] for l in session["needs"] if l["need"] == pin.need)
                return units if taken or not pin.resource else 0
            return taken if pin.resource else 1
        added = sum(map(amount, self.new))
        if pin.how == "forbid" and added:
            self.fault("H15", f"{pin.id}: {added} forbidden")
        if pin.how == "fix" and added + sum(map(amount, self.facts)) < pin.count:
            self.fault("H15", f"{pin.id}: less than {pin.count}")
