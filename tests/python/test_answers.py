"""Answers about a plan, as Python hands them out."""

from __future__ import annotations

import json
import pickle
import time
from pathlib import Path
from typing import Any

import pytest

import sandan
from expectation import ROOT

LISTS: dict[str, Any] = {
    "needs": [
        {"id": "N1", "place": "C1", "services": "心理", "quantity": 40},
        {"id": "N2", "place": "C2", "services": "绘画", "quantity": 4},
        {"id": "N3", "place": "C2", "services": "安全", "quantity": 10},
    ],
    "projects": [
        {"id": "P1", "services": "心理", "size": 10, "staffing": "社工:1; 志愿者:1"},
        {"id": "P2", "services": "安全", "size": 10, "staffing": "社工:1"},
    ],
    "resources": [
        {"id": "S1", "roles": "社工", "place": "C1", "periods": "1;2"},
        {"id": "V1", "roles": "志愿者", "place": "C1", "count": 2, "periods": "1;2"},
    ],
    "travel": [{"from": "C1", "to": "C2", "minutes": 20}],
    "periods": [{"id": "1"}, {"id": "2"}],
    "rules": [{"id": "Q1", "rule": "sessions", "per": "period", "min": 3}],
}


@pytest.fixture(scope="module")
def plan() -> sandan.Plan:
    return sandan.Case(**LISTS).solve()


def test_why_not_has_a_verdict_with_cells(plan: sandan.Plan) -> None:
    why = plan.why_not("N3")
    assert why.verdict == "impossible" and why.plan is None
    assert {cell["column"] for cell in why.data["limits"]} >= {"reach_minutes"}
    assert [row["stage"] for row in why.table][:2] == ["offers", "reach"]
    assert "裁决" in str(why) == repr(why) and "<pre" in why._repr_html_()
    assert plan.why_not("N2").data["fact"]
    assert plan.why_not("N1", project="P1", resource="V1").data["sessions"]
    assert plan.why_not(rule="Q1", per={"period": "1"}).verdict == "impossible"


def test_a_tie_shows_the_plan_that_does_it() -> None:
    need = {**LISTS["needs"][0], "quantity": 20}
    case = sandan.Case(**{**LISTS, "needs": [need, {**need, "id": "N9"}], "rules": None})
    plan = case.solve()
    why = plan.why_not("N9" if plan.unmet[-1]["units"] == 20 else "N1")
    assert why.verdict == "tie" and why.plan is not None and case.check(why.plan).ok


def test_what_cannot_be_asked_is_a_value_error(plan: sandan.Plan) -> None:
    for ask in (
        lambda: plan.why_not("N99"),
        lambda: plan.why_not(),
        lambda: plan.recommend(),
        lambda: plan.repairs("N99"),
    ):
        with pytest.raises(ValueError):
            ask()
    with pytest.raises(ValueError, match="no price"):
        plan.repairs("N1", prices={"magic": 3})
    with pytest.raises(ValueError):
        sandan.Plan.from_json(plan.to_json(), case=sandan.read(ROOT / "examples/dachang")).why_not("N1")


def test_repairs_are_verified_plans_with_their_price(plan: sandan.Plan) -> None:
    repairs = plan.repairs("N1", most=3)
    assert list(repairs.table[0]) == ["change", "points", "coverage"] and len(repairs.table) == len(repairs.plans) == 3
    assert [row["points"] for row in repairs.table] == sorted(row["points"] for row in repairs.table)
    assert all(after.case is None for after in repairs.plans), "the lists have changed"
    cheap = plan.repairs("N1", most=1, prices={"recruit": 1}).table[0]
    assert "社工" in cheap["change"] and cheap["points"] == 1


def test_gaps_and_prices_are_tables_in_the_callers_kind(plan: sandan.Plan) -> None:
    assert list(plan.gaps[0]) == ["change", "kind", "points", "coverage", "units", "exact"]
    assert plan.gaps[0]["coverage"] >= plan.gaps[-1]["coverage"]
    assert plan.find_gaps().table == plan.gaps
    prices = plan.prices
    assert prices and prices[0]["kind"] == "staff" and prices[0]["worth"] > 0
    frames = sandan.Case(**LISTS, frames="polars").solve().with_headers("zh")
    assert frames.gaps.columns[:2] == ["改动", "类型"] and "值" in frames.prices.columns


