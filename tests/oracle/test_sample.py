"""The committed sample: proven answers hold up under the second reading, and broken plans do not."""

import copy
import json
from collections import Counter
from pathlib import Path

import pytest

from check_plan import check
from compare import compare
from generate import build
from solve import solve

FOLDER = Path(__file__).parent / "cases"


def read(name):
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


CASES = {e["id"]: e["case"] for e in read("cases.jsonl")}
ANSWERS = {a["id"]: a for a in read("answers.jsonl")}
PLANS = {k: {"id": k, "plan": a["plan"]} if "plan" in a else {"id": k, "error": "pins"} for k, a in ANSWERS.items()}
SOLVED = [k for k in CASES if ANSWERS[k]["status"] == "optimal"]


def test_every_answer_is_proven_and_agrees_with_the_second_reading():
    report = compare(CASES, ANSWERS, PLANS)
    assert report.faults == []
    assert report.counts["non-empty"] >= 0.8 * len(CASES)
    assert report.counts["oracle timeout"] == 0 < report.counts["infeasible agreed"]


def test_the_generator_gives_the_committed_cases():
    for k in (0, 7, 50):
        assert build(1, k) == CASES[f"s1-{k:05d}"]


@pytest.mark.parametrize("relaxed", ["order", "bound"])
def test_symmetry_and_slot_bounds_take_nothing_away(relaxed):
    for case_id in SOLVED[::30]:
        again = solve(CASES[case_id], 20.0, frozenset([relaxed]), with_plan=False)
        assert again["status"] == "timeout" or again["levels"] == ANSWERS[case_id]["levels"], case_id


def test_plans_of_a_relaxed_model_are_never_valid_and_better():
    """Were the oracle too strict somewhere, the second reading would accept a plan it never saw."""
    names = ["H1", "H2", "H3", "H4", "H6", "H7", "H8", "H9", "H12", "H13", "H14", "H15"]
    for k, case_id in enumerate(SOLVED[::8]):
        again = solve(CASES[case_id], 3.0, frozenset([names[k % len(names)]]))
        if again["status"] == "optimal":
            found = check(CASES[case_id], again["plan"])
            assert found["violations"] or found["values"] == ANSWERS[case_id]["levels"], case_id


def broken(change):
    """Families that the second reading names when `change(case, session)` spoils one new session of each plan."""
    families = Counter()
    for case_id in SOLVED:
        document, plan = CASES[case_id], copy.deepcopy(ANSWERS[case_id]["plan"])
        new = [s for s in plan["sessions"] if not s.get("fact")]
        if new and change(document, new[0], plan) is not False:
            families.update({family for family, _ in check(document, plan)["violations"]} or {"none"})
    return families


def _take_member(_, session, __):
    return bool(session["staff"]) and session["staff"].pop() is not None


def _pay_less(_, session, __):
    return bool(session["funds"]) and session["funds"][0].update(fen=session["funds"][0]["fen"] - 1)


def _give_less(_, session, __):
    return bool(session["goods"]) and session["goods"][0].update(n=session["goods"][0]["n"] - 1)


def _leave_room(_, session, __):
    return bool(session["venue"]) and session.update(venue=None, room=None)


def _crowd(_, session, __):
    session["needs"][0]["units"] += 9


def _lose_fact(_, __, plan):
    facts = [s for s in plan["sessions"] if s.get("fact")]
    return bool(facts) and plan["sessions"].remove(facts[0])


@pytest.mark.parametrize("change, family", [
    (_take_member, "H5"), (_pay_less, "H10"), (_give_less, "H11"), (_leave_room, "H8"), (_crowd, "H4"),
    (_lose_fact, "facts"),
])
def test_a_broken_plan_is_named(change, family):
    found = broken(change)
    assert found[family] > 0 and found["none"] == 0


def faults(case_id, **changes):
    plan = {**copy.deepcopy(ANSWERS[case_id]["plan"]), **changes}
    return compare({case_id: CASES[case_id]}, ANSWERS, {case_id: {"id": case_id, "plan": plan}}).faults


def test_compare_names_a_bound_below_the_optimum():
    case_id = next(k for k in SOLVED if ANSWERS[k]["levels"][-1] < -1)
    levels = copy.deepcopy(ANSWERS[case_id]["plan"]["levels"])
    levels[-1]["bound"] -= 1
    assert any("below the optimum" in what for _, what in faults(case_id, levels=levels))


def test_compare_names_a_worse_plan_called_optimal():
    case_id = next(k for k in SOLVED if ANSWERS[k]["plan"]["sessions"] and "pins" not in CASES[k])
    found = faults(case_id, sessions=[], launches=[])
    assert any("claims" in what for _, what in found)
    answer = copy.deepcopy(ANSWERS[case_id])
    answer["levels"][-1] += 1
    plan = {"id": case_id, "plan": ANSWERS[case_id]["plan"]}
    found = compare({case_id: CASES[case_id]}, {case_id: answer}, {case_id: plan}).faults
    assert any("called optimal" in what for _, what in found)


def test_compare_names_wrong_errors_and_missing_plans():
    case_id = SOLVED[0]
    assert compare({case_id: CASES[case_id]}, ANSWERS, {}).faults == [(case_id, "no plan")]
    found = compare({case_id: CASES[case_id]}, ANSWERS, {case_id: {"id": case_id, "error": "E1"}}).faults
    assert "error where the oracle ended optimal" in found[0][1]
    impossible = next(k for k in CASES if ANSWERS[k]["status"] == "infeasible")
    empty = {"id": impossible, "plan": {**ANSWERS[case_id]["plan"], "sessions": [], "launches": []}}
    found = compare({impossible: CASES[impossible]}, ANSWERS, {impossible: empty}).faults
    assert any("H15" in what for _, what in found) and any("cannot hold" in what for _, what in found)
