"""Holds an engine's plans against the oracle: `python compare.py cases.jsonl answers.jsonl plans.jsonl`.

plans.jsonl has one line a case: {"id", "plan": {...}} or {"id", "error": "..."}. Prints each disagreement and one
summary line; exit 1 when there is any.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, field

from check_plan import check
from lists import Case


@dataclass
class Report:
    faults: list[tuple[str, str]] = field(default_factory=list)  # (case id, what)
    counts: Counter = field(default_factory=Counter)

    def fault(self, case_id: str, what: str):
        self.faults.append((case_id, what))


def compare(cases: dict[str, dict], answers: dict[str, dict], plans: dict[str, dict]) -> Report:
    report = Report()
    for case_id, document in cases.items():
        report.counts["cases"] += 1
        answer, given = answers.get(case_id), plans.get(case_id)
        if answer is None or given is None:
            report.fault(case_id, "no answer of the oracle" if answer is None else "no plan")
            continue
        report.counts[f"oracle {answer['status']}"] += 1
        if given.get("plan") is None:
            _without_plan(report, case_id, answer, given)
        else:
            _with_plan(report, case_id, document, answer, given["plan"])
    for case_id in plans:
        if case_id not in cases:
            report.fault(case_id, "a plan for no case")
    return report


def _without_plan(report: Report, case_id: str, answer: dict, given: dict):
    if answer["status"] == "infeasible":
        report.counts["infeasible agreed"] += 1
    else:
        report.fault(case_id, f"error where the oracle ended {answer['status']}: {str(given.get('error'))[:300]}")


def _with_plan(report: Report, case_id: str, document: dict, answer: dict, plan: dict):
    if answer["status"] == "infeasible":
        report.fault(case_id, "a plan where the oracle proved that the pins cannot hold")
    found = check(document, plan)
    for family, what in found["violations"]:
        report.fault(case_id, f"{family} broken: {what}")
    status, levels = plan.get("status"), plan["levels"]
    report.counts[f"plan {status}"] += 1
    report.counts["non-empty"] += bool(plan["sessions"])
    _claims(report, case_id, plan, found)
    _gaps(report, case_id, Case(document), status, levels)
    values = [level["value"] for level in levels]
    if answer["status"] != "optimal":
        return
    best = answer["levels"]
    if len(values) != len(best):
        report.fault(case_id, f"{len(values)} levels instead of {len(best)}")
        return
    if status == "optimal" and values != best:
        report.fault(case_id, f"called optimal with {values}, the optimum is {best}")
    elif values > best:
        report.fault(case_id, f"values {values} above the proven optimum {best}")
    for k, level in enumerate(levels):
        if values[:k] != best[:k]:
            break  # lower bounds hold only for plans that equal this one above
        if level["bound"] < best[k]:
            report.fault(case_id, f"level {k + 1}: bound {level['bound']} below the optimum {best[k]}")


def _claims(report: Report, case_id: str, plan: dict, found: dict):
    """What the plan says of itself must be what its sessions say."""
    claimed = [(level["terms"], level["value"]) for level in plan["levels"]]
    if claimed != list(zip(found["terms"], found["values"])):
        report.fault(case_id, f"claims {claimed}, its sessions give {list(zip(found['terms'], found['values']))}")
    if {u["need"]: u["units"] for u in plan["unmet"]} != found["unmet"] or len(plan["unmet"]) != len(found["unmet"]):
        report.fault(case_id, f"unmet {plan['unmet']}, counted {found['unmet']}")
    claimed = Counter({_gap_key(s["rule"], s["per"]): s["missing"] for s in plan["shortfalls"]})
    counted = Counter({_gap_key(rule, dict(per)): n for (rule, per), n in found["missing"].items()})
    if claimed != counted:
        report.fault(case_id, f"shortfalls {dict(claimed)}, counted {dict(counted)}")


def _gap_key(rule: str, per: dict) -> tuple:
    # a tag may be written Q1 or quarter:Q1
    return rule, tuple(sorted((key, str(value).removeprefix(f"{key}:")) for key, value in per.items()))


def _gaps(report: Report, case_id: str, case: Case, status: str, levels: list[dict]):
    for k, level in enumerate(levels):
        scale = max(1, abs(level["bound"]), sum(abs(case.weights[t] * v) for t, v in level["terms"].items()))
        gap = -(-10**6 * (level["bound"] - level["value"]) // scale)
        if level["bound"] < level["value"]:
            report.fault(case_id, f"level {k + 1}: bound {level['bound']} below its own value {level['value']}")
        elif gap != level["gap_ppm"]:
            report.fault(case_id, f"level {k + 1}: gap_ppm {level['gap_ppm']}, computed {gap}")
    if status == "optimal" and any(level["gap_ppm"] for level in levels):
        report.fault(case_id, "called optimal with an open gap")


def read_lines(path: str) -> dict[str, dict]:
    with open(path, encoding="utf-8") as lines:
        entries = [json.loads(line) for line in lines if line.strip()]
    return {entry["id"]: entry for entry in entries}


def main() -> None:
    cases, answers, plans = (read_lines(path) for path in sys.argv[1:4])
    report = compare({k: v["case"] for k, v in cases.items()}, answers, plans)
    for case_id, what in report.faults:
        print(f"{case_id}: {what}")
    counts = report.counts
    total = max(1, counts["cases"])
    print(f"{counts['cases']} cases: {counts['plan optimal']} optimal ({100 * counts['plan optimal'] / total:.1f} %), "
          f"{counts['non-empty']} non-empty ({100 * counts['non-empty'] / total:.1f} %), "
          f"{counts['infeasible agreed']} of {counts['oracle infeasible']} infeasible agreed, "
          f"{counts['oracle timeout']} not proven by the oracle, {len(report.faults)} disagreements")
    sys.exit(1 if report.faults or not counts["cases"] else 0)


if __name__ == "__main__":
    main()
