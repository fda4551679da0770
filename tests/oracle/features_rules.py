"""Features of the rules table. Only combinations whose reading is beyond doubt are drawn."""

from __future__ import annotations

from world import AUDIENCES, ORGS, SERVICES, World


def _add(w: World, row: dict):
    row = {"id": f"Q{len(w.rules) + 1}", **row}
    if "min" in row and w.chance(0.3):
        row["weight"] = w.pick(0, 2, 5)
    w.rules.append(row)


def _per(w: World, *keys) -> str:
    tags = {"quarter"} if any("quarter" in p.get("tags", "") for p in w.periods) else set()
    allowed = [k for k in keys if k != "quarter" or k in tags]
    chosen = w.some(allowed, 0, 2) if allowed else []
    if {"period", "quarter"} <= set(chosen):
        chosen.remove("period")
    return ";".join(chosen)


def _filters(w: World, *columns) -> dict:
    """A few filters, each of a kind that may stand in the rule."""
    row = {}
    for column in columns:
        if not w.chance(0.3):
            continue
        if column == "projects":
            row[column] = w.join(w.some([p["id"] for p in w.projects]))
        elif column == "services":
            row[column] = w.join(w.some(SERVICES[:3], 1, 2))
        elif column == "places":
            row[column] = w.join(w.some(w.leaves() + w.parents()))
        elif column == "periods" and len(w.periods) > 1:
            row[column] = w.join(w.some(w.period_ids(), 1, len(w.periods) - 1))
        elif column == "orgs":
            row[column] = w.join(w.some(ORGS, 1, 2))
        elif column == "roles":
            row[column] = w.pick("社工", "志愿者", "社工;志愿者")
    return row


def _limit(w: World, row: dict, low: tuple, high: tuple):
    if w.chance(0.5):
        row["min"] = w.pick(*low)
    if "min" not in row or w.chance(0.25):
        row["max"] = max(w.pick(*high), row.get("min", 0))


def sessions_quota(w):
    per = _per(w, "place", "period", "project", "service")
    row = {"rule": "sessions", "per": per, "min": w.pick(1, 1, 2)}
    _add(w, row | _filters(w, "projects", "services", "places", "roles"))


def sessions_max(w):
    row = {"rule": "sessions", "per": _per(w, "place", "period", "project", "quarter"), "max": w.pick(0, 1, 1, 1, 2, 3)}
    _add(w, row | _filters(w, "projects", "services", "places", "periods", "roles"))


def theme(w):
    """One theme a month, one service a community."""
    for k, period in enumerate(w.periods):
        period.setdefault("theme", SERVICES[k % 3])
    row = {"rule": "sessions", "services": w.pick("theme", "主题"), "per": w.pick("place;period", "period", "place")}
    if w.chance(0.75):
        row["min"] = 1
    else:
        row["max"] = w.pick(0, 1)
    _add(w, row | _filters(w, "places"))


def quarter(w):
    if any("quarter" in p.get("tags", "") for p in w.periods):
        row = {"rule": w.pick("sessions", "projects"), "per": w.pick("quarter", "place;quarter")}
        _limit(w, row, (1, 2), (1, 2))
        _add(w, row | _filters(w, "projects", "roles"))


def units_rule(w):
    unit = w.pick(*[n.get("unit", "人次") for n in w.needs])
    row = {"rule": "units", "unit": unit, "per": _per(w, "place", "period", "project", "service", "quarter")}
    _limit(w, row, (1, 2, 3), (1, 2, 3, 4))
    if w.chance(0.25):
        row["audience"] = w.join(w.some(AUDIENCES, 1, 2))
        for need in w.needs:
            if "audience" not in need and w.chance(0.5):
                need["audience"] = w.pick(*AUDIENCES)
    extra = _filters(w, "services", "projects", "places")
    if w.chance(0.1):
        for k, period in enumerate(w.periods):
            period.setdefault("theme", SERVICES[k % 3])
        extra["services"] = "theme"
        row["per"] = row["per"] if {*row["per"].split(";")} <= {"place", "period", "quarter", ""} else ""
    _add(w, row | extra)


