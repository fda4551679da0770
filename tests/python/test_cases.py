"""Every case file has the answer that it expects, and the very bytes that Rust gives."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

import sandan
from expectation import ROOT, answer, load, names, read

NAMES = names()
DIGESTS = json.loads((ROOT / "target" / "digests.json").read_text(encoding="utf-8"))


def test_rust_ran_the_same_cases() -> None:
    assert list(DIGESTS) == NAMES and NAMES


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str, tmp_path: Path) -> None:
    file = load(name)
    text, found = answer(file, tmp_path)
    if hashlib.sha256(text.encode()).hexdigest() != DIGESTS[name]:
        found.append("another answer than Rust gives")
    assert not found, "\n".join([file["about"], *found])


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("intake/") and "case" in load(name)])
def test_rows_of_a_case_are_the_case(name: str, tmp_path: Path) -> None:
    """Lists of dicts mean what the document means: the same hash, or the same problems."""
    document = {table: rows for table, rows in load(name)["case"].items() if table != "format"}
    assert _hash_or_problems(lambda: sandan.Case(**document, lang="en")) == _hash_or_problems(lambda: read(load(name), tmp_path))


def _hash_or_problems(make: object) -> object:
    try:
        return make().hash  # type: ignore[operator]
    except sandan.CaseError as error:
        return error.problems
