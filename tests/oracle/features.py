"""The base of a random case and the features of needs, projects, resources and settings."""

from __future__ import annotations

import json
import random

SERVICES = ["心理", "安全", "文化", "陪伴"]
SKILLS = ["急救", "壮语", "骨干"]
ORGS = ["达康", "众联", "青协"]
AUDIENCES = ["儿童", "长者", "青年"]


class World:
    """Tables in the making. Rows are dicts with English column names; a missing key is a blank."""

    def __init__(self, rng: random.Random):
        self.rng = rng
        self.needs: list[dict] = []
        self.projects: list[dict] = []
        self.resources: list[dict] = []
        self.places: list[dict] = []
        self.travel: list[dict] = []
        self.periods: list[dict] = []
        self.requirements: list[dict] = []
        self.fit: list[dict] = []
        self.rules: list[dict] = []
        self.settings: dict[str, str] = {"gap": "0"}

    # ---- small words ------------------------------------------------------------------------

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def some(self, things, least=1, most=None) -> list:
        most = len(things) if most is None else min(most, len(things))
        return self.rng.sample(list(things), self.rng.randint(min(least, most), most))

    def pick(self, *things):
        return self.rng.choice(things)

    def yes(self):
        return self.pick("yes", True, "是", 1, "true")

    def join(self, things) -> str:
        return self.pick(";", ";", "；", "、", "|").join(map(str, things))

    def money(self, fen: int):
        return fen // 100 if fen % 100 == 0 and self.chance(0.7) else f"{fen / 100:.2f}"

    def staff(self) -> list[dict]:
        return [r for r in self.resources if r.get("kind", "staff") == "staff"]

    def leaves(self) -> list[str]:
        above = {p.get("parent") for p in self.places}
        return [p["id"] for p in self.places if p["id"] not in above]

    def parents(self) -> list[str]:
        return sorted({p["parent"] for p in self.places if p.get("parent")})

    def period_ids(self) -> list[str]:
        return [p["id"] for p in self.periods]

    def period_list(self) -> str:
        """A proper part of the horizon (where it has more than one period): ids, a range or a tag."""
        ids = self.period_ids()
        tags = [t for p in self.periods for t in p.get("tags", "").split(";") if t]
        tags = sorted({t for t in tags if tags.count(t) < len(ids)})
        if tags and self.chance(0.25):
            return self.pick(*tags)
        if len(ids) > 2 and self.chance(0.4):
            first = self.rng.randrange(len(ids) - 1)
            last = min(first + self.pick(1, 1, 2), len(ids) - 1)
            if last - first + 1 < len(ids):
                return f"{ids[first]}..{ids[last]}"
        return self.join(self.some(ids, 1, max(1, len(ids) - 1)))

    def roles_of(self, project: dict) -> list[str]:
        roles = [part.partition("[")[0].partition(":")[0].strip() for part in project.get("staffing", "").split(";")]
        roles += [r["role"] for r in self.requirements if r["project"] == project["id"]]
        return sorted({r for r in roles if r})

    def document(self) -> dict:
        tables = {"needs": self.needs, "projects": self.projects, "resources": self.resources}
        optional = {"places": self.places, "travel": self.travel, "periods": self.periods,
                    "requirements": self.requirements, "fit": self.fit, "rules": self.rules}
        tables |= {name: rows for name, rows in optional.items() if rows}
        if self.chance(0.35):
            self._without_places(tables)
        if self.chance(0.35):
            self._without_periods(tables)
        tables["settings"] = [{"key": k, "value": v} for k, v in self.settings.items()]
        return tables

    def _without_places(self, tables: dict):
        """Places are then the names that the lists use."""
        if not self.parents() and not any("lat" in p for p in self.places):
            del tables["places"]

    def _without_periods(self, tables: dict):
        """Periods are then the ids that the lists use; one row names them all."""
        ids = self.period_ids()
        used = json.dumps({name: rows for name, rows in tables.items() if name != "periods"}, ensure_ascii=False)
        months = ids[0].startswith("2025")
        if any(mark in used for mark in ("quarter", "暑期", "theme", "主题")) or (".." in used and not months):
            return
        for row in self.needs + self.projects:
            if "periods" not in row:
                row["periods"] = f"{ids[0]}..{ids[-1]}" if months and len(ids) > 1 else self.join(ids)
                del tables["periods"]
                return

    def fill_roles(self):
        """Most roles that some post asks for exist after all: features change posts without asking."""
        wanted = sorted({role for p in self.projects for role in self.roles_of(p)})
        for role in wanted:
            have = [r for r in self.staff() if role in _split(r["roles"])]
            if len(have) < self.pick(1, 1, 2) and self.chance(0.9):
                row = self.pick(*[r for r in self.staff() if r not in have] or self.staff())
                row["roles"] = self.join([*_split(row["roles"]), role] if role not in _split(row["roles"]) else _split(row["roles"]))

    # ---- the base ---------------------------------------------------------------------------

    def make_periods(self):
        count = self.pick(1, 2, 2, 3, 3, 4)
        stem = self.pick("2025-0{}", "W{}", "第{}周")
        for k in range(1, count + 1):
            row = {"id": stem.format(k + 2)}
            if self.chance(0.5):
                row["theme"] = self.pick(*SERVICES[:3])
            tags = [f"quarter:Q{(k + 1) // 2}"] if count > 1 else []
            if k % 2 and count > 1 and self.chance(0.3):
                tags.append("暑期")
            if tags:
                row["tags"] = ";".join(tags)
            self.periods.append(row)

    def make_places(self):
        names = ["甲村", "乙村", "丙村", "丁村"][: self.pick(1, 1, 2, 2, 2, 3, 3, 4)]
        self.places = [{"id": n} for n in names]
        if len(names) > 1 and self.chance(0.4):
            self.places.append({"id": "本县"})
            for row in self.places[: len(names)]:
                if self.chance(0.85):
                    row["parent"] = "本县"
            if not self.parents():
                self.places.pop()
        if len(names) == 1:
            return
        how = self.pick("travel", "travel", "coordinates", "both", "none")
        if how in ("travel", "both"):
            every = [p["id"] for p in self.places]
            for a in range(len(every)):
                for b in range(a + 1, len(every)):
                    if self.chance(0.75):
                        pair = [every[a], every[b]]
                        self.rng.shuffle(pair)
                        self.travel.append({"from": pair[0], "to": pair[1], "minutes": self.rng.randint(2, 24)})
                        if self.chance(0.2):
                            self.travel.append({"from": pair[1], "to": pair[0], "minutes": self.rng.randint(2, 24)})
        if how in ("coordinates", "both"):
            for row in self.places:
                if self.chance(0.85):
                    row["lat"] = f"{23.1 + self.rng.randrange(40) / 1000:.3f}"
                    row["lon"] = f"{109.6 + self.rng.randrange(40) / 1000:.3f}"

    def make_projects(self):
        for k in range(self.pick(1, 2, 2, 3, 3, 4)):
            row = {"id": f"P{k + 1}", "services": self.join(self.some(SERVICES[:3], 1, 2)), "size": self.pick(1, 2, 2, 3, 3, 4)}
            staffing = self.pick("社工", "社工:1", "社工:1; 志愿者:1", "志愿者:2", "志愿者:1", "社工; 志愿者:1/2", "志愿者:1/2", "")
            if staffing:
                row["staffing"] = staffing
            self.projects.append(row)

    def make_needs(self):
        offered = sorted({s for p in self.projects for s in _split(p["services"])})
        for k in range(self.rng.randint(2, 6)):
            services = self.some(offered, 1, 2) if self.chance(0.93) else [self.pick(*SERVICES)]
            row = {"id": f"N{k + 1}", "place": self.pick(*self.leaves()), "services": self.join(services),
                   "quantity": self.pick(1, 1, 2, 2, 3, 4)}
            if self.parents() and self.chance(0.12):
                row["place"] = self.pick(*self.parents())
            if self.chance(0.5):
                row["priority"] = self.pick(2, 3, 5, 10)
            if self.chance(0.4):
                row["reach_minutes"] = self.pick(5, 10, 20, 30)
            self.needs.append(row)

    def make_staff(self):
        roles = sorted({r for p in self.projects for r in self.roles_of(p)}) or ["社工"]
        rows = max(len(roles), self.pick(2, 3, 3, 4))
        for k in range(rows):
            role = roles[k] if k < len(roles) else self.pick(*roles)
            also = [r for r in roles if r != role]
            row = {"id": f"R{k + 1}", "roles": self.join([role, *(also if also and self.chance(0.2) else [])]),
                   "count": self.pick(1, 1, 2, 2, 3)}
            if self.chance(0.5):
                row["place"] = self.pick(*[p["id"] for p in self.places])
                row["reach_minutes"] = self.pick(5, 10, 20, 30)
            self.resources.append(row)


