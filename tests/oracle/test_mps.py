"""The model that `sandan match --mps` writes, solved by HiGHS: its optimum is what the plan claims to have proven."""

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SAMPLE = HERE / "cases" / "cases.jsonl"
EVERY = 6  # of 300 cases
STEPS = "4000"  # enough to prove nearly all of them, and the same everywhere

# A hundred members who carry one load or two: too many to be told apart, so the model bounds what can be dealt out.
FOLDED = {"id": "folded", "case": {
    "needs": [{"id": "N1", "place": "A", "services": "x", "quantity": 70},
              {"id": "N2", "place": "A", "services": "y", "quantity": 90, "priority": 3}],
    "projects": [{"id": "P1", "services": "x"}, {"id": "P2", "services": "y", "span": 2}],
    "requirements": [{"project": "P1", "role": "r"}, {"project": "P2", "role": "r", "load": 2}],
    "resources": [{"id": "R", "roles": "r", "count": 100, "per_period": 3, "total": 5}],
    "periods": [{"id": "T1"}, {"id": "T2"}],
}}


def command() -> Path:
    """`SANDAN`, or the command as built here."""
    if named := os.environ.get("SANDAN"):
        return Path(named)
    build = ["cargo", "build", "--quiet", "-p", "sandan", "--bin", "sandan", "--message-format", "json"]
    lines = subprocess.run(build, cwd=HERE, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    built = [json.loads(line).get("executable") for line in lines]
    return Path(next(path for path in built if path))


def match(sandan: Path, folder: Path, entry: dict):
    """(id, plan, path of the model), or None where the pins cannot hold."""
    name = re.sub(r"\W", "_", entry["id"])
    case, plan, model = (folder / f"{name}{ending}" for ending in (".json", ".plan.json", ".mps"))
    case.write_text(json.dumps(entry["case"], ensure_ascii=False), encoding="utf-8")
    ran = subprocess.run([sandan, "match", case, "--out", plan, "--mps", model, "--steps", STEPS, "--lang", "en", "--quiet"],
                         capture_output=True, text=True, timeout=300)
    if ran.returncode == 2:
        assert not model.exists(), entry["id"]
        return None
    assert ran.returncode == 0, (entry["id"], ran.stderr)
    return entry["id"], json.loads(plan.read_text(encoding="utf-8")), model


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    """[(id, plan, text of the model, what HiGHS says)] of every sixth case and of the folded one."""
    sandan, folder = command(), tmp_path_factory.mktemp("mps")
    entries = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()][::EVERY]
    entries.append(FOLDED)
    with ThreadPoolExecutor(2) as pool:
        found = [pair for pair in pool.map(lambda entry: match(sandan, folder, entry), entries) if pair]
    highs = [sys.executable, HERE / "highs.py", *(model for *_, model in found)]
    lines = subprocess.run(highs, check=True, stdout=subprocess.PIPE, text=True, timeout=900).stdout.splitlines()
    assert len(lines) == len(found)
    return [(name, plan, model.read_text(encoding="ascii"), json.loads(line))
            for (name, plan, model), line in zip(found, lines)]


def coverage(plan: dict) -> dict:
    """The level that is written: the one with coverage, else the last."""
    return next((level for level in plan["levels"] if "coverage" in level["terms"]), plan["levels"][-1])


def test_every_model_is_read_whole_and_solved(solved):
    assert len(solved) >= 40
    for name, _, text, answer in solved:
        assert answer["status"] in ("Optimal", "Empty"), (name, answer)
        columns, rows = map(int, re.search(r"(\d+) columns, (\d+) rows", text).groups())
        assert (answer["columns"], answer["rows"]) == (columns, rows), name
        assert answer["maximised"], name


def test_a_value_proven_by_the_plan_is_the_optimum_of_the_model(solved):
    proven = 0
    for name, plan, _, answer in solved:
        level = coverage(plan)
        if level["gap_ppm"] == 0:
            proven += 1
            assert answer["value"] == pytest.approx(level["value"], abs=1e-4), (name, level, answer)
    assert proven >= 0.8 * len(solved)


def test_no_plan_is_better_than_its_model_and_no_bound_below_it(solved):
    for name, plan, text, answer in solved:
        level = coverage(plan)
        assert level["value"] <= answer["value"] + 1e-4, (name, level, answer)
        if "\n* exact: " in text:
            assert answer["value"] <= level["bound"] + 1e-4, (name, level, answer)


def test_the_optimum_of_an_exact_model_is_the_oracles(solved):
    """Where the plan equals the oracle above, CP-SAT and HiGHS must agree though they never saw the same model."""
    lines = (HERE / "cases" / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    answers = {entry["id"]: entry for entry in map(json.loads, lines)}
    compared = 0
    for name, plan, text, answer in solved:
        if name not in answers:
            continue
        oracle = answers[name]
        at = plan["levels"].index(coverage(plan))
        above = [level["value"] for level in plan["levels"][:at]]
        if oracle["status"] != "optimal" or above != oracle["levels"][:at]:
            continue
        assert answer["value"] >= oracle["levels"][at] - 1e-4, name
        if "\n* exact: " in text:
            compared += 1
            assert answer["value"] == pytest.approx(oracle["levels"][at], abs=1e-4), name
    assert compared >= 20


def test_a_model_that_folds_too_much_says_that_it_only_bounds(solved):
    (text,) = [text for name, _, text, _ in solved if name == "folded"]
    assert "\n* relaxation: bound only" in text and "\n* exact: " not in text
