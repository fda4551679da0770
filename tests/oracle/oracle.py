"""The oracle's command: `python oracle.py < cases.jsonl > answers.jsonl`.

Each input line is {"id": ..., "case": {...}}; each output line {"id", "status", "levels", "terms", "plan"} in the
same order. status is "optimal" (every level proven), "infeasible" (the pins cannot hold together) or "timeout".
"""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor

from solve import solve


def answer(task: tuple[str, float, bool]) -> str:
    line, seconds, with_plan = task
    entry = json.loads(line)
    result = {"id": entry["id"], **solve(entry["case"], seconds, with_plan=with_plan)}
    return json.dumps(result, ensure_ascii=False, separators=(",", ":"))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60.0, help="time limit of one case (default 60)")
    options.add_argument("--processes", type=int, default=2, help="cases solved at the same time (default 2)")
    options.add_argument("--no-plan", action="store_true", help="leave the plans out of the answers")
    chosen = options.parse_args()
    tasks = ((line, chosen.seconds, not chosen.no_plan) for line in sys.stdin if line.strip())
    with ProcessPoolExecutor(chosen.processes) as pool:
        for result in pool.map(answer, tasks, chunksize=1):
            sys.stdout.write(result + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