def _split(value: str) -> list[str]:
    for mark in "；、|":
        value = value.replace(mark, ";")
    return [v.strip() for v in value.split(";") if v.strip()]


def _resource_id(world: World, letter: str) -> str:
    return f"{letter}{sum(r['id'].startswith(letter) for r in world.resources) + 1}"


# ---- needs ----------------------------------------------------------------------------------

def must(w):
    for need in w.some(w.needs, 1, 3):
        need["must"] = w.yes()


def whole(w):
    for need in w.some(w.needs, 1, 3):
        need["whole"] = w.yes()
        need["quantity"] = w.pick(2, 2, 3)


def one_project(w):
    for need in w.some(w.needs, 1, 3):
        need["one_project"] = w.yes()
        need["quantity"] = w.pick(2, 3, 4)
        need["services"] = w.join(w.some(SERVICES[:3], 2, 3))
    if w.chance(0.6):
        w.pick(*w.projects)["max_sessions"] = 1


def need_periods(w):
    for need in w.some(w.needs, 1, 3):
        need["periods"] = w.period_list()


def need_per_period(w):
    for need in w.some(w.needs, 1, 3):
        need["per_period"] = w.pick(1, 1, 2)
        need["quantity"] = w.pick(2, 3, 4)


def audience(w):
    for project in w.some(w.projects, 1, 2):
        project["audience"] = w.join(w.some(AUDIENCES, 1, 2))
    for need in w.needs:
        if w.chance(0.75):
            need["audience"] = w.join(w.some(AUDIENCES, 1, 2))


