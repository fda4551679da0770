"""What the frozen sessions of the previous plan have already used up (oracle side)."""

from __future__ import annotations

from collections import Counter, defaultdict

from lists import Case


class Facts:
    """Sums over the facts. A session of a project that is no longer listed lasts one period and loads nobody."""

    def __init__(self, case: Case):
        self.units = Counter()  # need -> units
        self.need_projects = defaultdict(set)  # need -> projects that served it
        self.person_sessions = Counter()  # (person, period) -> sessions
        self.sessions = Counter()  # project -> sessions
        self.load = Counter()  # (resource, member, period) -> load
        self.room_sessions = Counter()  # (venue, room, period) -> sessions
        self.room_total = Counter()  # (venue, room) -> sessions
        self.paid = Counter()  # fund -> fen
        self.given = Counter()  # stock -> items
        self.launched = {launch["project"] for launch in case.fact_launches}
        for session in case.facts:
            self._add(case, session)
        for launch in case.fact_launches:
            for line in launch["funds"]:
                self.paid[line["fund"]] += line["fen"]

    def _add(self, case: Case, session: dict):
        project = case.projects.get(session["project"])
        start = case.period_index[session["period"]]
        periods = [p for p in range(start, start + (project.span if project else 1)) if p in case.all_periods]
        self.sessions[session["project"]] += 1
        persons = set()
        for line in session.get("needs", []):
            self.units[line["need"]] += line["units"]
            self.need_projects[line["need"]].add(session["project"])
            need = case.needs.get(line["need"])
            if need and need.person:
                persons.add(need.person)
        for person in persons:
            for period in periods:
                self.person_sessions[person, period] += 1
        for resource, member, post, period in fact_services(case, session):
            self.load[resource, member, period] += post.load
        if session.get("venue"):
            room = (session["venue"], session["room"])
            self.room_total[room] += 1
            for period in periods:
                self.room_sessions[(*room, period)] += 1
        for line in session.get("funds", []):
            self.paid[line["fund"]] += line["fen"]
        for line in session.get("goods", []):
            self.given[line["stock"]] += line["n"]


def fact_services(case: Case, session: dict):
    """(resource, member, post, period) for each period that a member of a fact serves in."""
    project = case.projects.get(session["project"])
    if project is None:
        return
    start = case.period_index[session["period"]]
    for line in session.get("staff", []):
        if line["post"] > len(project.posts):
            continue
        post = project.posts[line["post"] - 1]
        if line.get("period"):
            served = [case.period_index[line["period"]]]
        else:
            served = range(start, start + project.span)
        for period in served:
            yield line["resource"], line["member"], post, period
