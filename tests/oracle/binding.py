"""How often each limit decides: `python binding.py < cases.jsonl` re-solves each case with one family relaxed.

A family binds in a case when leaving it out changes the list of level values (or makes an impossible case possible).
`--fine` does the same for the parts of each family (H3.whole, H4.min_size, ...).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from lists import Case
from solve import solve

FAMILIES = [f"H{k}" for k in range(1, 16)]
PARTS = [
    "H1.places", "H1.reach", "H1.periods",
    "H2.service", "H2.unit", "H2.audience", "H2.lists", "H2.fit", "H2.reach", "H2.periods",
    "H3.quantity", "H3.whole", "H3.one_project", "H3.per_period",
    "H4.size", "H4.min_size", "H4.max_per_cell", "H4.max_sessions", "H4.min_sessions", "H5.full", "H5.one_post",
    "H6.role", "H6.skills", "H6.clearance", "H6.orgs", "H6.lists", "H6.reach",
    "H7.available", "H7.per_period", "H7.total",
    "H8.kind", "H8.place", "H8.seats", "H8.available", "H8.lists", "H8.room", "H8.per_period", "H8.total",
    "H9.sessions", "H9.one_unit", "H10.lists", "H10.launch", "H10.amount", "H11.lists", "H11.amount",
]


def concerns(name: str, case: Case) -> bool:
    """Could relaxing this change anything at all? (Saves most of the re-solving.)"""
    kinds = {r.kind for r in case.rules}
    tables = {
        "H8": any(p.venue for p in case.projects.values()), "H9": any(n.person for n in case.needs.values()),
        "H10": any(p.session_cost or p.unit_cost or p.launch_cost for p in case.projects.values()),
        "H11": any(p.goods or p.unit_goods for p in case.projects.values()) or any(n.goods for n in case.needs.values()),
        "H12": any(r.maximum is not None and r.kind not in ("ratio", "window") for r in case.rules),
        "H13": "ratio" in kinds, "H14": "window" in kinds, "H15": bool(case.pins),
    }
    return tables.get(name.split(".")[0], True)


def binding(task: tuple[str, list[str], float, float]) -> dict:
    line, names, seconds, work = task
    entry = json.loads(line)
    true = solve(entry["case"], seconds)
    found = {"status": true["status"], "held": bool(true.get("plan", {}).get("sessions")), "binds": []}
    if true["status"] == "timeout":
        return found
    case = Case(entry["case"])
    for name in names:
        if concerns(name, case):
            without = solve(entry["case"], seconds, frozenset([name]), with_plan=False, work=work)
            if without["status"] != "timeout" and without["levels"] != true["levels"]:
                found["binds"].append(name)
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--fine", action="store_true", help="also the parts of the families")
    options.add_argument("--seconds", type=float, default=60.0, help="time limit of one solve (default 60)")
    options.add_argument("--work", type=float, default=1.0, help="CP-SAT's work for one level of a relaxed case (default 1)")
    options.add_argument("--processes", type=int, default=2)
    chosen = options.parse_args()
    names = FAMILIES + (PARTS if chosen.fine else [])
    tasks = [(line, names, chosen.seconds, chosen.work) for line in sys.stdin if line.strip()]
    with ProcessPoolExecutor(chosen.processes) as pool:
        results = list(pool.map(binding, tasks, chunksize=4))
    counts = Counter(name for r in results for name in r["binds"])
    statuses = Counter(r["status"] for r in results)
    held = sum(r["held"] for r in results)
    print(f"cases {len(results)}: {dict(statuses)}, with sessions {held} ({100 * held / len(results):.1f} %)")
    for name in names:
        print(f"{name:16s} {counts[name]:5d}  {100 * counts[name] / len(results):5.1f} %")
    weak = [n for n in FAMILIES if counts[n] < 0.03 * len(results)]
    sys.exit(1 if weak or held < 0.8 * len(results) else 0)


if __name__ == "__main__":
    main()
