"""Adds a previous plan (with facts) or pins to a case, drawn from some plan of the same case so that they can hold."""

from __future__ import annotations

import copy
import json
import random

from lists import Case
from solve import solve

WORK = 1.0


def some_plan(document: dict, rng: random.Random) -> dict | None:
    """A proven optimal plan for other wishes than the case's own: any valid plan will do here."""
    variant = copy.deepcopy(document)
    for need in variant["needs"]:
        need["priority"] = rng.choice([1, 2, 4, 8])
    kept = [s for s in variant["settings"] if s["key"] not in ("levels", "fairness") and "weight." not in s["key"]]
    variant["settings"] = [*kept, {"key": "levels", "value": rng.choice(["coverage", "coverage | turns", "quota coverage"])}]
    answer = solve(variant, work=WORK)
    return answer.get("plan") if answer["status"] == "optimal" else None


def add_history(document: dict, rng: random.Random) -> dict | None:
    """Keeps a plan as `previous`, freezes its first periods (mostly) and changes the lists behind its back."""
    plan = some_plan(document, rng)
    if plan is None:
        return None
    case = Case(document)
    sessions = [copy.deepcopy(s) for s in plan["sessions"] if rng.random() < 0.85]
    for session in sessions:
        session.pop("fact", None)
    document = copy.deepcopy(document)
    frozen = 0
    if len(case.periods) > 1 and rng.random() < 0.75:
        frozen = rng.randrange(1, len(case.periods))
        document["settings"].append({"key": "freeze_before", "value": case.periods[frozen]})
    past = [s for s in sessions if case.period_index[s["period"]] < frozen]
    kept = {s["project"] for s in past} if frozen else {s["project"] for s in sessions}
    launches = [l for l in plan["launches"] if l["project"] in kept]
    document["previous"] = {
        "format": "sandan-plan/1", "case": "0" * 64, "version": "oracle", "settings": {}, "status": "optimal",
        "levels": [], "sessions": sessions, "launches": launches, "unmet": [], "shortfalls": [], "prices": [], "stats": {},
    }
    _drift(document, rng, past)
    return document


def _drift(document: dict, rng: random.Random, past: list[dict]):
    """The world has moved on since: some rows changed, some are gone."""
    used_by_facts = json.dumps(past, ensure_ascii=False)
    named = json.dumps({t: document.get(t) for t in ("rules", "pins", "fit")}, ensure_ascii=False)
    tables = "places" in document and "periods" in document  # else a row that goes may take a place or period along
    if rng.random() < 0.4:
        need = rng.choice(document["needs"])
        need["quantity"] = max(1, int(need.get("quantity", 1)) + rng.choice([-1, 1, 2]))
    if rng.random() < 0.35:
        row = rng.choice([r for r in document["resources"] if r.get("kind", "staff") == "staff"])
        if rng.random() < 0.5 and tables and row["id"] not in named:
            document["resources"].remove(row)
        else:
            row["per_period"] = 1
            row["total"] = rng.choice([1, 2])
    if tables and rng.random() < 0.25 and len(document["needs"]) > 2:
        gone = rng.choice(document["needs"])
        units_rules = any(r["rule"] == "units" for r in document.get("rules", []))
        if f'"{gone["id"]}"' not in named and not units_rules:
            document["needs"].remove(gone)
    if tables and rng.random() < 0.2 and len(document["projects"]) > 1:
        gone = rng.choice(document["projects"])
        lists = json.dumps([document["needs"], document["resources"], document.get("requirements")], ensure_ascii=False)
        if gone["id"] not in named + lists and f'"{gone["id"]}"' not in used_by_facts:
            document["projects"].remove(gone)


def add_pins(document: dict, rng: random.Random) -> dict | None:
    """One to three pins: fixed things or forbidden things of some valid plan; now and then they cannot hold."""
    plan = some_plan(document, rng)
    if plan is None:
        return None
    document = copy.deepcopy(document)
    case = Case(document)
    new = [s for s in plan["sessions"] if not s.get("fact")]
    pins = []
    if not new:
        return document
    if rng.random() < 0.16:
        pins.append(_wild(case, rng))
    elif rng.random() < 0.5:
        for _ in range(rng.choice([1, 1, 2, 3])):
            fields = _fields(case, rng, rng.choice(new))
            reached = sum(amount(case, fields, s) for s in new)
            if reached and rng.random() < 0.6:
                fields["count"] = rng.choice([1, reached, reached])
            pins.append({"pin": rng.choice(["fix", "指定"]), **fields})
    else:
        for _ in range(rng.choice([1, 1, 2])):
            pins.append({"pin": rng.choice(["forbid", "禁止"]), **_fields(case, rng, rng.choice(new))})
    document["pins"] = pins
    return document


def amount(case: Case, fields: dict, session: dict) -> int:
    """What a session adds to a pin with these filters."""
    if fields.get("project", session["project"]) != session["project"]:
        return 0
    if "place" in fields and fields["place"] not in case.geography.line(session["place"]):
        return 0
    if fields.get("period", session["period"]) != session["period"]:
        return 0
    wanted = fields.get("resource")
    members = {l["member"] for l in session["staff"] if l["resource"] == wanted}
    taken = len(members) + (wanted is not None and session["venue"] == wanted)
    if "need" in fields:
        units = sum(l["units"] for l in session["needs"] if l["need"] == fields["need"])
        return units if taken or wanted is None else 0
    return taken if wanted else 1


def _fields(case: Case, rng: random.Random, session: dict) -> dict:
    """Some true facts of a session, as the filters of a pin."""
    row = {}
    kind = rng.choice(["need", "need", "resource", "both", "session", "session"])
    taken = [l["resource"] for l in session["staff"]] + ([session["venue"]] if session.get("venue") else [])
    if kind in ("need", "both"):
        row["need"] = rng.choice(session["needs"])["need"]
    if kind in ("resource", "both") and taken:
        row["resource"] = rng.choice(taken)
    if rng.random() < 0.6 or not row:
        row["project"] = session["project"]
    if rng.random() < 0.4:
        row["place"] = rng.choice(case.geography.line(session["place"]))
    if rng.random() < 0.4:
        row["period"] = session["period"]
    return row


def _wild(case: Case, rng: random.Random) -> dict:
    """A pin that looks at nothing but the lists; it may well be impossible."""
    row = {"pin": "fix", "project": rng.choice(sorted(case.projects)), "count": rng.choice([1, 2, 3, 4])}
    if rng.random() < 0.5:
        row["need"] = rng.choice(sorted(case.needs))
    if rng.random() < 0.4:
        row["period"] = rng.choice(case.periods)
    return row