def need_lists(w):
    for need in w.some(w.needs, 1, 2):
        column = w.pick("projects", "exclude")
        need[column] = w.join(w.some([p["id"] for p in w.projects], 1, max(1, len(w.projects) - 1)))


def person(w):
    """Two or three needs of one person, with more chances to serve them than the person has time."""
    name = f"K{w.rng.randint(1, 99):03d}"
    for need in w.some(w.needs, 2, 3):
        need["person"] = name
        need["quantity"] = w.pick(2, 2, 3, 4)
        if w.chance(0.2):
            need["whole"] = w.yes()
    if w.chance(0.12):
        w.settings["person_per_period"] = "2"


def group(w):
    for need in w.needs:
        if w.chance(0.7):
            need["group"] = w.pick("东片", "西片")


def wishes(w):
    item = w.pick("电子琴", "书包")
    for need in w.some(w.needs, 1, 2):
        need["goods"] = w.pick(item, f"{item}:1", f"{item}:2")
    _stock(w, [item], w.rng.randint(1, 4))


# ---- projects -------------------------------------------------------------------------------

def unit(w):
    for need in w.some(w.needs, 1, 3):
        need["unit"] = w.pick("人", "例")
    for project in w.some(w.projects, 1, 1):
        project["unit"] = w.pick("人", "例", "人次")


