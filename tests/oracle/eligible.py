"""Who and what may meet: H1, H2, H6, H8 and the lists of funds and stocks, one question a function.

`relaxed` is a set of H-names whose limits are to be ignored (see binding.py); it is empty in a true solve.
"""

from __future__ import annotations

from lists import Case, Need, Post, Project, Resource
from places import ONLINE


class Eligibility:
    def __init__(self, case: Case, relaxed: frozenset[str] = frozenset()):
        self.case = case
        self.relaxed = relaxed

    def on(self, name: str) -> bool:
        """Is the limit `H4.size` in force, i.e. neither it nor its family is relaxed?"""
        return name not in self.relaxed and name.split(".")[0] not in self.relaxed

    # ---- H1 ---------------------------------------------------------------------------------

    def cells(self, project: Project) -> list[tuple[str, int]]:
        """(place, start period) of every cell in which a new session may stand."""
        found = []
        for place in [ONLINE] if project.online else self.case.geography.leaves:
            if self.held_at(project, place):
                found += [(place, start) for start in range(len(self.case.periods)) if self.starts_in(project, start)]
        return found

    def held_at(self, project: Project, place: str) -> bool:
        geography = self.case.geography
        if place == ONLINE:
            return project.online
        if self.on("H1.places") and project.places and not geography.any_stands_for(project.places, place):
            return False
        if self.on("H1.reach") and project.place is not None:
            minutes = geography.minutes(project.place, place)
            return minutes is not None and minutes <= project.reach
        return True

    def starts_in(self, project: Project, start: int) -> bool:
        if start + project.span > len(self.case.periods) or start < self.case.freeze:
            return False
        return start in project.periods or not self.on("H1.periods")

    # ---- H2 ---------------------------------------------------------------------------------

    def serves(self, project: Project, need: Need, place: str, start: int) -> bool:
        checks = {
            "H2.service": bool(set(project.services) & set(need.services)),
            "H2.unit": project.unit is None or project.unit == need.unit,
            "H2.audience": not project.audience or bool(set(project.audience) & set(need.audience)),
            "H2.lists": (not need.projects or project.id in need.projects) and project.id not in need.exclude,
            "H2.fit": (need.id, project.id) not in self.case.unfit,
            "H2.reach": self.need_reaches(need, place),
            "H2.periods": start in need.periods,
        }
        return all(met for name, met in checks.items() if self.on(name))

    def need_reaches(self, need: Need, place: str) -> bool:
        if place == ONLINE:
            return True
        minutes = self.case.geography.minutes(need.place, place)
        return minutes is not None and minutes <= need.reach

    # ---- H6, and the part of H7 that says when a member is there ------------------------------

    def mans(self, row: Resource, post: Post, project: Project, place: str, period: int) -> bool:
        """May a member of the row serve in this post of a session at `place` in this period?"""
        orgs = [org for o in post.orgs for org in (project.own_orgs() if o == "own" else [o])]
        checks = {
            "H6.role": post.role in row.roles,
            "H6.skills": all(row.holds(s, period) for s in post.skills),
            "H6.clearance": all(row.holds(s, period) for s in project.clearance),
            "H6.orgs": not post.orgs or (row.org is not None and row.org in orgs),
            "H6.lists": self.listed(row, project) and self.row_goes_to(row, place),
            "H6.reach": self.member_reaches(row, place),
            "H7.available": period in row.periods,
        }
        return all(met for name, met in checks.items() if self.on(name))

    def listed(self, row: Resource, project: Project) -> bool:
        """The row's own allow and deny lists of projects and services."""
        if row.projects and project.id not in row.projects:
            return False
        if row.services and not set(row.services) & set(project.services):
            return False
        return project.id not in row.exclude

    def row_goes_to(self, row: Resource, place: str) -> bool:
        """`places` of staff and venues; it does not apply online."""
        return place == ONLINE or not row.places or self.case.geography.any_stands_for(row.places, place)

    def member_reaches(self, row: Resource, place: str) -> bool:
        if row.place is None:
            return True
        if place == ONLINE:
            return True
        minutes = self.case.geography.minutes(row.place, place)
        return minutes is not None and minutes <= row.reach

    # ---- H8 ---------------------------------------------------------------------------------

    def needs_room(self, project: Project, place: str) -> bool:
        return bool(project.venue) and place != ONLINE

    def hosts(self, venue: Resource, project: Project, place: str, start: int) -> bool:
        checks = {
            "H8.kind": bool(set(venue.roles) & set(project.venue)),
            "H8.place": venue.place == place,
            "H8.seats": venue.seats is None or venue.seats >= project.size,
            "H8.available": all(p in venue.periods for p in range(start, start + project.span)),
            "H8.lists": self.listed(venue, project) and self.row_goes_to(venue, place),
        }
        return all(met for name, met in checks.items() if self.on(name))

    # ---- funds and stocks (H10, H11) ---------------------------------------------------------

    def pays(self, row: Resource, project: Project, place: str, start: int, family: str) -> bool:
        """May this fund or stock give to a session of the project at the place from this start period?"""
        if not self.on(f"{family}.lists"):
            return True
        if not self.listed(row, project) or start not in row.periods:
            return False
        return not row.places or self.case.geography.any_stands_for(row.places, place)

    def pays_launch(self, fund: Resource, project: Project) -> bool:
        if not self.on("H10.lists"):
            return True
        return not fund.places and not fund.periods_given and self.listed(fund, project)
