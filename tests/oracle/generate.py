"""Writes random small cases, one JSON line each: `python generate.py --seed 1 --count 2000 > cases.jsonl`.

Case k of a seed depends on (seed, k) alone. A case is a plain base (needs, projects, people that can serve them) plus a
random handful of features, each tuned to bite now and then. Some cases are then solved once to take a plan
from which pins and a previous plan are drawn, so that they can hold (mostly). Every case is valid input.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from concurrent.futures import ProcessPoolExecutor

from features import FEATURES
from features_rules import RULE_FEATURES
from history import add_history, add_pins
from lists import Case
from model import Model
from solve import solve
from world import World

MOST_SLOTS = 48
MOST_LITERALS = 700
MOST_WORK = 1.0  # CP-SAT's own count for one level, about a second
SECOND_STEPS = (("previous", 0.14), ("pins", 0.18))


def base(rng: random.Random) -> World:
    """A small case in which everything fits everything it should: the features then cut into it."""
    world = World(rng)
    world.make_periods()
    world.make_places()
    world.make_projects()
    world.make_needs()
    world.make_staff()
    return world


def build(seed: int, k: int) -> dict:
    """The case with number k of a seed."""
    for attempt in range(100):
        rng = random.Random(f"sandan {seed} {k} {attempt}")
        world = base(rng)
        features = [*FEATURES, *RULE_FEATURES]
        count = rng.choice([3, 4, 5, 6, 6, 7, 8, 9, 10])
        for feature in rng.sample(features, count):
            feature(world)
        world.fill_roles()
        document = world.document()
        if not small_enough(document):
            continue
        if rng.random() < SECOND_STEPS[0][1]:
            document = add_history(document, rng)
        if document is not None and rng.random() < SECOND_STEPS[1][1]:
            document = add_pins(document, rng)
        if document is not None and small_enough(document) and wanted(document, rng):
            return document
    raise AssertionError(f"no small case for seed {seed}, number {k}")


def wanted(document: dict, rng: random.Random) -> bool:
    """Provable within little work; of those where nothing can be held only some are kept."""
    answer = solve(document, work=MOST_WORK)
    if answer["status"] == "timeout":
        return False
    if answer["status"] == "infeasible":
        return rng.random() < 0.7
    held = answer["status"] == "optimal" and any(not s.get("fact") for s in answer["plan"]["sessions"])
    return held or rng.random() < 0.3


def small_enough(document: dict) -> bool:
    model = Model(Case(document))
    return len(model.slots) <= MOST_SLOTS and sum(len(s.serves) for s in model.slots) <= MOST_LITERALS


def line(task: tuple[int, int]) -> str:
    seed, k = task
    entry = {"id": f"s{seed}-{k:05d}", "case": build(seed, k)}
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--first", type=int, default=0, help="number of the first case")
    options.add_argument("--count", type=int, default=300)
    options.add_argument("--processes", type=int, default=2)
    chosen = options.parse_args()
    tasks = [(chosen.seed, k) for k in range(chosen.first, chosen.first + chosen.count)]
    with ProcessPoolExecutor(chosen.processes) as pool:
        for text in pool.map(line, tasks, chunksize=8):
            sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
