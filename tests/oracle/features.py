"""The features of needs, projects, resources and settings: each changes a few rows so that some limit bites."""

from __future__ import annotations

from world import AUDIENCES, ORGS, SERVICES, SKILLS, World, split


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
        need["goods"] = w.pick(f"{item}:1", f"{item}:1", f"{item}:2")
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
    pairs = [(n["id"], p["id"]) for n in w.needs for p in w.projects if set(split(n["services"])) & set(split(p["services"]))]
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
