"""Tables of every kind, in and out."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import narwhals
import numpy
import pandas
import polars
import pyarrow
import pytest

import sandan
from expectation import ROOT
from sandan.frames import cell_text, columns_of, kind_of

NEEDS = {"id": ["N1", "N2"], "place": ["C1", "C1"], "services": ["消防", None], "quantity": [2, None]}
PROJECTS = [{"id": "P1", "services": "消防", "size": 2, "staffing": "社工:1"}]
RESOURCES = [{"id": "R1", "roles": "社工", "place": "C1"}]


class Capsule:
    """A table that speaks only the Arrow PyCapsule interface."""

    def __init__(self, table: Any) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


MAKERS = {
    "pandas": pandas.DataFrame,
    "pandas, nullable": lambda columns: pandas.DataFrame(columns).convert_dtypes(),
    "pandas, named index": lambda columns: pandas.DataFrame(columns).set_index("id"),
    "polars": polars.DataFrame,
    "polars, lazy": polars.LazyFrame,
    "arrow": pyarrow.table,
    "arrow capsule": lambda columns: Capsule(pyarrow.table(columns)),
    "columns": lambda columns: columns,
    "rows": lambda columns: [dict(zip(columns, row)) for row in zip(*columns.values())],
}


def rows(table: Any) -> list[str]:
    header, columns = columns_of(table)
    cells = zip(*([cell_text(value) or "" for value in column] for column in columns))
    return [",".join(line) for line in [header, *cells]]


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_every_kind_is_the_same_table(make: Any) -> None:
    assert rows(make(NEEDS)) == ["id,place,services,quantity", "N1,C1,消防,2", "N2,C1,,"]


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_every_kind_is_the_same_case(make: Any) -> None:
    whole = {key: [value or "消防" for value in column] if key == "services" else column for key, column in NEEDS.items()}
    case = sandan.Case(needs=make(whole), projects=PROJECTS, resources=RESOURCES)
    assert case.hash == sandan.Case(needs=whole, projects=PROJECTS, resources=RESOURCES).hash


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_a_missing_cell_is_the_problem_that_excel_has(make: Any) -> None:
    case = sandan.Case(needs=make(NEEDS), projects=PROJECTS, resources=RESOURCES, lang="en", frames="rows")
    assert ("needs", 3, "services") in [(row["table"], row["row"], row["column"]) for row in case.problems]
    with pytest.raises(sandan.CaseError, match="needs 3 services"):
        case.solve()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (float("nan"), ""),
        (pandas.NA, ""),
        (pandas.NaT, ""),
        (numpy.datetime64("NaT"), ""),
        (Decimal("NaN"), ""),
        (True, "true"),
        (numpy.bool_(False), "false"),
        (12, "12"),
        (numpy.int64(12), "12"),
        (12.0, "12"),
        (0.5, "0.5"),
        (1e20, "100000000000000000000"),
        (2e-7, "0.0000002"),
        (Decimal("1.50"), "1.5"),
        (datetime.date(2025, 7, 1), "2025-07-01"),
        (datetime.datetime(2025, 7, 1), "2025-07-01"),
        (datetime.datetime(2025, 7, 1, 8, 30), "2025-07-01T08:30:00"),
        (pandas.Timestamp("2025-07-01"), "2025-07-01"),
        (pandas.Period("2025-07", "M"), "2025-07"),
        (["消防", "急救"], "消防;急救"),
        (numpy.array([1, 2]), "1;2"),
        ('5" 管', '5" 管'),
    ],
)
def test_a_value_is_what_would_stand_in_a_sheet(value: Any, text: str) -> None:
    needs = [{"id": "x", "place": "C1", "services": "s", "note": value}]
    assert sandan.Case(needs=needs, projects=PROJECTS, resources=RESOURCES).tables["needs"][0]["note"] == (text or None)


def test_a_header_that_stands_twice_is_a_problem_and_no_crash() -> None:
    twice = pandas.DataFrame([["N1", "N2", "C1", "消防"]], columns=["id", "id", "place", "services"])
    case = sandan.Case(needs=twice, projects=PROJECTS, resources=RESOURCES)
    assert not case.ok and case.problems["table"][0] == "needs"
    assert case.tables["needs"].columns.tolist() == ["id", "id 2", "place", "services"]


def test_what_is_no_table_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="a table is"):
        sandan.Case(needs=3)
    with pytest.raises(ValueError, match="equally long"):
        sandan.Case(needs={"id": ["a"], "place": []})


def test_settings_may_be_a_plain_dict() -> None:
    lists = {"needs": [{"id": "N1", "place": "C1", "services": "s"}], "projects": PROJECTS, "resources": RESOURCES}
    rows = sandan.Case(**lists, settings=[{"key": "gap", "value": 0.01}])
    assert sandan.Case(**lists, settings={"gap": 0.01}).hash == rows.hash


PLAN = """{"format": "sandan-plan/1", "sessions": [{"project": "P1", "place": "C1", "period": "all",
  "needs": [{"need": "N1", "units": 2}], "staff": [{"resource": "R1", "member": 1, "post": 1, "role": "社工"}],
  "funds": [{"fund": "F1", "fen": 500}], "goods": [{"stock": "G1", "item": "书包", "n": 2}]}],
  "launches": [{"project": "P1", "funds": [{"fund": "F1", "fen": 900}]}],
  "unmet": [{"need": "N2", "units": 1, "reason": {"funnel": [{"stage": "offers", "left": 0}]}}],
  "shortfalls": [{"rule": "Q1", "per": {"place": "C1"}, "missing": 1}]}"""


KINDS = ["pandas", "polars", "pyarrow", "rows", "columns", "narwhals:pandas", "narwhals:polars", "narwhals:pyarrow"]


@pytest.mark.parametrize("frames", KINDS)
def test_a_plans_tables_come_in_the_kind_asked_for(frames: Any) -> None:
    plan = sandan.Plan.from_json(PLAN, frames=frames)
    tables = [plan.sessions, plan.served, plan.staff, plan.unmet, plan.shortfalls, plan.ledger, plan.goods]
    assert {kind_of(table) for table in tables} == {frames}
    assert rows(plan.ledger)[1:] == ["F1,amount,,,,,,", "F1,launch,,P1,,,9,", "F1,session,,P1,C1,all,5,", "F1,left,,,,,14,"]
    assert rows(plan.unmet)[1:] == ["N2,1,offers,not_examined"]
    assert rows(plan.sessions)[1:] == [",P1,C1,all,2,1,,,5,false"]


@pytest.mark.parametrize("frames", ["pandas", "polars", "pyarrow"])
def test_an_empty_table_keeps_its_columns(frames: Any) -> None:
    plan = sandan.Plan.from_json('{"format": "sandan-plan/1"}', frames=frames)
    assert rows(plan.staff) == ["resource,member,post,role,serves_in,session,project,place,period"]


@pytest.mark.parametrize("make", [pandas.DataFrame, polars.DataFrame, pyarrow.table])
def test_answers_come_back_in_the_callers_kind(make: Any) -> None:
    whole = make({"id": ["N1"], "place": ["C1"], "services": ["消防"], "quantity": [2]})
    for given, kind in ((whole, kind_of(whole)), (narwhals.from_native(whole), f"narwhals:{kind_of(whole)}")):
        case = sandan.Case(needs=given, projects=PROJECTS, resources=RESOURCES)
        plan = case.solve()
        assert {kind_of(table) for table in (case.problems, case.needs, case.tables["needs"], plan.staff)} == {kind}


def test_columns_may_be_named_in_chinese() -> None:
    """A table that went out under Chinese names comes in again."""
    case = sandan.Case(needs=NEEDS | {"services": ["消防", "消防"]}, projects=PROJECTS, resources=RESOURCES, headers="zh")
    assert list(case.problems)[:3] == ["代码", "表", "行"]
    assert list(case.solve().sessions)[:4] == ["场次号", "项目", "地点", "时段"]
    needs = {name: column for name, column in case.needs.items() if name != "时段"}
    assert sandan.Case(needs=needs, projects=PROJECTS, resources=RESOURCES).hash == case.hash
    assert list(case.with_headers("en").needs)[:3] == ["id", "title", "place"]
    assert list(case.solve().with_headers("en").staff)[0] == "resource"


@pytest.mark.parametrize("table", ["needs", "projects", "resources", "posts", "places", "periods"])
@pytest.mark.parametrize("frames", KINDS)
def test_the_lists_as_understood_fill_in_what_is_blank(table: str, frames: Any) -> None:
    case = sandan.read(ROOT / "examples/dachang", frames=frames)
    english, chinese = getattr(case, table), getattr(case.with_headers("zh"), table)
    assert rows(english)[1:] == rows(chinese)[1:] and rows(english)[0].isascii() and not rows(chinese)[0].isascii()


def test_units_and_money_are_filled_in() -> None:
    lists = {"projects": [{**PROJECTS[0], "session_cost": "12.50"}], "resources": RESOURCES}
    case = sandan.Case(needs=[{"id": "N1", "place": "C1", "services": "b；a"}], **lists)
    assert case.needs[0] | {"unit": "人次", "quantity": 1, "services": "a;b", "group": "C1"} == case.needs[0]
    assert case.projects[0]["session_cost_yuan"] == 12.5


def test_the_tables_of_a_case_come_back() -> None:
    needs = polars.DataFrame({"id": ["N1"], "place": ["C1"], "services": ["消防"], "quantity": [2]})
    tables = sandan.Case(needs=needs, projects=PROJECTS, resources=RESOURCES).tables
    assert list(tables) == ["needs", "projects", "resources"]
    assert tables["needs"].rows() == [("N1", "C1", "消防", "2")]
