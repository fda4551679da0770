"""A plan and its tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import _native, display, words
from .answers import Answer, Rematch, Why, events_text, price_table
from .frames import present
from .pictures import Pictures

if TYPE_CHECKING:
    from .case import Case, _Lang
    from .frames import _FrameKind

__all__ = ["Plan"]

_CELL = {"project": str, "place": str, "period": str}


class Plan:
    """A plan in canonical order, with the ids of the lists.

    Its tables come as frames of the kind that the case was given in. A plan never changes; it can be pickled, copied,
    and used from several threads at once.

    >>> import sandan
    >>> plan = sandan.read("examples/dachang", frames="rows").solve()
    >>> plan
    <sandan.Plan optimal: 5 sessions, 0 unmet>
    >>> plan.sessions[0]["project"], plan.sessions[0]["units"], plan.sessions[0]["members"]
    ('P1', 10, 3)
    >>> sorted({row["resource"] for row in plan.staff})
    ['S1', 'S2', 'V1', 'V2', 'V3', 'V4']
    """

    def __init__(
        self,
        native: _native.Plan,
        *,
        case: Case | None = None,
        history: Sequence[tuple[float, int, int, int | None, int | None]] = (),
        frames: _FrameKind | None = None,
        headers: _Lang | None = None,
    ) -> None:
        self.native = native
        self.case = case
        """The case it answers; ``None`` for a plan that was read alone."""
        self._history = history
        self._frames = frames or (None if case is None else case._frames)
        self._headers: _Lang = headers or ("en" if case is None else case._headers)

    @classmethod
    def from_json(cls, text: str, *, case: Case | None = None, frames: _FrameKind | None = None) -> Plan:
        """Reads a ``sandan-plan/1`` document; raises ``ValueError`` where the text is none.

        What needs the lists (workbooks, pictures, the summary) asks for ``case``.
        """
        return cls(_native.Plan.from_json(text), case=case, frames=frames)

    def to_json(self, path: str | PathLike[str] | None = None) -> str:
        """The canonical JSON, byte for byte the same from Rust, Python and JavaScript; written to ``path`` if given."""
        text = self.native.to_json()
        if path is not None:
            Path(path).write_text(text, encoding="utf-8", newline="\n")
        return text

    def to_excel(self, path: str | PathLike[str], *, case: Case | None = None, lang: _Lang | None = None) -> None:
        """Writes the workbook that a planner hands out: sessions, rota, unmet, gaps, funds, summary.

        ``case`` is needed for a plan that was read alone. The file is written whole or not at all.
        """
        of = self._need_case(case)
        of.native.write_workbook(self.native, path, lang or of.lang)

    def to_rota(self, path: str | PathLike[str], *, lang: _Lang | None = None) -> None:
        """Writes one HTML document with a page for each member that serves; it loads nothing from elsewhere."""
        self._write_words("rota", path, lang)

    def to_calendar(self, path: str | PathLike[str], *, lang: _Lang | None = None) -> None:
        """Writes all sessions as an iCalendar file; raises ``ValueError`` where no period of the case has dates."""
        self._write_words("calendar", path, lang)

    def summary(self, *, lang: _Lang | None = None) -> str:
        """What a planner wants to know first, as plain text: levels, what is served, what is not and why, what is scarce."""
        of = self._need_case(None)
        return of.native.words(self.native, "summary", lang or of.lang)

    @property
    def lang(self) -> str:
        """The language of words: that of the case."""
        return "zh" if self.case is None else self.case.lang

    @cached_property
    def data(self) -> dict[str, Any]:
        """The document as plain Python values; money in fen."""
        document: dict[str, Any] = json.loads(self.to_json())
        return document

    @cached_property
    def pictures(self) -> Pictures:
        """The plan in pictures; needs ``pip install 'sandan[plots]'``."""
        self._need_case(None)
        return Pictures(self)

    @property
    def status(self) -> str:
        """``optimal``, ``within_gap``, ``stopped``, or ``unknown`` for a plan made by hand."""
        return str(self.data["status"])

    @property
    def levels(self) -> list[dict[str, Any]]:
        """One dict a level: ``terms`` (unweighted, losses negative), ``value``, ``bound``, ``gap_ppm``."""
        return list(self.data["levels"])

    @property
    def sessions(self) -> Any:
        """One row a session; ``units`` served, ``members`` that serve, ``yuan`` drawn from funds."""
        types = {
            "session": str, **_CELL, "units": int, "members": int, "venue": str, "room": int, "yuan": float, "fact": bool
        }  # fmt: skip
        return self._table(
            types,
            (
                (
                    session["id"],
                    *_cell(session),
                    sum(served["units"] for served in session["needs"]),
                    len({(seat["resource"], seat["member"]) for seat in session["staff"]}),
                    session.get("venue"),
                    session.get("room"),
                    sum(payment["fen"] for payment in session["funds"]) / 100,
                    session.get("fact", False),
                )
                for session in self.data["sessions"]
            ),
        )

    @property
    def served(self) -> Any:
        """One row a need and session."""
        return self._table(
            {"need": str, "units": int, "session": str, **_CELL},
            (
                (served["need"], served["units"], session["id"], *_cell(session))
                for session in self.data["sessions"]
                for served in session["needs"]
            ),
        )

    @property
    def staff(self) -> Any:
        """One row a member and session; for rotating posts one a member, session and ``serves_in`` period."""
        return self._table(
            {"resource": str, "member": int, "post": int, "role": str, "serves_in": str, "session": str, **_CELL},
            (
                (
                    *(seat[key] for key in ("resource", "member", "post", "role", "period")),
                    session["id"],
                    *_cell(session),
                )
                for session in self.data["sessions"]
                for seat in session["staff"]
            ),
        )

    @property
    def unmet(self) -> Any:
        """One row a need with unserved units; ``stage`` is the first stage of the funnel where nothing is left."""
        return self._table(
            {"need": str, "units": int, "stage": str, "verdict": str},
            (
                (unmet["need"], unmet["units"], _failing(unmet["reason"]), unmet["reason"]["verdict"])
                for unmet in self.data["unmet"]
            ),
        )

    @property
    def shortfalls(self) -> Any:
        """One row a quota missed; ``per`` is written ``place=C9; period=2025-07``."""
        return self._table(
            {"rule": str, "per": str, "missing": int, "stage": str},
            (
                (
                    shortfall["rule"],
                    "; ".join(f"{key}={value}" for key, value in shortfall["per"].items()),
                    shortfall["missing"],
                    _failing(shortfall["reason"]),
                )
                for shortfall in self.data["shortfalls"]
            ),
        )

    @property
    def ledger(self) -> Any:
        """Each fund line by line: its ``amount``, every ``launch`` and ``session`` paid, and what is ``left``.

        ``left_yuan`` is the balance after the line; both amounts are blank where the lists do not know the fund.
        """
        types = {"fund": str, "entry": str, "session": str, **_CELL, "yuan": float, "left_yuan": float}
        return self._table(types, self._ledger())

    @property
    def goods(self) -> Any:
        """One row an item drawn from a stock."""
        return self._table(
            {"stock": str, "item": str, "n": int, "session": str, **_CELL},
            (
                (draw["stock"], draw["item"], draw["n"], session["id"], *_cell(session))
                for session in self.data["sessions"]
                for draw in session["goods"]
            ),
        )

    @property
    def history(self) -> Any:
        """How value and bound went: one row a change, with ``seconds`` since the run began; empty for a plan that was read.

        What a level came to at last stands in ``levels``.
        """
        types = {"seconds": float, "steps": int, "level": int, "value": int, "bound": int}
        moments = self._history[:-1]
        return self._table(types, ((s, steps, level + 1, value, bound) for s, steps, level, value, bound in moments))

    def why_not(
        self,
        need: str | None = None,
        *,
        project: str | None = None,
        resource: str | None = None,
        rule: str | None = None,
        per: Mapping[str, str] | None = None,
    ) -> Why:
        """Why a need is not served (or not all of it); why not by this project with this resource; or why a quota is missed.

        Ask with ``need``, with ``need``, ``project`` and ``resource``, or with ``rule`` and ``per`` as in ``shortfalls``
        (``{"place": "C9", "period": "2025-07"}``). The verdict is shown by solving again, never guessed: ``impossible`` names
        limits (cells of the sheets) that cannot hold together, ``outbid`` what serving it would cost, ``tie`` an exchange at no
        loss; ``not_proven`` where the work ran out.

        Raises ``ValueError`` for a name that the lists do not have, and for a plan of other lists or one that breaks a rule.

        >>> import sandan
        >>> case = sandan.Case(
        ...     needs=[{"id": "N1", "place": "C1", "services": "drawing"}],
        ...     projects=[{"id": "P1", "services": "reading"}],
        ...     resources=[{"id": "R1", "roles": "teacher", "place": "C1"}],
        ...     lang="en",
        ... )
        >>> why = case.solve().why_not("N1")
        >>> why.verdict
        'impossible'
        >>> why.table[0]["stage"], why.table[0]["left"]
        ('offers', 0)
        """
        about = {"need": need, "project": project, "resource": resource, "rule": rule, **(per or {})}
        return Why(self, self._ask("why", about))

    def explain(self) -> Plan:
        """The same plan with the verdict of every unmet need and missed quota in ``unmet`` and ``shortfalls``.

        Each is a solve of its own: this may take long for a whole prefecture. Ctrl-C gives up.
        """
        case = self._need_case(None)
        return self._like(case.native.explain(self.native), case)

    def repairs(self, need: str, *, most: int = 5, prices: Mapping[str, int] | None = None) -> Answer:
        """The cheapest changes that would serve a need at no loss elsewhere, each verified by solving again.

        ``prices`` are the planner's own points for kinds of change (``{"recruit": 500}``); the defaults only order.
        ``table`` has ``change``, ``points`` and what ``coverage`` gains; ``plans`` the plan that shows each.
        """
        return Answer(self, self._ask("repairs", {"need": need}, most, prices))

    def recommend(self, need: str | None = None, *, resource: str | None = None, most: int = 5) -> Answer:
        """The best whole sessions, with complete teams, that can be added to the plan for a need or to use a resource."""
        return Answer(self, self._ask("recommend", {"need": need, "resource": resource}, most))

    def find_gaps(self, *, prices: Mapping[str, int] | None = None) -> Answer:
        """What to recruit, train or raise, what brings most first. ``gaps`` is its table.

        Each candidate is a solve of its own: minutes for a whole prefecture. Ctrl-C gives up.
        """
        return Answer(self, self._ask("gaps", {}, prices=prices)) if prices else self._gaps

    @cached_property
    def _gaps(self) -> Answer:
        return Answer(self, self._ask("gaps", {}))

    @cached_property
    def gaps(self) -> Any:
        """What to recruit, train or raise, what brings most first: ``change`` in words, its ``kind`` and cost in ``points``,
        what ``coverage`` gains, the ``units`` served more, and whether that is ``exact`` (else at least so much).
        """
        return self.find_gaps().table

    @cached_property
    def prices(self) -> Any:
        """What one more unit of each scarce thing is worth on the coverage level: ``kind`` (staff, venue, fund, goods), the
        ``resource`` rows that are alike, ``place`` and ``period`` where they matter, and ``worth``.
        """
        known = self.data["prices"]
        return self._table(*price_table(known)) if known else Answer(self, self._ask("prices", {})).table

    def rematch(
        self,
        events: str | Path | Mapping[str, Any] | Sequence[Mapping[str, Any]] = (),
        *,
        case: Case | None = None,
        freeze_before: str | None = None,
        **options: Any,
    ) -> Rematch:
        """A new plan after events, or for the changed lists ``case``, with as few changes as its levels allow.

        On large lists only what the events touch is planned again, in a second or so, and how few changes will do is proven
        there; ``max_steps`` or ``time_limit`` among the options searches the whole plan as well.

        Events are dicts like ``{"kind": "dropped_out", "resource": "R7", "from": "2025-07"}``, a file of them, or its text,
        with English or Chinese keys. Sessions that start before the period ``freeze_before`` stay as they are. ``options`` are
        those of ``Case.solve``.

        Raises ``ValueError`` with every faulty event, ``CaseError`` where the lists are at fault.
        """
        before = self._need_case(case)
        prepared = before.native.prepare(self.native, events_text(events), freeze_before)
        after = before._with(prepared.case())
        enough = None if options.keys() & {"max_steps", "time_limit"} else prepared.enough()
        if enough is None:
            found = after.solve(**options)
            new = type(self)(prepared.better(found.native), case=after, history=found._history)
        else:
            new = type(self)(enough, case=after)
        return Rematch(self, prepared.rematched(new.native), new)

    def compare(self, other: Plan) -> Answer:
        """This plan and another of the same lists side by side: levels, sessions, units by service, place and group, use of
        resources, and who gains and loses. ``table`` has a line each with ``before``, ``after`` and what is ``more``.
        """
        return Answer(self, self._ask("compare", {}, other=other))

    def fairness(self) -> Answer:
        """What each group gets of what it wants, the worst-off first, and what the fairness steps cost."""
        return Answer(self, self._ask("fairness", {}))

    def audit(self) -> Answer:
        """What the plan rests on: settings that differ from their defaults, and what each pin and excluded pair costs."""
        return Answer(self, self._ask("audit", {}))

    def with_headers(self, headers: _Lang) -> Plan:
        """The same plan; the columns of its tables are named in this language."""
        return Plan(self.native, case=self.case, history=self._history, frames=self._frames, headers=headers)

    def _ask(
        self,
        kind: str,
        about: Mapping[str, str | None],
        most: int = 0,
        prices: Mapping[str, int] | None = None,
        other: Plan | None = None,
    ) -> Any:
        known = {key: value for key, value in about.items() if value is not None}
        points = list((prices or {}).items())
        native = None if other is None else other.native
        return self._need_case(None).native.answer(self.native, kind, known, most, points, native)

    def _like(self, native: _native.Plan, case: Case | None) -> Plan:
        """Another plan whose tables come as those of this one."""
        return Plan(native, case=case, frames=self._frames, headers=self._headers)

    def _ledger(self) -> Iterable[tuple[Any, ...]]:
        funds: dict[str, int] = {}
        if self.case is not None:
            rows = dict(self.case.native.understood("resources"))
            funds = {fund: fen for fund, fen in zip(rows["id"], rows["amount_fen"], strict=True) if fen is not None}
        payments: dict[str, list[tuple[dict[str, Any], int]]] = {fund: [] for fund in funds}
        for held in self.data["launches"] + self.data["sessions"]:
            for payment in held["funds"]:
                payments.setdefault(payment["fund"], []).append((held, payment["fen"]))
        nowhere = (None, None, None, None)
        for fund in sorted(payments):
            left = funds.get(fund)
            yield fund, "amount", *nowhere, _yuan(left), _yuan(left)
            for held, fen in payments[fund]:
                left = None if left is None else left - fen
                entry = "session" if "id" in held else "launch"
                yield fund, entry, held.get("id"), *_cell(held), fen / 100, _yuan(left)
            spent = sum(fen for _, fen in payments[fund])
            yield fund, "left", *nowhere, spent / 100, _yuan(left)

    def _table(self, types: dict[str, type], rows: Iterable[tuple[Any, ...]]) -> Any:
        columns = zip(*rows, strict=True) if (rows := list(rows)) else ([] for _ in types)
        named = {words.header(name, self._headers): of for name, of in types.items()}
        return present(dict(zip(named, map(list, columns), strict=True)), named, self._frames)

    def _need_case(self, case: Case | None) -> Case:
        found = case or self.case
        if found is None:
            raise ValueError("a plan that was read alone needs its case: Plan.from_json(text, case=case)")
        return found

    def _write_words(self, form: str, path: str | PathLike[str], lang: _Lang | None) -> None:
        of = self._need_case(None)
        text = of.native.words(self.native, form, lang or of.lang)
        if not text:
            raise ValueError(
                words.either(of.lang, "时段没有日期，写不成日历", "no period has dates to put in a calendar")
            )
        Path(path).write_text(text, encoding="utf-8", newline="")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plan) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __copy__(self) -> Plan:
        return self

    def __deepcopy__(self, memo: object) -> Plan:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.to_json(), self.case, self._history, self._frames, self._headers)

    def __repr__(self) -> str:
        return f"<sandan.Plan {self.status}: {len(self.data['sessions'])} sessions, {len(self.data['unmet'])} unmet>"

    def _repr_html_(self) -> str:
        return display.plan(self)


def _again(text: str, case: Case | None, history: Any, frames: _FrameKind | None, headers: _Lang) -> Plan:
    """A plan from its pickle."""
    return Plan(_native.Plan.from_json(text), case=case, history=history, frames=frames, headers=headers)


def _cell(held: dict[str, Any]) -> tuple[str | None, ...]:
    """Project, place and period of a session; a launch has only a project."""
    return tuple(held.get(key) for key in _CELL)


def _failing(reason: dict[str, Any]) -> str | None:
    return next((step["stage"] for step in reason["funnel"] if step["left"] == 0), None)


def _yuan(fen: int | None) -> float | None:
    return None if fen is None else fen / 100
