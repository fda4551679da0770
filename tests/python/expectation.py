"""What a case file expects, compared with what the package answers; the format is tests/cases/README.md."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import sandan

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"


def names() -> list[str]:
    return sorted(path.relative_to(CASES).with_suffix("").as_posix() for path in CASES.rglob("*.json"))


def load(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return document


def answer(file: dict[str, Any], folder: Path) -> tuple[str, list[str]]:
    """The text that must be the same in every language, and where the answer differs from what is expected."""
    try:
        case = read(file, folder)
        if "plan" in file:
            report = case.check(sandan.Plan.from_json(json.dumps(file["plan"])))
            return _violations_text(report), _compare_violations(file["expect"], report)
        plan = case.solve()
    except sandan.CaseError as error:
        return _problems_text(error.problems), _compare_problems(file["expect"], error.problems)
    except sandan.NoPlanError:
        return "unknown", ["no plan"]
    found = [f"the check found {violation['message']}" for violation in case.check(plan).violations]
    found += _absent(file["expect"].get("warnings", []), case.warnings)
    return plan.to_json(), found + compare_plan(file["expect"], plan)


def read(file: dict[str, Any], folder: Path) -> sandan.Case:
    if "folder" in file:
        return sandan.read(ROOT / file["folder"], lang="en")
    path = folder / "case.json"
    path.write_text(json.dumps(file["case"], ensure_ascii=False), encoding="utf-8")
    return sandan.read(path, lang="en")


def compare_plan(expect: dict[str, Any], plan: sandan.Plan) -> list[str]:
    data = plan.data
    sessions = data["sessions"]
    shown: dict[str, Any] = {
        "status": plan.status,
        "levels": [level["value"] for level in data["levels"]],
        "sessions": len(sessions),
    }
    wanted = {key: expect[key] for key in shown if key in expect}
    terms = {term: value for level in data["levels"] for term, value in level["terms"].items()}
    served, unmet, used = Counter[str](), {row["need"]: row["units"] for row in data["unmet"]}, Counter[str]()
    for session in sessions:
        for row in session["needs"]:
            served[row["need"]] += row["units"]
        used.update(resource for resource, _ in {(seat["resource"], seat["member"]) for seat in session["staff"]})
        if session.get("venue"):
            used[session["venue"]] += 1
    found = []
    for what, by_id in (("terms", terms), ("served", served), ("unmet", unmet), ("used", used)):
        for key, amount in expect.get(what, {}).items():
            wanted[f"{what} {key}"], shown[f"{what} {key}"] = amount, by_id.get(key, 0)
    if expect.get("unmet") == {}:
        wanted["unmet"], shown["unmet"] = {}, unmet
    if "shortfalls" in expect:
        wanted["shortfalls"], shown["shortfalls"] = _shortfalls(expect["shortfalls"]), _shortfalls(data["shortfalls"])
    if len(sessions) < expect.get("min_sessions", 0):
        found.append(f"sessions: at least {expect['min_sessions']}, found {len(sessions)}")
    for need, project in expect.get("absent_pairs", []):
        if any(s["project"] == project and any(row["need"] == need for row in s["needs"]) for s in sessions):
            found.append(f"need {need} lies in a session of project {project}")
    return found + [f"{key}: expected {wanted[key]!r}, found {shown[key]!r}" for key in wanted if wanted[key] != shown[key]]


def _shortfalls(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps([row["rule"], row.get("per", {}), row["missing"]], sort_keys=True) for row in rows)


def _compare_violations(expect: dict[str, Any], report: sandan.Report) -> list[str]:
    broken = sorted({violation["constraint"] for violation in report.violations}, key=_number)
    return [] if broken == expect["violations"] else [f"violations: expected {expect['violations']}, found {broken}"]


def _compare_problems(expect: dict[str, Any], problems: list[dict[str, Any]]) -> list[str]:
    if "problems" not in expect:
        return [f"refused: {problems}"]
    return _absent(expect["problems"], problems)


def _absent(wanted: list[dict[str, Any]], problems: list[dict[str, Any]]) -> list[str]:
    return [f"not found: {want} among {problems}" for want in wanted if not any(want.items() <= p.items() for p in problems)]


def _number(constraint: str) -> tuple[int, str]:
    return (int(constraint[1:]) if constraint[1:].isdigit() else 99, constraint)


def _problems_text(problems: list[dict[str, Any]]) -> str:
    return "\n".join("|".join(_shown(problem[key]) for key in ("code", "table", "row", "column", "value")) for problem in problems)


def _violations_text(report: sandan.Report) -> str:
    return "\n".join(
        "|".join(
            [
                violation["constraint"],
                ",".join(violation["sessions"]),
                ",".join(violation["subjects"]),
                _shown(violation["found"]),
                _shown(violation["allowed"]),
            ]
        )
        for violation in report.violations
    )


def _shown(value: object) -> str:
    return "" if value is None else str(value)
