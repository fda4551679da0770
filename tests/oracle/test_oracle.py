"""Cases so small that the answer is known by hand; one claim a test."""

import pytest

from check_plan import check
from solve import solve


def staff(name, role, **more):
    return {"id": name, "roles": role, **more}


def case(needs, projects, resources=(), **tables):
    settings = [{"key": k, "value": v} for k, v in tables.pop("settings", {}).items()]
    tables = {k: v for k, v in tables.items() if v}
    return {"needs": needs, "projects": projects, "resources": list(resources), "settings": settings, **tables}


def need(name="N1", **more):
    return {"id": name, "place": "A", "services": "x", **more}


def project(name="P1", **more):
    return {"id": name, "services": "x", **more}


def levels(document):
    answer = solve(document)
    if answer["status"] == "optimal":
        found = check(document, answer["plan"])
        assert found["violations"] == []
        assert found["values"] == answer["levels"] and found["terms"] == answer["terms"]
    return answer["status"] if answer["status"] != "optimal" else answer["levels"]


def coverage(document):
    found = levels(document)
    return found if isinstance(found, str) else found[2]


PERIODS = [{"id": f"W{k}", "tags": f"half:H{(k + 1) // 2}", "theme": "x" if k % 2 else "y"} for k in range(1, 5)]


@pytest.mark.parametrize("social, volunteers, classes", [
    (1, 1, 0), (2, 0, 0), (0, 2, 0), (1, 2, 1), (1, 4, 1), (2, 3, 1), (2, 4, 2), (3, 6, 3),
])
def test_the_staircase_of_classes(social, volunteers, classes):
    team = [staff(f"S{k}", "社工") for k in range(social)] + [staff(f"V{k}", "志愿者") for k in range(volunteers)]
    found = coverage(case([need(quantity=3)], [project(staffing="社工:1; 志愿者:2")], team))
    assert found == classes


def held(**more):
    """Coverage of 8 units at A, one place a session, four periods, one worker with room for all."""
    tables = {"periods": PERIODS, **more}
    tables.setdefault("needs", [need(quantity=8)])
    tables.setdefault("projects", [project(staffing="r", max_per_cell=2)])
    tables.setdefault("resources", [staff("R", "r", per_period=9)])
    return coverage(case(tables.pop("needs"), tables.pop("projects"), tables.pop("resources"), **tables))