def test_recommend_proposes_whole_sessions() -> None:
    lists = {**LISTS, "rules": None}
    empty = sandan.Plan.from_json('{"format": "sandan-plan/1"}', case=sandan.Case(**lists), frames="rows")
    found = empty.recommend("N1", most=2)
    assert found.table[0]["project"] == "P1" and found.table[0]["coverage"] == 10
    assert empty.recommend(resource="S1").table


def test_rematch_changes_little_and_says_why(plan: sandan.Plan, tmp_path: Path) -> None:
    events = [{"kind": "dropped_out", "resource": "V1", "members": 1}]
    path = tmp_path / "events.json"
    path.write_text(json.dumps(events), encoding="utf-8")
    chinese = [{"kind": "退出", "资源": "V1", "人数": 1}]
    answers = [
        plan.rematch(form) for form in (events, path, str(path), json.dumps(events), chinese, {"events": events})
    ]
    assert len({answer.plan for answer in answers}) == 1
    again = answers[0]
    assert again.plan.case is not None and again.plan.case.check(again.plan).ok
    assert again.plan.case.previous == json.loads(json.dumps(plan.data))
    assert {row["reason"] for row in again.table} <= {"event", "same_session", "knock_on"}
    changed = sandan.Case(**{**LISTS, "needs": LISTS["needs"][:2]})
    assert len(plan.rematch(case=changed).plan.unmet) == 2
    with pytest.raises(ValueError, match="V9"):
        plan.rematch([{"kind": "dropped_out", "resource": "V9"}])
    with pytest.raises(ValueError, match="第 1 个事件"):
        plan.rematch([{"kind": "unheard of"}])


def test_a_prefecture_is_rematched_where_it_is_touched() -> None:
    """Without a search of the whole: in the work of laying it out a few times at most, and proven all the same."""
    case = sandan.read(ROOT / "examples/guigang")
    began = time.process_time()
    plan = case.solve(max_steps=1)
    solved = time.process_time() - began
    wish = next(session for session in plan.data["sessions"] if session["project"] == "微心愿")
    gone = wish["staff"][0]
    began = time.process_time()
    again = plan.rematch([{"kind": "declined", "resource": gone["resource"], "session": wish["id"]}])
    assert time.process_time() - began < 4 * solved
    assert again.plan.data["stats"] == {} and again.data["changes"] == again.data["fewest"] > 0
    assert again.plan.case is not None and again.plan.case.check(again.plan).ok
    # What is asked of one plan again is not checked again.
    began = time.process_time()
    plan.recommend(resource=gone["resource"])
    first = time.process_time() - began
    began = time.process_time()
    for _ in range(3):
        plan.recommend(resource=gone["resource"])
    assert time.process_time() - began < 3 * first


def test_compare_fairness_and_audit(plan: sandan.Plan) -> None:
    empty = sandan.Plan.from_json('{"format": "sandan-plan/1"}')
    lines = plan.compare(empty).table
    assert {"part": "lost", "name": "N1", "unit": "人次", "before": 20, "after": 0, "more": -20} in lines
    assert [row["group"] for row in plan.fairness().table] == ["C2", "C1"]
    pinned = sandan.Case(**LISTS, pins=[{"pin": "forbid", "project": "P1", "period": "2"}]).solve()
    assert pinned.audit().table[0]["table"] == "pins"


def test_explain_fills_in_the_verdicts(plan: sandan.Plan) -> None:
    explained = plan.explain()
    assert {row["verdict"] for row in explained.unmet} == {"impossible"}
    assert plan.case is not None and plan.case.check(explained).ok
    assert pickle.loads(pickle.dumps(explained)) == explained


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_changes_are_drawn(plan: sandan.Plan, lang: Any, tmp_path: Path) -> None:
    for name, picture in {
        "gaps": plan.pictures.gaps(lang=lang),
        "repairs": plan.pictures.repairs("N1", lang=lang),
    }.items():
        picture.save(tmp_path / f"{name}.png")
    sandan.Case(
        **{**LISTS, "rules": None, "needs": LISTS["needs"][:1] and [{**LISTS["needs"][0], "quantity": 1}]}
    ).solve().pictures.gaps()
