"""
The native half of `sandan`; use the package, not this module.
"""

from _typeshed import SupportsGetItem
from os import PathLike
from typing import Any, Final, SupportsIndex, final

__all__ = ["__version__", "Case", "Plan", "Progress", "answer", "command", "convert", "rematch", "template"]

__version__: Final[str]
"""
The version of the library.
"""

@final
class Case:
    """
    A case as the library holds it.
    """
    def __new__(cls, /, files: SupportsGetItem[int, tuple[str, str]], lang: str) -> Case:
        """
        Understands CSV files given by name and text; raises `CaseError` with every problem.
        """
    def check(self, /, plan: Plan) -> "dict[str, Any]":
        """
        Judges a plan by the lists alone; the report as a dict.
        """
    @property
    def hash(self, /) -> str:
        """
        SHA-256 of the normalised case, lower-case hex.
        """
    @staticmethod
    def read(path: str | PathLike[str], lang: str) -> Case:
        """
        Reads a folder of CSV files, an .xlsx workbook or a JSON document; raises `CaseError` with every problem.
        """
    def solve(self, /, gap_ppm: SupportsIndex | None, max_steps: SupportsIndex | None, time_limit_ms: SupportsIndex | None, threads: SupportsIndex | None, seed: SupportsIndex | None, progress: Any | None) -> Plan:
        """
        Solves the case; an option that is `None` is the case's own setting.
        """
    def tables(self, /) -> list[tuple[str, list[str], list[list[str]]]]:
        """
        The tables as written: name, header, rows of text.
        """
    def warnings(self, /) -> "list[dict[str, Any]]":
        """
        What deserves a second look, as a list of dicts.
        """
    def write_workbook(self, /, plan: Plan, path: str | PathLike[str], lang: str) -> None:
        """
        Writes a plan as the workbook that a planner hands out.
        """

@final
class Plan:
    """
    A plan as the library holds it.
    """
    @staticmethod
    def from_json(text: str) -> Plan:
        """
        Reads a `sandan-plan/1` document; raises `ValueError` where the text is none.
        """
    def to_json(self, /) -> str:
        """
        The canonical JSON.
        """

@final
class Progress:
    """
    What a progress callback sees.
    """
    def __repr__(self, /) -> str: ...
    @property
    def bound(self, /) -> int | None:
        """
        The bound of this level.
        """
    @property
    def gap_ppm(self, /) -> int | None:
        """
        The gap of this level, in parts per million.
        """
    @property
    def level(self, /) -> int:
        """
        The level being worked on, from 0.
        """
    @property
    def levels(self, /) -> int:
        """
        How many levels there are.
        """
    @property
    def phase(self, /) -> str:
        """
        What is being done: `compile`, `construct`, `search` or `done`.
        """
    @property
    def seconds(self, /) -> float:
        """
        Seconds since the run began.
        """
    @property
    def steps(self, /) -> int:
        """
        Steps of work done so far.
        """
    @property
    def value(self, /) -> int | None:
        """
        The value of the best plan on this level.
        """

def answer(case: Case, kind: str, plan: Plan, asked: str = "{}", other: Plan | None = None) -> "dict[str, Any]":
    """
    Answers a question about a plan of a case, as a dict: `kind` is `why`, `repairs`, `gaps`, `prices`, `recommend`,
    `compare`, `fairness` or `audit`; `asked` is JSON with what is asked about (`need`, `rule` and `per`, `project`,
    `resource`, `most`, `price`). The answer for people stands under `text`.
    """

def command(arguments: SupportsGetItem[int, str]) -> int:
    """
    Runs the command `sandan`; the exit code comes back.
    """

def convert(source: str | PathLike[str], target: str | PathLike[str], lang: str) -> None:
    """
    Moves a case between a folder of CSV, a workbook and a JSON document; raises `CaseError` where it cannot be read.
    """

def rematch(case: Case, previous: Plan, events: str = "[]", freeze_before: str | None = None) -> "tuple[Plan, dict[str, Any]]":
    """
    A plan made again after events, as the new plan and the answer as a dict with its `text`. `events` is a
    `sandan-events/1` document.
    """

def template(path: str | PathLike[str], lang: str) -> None:
    """
    Writes an empty workbook with headers, explanations, drop-down lists and worked example rows.
    """
