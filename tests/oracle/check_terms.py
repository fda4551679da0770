"""Recomputes the terms of every level from a plan; shares nothing with the oracle's expressions."""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction

from lists import Case


def level_terms(case: Case, plan: dict, facts: list[dict], new: list[dict], missing: dict) -> list[dict[str, int]]:
    weights = {r.id: r.weight for r in case.rules}
    served = Counter()
    for session in facts + new:
        for line in session["needs"]:
            served[line["need"]] += line["units"]
    compute = {
        "must": lambda: -sum(n.priority * max(0, n.quantity - served[n.id]) for n in case.needs.values() if n.must),
        "quota": lambda: -sum(weights[rule] * n for (rule, _), n in missing.items()),
        "coverage": lambda: coverage(case, served),
        "cost": lambda: -cost(case, plan, new),
        "travel": lambda: -travel(case, new),
        "turns": lambda: -sum(load for s in new for _, load in loads(case, s)),
        "changes": lambda: -changes(case, new),
        "prefers": lambda: -outside_preferences(case, new),
        "quality": lambda: sum((case.projects[s["project"]].quality + case.points.get((l["need"], s["project"]), 0))
                               * l["units"] for s in new for l in s["needs"]),
    }
    return [{name: compute[name]() for name in level} for level in case.levels]


def coverage(case: Case, served: Counter) -> int:
    worth, demand = Counter(), Counter()
    for need in case.needs.values():
        demand[need.group] += need.priority * need.quantity
        worth[need.group] += need.priority * min(need.quantity, served[need.id])
    total = 0
    for group, whole in demand.items():
        below = 0
        for share, multiplier in case.fairness:
            exact = Fraction(share) * whole
            upto = -(-exact.numerator // exact.denominator)
            total += multiplier * max(0, min(worth[group], upto) - below)
            below = upto
    return total


def loads(case: Case, session: dict) -> list[tuple[str, int]]:
    """(resource, load over the session) of every staff line."""
    project = case.projects[session["project"]]
    return [(line["resource"], project.posts[line["post"] - 1].load * (1 if line.get("period") else project.span))
            for line in session["staff"]]


def cost(case: Case, plan: dict, new: list[dict]) -> int:
    total = 0
    for session in new:
        project = case.projects[session["project"]]
        total += project.session_cost + project.unit_cost * sum(l["units"] for l in session["needs"])
        total += sum(case.resources[row].cost * load for row, load in loads(case, session))
        if session.get("venue"):
            total += case.resources[session["venue"]].cost * project.span
    paid = {l["project"] for l in case.fact_launches}
    for launch in plan["launches"]:
        if launch["project"] not in paid:
            total += sum(l["fen"] for l in launch["funds"])
    return total


def travel(case: Case, new: list[dict]) -> int:
    total = 0
    for session in new:
        if session["place"] == "online":
            continue
        project = case.projects[session["project"]]
        for line in session["staff"]:
            start = case.resources[line["resource"]].place
            if start:
                minutes = case.geography.minutes(start, session["place"])
                total += (minutes or 0) * (1 if line.get("period") else project.span)
        for line in session["needs"]:
            minutes = case.geography.minutes(case.needs[line["need"]].place, session["place"])
            total += (minutes or 0) * line["units"] * project.span
    return total


def _member_sessions(session: dict) -> set[tuple[str, int]]:
    return {(line["resource"], line["member"]) for line in session["staff"]}


def changes(case: Case, new: list[dict]) -> int:
    def bag(sessions):
        found = Counter()
        for session in sessions:
            cell = (session["project"], session["place"], session["period"])
            for line in session["needs"]:
                found["unit", line["need"], cell] += line["units"]
            for resource, _ in _member_sessions(session):
                found["member", resource, cell] += 1
        return found
    return sum((bag(case.before) - bag(new)).values())


def outside_preferences(case: Case, new: list[dict]) -> int:
    total = defaultdict(int)
    for session in new:
        project = case.projects[session["project"]]
        liked = {project.id, *project.services}
        for resource, _ in _member_sessions(session):
            prefers = case.resources[resource].prefers
            total[resource] += bool(prefers) and not liked & set(prefers)
    return sum(total.values())
