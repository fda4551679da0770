"""The complete integer model of one case, unfolded: one slot for each session that a cell could hold.

Clarity over speed: every session, member and room is a thing of its own. The families H1..H11 are built here,
rules and pins in limits.py, the terms of the levels in terms.py.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from eligible import Eligibility
from facts import Facts
from lists import Case, Need, Post, Project
from places import ONLINE

Member = tuple[str, int]  # (resource id, 1-based member)


@dataclass
class Slot:
    """One session that may or may not be held."""

    project: Project
    place: str
    start: int
    index: int
    used: cp_model.IntVar
    units: dict[str, cp_model.IntVar] = field(default_factory=dict)
    served: dict[str, cp_model.IntVar] = field(default_factory=dict)
    # (post number, member, period) -> literal; a fixed post has the same literal in all its periods
    serves: dict[tuple[int, Member, int], cp_model.IntVar] = field(default_factory=dict)
    attends: dict[Member, cp_model.IntVar] = field(default_factory=dict)  # the member is in this session
    rooms: dict[Member, cp_model.IntVar] = field(default_factory=dict)
    money: dict[str, cp_model.IntVar] = field(default_factory=dict)
    goods: dict[tuple[str, str], cp_model.IntVar] = field(default_factory=dict)

    @property
    def periods(self) -> range:
        return range(self.start, self.start + self.project.span)

    @property
    def name(self) -> str:
        return f"{self.project.id}@{self.place}@{self.start}#{self.index}"

    def total_units(self):
        return sum(self.units.values())


class Model:
    def __init__(self, case: Case, relaxed: frozenset[str] = frozenset()):
        self.case = case
        self.eligibility = Eligibility(case, relaxed)
        self.facts = Facts(case)
        self.cp = cp_model.CpModel()
        self.slots: list[Slot] = []
        for project in case.projects.values():
            for place, start in self.eligibility.cells(project):
                self._open_cell(project, place, start)
        self._needs()
        self._persons()
        self._project_limits()
        self._members()
        self._rooms()
        self._funds()
        self._goods()

    def on(self, name: str) -> bool:
        return self.eligibility.on(name)

    # ---- sessions of a cell -----------------------------------------------------------------

    def _open_cell(self, project: Project, place: str, start: int):
        needs = [n for n in self.case.needs.values()
                 if self.left(n) > 0 and self.eligibility.serves(project, n, place, start)]
        bound = self.sessions_at_most(project, place, start, needs)
        cell = [self._open_slot(project, place, start, index, needs) for index in range(bound)]
        if project.max_per_cell is not None and self.on("H4.max_per_cell"):
            self.cp.add(sum(slot.used for slot in cell) <= project.max_per_cell)
        # Sessions of one cell are alike: they stand in falling order of their participants, unused ones last.
        base = max([1, *(self.most_units(project, n) for n in needs)]) + 1
        keys = [sum(x * base**k for k, x in enumerate(reversed(slot.units.values()))) for slot in cell]
        for k, (first, second) in enumerate(zip(cell, cell[1:]) if self.on("order.sessions") else []):
            self.cp.add_implication(second.used, first.used)
            self.cp.add(keys[k] >= keys[k + 1])
        self.slots += cell

    def left(self, need: Need) -> int:
        """Units that facts have not served yet."""
        return max(0, need.quantity - self.facts.units[need.id])

    def sessions_at_most(self, project: Project, place: str, start: int, needs: list[Need]) -> int:
        """A proven bound on the sessions that any plan can hold in this cell (each needs a unit to stand)."""
        units, sessions = 0, 0
        persons = set()
        for need in needs:
            possible = self.left(need)
            if self.on("H3.per_period") and need.per_period is not None:
                possible = min(possible, need.per_period)
            if need.person and not need.whole and self.on("H9.one_unit") and self.on("H9.sessions"):
                possible = min(possible, self.case.person_per_period)
            units += possible
            if need.person and self.on("H9.sessions"):
                persons.add(need.person)
            else:
                sessions += 1 if need.whole and self.on("H3.whole") else possible
        bounds = [units, sessions + len(persons) * self.case.person_per_period]
        if self.on("H4.min_size"):
            bounds.append(units // max(1, project.min_size))
        if project.max_per_cell is not None and self.on("H4.max_per_cell"):
            bounds.append(project.max_per_cell)
        if project.max_sessions is not None and self.on("H4.max_sessions"):
            bounds.append(max(0, project.max_sessions - self.facts.sessions[project.id]))
        if self.on("H5.full") and self.on("H7.per_period"):
            bounds += [self.teams_at_most(post, project, place, start) for post in project.posts if post.load > 0]
        if self.eligibility.needs_room(project, place) and self.on("H8"):
            bounds.append(sum(v.count * v.per_period for v in self.case.of_kind("venue")
                              if self.eligibility.hosts(v, project, place, start)))
        if project.session_cost and self.on("H10"):
            bounds.append(sum(f.amount for f in self.case.of_kind("fund")
                              if self.eligibility.pays(f, project, place, start, "H10")) // project.session_cost)
        return max(0, min(bounds)) if self.on("bound") else max(0, min(bounds)) + 1

    def teams_at_most(self, post: Post, project: Project, place: str, start: int) -> int:
        if post.members == 0:
            return 10**6
        turns = sum(row.count * (row.per_period // post.load) for row in self.case.of_kind("staff")
                    if self.eligibility.mans(row, post, project, place, start))
        return turns // post.members

    def _open_slot(self, project: Project, place: str, start: int, index: int, needs: list[Need]) -> Slot:
        slot = Slot(project, place, start, index, None)
        slot.used = self.cp.new_bool_var(f"held {slot.name}")
        for need in needs:
            self._open_need(slot, need)
        total = slot.total_units()
        seats = sum(self.case.seat_load.get((n, project.id), 1) * x for n, x in slot.units.items())
        if self.on("H4.size"):
            self.cp.add(seats <= project.size * slot.used)
        else:
            self.cp.add(total <= sum(self.left(n) for n in needs) * slot.used)
        self.cp.add(total >= (max(1, project.min_size) if self.on("H4.min_size") else 1) * slot.used)
        self._staff(slot)
        self._room(slot)
        return slot

    def most_units(self, project: Project, need: Need) -> int:
        """Units of the need that one session of the project can take."""
        most = self.left(need)
        if self.on("H4.size"):
            most = min(most, project.size // self.case.seat_load.get((need.id, project.id), 1))
        if need.person and not need.whole and self.on("H9.one_unit"):
            most = min(most, 1)
        return most

    def _open_need(self, slot: Slot, need: Need):
        most = self.most_units(slot.project, need)
        units = self.cp.new_int_var(0, most, f"units {need.id} {slot.name}")
        served = self.cp.new_bool_var(f"served {need.id} {slot.name}")
        slot.units[need.id], slot.served[need.id] = units, served
        self.cp.add(units >= served)
        self.cp.add(units <= most * served)
        if need.whole and self.on("H3.whole"):
            self.cp.add(units == need.quantity * served)

    # ---- H3, H9 and the rest of H4 -----------------------------------------------------------

    def _needs(self):
        for need in self.case.needs.values():
            slots = [s for s in self.slots if need.id in s.units]
            if self.on("H3.quantity"):
                self.cp.add(sum(s.units[need.id] for s in slots) <= self.left(need))
            if need.whole and self.on("H3.whole"):
                self.cp.add(sum(s.served[need.id] for s in slots) <= 1)
                if self.facts.units[need.id]:
                    self.cp.add(sum(s.served[need.id] for s in slots) == 0)
            if need.one_project and self.on("H3.one_project"):
                self._one_project(need, slots)
            if need.per_period is not None and self.on("H3.per_period"):
                for start in self.case.all_periods:
                    self.cp.add(sum(s.units[need.id] for s in slots if s.start == start) <= need.per_period)

    def _one_project(self, need: Need, slots: list[Slot]):
        earlier = self.facts.need_projects[need.id]
        chosen = {p: self.cp.new_bool_var(f"{need.id} from {p}") for p in sorted({s.project.id for s in slots})}
        self.cp.add(sum(chosen.values()) <= 1)
        for project, literal in chosen.items():
            if earlier and earlier != {project}:
                self.cp.add(literal == 0)
        for slot in slots:
            self.cp.add_implication(slot.served[need.id], chosen[slot.project.id])

    def _persons(self):
        if not self.on("H9.sessions"):
            return
        needs_of = defaultdict(list)
        for need in self.case.needs.values():
            if need.person:
                needs_of[need.person].append(need.id)
        for person, needs in needs_of.items():
            there = {}
            for slot in self.slots:
                served = [slot.served[n] for n in needs if n in slot.served]
                if served:
                    there[slot.name] = self.cp.new_bool_var(f"{person} in {slot.name}")
                    self.cp.add_max_equality(there[slot.name], served)
            for period in self.case.all_periods:
                busy = sum(there[s.name] for s in self.slots if s.name in there and period in s.periods)
                free = max(0, self.case.person_per_period - self.facts.person_sessions[person, period])
                self.cp.add(busy <= free)

    def _project_limits(self):
        for project in self.case.projects.values():
            slots = [s for s in self.slots if s.project is project]
            earlier = self.facts.sessions[project.id]
            held = sum(s.used for s in slots)
            if project.max_sessions is not None and self.on("H4.max_sessions"):
                self.cp.add(held <= max(0, project.max_sessions - earlier))
            if project.min_sessions and self.on("H4.min_sessions"):
                for slot in slots:
                    self.cp.add(held + earlier >= project.min_sessions).only_enforce_if(slot.used)

    # ---- H5, H6, H7 -------------------------------------------------------------------------

    def _staff(self, slot: Slot):
        in_post = defaultdict(list)  # member -> one literal for each post it may fill
        for post in slot.project.posts:
            for row in self.case.of_kind("staff"):
                able = [p for p in slot.periods
                        if self.eligibility.mans(row, post, slot.project, slot.place, p)]
                for member in range(1, row.count + 1):
                    literal = self._member_in_post(slot, post, (row.id, member), able)
                    if literal is not None:
                        in_post[row.id, member].append(literal)
            for period in slot.periods:
                filled = sum(x for (n, _, p), x in slot.serves.items() if n == post.number and p == period)
                if self.on("H5.full"):
                    self.cp.add(filled == post.members * slot.used)
                else:
                    self.cp.add(filled <= post.members * slot.used)
        for member, literals in in_post.items():
            if len(literals) == 1:
                slot.attends[member] = literals[0]
                continue
            slot.attends[member] = self.cp.new_bool_var(f"{member} in {slot.name}")
            self.cp.add_max_equality(slot.attends[member], literals)
            if self.on("H5.one_post"):
                self.cp.add(sum(literals) <= 1)

    def _member_in_post(self, slot: Slot, post: Post, member: Member, able: list[int]):
        """The literal "this member fills this post of this session", or None when it may not."""
        label = f"{member} post {post.number} {slot.name}"
        if not post.rotate:
            if len(able) < slot.project.span:
                return None
            literal = self.cp.new_bool_var(label)
            for period in slot.periods:
                slot.serves[post.number, member, period] = literal
            return literal
        turns = []
        for period in able:
            slot.serves[post.number, member, period] = self.cp.new_bool_var(f"{label} in {period}")
            turns.append(slot.serves[post.number, member, period])
        if not turns:
            return None
        literal = self.cp.new_bool_var(label)
        self.cp.add_max_equality(literal, turns)
        return literal

    def post_of(self, slot: Slot, number: int) -> Post:
        return slot.project.posts[number - 1]

    def _members(self):
        loads = defaultdict(list)  # (member, period) -> load terms
        for slot in self.slots:
            for (number, member, period), literal in slot.serves.items():
                loads[member, period].append(self.post_of(slot, number).load * literal)
        for row in self.case.of_kind("staff"):
            for k in range(1, row.count + 1):
                member = (row.id, k)
                earlier = [self.facts.load[row.id, k, p] for p in range(len(self.case.periods))]
                new = [sum(loads[member, p]) for p in range(len(self.case.periods))]
                if self.on("H7.per_period"):
                    for period, load in enumerate(new):
                        self.cp.add(load <= max(0, row.per_period - earlier[period]))
                if row.total is not None and self.on("H7.total"):
                    self.cp.add(sum(new) <= max(0, row.total - sum(earlier)))
            if not self.case.facts:  # without facts the members of a row are alike: busier ones first
                self._busier_first([(row.id, k) for k in range(1, row.count + 1)], lambda s: s.attends)

    def _busier_first(self, alike: list[Member], literals):
        if not self.on("order.members"):
            return
        times = [sum(literals(s)[m] for s in self.slots if m in literals(s)) for m in alike]
        for first, second in zip(times, times[1:]):
            self.cp.add(first >= second)

    # ---- H8 ---------------------------------------------------------------------------------

    def _room(self, slot: Slot):
        if not self.eligibility.needs_room(slot.project, slot.place) or not self.on("H8.room"):
            return
        for venue in self.case.of_kind("venue"):
            if self.eligibility.hosts(venue, slot.project, slot.place, slot.start):
                for room in range(1, venue.count + 1):
                    slot.rooms[venue.id, room] = self.cp.new_bool_var(f"room {venue.id}.{room} {slot.name}")
        self.cp.add(sum(slot.rooms.values()) == slot.used)

    def _rooms(self):
        for venue in self.case.of_kind("venue"):
            for k in range(1, venue.count + 1):
                room = (venue.id, k)
                slots = [s for s in self.slots if room in s.rooms]
                if self.on("H8.per_period"):
                    for period in self.case.all_periods:
                        free = max(0, venue.per_period - self.facts.room_sessions[venue.id, k, period])
                        self.cp.add(sum(s.rooms[room] for s in slots if period in s.periods) <= free)
                if venue.total is not None and self.on("H8.total"):
                    free = max(0, venue.total - self.facts.room_total[room])
                    self.cp.add(sum(s.rooms[room] for s in slots) <= free)
            if not self.case.facts:
                self._busier_first([(venue.id, k) for k in range(1, venue.count + 1)], lambda s: s.rooms)

    # ---- H10, H11 ---------------------------------------------------------------------------

    def session_cost(self, slot: Slot):
        return slot.project.session_cost * slot.used + slot.project.unit_cost * slot.total_units()

    def _funds(self):
        self.held = {}  # project -> literal: a new session of it is held
        self.launch_money: dict[tuple[str, str], cp_model.IntVar] = {}
        for project in self.case.projects.values():
            self.held[project.id] = self.cp.new_bool_var(f"project {project.id} held")
            slots = [s.used for s in self.slots if s.project is project]
            self.cp.add_max_equality(self.held[project.id], slots or [0])
        if not self.on("H10"):
            return
        funds = self.case.of_kind("fund")
        spent = defaultdict(list)
        for slot in self.slots:
            if not (slot.project.session_cost or slot.project.unit_cost):
                continue
            for fund in funds:
                if self.eligibility.pays(fund, slot.project, slot.place, slot.start, "H10"):
                    slot.money[fund.id] = self.cp.new_int_var(0, fund.amount, f"{fund.id} to {slot.name}")
                    spent[fund.id].append(slot.money[fund.id])
            self.cp.add(sum(slot.money.values()) == self.session_cost(slot))
        for project in self.case.projects.values():
            if not self.launches(project):
                continue
            lines = []
            for fund in funds:
                if self.eligibility.pays_launch(fund, project):
                    line = self.cp.new_int_var(0, fund.amount, f"{fund.id} launches {project.id}")
                    self.launch_money[project.id, fund.id] = line
                    spent[fund.id].append(line)
                    lines.append(line)
            if self.on("H10.launch"):
                self.cp.add(sum(lines) == project.launch_cost * self.held[project.id])
        for fund in funds:
            if self.on("H10.amount"):
                self.cp.add(sum(spent[fund.id]) <= fund.amount - self.facts.paid[fund.id])

    def launches(self, project: Project) -> bool:
        """Would a new session of the project have to pay its launch?"""
        return project.launch_cost > 0 and project.id not in self.facts.launched

    def _goods(self):
        if not self.on("H11"):
            return
        given = defaultdict(list)
        for slot in self.slots:
            for item in sorted(self.items(slot)):
                for stock in self.case.of_kind("goods"):
                    if item in stock.roles and self.eligibility.pays(stock, slot.project, slot.place, slot.start, "H11"):
                        line = self.cp.new_int_var(0, stock.amount, f"{stock.id} {item} to {slot.name}")
                        slot.goods[stock.id, item] = line
                        given[stock.id].append(line)
                self.cp.add(sum(x for (_, i), x in slot.goods.items() if i == item) == self.wanted(slot, item))
        for stock in self.case.of_kind("goods"):
            if self.on("H11.amount"):
                self.cp.add(sum(given[stock.id]) <= stock.amount - self.facts.given[stock.id])

    def items(self, slot: Slot) -> set[str]:
        found = set(slot.project.goods) | set(slot.project.unit_goods)
        for need in slot.units:
            found |= set(self.case.needs[need].goods)
        return found

    def wanted(self, slot: Slot, item: str):
        per_session = slot.project.goods.get(item, 0) * slot.used
        per_unit = slot.project.unit_goods.get(item, 0) * slot.total_units()
        wishes = sum(self.case.needs[n].goods.get(item, 0) * x for n, x in slot.units.items())
        return per_session + per_unit + wishes

    def is_online(self, slot: Slot) -> bool:
        return slot.place == ONLINE
