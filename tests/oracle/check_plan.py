"""A second reading of any plan against its case, from the lists and the plan alone (no solver, no model).

`check(document, plan)` returns {"violations": [(H, what)], "terms": [...], "values": [...], "unmet": {...}, "missing": {...}}.
It shares only the reading of the lists with the oracle; each rule is stated again here.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict

from check_rules import RuleCheck
from check_terms import level_terms
from lists import Case

CONTENT = ("project", "place", "period", "needs", "staff", "venue", "room", "funds", "goods")


class PlanCheck:
    def __init__(self, document: dict, plan: dict):
        self.case = Case(document)
        self.plan = plan
        self.faults: list[tuple[str, str]] = []
        self.facts = [s for s in plan["sessions"] if s.get("fact")]
        self.new = [s for s in plan["sessions"] if not s.get("fact")]

    def fault(self, family: str, what: str):
        self.faults.append((family, what))

    def run(self) -> dict:
        self.facts_kept()
        self.new = [s for s in self.new if self.known(s)]
        for session in self.new:
            self.cell(session)
            self.participants(session)
            self.team(session)
            self.room(session)
            self.session_money(session)
            self.session_goods(session)
        self.quantities()
        self.project_counts()
        self.member_loads()
        self.room_loads()
        self.persons()
        self.launches()
        self.ledgers()
        rules = RuleCheck(self.case, self.facts, self.new, self.fault)
        missing = rules.run()
        terms = level_terms(self.case, self.plan, self.facts, self.new, missing)
        values = [sum(self.case.weights[name] * t for name, t in level.items()) for level in terms]
        served = self.units_served()
        unmet = {n.id: n.quantity - served[n.id] for n in self.case.needs.values() if served[n.id] < n.quantity}
        return {"violations": self.faults, "terms": terms, "values": values, "unmet": unmet, "missing": missing}

    # ---- small readings ---------------------------------------------------------------------

    def index(self, session) -> int:
        return self.case.period_index[session["period"]]

    def span(self, session) -> list[int]:
        project = self.case.projects.get(session["project"])
        start = self.index(session)
        return list(range(start, start + (project.span if project else 1)))

    def units_served(self) -> Counter:
        served = Counter()
        for session in self.facts + self.new:
            for line in session["needs"]:
                served[line["need"]] += line["units"]
        return served

    def known(self, session) -> bool:
        ok = session["project"] in self.case.projects and session["period"] in self.case.period_index
        ok = ok and (session["place"] == "online" or session["place"] in self.case.geography.leaves)
        ok = ok and all(l["need"] in self.case.needs for l in session["needs"])
        ok = ok and all(l["resource"] in self.case.resources for l in session["staff"])
        if not ok:
            self.fault("ids", f"{session['id']} names something unknown")
        return ok

    # ---- facts ------------------------------------------------------------------------------

    def facts_kept(self):
        def content(session):
            return json.dumps({k: session.get(k) for k in CONTENT}, sort_keys=True, ensure_ascii=False)
        owed = Counter(content(s) for s in self.case.facts)
        kept = Counter(content(s) for s in self.facts)
        if owed != kept:
            self.fault("facts", f"{sum((owed - kept).values())} facts lost, {sum((kept - owed).values())} invented")
        if len({s["id"] for s in self.plan["sessions"]}) != len(self.plan["sessions"]):
            self.fault("ids", "session ids repeat")

    # ---- H1 ---------------------------------------------------------------------------------

    def cell(self, session):
        project, place, start = self.case.projects[session["project"]], session["place"], self.index(session)
        geography = self.case.geography
        where = f"{session['id']}: {project.id} at {place} in {session['period']}"
        if project.online != (place == "online"):
            self.fault("H1", f"{where}: online or not")
        if not project.online and place != "online":
            if project.places and not any(name in geography.line(place) for name in project.places):
                self.fault("H1", f"{where}: place not listed")
            if project.place:
                minutes = geography.minutes(project.place, place)
                if minutes is None or minutes > project.reach:
                    self.fault("H1", f"{where}: {minutes} minutes from its base")
        if start not in project.periods:
            self.fault("H1", f"{where}: period not listed")
        if self.span(session)[-1] >= len(self.case.periods):
            self.fault("H1", f"{where}: runs beyond the horizon")
        if self.case.settings.get("freeze_before") and start < self.case.freeze:
            self.fault("H1", f"{where}: new session in the frozen past")

    # ---- H2, H4 (one session) -----------------------------------------------------------------

    def participants(self, session):
        project, place = self.case.projects[session["project"]], session["place"]
        lines = session["needs"]
        if len({l["need"] for l in lines}) != len(lines) or any(l["units"] < 1 for l in lines):
            self.fault("H4", f"{session['id']}: a need twice or without units")
        seats = units = 0
        for line in lines:
            need = self.case.needs[line["need"]]
            pair = (need.id, project.id)
            units += line["units"]
            seats += line["units"] * self.case.seat_load.get(pair, 1)
            reasons = []
            if not set(need.services) & set(project.services):
                reasons.append("service")
            if project.unit and project.unit != need.unit:
                reasons.append("unit")
            if project.audience and not set(project.audience) & set(need.audience):
                reasons.append("audience")
            if (need.projects and project.id not in need.projects) or project.id in need.exclude:
                reasons.append("lists")
            if pair in self.case.unfit:
                reasons.append("fit")
            if place != "online":
                minutes = self.case.geography.minutes(need.place, place)
                if minutes is None or minutes > need.reach:
                    reasons.append("reach")
            if self.index(session) not in need.periods:
                reasons.append("period")
            for reason in reasons:
                self.fault("H2", f"{session['id']}: {need.id} and {project.id}: {reason}")
            if need.person and not need.whole and line["units"] > 1:
                self.fault("H9", f"{session['id']}: {need.id} is a person and has {line['units']} units")
            if need.whole and line["units"] != need.quantity:
                self.fault("H3", f"{session['id']}: {need.id} is not whole")
        if seats > project.size:
            self.fault("H4", f"{session['id']}: {seats} seats of {project.size}")
        if units < max(1, project.min_size):
            self.fault("H4", f"{session['id']}: {units} units, at least {project.min_size}")

    # ---- H5, H6 -----------------------------------------------------------------------------

    def team(self, session):
        project, days = self.case.projects[session["project"]], self.span(session)
        present = defaultdict(list)  # (post, day) -> members
        posts_of = defaultdict(set)
        for line in session["staff"]:
            row, member = self.case.resources[line["resource"]], (line["resource"], line["member"])
            if row.kind != "staff" or not 1 <= line["member"] <= row.count:
                self.fault("H6", f"{session['id']}: no such member {member}")
            if not 1 <= line["post"] <= len(project.posts):
                self.fault("H5", f"{session['id']}: no post {line['post']}")
                continue
            post = project.posts[line["post"] - 1]
            if line["role"] != post.role or (line.get("period") is not None) != post.rotate:
                self.fault("H5", f"{session['id']}: {member} role or period of post {post.number}")
                continue
            served = [self.case.period_index[line["period"]]] if post.rotate else days
            posts_of[member].add(post.number)
            for day in served:
                if day not in days:
                    self.fault("H5", f"{session['id']}: {member} serves outside the session")
                present[post.number, day].append(member)
                self.may_serve(session, project, post, row, day)
        for member, numbers in posts_of.items():
            if len(numbers) > 1:
                self.fault("H5", f"{session['id']}: {member} in posts {sorted(numbers)}")
        for post in project.posts:
            wanted = post.reserve
            wanted += post.count * -(-project.size // post.per_units) if post.per_units else post.count
            for day in days:
                here = present[post.number, day]
                if len(here) != wanted or len(set(here)) != len(here):
                    self.fault("H5", f"{session['id']}: post {post.number} has {len(here)} of {wanted}")

    def may_serve(self, session, project, post, row, day):
        place, reasons = session["place"], []
        if post.role not in row.roles:
            reasons.append("role")
        for skill in post.skills + project.clearance:
            if day not in row.skills.get(skill, set()):
                reasons.append(f"skill {skill}")
        if post.orgs:
            allowed = set(post.orgs) - {"own"}
            if "own" in post.orgs:
                allowed |= {project.lead, *project.partners}
            if not row.org or row.org not in allowed:
                reasons.append("org")
        reasons += self.list_reasons(row, project)
        if place != "online":
            if row.places and not any(name in self.case.geography.line(place) for name in row.places):
                reasons.append("places")
            if row.place:
                minutes = self.case.geography.minutes(row.place, place)
                if minutes is None or minutes > row.reach:
                    reasons.append("reach")
        for reason in reasons:
            self.fault("H6", f"{session['id']}: {row.id} in post {post.number}: {reason}")
        if day not in row.periods:
            self.fault("H7", f"{session['id']}: {row.id} is not there in {self.case.periods[day]}")

    def list_reasons(self, row, project) -> list[str]:
        reasons = []
        if row.projects and project.id not in row.projects:
            reasons.append("projects")
        if project.id in row.exclude:
            reasons.append("exclude")
        if row.services and not set(row.services) & set(project.services):
            reasons.append("services")
        return reasons

    # ---- H7 ---------------------------------------------------------------------------------

    def member_loads(self):
        load, added = Counter(), set()
        for session, is_new in [(s, False) for s in self.facts] + [(s, True) for s in self.new]:
            project = self.case.projects.get(session["project"])
            if project is None:
                continue
            for line in session["staff"]:
                if not 1 <= line["post"] <= len(project.posts):
                    continue
                post, member = project.posts[line["post"] - 1], (line["resource"], line["member"])
                days = [self.case.period_index[line["period"]]] if line.get("period") else self.span(session)
                for day in days:
                    load[member, day] += post.load
                    load[member, "total"] += post.load
                    if is_new and post.load:
                        added |= {(member, day), (member, "total")}
        for member, day in sorted(added, key=str):
            row = self.case.resources[member[0]]
            most = row.total if day == "total" else row.per_period
            if most is not None and load[member, day] > most:
                self.fault("H7", f"{member} carries {load[member, day]} of {most} in {day}")

    # ---- H8 ---------------------------------------------------------------------------------

    def room(self, session):
        project, place = self.case.projects[session["project"]], session["place"]
        wanted = bool(project.venue) and place != "online"
        if not session.get("venue"):
            if wanted:
                self.fault("H8", f"{session['id']}: no room")
            return
        row = self.case.resources.get(session["venue"])
        if not wanted or row is None or row.kind != "venue" or not 1 <= (session.get("room") or 0) <= row.count:
            self.fault("H8", f"{session['id']}: room {session['venue']}.{session.get('room')} is not wanted or unknown")
            return
        reasons = self.list_reasons(row, project)
        if not set(row.roles) & set(project.venue):
            reasons.append("kind")
        if row.place != place:
            reasons.append("place")
        if row.places and not any(name in self.case.geography.line(place) for name in row.places):
            reasons.append("places")
        if row.seats is not None and row.seats < project.size:
            reasons.append("seats")
        if not set(self.span(session)) <= row.periods:
            reasons.append("periods")
        for reason in reasons:
            self.fault("H8", f"{session['id']}: {row.id}: {reason}")

    def room_loads(self):
        held, added = Counter(), set()
        for session, is_new in [(s, False) for s in self.facts] + [(s, True) for s in self.new]:
            if session.get("venue"):
                room = (session["venue"], session["room"])
                keys = [(room, "total")] + [(room, day) for day in self.span(session)]
                held.update(keys)
                if is_new:
                    added.update(keys)
        for room, day in sorted(added, key=str):
            row = self.case.resources.get(room[0])
            most = None if row is None else row.total if day == "total" else row.per_period
            if most is not None and held[room, day] > most:
                self.fault("H8", f"room {room} has {held[room, day]} of {most} sessions in {day}")

    # ---- H3, H4 (many sessions), H9 -----------------------------------------------------------

    def quantities(self):
        served, projects, starts, wholes = Counter(), defaultdict(set), Counter(), Counter()
        touched = set()
        for session in self.facts + self.new:
            for line in session["needs"]:
                served[line["need"]] += line["units"]
                projects[line["need"]].add(session["project"])
                wholes[line["need"]] += 1
        for session in self.new:
            for line in session["needs"]:
                touched.add(line["need"])
                starts[line["need"], session["period"]] += line["units"]
        for name in sorted(touched):
            need = self.case.needs[name]
            if served[name] > need.quantity:
                self.fault("H3", f"{name}: {served[name]} units of {need.quantity}")
            if need.whole and wholes[name] > 1:
                self.fault("H3", f"{name}: whole, but in {wholes[name]} sessions")
            if need.one_project and len(projects[name]) > 1:
                self.fault("H3", f"{name}: from {len(projects[name])} projects")
        for (name, period), units in sorted(starts.items()):
            most = self.case.needs[name].per_period
            if most is not None and units > most:
                self.fault("H3", f"{name}: {units} units of {most} in {period}")

    def project_counts(self):
        held = Counter(s["project"] for s in self.facts + self.new)
        cells = Counter((s["project"], s["place"], s["period"]) for s in self.new)
        for project, place, period in sorted(cells):
            most = self.case.projects[project].max_per_cell
            if most is not None and cells[project, place, period] > most:
                self.fault("H4", f"{project} at {place} in {period}: {cells[project, place, period]} of {most}")
        for name in sorted({s["project"] for s in self.new}):
            project = self.case.projects[name]
            if project.max_sessions is not None and held[name] > project.max_sessions:
                self.fault("H4", f"{name}: {held[name]} sessions, at most {project.max_sessions}")
            if held[name] < project.min_sessions:
                self.fault("H4", f"{name}: {held[name]} sessions, at least {project.min_sessions}")

    def persons(self):
        busy, added = Counter(), set()
        for session, is_new in [(s, False) for s in self.facts] + [(s, True) for s in self.new]:
            needs = [self.case.needs[l["need"]] for l in session["needs"] if l["need"] in self.case.needs]
            keys = {(n.person, day) for n in needs if n.person for day in self.span(session)}
            busy.update(keys)
            added |= keys if is_new else set()
        for person, day in sorted(added):
            if busy[person, day] > self.case.person_per_period:
                self.fault("H9", f"{person} is in {busy[person, day]} sessions in {self.case.periods[day]}")

    # ---- H10, H11 ---------------------------------------------------------------------------

    def may_pay(self, row, kind, project, session) -> bool:
        if row is None or row.kind != kind or self.list_reasons(row, project):
            return False
        if self.index(session) not in row.periods:
            return False
        return not row.places or any(name in self.case.geography.line(session["place"]) for name in row.places)

    def session_money(self, session):
        project = self.case.projects[session["project"]]
        cost = project.session_cost + project.unit_cost * sum(l["units"] for l in session["needs"])
        lines = session["funds"]
        if sum(l["fen"] for l in lines) != cost:
            self.fault("H10", f"{session['id']}: {sum(l['fen'] for l in lines)} fen of {cost}")
        if any(l["fen"] < 1 for l in lines) or len({l["fund"] for l in lines}) != len(lines):
            self.fault("H10", f"{session['id']}: a line below 1 fen or a fund twice")
        for line in lines:
            if not self.may_pay(self.case.resources.get(line["fund"]), "fund", project, session):
                self.fault("H10", f"{session['id']}: {line['fund']} may not pay")

    def launches(self):
        owed = {l["project"] for l in self.case.fact_launches}
        given = defaultdict(list)
        for launch in self.plan["launches"]:
            given[launch["project"]].append(launch["funds"])
        for launch in self.case.fact_launches:
            if not any(_money(f) == _money(launch["funds"]) for f in given[launch["project"]]):
                self.fault("facts", f"launch of {launch['project']} lost")
        held = {s["project"] for s in self.new}
        for name, project in self.case.projects.items():
            if name in owed:
                if len(given[name]) != 1:
                    self.fault("H10", f"{name} is launched {len(given[name])} times")
                continue
            cost = project.launch_cost if name in held else 0
            lines = [l for funds in given[name] for l in funds]
            if sum(l["fen"] for l in lines) != cost or len(given[name]) > 1 or any(l["fen"] < 1 for l in lines):
                self.fault("H10", f"launch of {name}: {lines} for {cost} fen")
            for line in lines:
                fund = self.case.resources.get(line["fund"])
                bound = fund is None or fund.kind != "fund" or fund.places or fund.periods_given
                if bound or self.list_reasons(fund, project):
                    self.fault("H10", f"launch of {name}: {line['fund']} may not pay")
            if len({l["fund"] for l in lines}) != len(lines):
                self.fault("H10", f"launch of {name}: a fund twice")

    def ledgers(self):
        used = Counter()
        for session in self.plan["sessions"]:
            for line in session["funds"]:
                used[line["fund"]] += line["fen"]
            for line in session["goods"]:
                used[line["stock"]] += line["n"]
        for launch in self.plan["launches"]:
            for line in launch["funds"]:
                used[line["fund"]] += line["fen"]
        for row in self.case.resources.values():
            if row.kind in ("fund", "goods") and used[row.id] > row.amount:
                self.fault("H10" if row.kind == "fund" else "H11", f"{row.id}: {used[row.id]} of {row.amount}")

    def session_goods(self, session):
        project = self.case.projects[session["project"]]
        units = sum(l["units"] for l in session["needs"])
        wanted, given = Counter(), Counter()
        for item, n in project.goods.items():
            wanted[item] += n
        for item, n in project.unit_goods.items():
            wanted[item] += n * units
        for line in session["needs"]:
            for item, n in self.case.needs[line["need"]].goods.items():
                wanted[item] += n * line["units"]
        for line in session["goods"]:
            given[line["item"]] += line["n"]
            stock = self.case.resources.get(line["stock"])
            if not self.may_pay(stock, "goods", project, session) or line["item"] not in stock.roles or line["n"] < 1:
                self.fault("H11", f"{session['id']}: {line['stock']} may not give {line['item']}")
        if +wanted != +given or len({(l["stock"], l["item"]) for l in session["goods"]}) != len(session["goods"]):
            self.fault("H11", f"{session['id']}: {dict(given)} for {dict(wanted)}")


def _money(lines):
    return sorted((l["fund"], l["fen"]) for l in lines)


def check(document: dict, plan: dict) -> dict:
    return PlanCheck(document, plan).run()


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as case_file, open(sys.argv[2], encoding="utf-8") as plan_file:
        report = check(json.load(case_file), json.load(plan_file))
    print(json.dumps({**report, "missing": [list(m) for m in report["missing"].items()]}, ensure_ascii=False))
    sys.exit(1 if report["violations"] else 0)
