"""A case: the three lists and the tables beside them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from . import _native, display, words
from .frames import cell_text, columns_of, kind_of, present
from .plan import Plan
from .progress import Bar
from .report import Report

__all__ = ["Case", "read"]

if TYPE_CHECKING:
    from .frames import _FrameKind

    _Lang = Literal["zh", "en"]

_PROBLEM = {
    "code": str, "table": str, "row": int, "column": str, "value": str, "message": str, "expected": str, "hint": str
}  # fmt: skip
_INTEGERS = {
    "quantity", "priority", "per_period", "reach_minutes", "span", "size", "min_size", "max_sessions", "min_sessions",
    "quality", "count", "total", "seats", "amount", "post", "per_units", "reserve", "load",
}  # fmt: skip
_TRUTHS = {"must", "whole", "one_project", "online", "rotate"}
_REALS = {"lat", "lon"}


class Case:
    """One case: the three lists and the tables beside them, with everything that is wrong with them.

    Tables are pandas or polars frames, anything with the Arrow PyCapsule interface or that narwhals knows, lists of
    dicts, or dicts of columns; ``settings`` may also be a plain dict of keys and values, ``previous`` a plan, a dict or
    JSON text. Column names are accepted in English and in Chinese, as in the workbook. Missing values are blank cells.

    What is at fault raises nothing here: it stands in ``problems``. ``solve`` and whatever else needs a sound case
    raises ``CaseError``. A case never changes; it can be pickled, copied, and used from several threads at once.

    >>> case = Case(
    ...     needs=[{"编号": "N1", "地点": "银杏社区", "服务类别": "诗词", "数量": 20}],
    ...     projects=[{"编号": "P1", "服务类别": "诗词", "每场人数": 10, "岗位": "社工:1"}],
    ...     resources=[{"编号": "R1", "岗位": "社工", "地点": "银杏社区", "每期上限": 2}],
    ... )
    >>> case.ok, case.solve().status
    (True, 'optimal')
    """

    native: _native.Case
    _frames: _FrameKind | None
    _headers: _Lang

    def __init__(
        self,
        needs: Any = None,
        projects: Any = None,
        resources: Any = None,
        places: Any = None,
        travel: Any = None,
        periods: Any = None,
        requirements: Any = None,
        fit: Any = None,
        rules: Any = None,
        pins: Any = None,
        settings: Any = None,
        previous: Plan | Mapping[str, Any] | str | None = None,
        *,
        lang: _Lang = "zh",
        headers: _Lang = "en",
        frames: _FrameKind | None = None,
    ) -> None:
        given = {
            "needs": needs,
            "projects": projects,
            "resources": resources,
            "places": places,
            "travel": travel,
            "periods": periods,
            "requirements": requirements,
            "fit": fit,
            "rules": rules,
            "pins": pins,
            "settings": _setting_rows(settings),
        }
        tables = {name: table for name, table in given.items() if table is not None}
        columns = [(name, *columns_of(table)) for name, table in tables.items()]
        text = None if previous is None else _plan_text(previous)
        self.native = _native.Case(columns, text, lang, cell_text, True)
        self._frames = frames or kind_of(next(iter(tables.values()), None))
        self._headers = headers

    @classmethod
    def _of(cls, native: _native.Case, frames: _FrameKind | None, headers: _Lang) -> Case:
        case = cls.__new__(cls)
        case.native, case._frames, case._headers = native, frames, headers
        return case

    @property
    def lang(self) -> str:
        """The language of messages: ``zh`` or ``en``."""
        return self.native.lang

    @property
    def ok(self) -> bool:
        """Whether the case can be solved: no problem is an error."""
        return self.native.ok

    @property
    def problems(self) -> Any:
        """Everything that is wrong or deserves a second look, before anything is solved: one row a problem.

        ``code`` (``E…`` is an error, ``W…`` a warning that never changes the meaning), ``table``, ``row`` as seen in
        Excel (the header is row 1), ``column``, ``value``, ``message``, ``expected`` and ``hint``. The first 200 errors
        and 200 warnings; ``more_problems`` counts the rest.

        >>> needs = [{"id": "N1", "place": "C1", "services": "reading", "quantity": "many"}]
        >>> problem = Case(needs=needs, projects=[], resources=[], lang="en", frames="rows").problems[0]
        >>> problem["code"], problem["table"], problem["row"], problem["column"], problem["message"]
        ('E202', 'needs', 2, 'quantity', '`many` is not an integer')
        """
        records, _ = self.native.problems()
        return self._table({key: [record[key] for record in records] for key in _PROBLEM}, _PROBLEM)

    @property
    def more_problems(self) -> int:
        """How many problems there are beyond those in ``problems``."""
        return self.native.problems()[1]

    @property
    def warnings(self) -> list[dict[str, Any]]:
        """The warnings among the problems, as dicts."""
        return [record for record in self.native.problems()[0] if record["code"].startswith("W")]

    @property
    def hash(self) -> str:
        """SHA-256 of the normalised case: equal cases have equal hashes, however they were written."""
        return self.native.hash

    @property
    def previous(self) -> dict[str, Any] | None:
        """The plan before, as it was given, if there is one."""
        text = self.native.previous
        document: dict[str, Any] | None = None if text is None else json.loads(text)
        return document

    @property
    def tables(self) -> dict[str, Any]:
        """The tables as written, by English name, cells as text (blank: null), without blank rows.

        ``Case(**case.tables)`` is the same case; so is one with a column repaired.
        """
        named = {name: _named(header, columns) for name, header, columns in self.native.tables(False)}
        return {name: present(columns, dict.fromkeys(columns, str), self._frames) for name, columns in named.items()}

    @property
    def needs(self) -> Any:
        """The needs as understood: defaults filled in, rows by id, lists joined with ``;``, blank as null."""
        return self._understood("needs")

    @property
    def projects(self) -> Any:
        """The projects as understood; ``roles`` are those of its posts."""
        return self._understood("projects")

    @property
    def resources(self) -> Any:
        """The resources as understood; ``amount`` counts items, ``amount_yuan`` is that of a fund."""
        return self._understood("resources")

    @property
    def posts(self) -> Any:
        """What a session of each project must have filled: one row a post, by project and number."""
        return self._understood("posts")

    @property
    def places(self) -> Any:
        """The places as understood, ``online`` among them."""
        return self._understood("places")

    @property
    def periods(self) -> Any:
        """The periods as understood, in the order of time."""
        return self._understood("periods")

    def solve(
        self,
        *,
        gap: float | str | Decimal | None = None,
        max_steps: int | None = None,
        time_limit: float | None = None,
        threads: int | None = None,
        seed: int | None = None,
        progress: bool | Callable[[_native.Progress], object] | None = None,
    ) -> Plan:
        """Finds a plan, checked; other Python threads run meanwhile, so scenarios can be solved side by side.

        ``gap`` is a share (0.001), ``time_limit`` is in seconds; ``None`` is the case's own setting.
        ``progress=True`` shows a bar (tqdm); a callable is called after each bounded piece of work. When it returns
        ``False``, and on Ctrl-C, the best plan so far comes back with the status ``stopped``; a second Ctrl-C gives up.
        The same case, settings and seed give the same plan whatever ``threads`` is, unless time or the user cut it.

        Raises ``CaseError`` when the case is at fault or its pins cannot hold together, ``NoPlanError`` when stopped
        before that was known.
        """
        with Bar(progress, self.lang) as look:
            native, history = self.native.solve(
                None if gap is None else _millionths(gap, "gap"),
                max_steps,
                None if time_limit is None else _millionths(time_limit, "time_limit") // 1000,
                threads,
                seed,
                look,
            )
        return Plan(native, case=self, history=history)

    def check(self, plan: Plan) -> Report:
        """Judges a plan, ours or hand-made, by code that shares nothing with the engine but the tables."""
        return Report(**self.native.check(plan.native))

    def read_plan(self, path: str | PathLike[str]) -> Plan:
        """Reads a plan from its JSON document, or from its workbook after someone has edited it.

        Raises ``ValueError`` with every problem where it is none, ``OSError`` where the file cannot be read.
        """
        return Plan(self.native.read_plan(path), case=self)

    def write(self, path: str | PathLike[str], *, lang: _Lang | None = None) -> None:
        """Writes the tables as written: to a workbook where ``path`` ends in ``.xlsx``, to a document where it ends in
        ``.json``, else to a new folder of CSV. Whole or not at all; headers in ``lang``.
        """
        self.native.write(path, lang or self.native.lang)

    def with_headers(self, headers: _Lang) -> Case:
        """The same case; the columns of its tables, and of those of its plans, are named in this language."""
        return Case._of(self.native, self._frames, headers)

    def _with(self, native: _native.Case) -> Case:
        """Another case whose tables come as those of this one."""
        return Case._of(native, self._frames, self._headers)

    def _understood(self, name: str) -> Any:
        # Money stands in yuan, as planners write it.
        shown = {
            key.replace("_fen", "_yuan"): [None if value is None else value / 100 for value in values]
            if key.endswith("_fen")
            else values
            for key, values in self.native.understood(name)
        }
        types = {key: _type_of(key) for key in shown}
        return self._table(shown, types)

    def _table(self, columns: dict[str, list[Any]], types: Mapping[str, type]) -> Any:
        names = {name: words.header(name, self._headers) for name in columns}
        named = {names[name]: values for name, values in columns.items()}
        return present(named, {names[name]: types[name] for name in columns}, self._frames)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Case) and self.ok and other.ok and self.hash == other.hash

    def __hash__(self) -> int:
        return hash(self.hash)

    def __copy__(self) -> Case:
        return self

    def __deepcopy__(self, memo: object) -> Case:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        state = (self.native.tables(True), self.native.previous, self.lang, self._frames, self._headers)
        return _again, state

    def __repr__(self) -> str:
        counts = ", ".join(f"{name} {count}" for name, count in self.native.counts())
        return f"<sandan.Case {self.hash[:12] if self.ok else 'at fault'}: {counts}>"

    def _repr_html_(self) -> str:
        records, more = self.native.problems()
        return display.case(self.native.counts(), records, more, self.ok, self.lang)


def read(
    path: str | PathLike[str], *, lang: _Lang = "zh", headers: _Lang = "en", frames: _FrameKind | None = None
) -> Case:
    """Reads a case from a folder of CSV files, one .xlsx workbook or one JSON document.

    ``lang`` is the language of messages, ``headers`` that of the columns of tables. ``frames`` is the kind of the tables
    that the case and its plans hand back: ``pandas``, ``polars``, ``pyarrow``, ``narwhals``, ``rows`` (a list of dicts) or
    ``columns`` (a dict of lists); by default the first of pandas, polars and pyarrow that is installed, else ``rows``.

    What is at fault with the tables stands in ``Case.problems``; ``FileNotFoundError`` where there is nothing at ``path``.

    >>> import sandan
    >>> sandan.read("examples/dachang")
    <sandan.Case 5dfbc1bb9905: needs 3, projects 3, resources 6, places 1, periods 6, rules 1, settings 1>
    """
    if not Path(path).exists():
        raise FileNotFoundError(words.either(lang, f"没有这个文件或文件夹：{path}", f"no such file or folder: {path}"))
    return Case._of(_native.Case.read(path, lang), frames, headers)


def _again(tables: list[Any], previous: str | None, lang: str, frames: _FrameKind | None, headers: _Lang) -> Case:
    """A case from its pickle."""
    return Case._of(_native.Case(tables, previous, lang, cell_text, False), frames, headers)


def _named(header: list[str], columns: list[list[str | None]]) -> dict[str, list[Any]]:
    """Columns by name; of a header that stands twice the later ones are numbered."""
    named: dict[str, list[Any]] = {}
    for name, column in zip(header, columns, strict=True):
        number, unique = 1, name
        while unique in named:
            number += 1
            unique = f"{name} {number}"
        named[unique] = column
    return named


def _type_of(column: str) -> type:
    if column in _INTEGERS:
        return int
    if column in _TRUTHS:
        return bool
    return float if column in _REALS or column.endswith("_yuan") else str


def _setting_rows(settings: Any) -> Any:
    """A plain dict of keys and values as rows of the table ``settings``; anything else as it is."""
    if isinstance(settings, Mapping) and not any(isinstance(value, (list, tuple)) for value in settings.values()):
        return [{"key": key, "value": value} for key, value in settings.items()]
    return settings


def _plan_text(previous: Plan | Mapping[str, Any] | str) -> str:
    if isinstance(previous, str):
        return previous
    if isinstance(previous, Plan):
        return previous.to_json()
    return json.dumps(previous, ensure_ascii=False)


def _millionths(share: float | str | Decimal, name: str) -> int:
    """A number as written, exactly, in millionths."""
    millionths = Decimal(str(share)) * 1_000_000
    if not millionths.is_finite() or millionths < 0 or millionths != int(millionths):
        raise ValueError(f"{name} is a number ≥ 0 with at most 6 decimals, not {share!r}")
    return int(millionths)