def projects_rule(w):
    row = {"rule": "projects", "per": _per(w, "place", "period", "quarter")}
    _limit(w, row, (2, 2, 3), (1, 1, 2))
    _add(w, row | _filters(w, "services", "places", *([] if "quarter" in row["per"] else ["periods"])))


def orgs_rule(w):
    for project in w.projects:
        if "lead" not in project and w.chance(0.8):
            project["lead"] = w.pick(*ORGS)
    row = {"rule": "orgs", "per": _per(w, "place", "period")}
    _limit(w, row, (1, 2, 2), (1, 1, 2))
    _add(w, row | _filters(w, "services", "places"))


def leads_rule(w):
    """Counts by the leading organisation."""
    for project in w.projects:
        if "lead" not in project and w.chance(0.8):
            project["lead"] = w.pick(*ORGS)
    if any("lead" in p for p in w.projects):
        row = {"rule": w.pick("sessions", "units"), "per": w.pick("org", "org;place", "")}
        if row["rule"] == "units":
            row["unit"] = w.pick(*[n.get("unit", "人次") for n in w.needs])
        if w.chance(0.5):
            row["orgs"] = w.join(w.some(sorted({p["lead"] for p in w.projects if "lead" in p}), 1, 2))
        _limit(w, row, (1, 2), (1, 2, 3))
        _add(w, row)


def ratio(w):
    """Newcomers never without a mentor, or so many helpers to one guide."""
    projects = w.some(w.projects, 1, 2)
    if w.chance(0.55):
        for project in projects:
            project["staffing"] = w.pick("志愿者:2", "社工:1; 志愿者:1", "志愿者:2", "社工:2")
        for row in w.staff():
            row["roles"] = w.pick("社工; 志愿者", "志愿者", "社工; 志愿者")
            row["skills"] = w.pick("骨干", "新手", "新手", "新手; 急救", "")
            if w.chance(0.25) and len(w.periods) > 1:
                row["skills"] = f"骨干@{w.pick(*w.period_ids())}; 新手"
        row = {"rule": "ratio", "skills": "新手", "against": w.pick("[骨干]", "[骨干]", "志愿者[骨干]"), "max": w.pick(0, 1, 1, 1, 1, 2)}
    else:
        row = {"rule": "ratio", "roles": "志愿者", "against": w.pick("社工", "社工[急救]", "社工"), "max": w.pick(0, 1, 1, 2)}
        if w.chance(0.5):
            for project in projects:
                project["staffing"] = w.pick("社工:1; 志愿者:2", "志愿者:1", "社工; 志愿者")
    if w.chance(0.15):
        row["resources"] = w.join(w.some([r["id"] for r in w.staff()]))
    _add(w, row | _filters(w, "services", "projects") if w.chance(0.3) else row)


def window(w):
    """Rest: nobody two periods running."""
    row = {"rule": "window", "window": w.pick(2, 2, 3, 9), "max": w.pick(0, 1, 1, 1, 1)}
    if w.chance(0.35):
        row["roles"] = w.pick("志愿者", "社工")
    if w.chance(0.2):
        row["resources"] = w.join(w.some([r["id"] for r in w.staff()]))
    if w.chance(0.15):
        row["skills"] = w.pick("急救", "壮语")
    for staff in w.staff():
        if w.chance(0.5):
            staff["count"] = 1
    _add(w, row | (_filters(w, "services", "projects") if w.chance(0.3) else {}))


RULE_FEATURES = [
    sessions_quota, sessions_quota, sessions_max, sessions_max, theme, quarter, units_rule, units_rule, projects_rule,
    orgs_rule, leads_rule, ratio, ratio, window, window, window,
]