def own_orgs(w):
    for project in w.some(w.projects, 1, 2):
        project["lead"] = w.pick(*ORGS)
        if w.chance(0.5):
            project["partners"] = w.join(w.some([o for o in ORGS if o != project["lead"]], 1, 1))
        roles = w.roles_of(project)
        post = {"project": project["id"], "role": w.pick(*(roles or ["社工"])), "orgs": w.pick("own", "own", "达康", "own;青协")}
        if w.chance(0.6):
            project.pop("staffing", None)
        w.requirements.append(post)
    for row in w.staff():
        if w.chance(0.7):
            row["org"] = w.pick(*ORGS)


def leads(w):
    for project in w.projects:
        if w.chance(0.8):
            project["lead"] = w.pick(*ORGS)


def project_base(w):
    for project in w.some(w.projects, 1, 2):
        project["place"] = w.pick(*[p["id"] for p in w.places])
        if w.chance(0.6):
            project["reach_minutes"] = w.pick(0, 5, 10)


def project_places(w):
    names = w.leaves() + w.parents()
    for project in w.some(w.projects, 1, 2):
        project["places"] = w.join(w.some(names, 1, max(1, len(names) - 1)))


def online(w):
    project = w.pick(*w.projects)
    project["online"] = w.yes()
    if w.chance(0.3):
        w.pick(*w.needs)["place"] = "online"
    if w.chance(0.25):
        w.pick(*w.staff())["place"] = "online"


def project_periods(w):
    for project in w.some(w.projects, 1, 2):
        project["periods"] = w.period_list()


def span(w):
    if len(w.periods) > 1:
        for project in w.some(w.projects, 1, 2):
            project["span"] = w.rng.randint(2, min(3, len(w.periods)))


def min_size(w):
    for project in w.some(w.projects, 1, 2):
        project["size"] = w.pick(2, 3, 4, 5)
        project["min_size"] = w.rng.randint(2, project["size"])


def max_sessions(w):
    for project in w.some(w.projects, 1, 2):
        project["max_sessions"] = w.pick(1, 1, 2)


def min_sessions(w):
    project = w.pick(*w.projects)
    project["min_sessions"] = w.pick(2, 2, 3)


def max_per_cell(w):
    for project in w.some(w.projects, 1, 3):
        project["max_per_cell"] = 1


def money(w):
    for project in w.some(w.projects, 1, 3):
        if w.chance(0.7):
            project["session_cost"] = w.money(w.pick(1000, 2500, 1585, 833))
        if w.chance(0.5):
            project["unit_cost"] = w.money(w.pick(100, 250, 317, 1))
    _fund(w, w.pick(700, 1500, 3000, 4999))
    if w.chance(0.4):
        _fund(w, w.pick(500, 1200, 2999), restricted=True)


def launch(w):
    for project in w.some(w.projects, 1, 2):
        project["launch_cost"] = w.money(w.pick(1000, 2000, 3001))
    _fund(w, w.pick(1000, 2500, 4000))
    if w.chance(0.4):
        _fund(w, w.pick(999, 2000), restricted=True)


def kit(w):
    """Goods a session or a unit uses up."""
    for project in w.some(w.projects, 1, 2):
        project["goods"] = w.pick("书包:1", "书包:2/人", "书包:1; 彩笔:1/人", "彩笔:2")
    _stock(w, ["书包", "彩笔"], w.rng.randint(1, 5))
    if w.chance(0.4):
        _stock(w, ["书包"], w.rng.randint(1, 3), restricted=True)


def _restrict(w, row, staff=False):
    column = w.pick("projects", "exclude", "services", "places", "periods")
    ids = [p["id"] for p in w.projects]
    if column in ("projects", "exclude"):
        row[column] = w.join(w.some(ids, 1, max(1, len(ids) - 1)))
    elif column == "services":
        row[column] = w.join(w.some(SERVICES[:3], 1, 2))
    elif column == "places":
        names = w.leaves() + w.parents() + ([] if staff else ["online"])
        row[column] = w.join(w.some(names, 1, max(1, len(names) - 1)))
    elif len(w.periods) > 1:
        row[column] = w.period_list()