CLAIMS = {
    "two in each of four periods": (dict(), 8),
    "a per_period of the need": (dict(needs=[need(quantity=8, per_period=1)]), 4),
    "whole needs a session that is big enough": (dict(needs=[need(quantity=2, whole="yes")]), 0),
    "whole in one session": (dict(needs=[need(quantity=2, whole="yes")], projects=[project(size=3)]), 2),
    "one project": (dict(needs=[need(quantity=8, one_project="yes")],
                         projects=[project(max_sessions=3), project("P2", max_sessions=2)]), 3),
    "a person is in one session a period": (dict(needs=[need(person="K", quantity=5), need("N2", person="K", quantity=2)]), 4),
    "a person has at most one unit a session": (dict(needs=[need(person="K", quantity=8)], projects=[project(size=9)]), 4),
    "two needs of a person in one session count once": (
        dict(needs=[need(person="K", quantity=4), need("N2", person="K", quantity=4)], projects=[project(size=2)]), 8),
    "a person in a span is busy all along": (
        dict(needs=[need(person="K", quantity=3), need("N2", person="K", services="y")],
             projects=[project(span=2), project("P2", services="y", periods="W2")]), 2),
    "per_period of a member": (dict(resources=[staff("R", "r")]), 4),
    "load counts": (dict(projects=[project()], requirements=[{"project": "P1", "role": "r", "load": 3}],
                         resources=[staff("R", "r", per_period=5)]), 4),
    "load 0 takes nothing, but the member must be there": (
        dict(projects=[project()], requirements=[{"project": "P1", "role": "r", "load": 0}],
             resources=[staff("R", "r", periods="W1..W1")]), 8),
    "total": (dict(resources=[staff("R", "r", per_period=9, total=3)]), 3),
    "a span takes load in every period": (
        dict(projects=[project(span=2, staffing="r")], resources=[staff("R", "r", total=3, per_period=9)]), 1),
    "a span must fit the horizon": (dict(projects=[project(span=4, max_per_cell=1)]), 1),
    "a skill must hold in every period of a span": (
        dict(projects=[project(span=2, staffing="r[s]", max_per_cell=1)], resources=[staff("R", "r", skills="s@W1..W3", per_period=9)]), 2),
    "a rotating post may change hands": (
        dict(projects=[project(span=4)], requirements=[{"project": "P1", "role": "r", "rotate": "yes"}],
             resources=[staff(f"R{k}", "r", periods=f"W{k}") for k in range(1, 5)]), 1),
    "a fixed post may not": (
        dict(projects=[project(span=4, staffing="r")], resources=[staff(f"R{k}", "r", periods=f"W{k}") for k in range(1, 5)]), 0),
    "per_units and reserve": (
        dict(projects=[project(size=3, max_per_cell=1)],
             requirements=[{"project": "P1", "role": "r", "per_units": 2, "reserve": 1}], resources=[staff("R", "r", count=2)]), 0),
    "per_units and reserve, enough": (
        dict(projects=[project(size=3, max_per_cell=1)],
             requirements=[{"project": "P1", "role": "r", "per_units": 2, "reserve": 1}], resources=[staff("R", "r", count=3)]), 8),
    "a member fills one post": (dict(projects=[project(staffing="r; s")], resources=[staff("R", "r;s", per_period=9)]), 0),
    "clearance": (dict(projects=[project(staffing="r", clearance="c")], resources=[staff("R", "r")]), 0),
    "own organisations": (
        dict(projects=[project(lead="L", partners="M")], requirements=[{"project": "P1", "role": "r", "orgs": "own"}],
             resources=[staff("R", "r", org="M"), staff("R2", "r", org="Z"), staff("R3", "r")]), 4),
    "size, min_size": (dict(needs=[need(quantity=5)], projects=[project(size=3, min_size=2, max_sessions=2)]), 5),
    "min_size leaves a rest": (dict(needs=[need(quantity=5)], projects=[project(size=2, min_size=2)]), 4),
    "seats by load": (dict(projects=[project(size=5, max_per_cell=1)], fit=[{"need": "N1", "project": "P1", "load": 2}]), 8),
    "min_sessions": (dict(projects=[project(min_sessions=3, max_per_cell=1, periods="W1;W2")]), 0),
    "a fund pays to the fen": (dict(projects=[project(session_cost="0.33")],
                                    resources=[{"id": "F", "kind": "fund", "amount": "1.00"}]), 3),
    "two funds pay one session": (dict(projects=[project(session_cost="1")],
                                       resources=[{"id": "F", "kind": "fund", "amount": "0.50"}, {"id": "G", "kind": "fund", "amount": "0.5"}]), 1),
    "launch": (dict(projects=[project(launch_cost="1", unit_cost="0.10")], resources=[{"id": "F", "kind": "fund", "amount": "1.25"}]), 2),
    "a launch is not paid by a fund of one place": (
        dict(projects=[project(launch_cost="1")], resources=[{"id": "F", "kind": "fund", "amount": "5", "places": "A"}]), 0),
    "goods": (dict(projects=[project(size=3, goods="bag:1; pen:1/人")],
                   resources=[{"id": "G", "kind": "goods", "roles": "bag;pen", "amount": 9}]), 6),
    "a wish takes the stock": (dict(needs=[need(quantity=3, goods="琴:1")], projects=[project()],
                                    resources=[{"id": "G", "kind": "goods", "roles": "琴", "amount": 1}]), 1),
    "a room a session and period": (dict(projects=[project(venue="v")], resources=[
        {"id": "V", "kind": "venue", "roles": "v", "place": "A"}]), 4),
    "seats of the room": (dict(projects=[project(venue="v", size=2)], resources=[
        {"id": "V", "kind": "venue", "roles": "v", "place": "A", "seats": 1}]), 0),
    "a span counts once in a room's total": (dict(projects=[project(venue="v", span=2, size=3)], resources=[
        {"id": "V", "kind": "venue", "roles": "v", "place": "A", "total": 2}]), 6),
    "max rule": (dict(rules=[{"id": "Q", "rule": "sessions", "per": "half", "max": 1}]), 2),
    "units rule": (dict(rules=[{"id": "Q", "rule": "units", "unit": "人次", "per": "period", "max": 1}]), 4),
    "at most one project": (
        dict(projects=[project(max_sessions=3), project("P2", max_sessions=2)], rules=[{"id": "Q", "rule": "projects", "max": 1}]), 3),
    "a theme closes half the months": (dict(rules=[{"id": "Q", "rule": "sessions", "services": "theme", "max": 0}]), 4),
    "nobody two periods running": (dict(resources=[staff("R", "r")], rules=[{"id": "Q", "rule": "window", "window": 2, "max": 1}]), 2),
    "no newcomer without a mentor": (
        dict(resources=[staff("R", "r", skills="新手"), staff("M", "r", skills="骨干", periods="W1..W1")],
             projects=[project(staffing="r:2")],
             rules=[{"id": "Q", "rule": "ratio", "skills": "新手", "against": "[骨干]", "max": 1}]), 1),
    "forbid": (dict(pins=[{"pin": "forbid", "period": "W1"}]), 6),
    "a fix that cannot hold": (dict(pins=[{"pin": "fix", "need": "N1", "period": "W1", "count": 3}]), "infeasible"),
    "online asks no venue and no reach": (
        dict(projects=[project(online="yes", venue="v", places="A", staffing="r")], needs=[need(quantity=2)],
             resources=[staff("R", "r", place="far", reach_minutes=0)]), 2),
    "a fund of one place pays nothing online": (
        dict(projects=[project(online="yes", session_cost=1)], resources=[{"id": "F", "kind": "fund", "amount": 9, "places": "A"}]), 0),
    "fairness counts the first part more": (dict(settings={"fairness": "0.5:3; 1.0:1"}), 16),
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_claim(claim):
    given, expected = CLAIMS[claim]
    given = {k: [dict(r) for r in v] if isinstance(v, list) else v for k, v in given.items()}
    assert held(**given) == expected


def test_a_parent_stands_for_its_leaves():
    places = [{"id": "A", "parent": "C"}, {"id": "B", "parent": "C"}, {"id": "C"}, {"id": "D"}]
    needs = [need(), need("N2", place="D"), need("N3", place="C")]
    travel = [{"from": "C", "to": "D", "minutes": 15}]
    team = [staff("R", "r", place="C", per_period=9)]
    assert coverage(case(needs, [project(staffing="r")], team, places=places, travel=travel)) == 3
    travel[0]["minutes"] = 16
    assert coverage(case(needs, [project(staffing="r")], team, places=places, travel=travel)) == 2


def test_lower_levels_in_their_units():
    document = case(
        [need(quantity=2, reach_minutes=9)], [project(size=2, span=2, staffing="r", quality=3, places="B", session_cost="1.50")],
        [staff("R", "r", place="A", cost="0.10", prefers="y"), {"id": "F", "kind": "fund", "amount": 3}],
        periods=PERIODS[:2], travel=[{"from": "A", "to": "B", "minutes": 7}],
        settings={"levels": "coverage | cost | travel | turns | prefers | quality"},
    )
    # 150 fen and 2 × 10; member 2 × 7 minutes and 2 units × 2 × 7; load 2; one session not preferred; 2 units × 3
    assert levels(document) == [2, -170, -42 * 50, -200, -1000, 600]


def test_facts_count_and_changes_are_counted():
    document = case([need(quantity=3)], [project(staffing="r")], [staff("R", "r", per_period=9, total=2)], periods=PERIODS,
                    settings={"freeze_before": "W2", "levels": "coverage | changes"})
    session = {"id": "S1", "project": "P1", "place": "A", "needs": [{"need": "N1", "units": 1}], "venue": None, "room": None,
               "staff": [{"resource": "R", "member": 1, "post": 1, "role": "r", "period": None}], "funds": [], "goods": []}
    document["previous"] = {"sessions": [{**session, "period": "W1"}, {**session, "id": "S2", "period": "W3"},
                                         {**session, "id": "S3", "period": "W4"}], "launches": []}
    # one fact; the member's total leaves one more: the unit and the member-session of W3 or of W4 are gone
    assert levels(document) == [2, -20000]


def test_quotas_and_their_gaps():
    document = case([need(quantity=3)], [project(lead="L"), project("P2", lead="L")], periods=PERIODS,
                    rules=[{"id": "Q", "rule": "orgs", "per": "place", "min": 2, "weight": 5},
                           {"id": "T", "rule": "sessions", "services": "theme", "per": "place;period", "min": 1}])
    # one lead of two: 1 × 5; W2 and W4 have a theme that nobody offers
    assert levels(document)[1] == -7
