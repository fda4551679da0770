"""The tables of a random case in the making, and its plain base."""

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
            have = [r for r in self.staff() if role in split(r["roles"])]
            if len(have) < self.pick(1, 1, 2) and self.chance(0.9):
                row = self.pick(*[r for r in self.staff() if r not in have] or self.staff())
                row["roles"] = self.join([*split(row["roles"]), role] if role not in split(row["roles"]) else split(row["roles"]))

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
        offered = sorted({s for p in self.projects for s in split(p["services"])})
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


def split(value: str) -> list[str]:
    for mark in "；、|":
        value = value.replace(mark, ";")
    return [v.strip() for v in value.split(";") if v.strip()]