def _fund(w, fen, restricted=False):
    row = {"id": _resource_id(w, "F"), "kind": w.pick("fund", "资金"), "amount": w.money(fen)}
    if restricted:
        _restrict(w, row)
    w.resources.append(row)


def _stock(w, items, n, restricted=False):
    row = {"id": _resource_id(w, "G"), "kind": w.pick("goods", "物资"), "roles": w.join(items), "amount": n}
    if restricted:
        _restrict(w, row)
    w.resources.append(row)


def venue(w):
    kinds = ["党群服务中心", "校园"]
    for project in w.some(w.projects, 1, 3):
        project["venue"] = w.join(w.some(kinds, 1, 2))
    for place in w.some(w.leaves(), max(1, len(w.leaves()) - 1), 3):
        row = {"id": _resource_id(w, "V"), "kind": w.pick("venue", "场地"), "roles": w.join(w.some(kinds, 1, 2)), "place": place}
        if w.chance(0.25):
            row["count"] = 2
        if w.chance(0.25):
            row["per_period"] = 2
        if w.chance(0.3):
            row["total"] = w.pick(1, 2)
        if w.chance(0.35):
            row["seats"] = w.pick(1, 2, 3, 4)
        if w.chance(0.25):
            row["cost"] = w.money(w.pick(100, 450))
        if w.chance(0.25):
            _restrict(w, row, staff=True)
        w.resources.append(row)


def clearance(w):
    project = w.pick(*w.projects)
    project["clearance"] = w.join(["背景审查"] + (["保险"] if w.chance(0.2) else []))
    for row in w.staff():
        if w.chance(0.65):
            _add_skill(w, row, "背景审查")
            _add_skill(w, row, "保险")


def quality(w):
    for project in w.projects:
        if w.chance(0.8):
            project["quality"] = w.pick(-20, 5, 10, 30, 99)


# ---- posts and resources ----------------------------------------------------------------------

def _add_skill(w, row, skill):
    dated = f"@{w.period_list()}" if w.chance(0.3) and len(w.periods) > 1 else ""
    if any(mark in dated for mark in ";；、|"):
        dated = f"@{w.pick(*w.period_ids())}"
    row["skills"] = "; ".join(filter(None, [row.get("skills"), skill + dated]))


def skills(w):
    wanted = w.some(SKILLS[:2], 1, 2)
    for project in w.some(w.projects, 1, 2):
        role = w.pick("社工", "志愿者")
        project["staffing"] = w.pick(f"{role}[{wanted[0]}]", f"{role}[{'+'.join(wanted)}]:1", f"社工; 志愿者[{wanted[0]}]:1")
    for row in w.staff():
        for skill in wanted:
            if w.chance(0.75):
                _add_skill(w, row, skill)


def extra_post(w):
    """A row of the requirements table with all its columns in play."""
    for project in w.some(w.projects, 1, 2):
        post = {"project": project["id"], "role": w.pick("社工", "志愿者")}
        if w.chance(0.3):
            post["count"] = 2
        if w.chance(0.3):
            post["per_units"] = w.pick(2, 3)
        if w.chance(0.35):
            post["reserve"] = 1
        if w.chance(0.5):
            post["load"] = w.pick(0, 2, 2, 3)
        if w.chance(0.4):
            project.pop("staffing", None)
        w.requirements.append(post)
    if w.chance(0.5):
        for row in w.staff():
            row["per_period"] = w.pick(1, 2, 3)


def rotate(w):
    if len(w.periods) < 2:
        return
    project = w.pick(*w.projects)
    project["span"] = w.rng.randint(2, min(3, len(w.periods)))
    post = {"project": project["id"], "role": w.pick("社工", "志愿者"), "rotate": w.yes()}
    if w.chance(0.3):
        post["count"] = 2
    if w.chance(0.6):
        project["staffing"] = w.pick("社工", "志愿者")
    w.requirements.append(post)
    for row in w.some(w.staff(), 1, 2):
        if w.chance(0.6):
            row["total"] = w.pick(1, 2)
        if w.chance(0.4):
            row["periods"] = w.period_list()


