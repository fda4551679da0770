"""The package as installed: stubs, versions, running and stopping."""

from __future__ import annotations

import _thread
import pickle
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

import sandan
from expectation import ROOT


def small_case() -> sandan.Case:
    return sandan.Case(
        needs=[{"id": "N1", "place": "C1", "services": "消防", "quantity": 2}],
        projects=[{"id": "P1", "services": "消防", "size": 2, "staffing": "社工:1"}],
        resources=[{"id": "R1", "roles": "社工", "place": "C1"}],
    )


def test_the_committed_stubs_are_what_the_library_says(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "maturin", "generate-stubs", "--profile", "release", "-m", str(ROOT / "python/Cargo.toml")]
    subprocess.run([*command, "-o", str(tmp_path)], check=True, capture_output=True)
    generated = (tmp_path / "sandan" / "_native.pyi").read_text(encoding="utf-8")
    assert generated == (ROOT / "python/sandan/_native.pyi").read_text(encoding="utf-8"), "copy the generated stub"


def test_the_package_is_typed_and_knows_its_version() -> None:
    assert (Path(sandan.__file__).parent / "py.typed").exists()
    assert f'version = "{sandan.__version__}"' in (ROOT / "Cargo.toml").read_text(encoding="utf-8")


def test_options_change_the_run_and_not_the_case() -> None:
    case = small_case()
    assert case.solve(threads=2).to_json() == case.solve(threads=1).to_json()
    assert case.solve(gap="0.01", seed=7, max_steps=10**6, time_limit=60).data["case"] == case.hash


@pytest.mark.parametrize("gap", [-1, float("nan"), float("inf"), 1e-9])
def test_a_gap_that_is_none_is_refused(gap: float) -> None:
    with pytest.raises(ValueError, match="gap"):
        small_case().solve(gap=gap)


def test_progress_is_told_and_what_it_raises_comes_out() -> None:
    seen: list[Any] = []
    small_case().solve(progress=seen.append)
    assert seen[-1].phase == "done" and seen[-1].seconds >= 0 and "Progress done" in repr(seen[-1])

    def fail(_: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        small_case().solve(progress=fail)


def test_ctrl_c_gives_the_best_plan_so_far() -> None:
    """An interrupt that comes while the solver works is taken between two steps, not raised."""
    case = small_case()
    plan = case.solve(progress=lambda _: _thread.interrupt_main())
    assert case.check(plan).ok


def test_other_threads_run_meanwhile() -> None:
    case, plans = small_case(), list[sandan.Plan]()
    workers = [threading.Thread(target=lambda: plans.append(case.solve())) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len({plan.to_json() for plan in plans}) == 1 and len(plans) == 4


def test_a_plan_is_written_and_read_back(tmp_path: Path) -> None:
    plan = small_case().solve()
    text = plan.to_json(tmp_path / "plan.json")
    assert (tmp_path / "plan.json").read_bytes().decode() == text
    assert sandan.Plan.from_json(text) == plan and hash(sandan.Plan.from_json(text)) == hash(plan)
    with pytest.raises(ValueError, match="sandan-plan/1"):
        sandan.Plan.from_json("[]")


def test_a_previous_plan_may_come_in_any_form() -> None:
    plan = small_case().solve()
    lists = {
        "needs": [{"id": "N1", "place": "C1", "services": "消防", "quantity": 2}],
        "projects": [{"id": "P1", "services": "消防", "size": 2, "staffing": "社工:1"}],
        "resources": [{"id": "R1", "roles": "社工", "place": "C1"}],
    }
    answers = {sandan.Case(**lists, previous=form).solve().to_json() for form in (plan, plan.data, plan.to_json())}
    assert len(answers) == 1


def test_errors_say_everything_and_survive_pickling() -> None:
    with pytest.raises(sandan.CaseError) as caught:
        sandan.read(ROOT / "tests", lang="en").solve()
    error = caught.value
    assert error.problems and {"code", "table", "row", "column", "value", "message", "expected", "hint"} == set(error.problems[0])
    assert pickle.loads(pickle.dumps(error)).problems == error.problems
    with pytest.raises(FileNotFoundError, match="no such"):
        sandan.read(ROOT / "absent.xlsx", lang="en")
    with pytest.raises(ValueError, match="zh"):
        sandan.read(ROOT, lang="fr")  # type: ignore[arg-type]


def test_a_plan_is_handed_out_as_a_workbook(tmp_path: Path) -> None:
    case = small_case()
    plan = case.solve()
    plan.to_excel(tmp_path / "plan.xlsx", lang="en")
    sandan.Plan.from_json(plan.to_json()).to_excel(tmp_path / "again.xlsx", case=case, lang="en")
    assert (tmp_path / "plan.xlsx").read_bytes() == (tmp_path / "again.xlsx").read_bytes()
    with pytest.raises(ValueError, match="case=case"):
        sandan.Plan.from_json(plan.to_json()).to_excel(tmp_path / "none.xlsx")
    with pytest.raises(OSError):
        plan.to_excel(tmp_path / "no such folder" / "plan.xlsx")


def test_a_template_is_a_case_and_moves_between_the_forms(tmp_path: Path) -> None:
    sandan.template(tmp_path / "lists.xlsx", "en")
    sandan.convert(ROOT / "examples/dachang", tmp_path / "case.json")
    sandan.convert(tmp_path / "case.json", tmp_path / "case.xlsx", "en")
    hashes = {sandan.read(path).hash for path in (ROOT / "examples/dachang", tmp_path / "case.json", tmp_path / "case.xlsx")}
    assert len(hashes) == 1
    with pytest.raises(sandan.CaseError):
        sandan.convert(tmp_path / "absent", tmp_path / "case.json")


def test_the_command_is_the_same_program(tmp_path: Path) -> None:
    def command(*arguments: object) -> subprocess.CompletedProcess[bytes]:
        program = Path(sys.executable).parent / "sandan"
        return subprocess.run([program, *map(str, arguments)], capture_output=True, timeout=60)

    plan = tmp_path / "plan.json"
    done = command("match", ROOT / "examples/dachang", "--out", plan, "--quiet")
    assert done.returncode == 0, done.stderr.decode()
    assert plan.read_text(encoding="utf-8") == sandan.read(ROOT / "examples/dachang").solve().to_json()
    assert command("check", ROOT / "examples/dachang", plan).returncode == 0
    assert command("match", tmp_path / "absent").returncode == 2
