"""Rewrites the committed sample: `python sample.py` (seed 1, 300 cases) writes cases/cases.jsonl and cases/answers.jsonl."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from generate import line
from oracle import answer

SEED, COUNT = 1, 300
FOLDER = Path(__file__).parent / "cases"


def main() -> None:
    with ProcessPoolExecutor(2) as pool:
        cases = list(pool.map(line, [(SEED, k) for k in range(COUNT)], chunksize=4))
        answers = list(pool.map(answer, [(case, 600.0, True) for case in cases], chunksize=4))
    unproven = [a["id"] for a in map(json.loads, answers) if a["status"] == "timeout"]
    assert not unproven, f"not proven: {unproven}"
    (FOLDER / "cases.jsonl").write_text("\n".join(cases) + "\n", encoding="utf-8")
    (FOLDER / "answers.jsonl").write_text("\n".join(answers) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
