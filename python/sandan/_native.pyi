"""
The native half of `sandan`; use the package, not this module.
"""

from _typeshed import SupportsGetItem
from os import PathLike
from typing import Any, Final, SupportsIndex, final

__all__ = ["__version__", "Case", "Plan", "Prepared", "Progress", "command", "convert", "template"]

__version__: Final[str]
"""
The version of the library.
"""

@final
class Case:
    """
    A case as the library holds it, understood or refused.
    """
    def __new__(cls, /, tables: SupportsGetItem[int, tuple[str, SupportsGetItem[int, str], Any]], previous: str | None, lang: str, text_of: Any, guarded: bool) -> Case:
        """
        Understands tables given as (English name, header, iterable of columns as lists); `text_of` gives the text of
        values that are neither text, whole number nor truth. What is at fault is said by `problems`.
        """
    def answer(self, /, plan: Plan, kind: str, about: dict[str, str], most: SupportsIndex, prices: SupportsGetItem[int, tuple[str, SupportsIndex]], other: Plan | None) -> "tuple[dict[str, Any], list[str], str, list[Plan]]":
        """
        Answers a question about a plan: `kind` and what it is about, as the Python half says it.
        """
    def check(self, /, plan: Plan) -> "dict[str, Any]":
        """
        Judges a plan by the lists alone; the report as a dict.
        """
    def counts(self, /) -> list[tuple[str, int]]:
        """
        How many rows each table has, by English name.
        """
    def explain(self, /, plan: Plan) -> Plan:
        """
        The plan with the verdict of every unmet need and missed quota.
        """
    @property
    def hash(self, /) -> str:
        """
        SHA-256 of the normalised case, lower-case hex; raises `CaseError` where the case is at fault.
        """
    @property
    def lang(self, /) -> str:
        """
        The language of messages.
        """
    @property
    def ok(self, /) -> bool:
        """
        Whether no problem is an error.
        """
    def prepare(self, /, plan: Plan, events: str, freeze_before: str | None) -> Prepared:
        """
        The lists after events (JSON text), with the plan before.
        """
    @property
    def previous(self, /) -> str | None:
        """
        The plan before, as it was given: JSON text.
        """
    def problems(self, /) -> "tuple[list[dict[str, Any]], int]":
        """
        Errors and warnings as a list of dicts, and how many more there were.
        """
    @staticmethod
    def read(path: str | PathLike[str], lang: str) -> Case:
        """
        Reads a folder of CSV files, an .xlsx workbook or a JSON document. What is at fault is said by `problems`.
        """
    def read_plan(self, /, path: str | PathLike[str]) -> Plan:
        """
        Reads a plan from its JSON document or its workbook, edited by hand or not; raises `ValueError` with every
        problem where it is none.
        """
    def solve(self, /, gap_ppm: SupportsIndex | None, max_steps: SupportsIndex | None, time_limit_ms: SupportsIndex | None, threads: SupportsIndex | None, seed: SupportsIndex | None, progress: Any | None) -> tuple[Plan, list[tuple[float, int, int, int | None, int | None]]]:
        """
        Solves the case; an option that is `None` is the case's own setting. Beside the plan, how value and bound went.
        """
    @property
    def speed_kmh(self, /) -> float:
        """
        How fast people travel, in km/h.
        """
    def tables(self, /, spread: bool) -> "list[tuple[str, list[str], list[list[str | None]]]]":
        """
        The tables as written: name, header, columns of text. With `spread`, blank rows that the reader left out stand
        among the others.
        """
    def understood(self, /, name: str) -> "list[tuple[str, list[Any]]]":
        """
        A table as understood: column names and columns; defaults filled in, rows by id. `name` is `needs`, `projects`,
        `resources`, `posts`, `places` or `periods`.
        """
    def words(self, /, plan: Plan, form: str, lang: str) -> str:
        """
        A plan in words: `summary` (plain text), `rota` (an HTML document, a page a member) or `calendar` (iCalendar;
        blank where no period has dates).
        """
    def write(self, /, path: str | PathLike[str], lang: str) -> None:
        """
        Writes the tables as written to a folder, a workbook or a JSON document; headers in a language.
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
    def level_words(self, /, lang: str) -> list[str]:
        """
        What each level comes to, in words.
        """
    def to_json(self, /) -> str:
        """
        The canonical JSON.
        """

@final
class Prepared:
    """
    The lists after events, with the plan before.
    """
    def better(self, /, plan: Plan) -> Plan:
        """
        The better of a plan that was found by a search of the whole and the plan before, mended.
        """
    def case(self, /) -> Case:
        """
        The lists as a case of their own, with the plan before as its `previous`.
        """
    def enough(self, /) -> Plan | None:
        """
        The plan before, mended, where that is as well to hand out as what a search of the whole would find; else `None`.
        """
    def rematched(self, /, plan: Plan) -> "tuple[dict[str, Any], list[str], str, list[Plan]]":
        """
        A new plan beside the plan before.
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

def command(arguments: SupportsGetItem[int, str]) -> int:
    """
    Runs the command `sandan`; the exit code comes back.
    """

def convert(source: str | PathLike[str], target: str | PathLike[str], lang: str) -> None:
    """
    Moves a case between a folder of CSV, a workbook and a JSON document; raises `CaseError` where it cannot be read.
    """

def template(path: str | PathLike[str], lang: str) -> None:
    """
    Writes an empty workbook with headers, explanations, drop-down lists and worked example rows.
    """
