"""Turns a solution of the model back into a plan."""

from __future__ import annotations

from limits import Limits
from model import Model, Slot


def plan_of(model: Model, limits: Limits, solver, answer: dict) -> dict:
    case = model.case
    sessions = [_session(model, slot, solver) for slot in model.slots if solver.value(slot.used)]
    sessions += [{**fact, "fact": True} for fact in case.facts]
    sessions.sort(key=lambda s: (case.period_index[s["period"]], s["place"], s["project"],
                                 [(n["need"], n["units"]) for n in s["needs"]], str(s)))
    width = len(str(len(sessions)))
    for index, session in enumerate(sessions, 1):
        session["id"] = f"S{index:0{width}d}"
    launches = [dict(launch) for launch in case.fact_launches]
    for project in case.projects:
        lines = [{"fund": fund, "fen": solver.value(x)} for (p, fund), x in sorted(model.launch_money.items())
                 if p == project and solver.value(x) > 0]
        if lines:
            launches.append({"project": project, "funds": lines})
    served = {}
    for session in sessions:
        for line in session["needs"]:
            served[line["need"]] = served.get(line["need"], 0) + line["units"]
    unmet = [{"need": n.id, "units": n.quantity - served.get(n.id, 0)}
             for n in sorted(case.needs.values(), key=lambda n: n.id) if served.get(n.id, 0) < n.quantity]
    shortfalls = [{"rule": rule.id, "per": per, "missing": solver.value(gap)}
                  for rule, per, gap in limits.missing if solver.value(gap) > 0]
    levels = [{"terms": terms, "value": value, "bound": value, "gap_ppm": 0}
              for terms, value in zip(answer["terms"], answer["levels"])]
    return {"format": "sandan-plan/1", "status": "optimal", "levels": levels, "sessions": sessions,
            "launches": sorted(launches, key=lambda l: l["project"]), "unmet": unmet, "shortfalls": shortfalls}


def _session(model: Model, slot: Slot, solver) -> dict:
    case = model.case
    staff = []
    seen = set()
    for (number, (row, member), period), literal in sorted(slot.serves.items()):
        post = model.post_of(slot, number)
        entry = (number, row, member, case.periods[period] if post.rotate else None)
        if solver.value(literal) and entry not in seen:
            seen.add(entry)
            staff.append({"resource": row, "member": member, "post": number, "role": post.role, "period": entry[3]})
    room = next(((v, k) for (v, k), x in slot.rooms.items() if solver.value(x)), (None, None))
    return {
        "id": "", "project": slot.project.id, "place": slot.place, "period": case.periods[slot.start],
        "needs": [{"need": n, "units": solver.value(x)} for n, x in sorted(slot.units.items()) if solver.value(x)],
        "staff": staff, "venue": room[0], "room": room[1],
        "funds": [{"fund": f, "fen": solver.value(x)} for f, x in sorted(slot.money.items()) if solver.value(x)],
        "goods": [{"stock": s, "item": i, "n": solver.value(x)}
                  for (s, i), x in sorted(slot.goods.items()) if solver.value(x)],
    }