def totals(w):
    for row in w.some(w.staff(), 1, 3):
        row["total"] = w.pick(1, 2, 3)


def per_period(w):
    for row in w.some(w.staff(), 1, 2):
        row["per_period"] = w.pick(2, 2, 3)


def staff_periods(w):
    for row in w.some(w.staff(), 1, 2):
        row["periods"] = w.period_list()


def staff_lists(w):
    for row in w.some(w.staff(), 1, 2):
        _restrict(w, row, staff=True)


def staff_cost(w):
    for row in w.some(w.staff(), 1, 3):
        row["cost"] = w.money(w.pick(100, 450, 1299))


def prefers(w):
    for row in w.some(w.staff(), 1, 3):
        row["prefers"] = w.join(w.some(SERVICES[:3] + [p["id"] for p in w.projects], 1, 2))


def scarce(w):
    """Few people, many wishes."""
    for row in w.staff():
        row["count"] = 1
    for need in w.needs:
        need["quantity"] = w.pick(2, 3, 4)


def fit(w):
    pairs = [(n["id"], p["id"]) for n in w.needs for p in w.projects if set(_split(n["services"])) & set(_split(p["services"]))]
    known = {(r["need"], r["project"]) for r in w.fit}
    for need, project in w.some([p for p in pairs if p not in known] or pairs[:0], 0, 4) if pairs else []:
        row = {"need": need, "project": project}
        row |= w.pick({"points": w.pick(-10, 5, 40)}, {"points": "x"}, {"load": w.pick(2, 2, 3)}, {"points": 7, "load": 2})
        w.fit.append(row)


# ---- settings -------------------------------------------------------------------------------

def fairness(w):
    w.settings["fairness"] = w.pick("0.3:3; 0.6:2; 1.0:1", "0.5:2; 1.0:1", "0.25:5; 0.75:2; 1.0:0", "0.333:2;1:1")
    for need in w.needs:
        if w.chance(0.4):
            need["group"] = w.pick("东片", "西片")


def levels(w):
    orders = [
        "must | quota | coverage | quality | cost travel turns changes prefers",
        "coverage | must | cost | turns quality",
        "must quota coverage | travel | prefers quality",
        "must | coverage",
        "quota | must | quality | cost travel",
        "must | quota | changes | coverage | cost travel turns prefers quality",
        "turns quality coverage | must quota",
    ]
    w.settings["levels"] = w.pick(*orders)
    if "coverage" in w.settings["levels"].split("|")[-1].split() or "turns quality" in w.settings["levels"]:
        w.settings["weight.coverage"] = w.pick("200", "1000")


def weights(w):
    for term in w.some(["coverage", "cost", "travel", "turns", "prefers", "quality", "quota", "changes"], 1, 3):
        w.settings[f"weight.{term}"] = w.pick("0", "1", "7", "60", "5000")


def reach_setting(w):
    w.settings["reach_minutes"] = w.pick("0", "8", "25")
    for row in w.some(w.staff(), 1, 2):
        row["place"] = w.pick(*w.leaves())
        row.pop("reach_minutes", None)
    w.settings["speed_kmh"] = w.pick("4", "15", "40")


def tied_places(w):
    """Staff, bases and needs bound to places, so that reach bites."""
    for row in w.staff():
        row["place"] = w.pick(*w.leaves())
        row["reach_minutes"] = w.pick(0, 5, 10)
    for need in w.some(w.needs, 1, 3):
        need["reach_minutes"] = w.pick(0, 5, 10, 25)


FEATURES = [
    must, whole, one_project, need_periods, need_per_period, audience, need_lists, person, person, person, group, wishes,
    unit, own_orgs, leads, project_base, project_places, online, project_periods, span, min_size, max_sessions,
    min_sessions, max_per_cell, money, money, money, launch, launch, kit, kit, venue, venue, clearance, quality, skills, skills,
    extra_post, extra_post, rotate, totals, per_period, staff_periods, staff_lists, staff_cost, prefers, scarce, fit, fit,
    fairness, levels, weights, reach_setting, tied_places,
]
