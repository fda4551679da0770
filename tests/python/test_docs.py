"""What is written for planners is true: notebooks run, examples say what comes out, the reference is fresh."""

from __future__ import annotations

import doctest
import importlib
import json
import os
import pkgutil
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import reference
import sandan
from expectation import ROOT

NOTEBOOKS = sorted((ROOT / "python/notebooks").glob("*.ipynb"))
MODULES = [module.name for module in pkgutil.walk_packages(sandan.__path__, "sandan.") if "__main__" not in module.name]


def test_there_are_three_notebooks_in_chinese_with_english_summaries() -> None:
    assert len(NOTEBOOKS) == 3
    for path in NOTEBOOKS:
        text = path.read_text(encoding="utf-8")
        assert re.search("[\u4e00-\u9fff]", text) and "In English" in text


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("default")
def test_a_notebook_runs_clean(path: Path, tmp_path: Path) -> None:
    """As it is committed: without outputs, beside the examples, in a folder that nothing else uses."""
    folder = tmp_path / "python" / "notebooks"
    shutil.copytree(path.parent, folder)
    (tmp_path / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    assert not any(cell.get("outputs") for cell in notebook.cells), "commit notebooks without outputs"
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=resources).execute()
    said = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    # A bar is drawn where errors go; nothing else is, but for the warning of a machine without Chinese fonts.
    noise = [output["text"] for output in said if output.get("name") == "stderr" and "求解" not in output["text"]]
    noise = [re.sub(r".*UserWarning: 这台机器上没有中文字体.*\n(  .*\n?)?", "", text) for text in noise]
    assert not "".join(noise).strip()
    assert sum("image/png" in output.get("data", {}) for output in said) >= 3


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder()
    found = [test for name in MODULES for test in finder.find(importlib.import_module(name)) if test.examples]
    assert len(found) >= 4


def test_the_reference_is_fresh() -> None:
    page = reference.PAGE.read_text(encoding="utf-8")
    assert page == reference.page(), "run `python tests/python/reference.py`"
    pictures = re.findall(r"\]\((pictures/[^)]+)\)", page)
    assert pictures and all((reference.PAGE.parent / name).read_bytes().startswith(b"\x89PNG") for name in pictures)
    linked = re.findall(r"\]\((\.\./[^)]+)\)", page)
    assert linked and all((reference.PAGE.parent / name).exists() for name in linked)


def test_notebooks_are_tidy() -> None:
    """One kernel, ids that do not change, nothing left of a run."""
    for path in NOTEBOOKS:
        document = json.loads(path.read_text(encoding="utf-8"))
        assert document["metadata"]["kernelspec"]["name"] == "python3"
        assert all(cell.get("execution_count") is None for cell in document["cells"])
    assert sorted(os.listdir(NOTEBOOKS[0].parent)) == sorted([*(path.name for path in NOTEBOOKS), "社区服务.xlsx"])
