"""Reads one case (a JSON document) into plain Python objects with every default filled in.

Shared by the oracle and by the plan check: it holds no rule of the model, only what a column means.
Periods and members of the lists are 0-based indices inside, ids outside. Money is integer fen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from places import ONLINE, Geography
from values import fen, items_of, number, text, truth, words

DEFAULT_LEVELS = "must | quota | coverage | cost travel turns changes prefers quality"
DEFAULT_WEIGHTS = {
    "must": 1, "quota": 1, "coverage": 1, "cost": 1, "travel": 50,
    "turns": 100, "changes": 10000, "prefers": 1000, "quality": 100,
}


@dataclass
class Need:
    id: str
    place: str
    services: list[str]
    quantity: int
    unit: str
    priority: int
    must: bool
    whole: bool
    one_project: bool
    periods: set[int]
    per_period: int | None
    reach: int
    audience: list[str]
    projects: list[str]
    exclude: list[str]
    person: str | None
    group: str
    goods: dict[str, int]


@dataclass
class Post:
    number: int
    role: str
    skills: list[str]
    count: int
    per_units: int | None
    reserve: int
    load: int
    rotate: bool
    orgs: list[str]
    members: int = 0  # booked in every session, stand-bys included


@dataclass
class Project:
    id: str
    services: list[str]
    audience: list[str]
    unit: str | None
    lead: str | None
    partners: list[str]
    place: str | None
    reach: int
    places: list[str]
    online: bool
    periods: set[int]
    span: int
    size: int
    min_size: int
    max_sessions: int | None
    min_sessions: int
    max_per_cell: int | None
    launch_cost: int
    session_cost: int
    unit_cost: int
    goods: dict[str, int]
    unit_goods: dict[str, int]
    venue: list[str]
    clearance: list[str]
    quality: int
    posts: list[Post] = field(default_factory=list)

    def own_orgs(self) -> list[str]:
        return ([self.lead] if self.lead else []) + self.partners


@dataclass
class Resource:
    id: str
    kind: str
    roles: list[str]
    skills: dict[str, set[int]]  # skill -> periods in which it holds
    org: str | None
    place: str | None
    reach: int
    count: int
    periods: set[int]
    per_period: int
    total: int | None
    amount: int
    projects: list[str]
    exclude: list[str]
    services: list[str]
    places: list[str]
    seats: int | None
    cost: int
    prefers: list[str]
    periods_given: bool = False  # the periods column is not blank

    def holds(self, skill: str, period: int) -> bool:
        return period in self.skills.get(skill, ())


@dataclass
class Rule:
    id: str
    kind: str
    projects: list[str]
    services: list[str]
    orgs: list[str]
    places: list[str]
    periods: set[int] | None  # None: no filter
    roles: list[str]
    skills: list[str]
    resources: list[str]
    unit: list[str]
    audience: list[str]
    per: list[str]
    minimum: int | None
    maximum: int | None
    against: str | None
    window: int | None
    weight: int


@dataclass
class Pin:
    id: str
    how: str
    need: str | None
    project: str | None
    place: str | None
    period: set[int] | None
    resource: str | None
    count: int


class Case:
    """A whole case. `document` is the JSON object with one key a table."""

    def __init__(self, document: dict):
        self.document = document
        rows = lambda table: document.get(table) or []
        raw_settings = document.get("settings") or []
        if isinstance(raw_settings, dict):
            raw_settings = [{"key": k, "value": v} for k, v in raw_settings.items()]
        self.settings = {text(r["key"]): text(r.get("value")) for r in raw_settings}
        self.geography = Geography(document, number(self.settings.get("speed_kmh"), 15))
        self._read_periods(document)
        self.default_reach = number(self.settings.get("reach_minutes"), 15)
        self.person_per_period = number(self.settings.get("person_per_period"), 1)
        self.needs = {n.id: n for n in map(self._need, rows("needs"))}
        self.projects = {p.id: p for p in map(self._project, rows("projects"))}
        for row in rows("requirements"):
            self._add_requirement(row)
        for project in self.projects.values():
            for post in project.posts:
                groups = -(-project.size // post.per_units) if post.per_units else 1
                post.members = post.count * groups + post.reserve
        self.resources = {r.id: r for r in map(self._resource, rows("resources"))}
        self.points, self.seat_load, self.unfit = {}, {}, set()
        for row in rows("fit"):
            pair = (text(row["need"]), text(row["project"]))
            if text(row.get("points")) in ("x", "X"):
                self.unfit.add(pair)
            else:
                self.points[pair] = number(row.get("points"), 0)
            self.seat_load[pair] = number(row.get("load"), 1)
        self.rules = [self._rule(r) for r in rows("rules")]
        self.pins = [self._pin(r, k) for k, r in enumerate(rows("pins"))]
        self.levels = [part.split() for part in (self.settings.get("levels") or DEFAULT_LEVELS).split("|")]
        self.weights = dict(DEFAULT_WEIGHTS)
        for key, value in self.settings.items():
            if key.startswith("weight."):
                self.weights[key[len("weight."):]] = int(value)
        self.fairness = [
            (Decimal(step.partition(":")[0].strip()), int(step.partition(":")[2]))
            for step in words(self.settings.get("fairness") or "1.0:1")
        ]
        freeze = self.settings.get("freeze_before")
        self.freeze = self.period_index[freeze] if freeze else 0
        previous = document.get("previous") or {}
        held = previous.get("sessions") or []
        self.facts = [s for s in held if self.period_index[s["period"]] < self.freeze]
        self.before = [s for s in held if self.period_index[s["period"]] >= self.freeze]
        fact_projects = {s["project"] for s in self.facts}
        self.fact_launches = [l for l in previous.get("launches") or [] if l["project"] in fact_projects]

    # ---- periods ----------------------------------------------------------------------------

    def _read_periods(self, document):
        table = document.get("periods") or []
        self.themes: dict[int, list[str]] = {}
        self.tags: dict[int, list[str]] = {}
        if table:
            self.periods = [text(r["id"]) for r in table]
            for index, row in enumerate(table):
                self.themes[index] = words(row.get("theme"))
                self.tags[index] = words(row.get("tags"))
        else:
            self.periods = implicit_periods(document) or ["all"]
        self.period_index = {p: k for k, p in enumerate(self.periods)}
        self.all_periods = set(range(len(self.periods)))

    def period_set(self, value) -> set[int]:
        """Period ids, ranges and tags; blank means all."""
        found, listed = set(), words(value)
        for word in listed:
            if ".." in word:
                first, last = (self.period_index[p.strip()] for p in word.split(".."))
                found |= set(range(first, last + 1))
            elif word in self.period_index:
                found.add(self.period_index[word])
            else:
                tagged = {k for k in self.all_periods if word in self.tags.get(k, ())}
                assert tagged, f"period {word}"
                found |= tagged
        return found if listed else set(self.all_periods)

    # ---- rows -------------------------------------------------------------------------------

    def _need(self, r) -> Need:
        place = text(r["place"])
        return Need(
            id=text(r["id"]), place=place, services=words(r["services"]), quantity=number(r.get("quantity"), 1),
            unit=text(r.get("unit")) or "人次", priority=number(r.get("priority"), 1), must=truth(r.get("must")),
            whole=truth(r.get("whole")), one_project=truth(r.get("one_project")), periods=self.period_set(r.get("periods")),
            per_period=number(r.get("per_period"), None), reach=number(r.get("reach_minutes"), 0),
            audience=words(r.get("audience")), projects=words(r.get("projects")), exclude=words(r.get("exclude")),
            person=text(r.get("person")), group=text(r.get("group")) or place, goods=items_of(r.get("goods")),
        )

    def _project(self, r) -> Project:
        goods, unit_goods = {}, {}
        for word in words(r.get("goods")):
            per_unit = word.endswith("/人")
            bucket = unit_goods if per_unit else goods
            for item, n in items_of(word.removesuffix("/人")).items():
                bucket[item] = bucket.get(item, 0) + n
        project = Project(
            id=text(r["id"]), services=words(r["services"]), audience=words(r.get("audience")), unit=text(r.get("unit")),
            lead=text(r.get("lead")), partners=words(r.get("partners")), place=text(r.get("place")),
            reach=number(r.get("reach_minutes"), self.default_reach), places=words(r.get("places")),
            online=truth(r.get("online")), periods=self.period_set(r.get("periods")), span=number(r.get("span"), 1),
            size=number(r.get("size"), 1), min_size=number(r.get("min_size"), 0),
            max_sessions=number(r.get("max_sessions"), None), min_sessions=number(r.get("min_sessions"), 0),
            max_per_cell=number(r.get("max_per_cell"), None), launch_cost=fen(r.get("launch_cost")),
            session_cost=fen(r.get("session_cost")), unit_cost=fen(r.get("unit_cost")), goods=goods, unit_goods=unit_goods,
            venue=words(r.get("venue")), clearance=words(r.get("clearance")), quality=number(r.get("quality"), 0),
        )
        for entry in words(r.get("staffing")):
            role, skills, rest = role_and_skills(entry)
            amount, _, per = rest.lstrip(":").partition("/")
            project.posts.append(Post(
                len(project.posts) + 1, role, skills, int(amount) if amount.strip() else 1,
                int(per) if per.strip() else None, 0, 1, False, [],
            ))
        return project

    def _add_requirement(self, r):
        project = self.projects[text(r["project"])]
        project.posts.append(Post(
            number=len(project.posts) + 1, role=text(r["role"]), skills=words(r.get("skills")),
            count=number(r.get("count"), 1), per_units=number(r.get("per_units"), None),
            reserve=number(r.get("reserve"), 0), load=number(r.get("load"), 1), rotate=truth(r.get("rotate")),
            orgs=words(r.get("orgs")),
        ))

    def _resource(self, r) -> Resource:
        kind = text(r.get("kind")) or "staff"
        kind = {"人员": "staff", "场地": "venue", "资金": "fund", "物资": "goods"}.get(kind, kind)
        skills: dict[str, set[int]] = {}
        for word in words(r.get("skills")):
            name, at, valid = word.partition("@")
            held = self.period_set(valid) if at else set(self.all_periods)
            skills[name.strip()] = skills.get(name.strip(), set()) | held
        amount = 0
        if kind == "fund":
            amount = fen(r["amount"])
        elif kind == "goods":
            amount = number(r["amount"], 0)
        return Resource(
            id=text(r["id"]), kind=kind, roles=words(r.get("roles")), skills=skills, org=text(r.get("org")),
            place=text(r.get("place")), reach=number(r.get("reach_minutes"), self.default_reach),
            count=number(r.get("count"), 1), periods=self.period_set(r.get("periods")),
            per_period=number(r.get("per_period"), 1), total=number(r.get("total"), None), amount=amount,
            projects=words(r.get("projects")), exclude=words(r.get("exclude")), services=words(r.get("services")),
            places=words(r.get("places")), seats=number(r.get("seats"), None), cost=fen(r.get("cost")),
            prefers=words(r.get("prefers")), periods_given=bool(words(r.get("periods"))),
        )

    def _rule(self, r) -> Rule:
        return Rule(
            id=text(r["id"]), kind=text(r["rule"]), projects=words(r.get("projects")),
            services=["theme" if s == "主题" else s for s in words(r.get("services"))],
            orgs=words(r.get("orgs")), places=words(r.get("places")),
            periods=self.period_set(r["periods"]) if words(r.get("periods")) else None,
            roles=words(r.get("roles")), skills=words(r.get("skills")), resources=words(r.get("resources")),
            unit=words(r.get("unit")), audience=words(r.get("audience")), per=words(r.get("per")),
            minimum=number(r.get("min"), None), maximum=number(r.get("max"), None), against=text(r.get("against")),
            window=number(r.get("window"), None), weight=number(r.get("weight"), 1),
        )

    def _pin(self, r, k) -> Pin:
        period = text(r.get("period"))
        return Pin(
            id=f"pin {k + 1}", how={"指定": "fix", "禁止": "forbid"}.get(text(r["pin"]), text(r["pin"])), need=text(r.get("need")), project=text(r.get("project")),
            place=text(r.get("place")), period=self.period_set(period) if period else None,
            resource=text(r.get("resource")), count=number(r.get("count"), 1),
        )

    def of_kind(self, kind: str) -> list[Resource]:
        return [r for r in self.resources.values() if r.kind == kind]

    def is_online(self, place: str) -> bool:
        return place == ONLINE


def role_and_skills(entry: str) -> tuple[str, list[str], str]:
    """`role[skill+skill]rest` -> (role, skills, rest)."""
    match = re.fullmatch(r"([^\[:]*)(?:\[([^\]]*)\])?(.*)", entry.strip())
    skills = [s.strip() for s in (match.group(2) or "").split("+") if s.strip()]
    return match.group(1).strip(), skills, match.group(3).strip()


def natural(word: str):
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.findall(r"\d+|\D+", word)]


def implicit_periods(document) -> list[str]:
    """Every period id that any list names, in natural order; ranges of months are filled in."""
    listed = []
    for table in ("needs", "projects", "resources", "rules"):
        for row in document.get(table) or []:
            listed += words(row.get("periods"))
            for skill in words(row.get("skills")):
                listed += [skill.partition("@")[2].strip()] if "@" in skill else []
    listed += [text(row.get("period")) for row in document.get("pins") or [] if text(row.get("period"))]
    listed += [s["period"] for s in (document.get("previous") or {}).get("sessions") or []]
    found = set()
    for word in listed:
        if ".." not in word:
            found.add(word)
            continue
        first, last = (p.strip() for p in word.split(".."))
        (y1, m1), (y2, m2) = ((int(p[:4]), int(p[5:7])) for p in (first, last))
        for month in range(y1 * 12 + m1 - 1, y2 * 12 + m2):
            found.add(f"{month // 12:04d}-{month % 12 + 1:02d}")
    return sorted(found, key=natural)
