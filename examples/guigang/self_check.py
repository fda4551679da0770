#!/usr/bin/env python3
"""Counts the 贵港 year again, from the CSV lists and the plan built by hand.

    python3 self_check.py            prints what it counted, exit 1 at the first difference

It reads only the files: the lists beside it and the plan that `generate.py --by-hand`
writes. `sandan check` is the full judge; this one needs nothing but Python.
"""

import csv
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).parent
PERIODS = [f"M{m:02}" for m in range(1, 13)]


def read(name):
    with open(HERE / f"{name}.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def words(cell):
    return {word.strip() for word in (cell or "").split(";") if word.strip()}


def number(cell, default=None):
    return int(cell) if cell else default


def fen(cell):
    yuan, _, rest = (cell or "0").partition(".")
    return int(yuan) * 100 + int((rest + "00")[:2])


def equal(what, found, expected):
    print(f"{what}: {found}")
    if found != expected:
        sys.exit(f"expected {expected}")


def holds(condition, what):
    if not condition:
        sys.exit(f"broken: {what}")


def main():
    needs = {row["编号"]: row for row in read("需求清单")}
    projects = {row["编号"]: row for row in read("项目清单")}
    resources = {row["编号"]: row for row in read("资源清单")}
    parent = {row["编号"]: row["上级"] for row in read("地点")}
    period_rows = {row["编号"]: row for row in read("时段")}
    requirements = read("岗位要求")

    equal("needs", len(needs), 1009)
    equal("projects", len(projects), 22)
    equal("resources", len(resources), 5262)
    equal("places", len(parent), 196)
    equal("units wanted", sum(int(n["数量"]) for n in needs.values()), 242_533)
    by_role = Counter()
    for row in resources.values():
        if row["类型"] == "人员":
            by_role[row["岗位"]] += int(row["人数"])
    equal("社工", by_role["社工"], 563)
    equal("志愿者", by_role["志愿者"], 897_800)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.json"
        subprocess.run([sys.executable, HERE / "generate.py", "--by-hand", path], check=True)
        plan = json.loads(path.read_text(encoding="utf-8"))
    sessions = plan["sessions"]
    equal("sessions", len(sessions), 11_721)

    posts = {id: posts_of(project, requirements) for id, project in projects.items()}
    served, held, cells = Counter(), Counter(), Counter()
    load, total, role_load, rooms = Counter(), Counter(), Counter(), Counter()
    spent, goods, persons = Counter(), Counter(), Counter()
    leads = defaultdict(set)

    def inside(place, area):
        while place and place != area:
            place = parent[place]
        return place == area

    for s in sessions:
        project = projects[s["project"]]
        start = PERIODS.index(s["period"])
        span = number(project["跨期"], 1)
        holds(start + span <= 12, "a session that runs beyond the year")
        months = PERIODS[start : start + span]
        units = sum(n["units"] for n in s["needs"])
        holds(1 <= units <= int(project["每场人数"]), "H4 seats")
        for n in s["needs"]:
            need = needs[n["need"]]
            served[n["need"]] += n["units"]
            holds(words(need["服务类别"]) & words(project["服务类别"]), "H2 services")
            holds(not project["单位"] or project["单位"] == need["单位"], "H2 unit")
            holds(not project["对象"] or words(project["对象"]) & words(need["对象"]), "H2 audience")
            holds(need["地点"] == s["place"], "H2 reach")
            if need["每期上限"]:
                cells[n["need"], s["period"]] += n["units"]
                holds(cells[n["need"], s["period"]] <= int(need["每期上限"]), "H3 per_period")
            if need["人员"]:
                for month in months:
                    persons[need["人员"], month] += 1
                    holds(persons[need["人员"], month] == 1, "H9 person")
        held[s["project"]] += 1
        if project["领办"]:
            leads[s["place"]].add(project["领办"])

        filled = Counter(m["post"] for m in s["staff"])
        holds(filled == {i: p["count"] for i, p in enumerate(posts[s["project"]], 1)}, "H5 posts")
        holds(len({(m["resource"], m["member"]) for m in s["staff"]}) == len(s["staff"]), "H5 one post a member")
        for m in s["staff"]:
            row, post = resources[m["resource"]], posts[s["project"]][m["post"] - 1]
            holds(m["role"] == post["role"] == row["岗位"] and post["skills"] <= words(row["技能"]), "H6 role and skills")
            holds(inside(s["place"], row["地点"]), "H6 reach")
            holds(1 <= m["member"] <= int(row["人数"]), "H7 member")
            who = (m["resource"], m["member"])
            for month in months:
                load[who, month] += post["load"]
                holds(load[who, month] <= number(row["每期上限"], 1), "H7 per_period")
            total[who] += post["load"] * span
            role_load[m["role"]] += post["load"] * span
            holds(total[who] <= number(row["总上限"], 10**9), "H7 total")

        if project["场地类型"]:
            row = resources[s["venue"]]
            holds(row["岗位"] == project["场地类型"] and row["地点"] == s["place"], "H8 venue")
            holds(int(row["座位"]) >= int(project["每场人数"]) and s["room"] == 1, "H8 seats")
            for month in months:
                rooms[s["venue"], month] += 1
                holds(rooms[s["venue"], month] <= int(row["每期上限"]), "H8 per_period")
        else:
            holds(s["venue"] is None, "H8 no venue needed")

        cost = fen(project["每场费"]) + units * fen(project["每人费"])
        holds(sum(f["fen"] for f in s["funds"]) == cost, "H10 paid in full")
        for f in s["funds"]:
            row = resources[f["fund"]]
            holds(not row["指定项目"] or s["project"] in words(row["指定项目"]), "H10 projects of the fund")
            holds(not row["服务地点"] or s["place"] in words(row["服务地点"]), "H10 places of the fund")
            spent[f["fund"]] += f["fen"]
        wanted = sum(n["units"] for n in s["needs"] if needs[n["need"]]["物资"])
        holds(sum(g["n"] for g in s["goods"]) == wanted, "H11 goods")
        for g in s["goods"]:
            goods[g["stock"]] += g["n"]

    for id, units in served.items():
        holds(units <= int(needs[id]["数量"]), "H3 quantity")
    for id, count in held.items():
        holds(count <= number(projects[id]["总场次上限"], 10**9), "H4 max_sessions")
    for fund, row in resources.items():
        if row["类型"] == "资金":
            holds(spent[fund] <= fen(row["数额"]), "H10 overdrawn")
    holds(goods["捐赠电子琴"] <= 1, "H11 stock")

    activity = [s for s in sessions if s["project"] in ("P1", "P2", "P3", "P4")]
    holds(len(activity) <= 8064, "H12 max 8064")
    themed = {
        (s["place"], s["period"])
        for s in activity
        if projects[s["project"]]["服务类别"] == period_rows[s["period"]]["主题"]
    }
    communities = [place for place in parent if place.startswith("C")]
    equal("theme cells filled", len(themed), 186 * 12)
    equal("communities", len(communities), 186)
    equal("pilots with four leads", sum(len(leads[c]) >= 4 for c in ["C002", "C003", "C004", "C005"]), 4)
    quarters = {period_rows[s["period"]]["标签"] for s in sessions if s["project"] == "培训"}
    equal("quarters with training", len(quarters), 4)
    equal("months with supervision", len({s["period"] for s in sessions if s["project"] == "督导"}), 12)
    holds(held["荷城小组"] >= 312 and held["小组活动"] >= 200 and held["社区活动"] >= 230, "quotas of sessions")

    equal("activity sessions", len(activity), 8048)
    equal("fire trainings", held["守护时课"], 268)
    equal("parent-and-child sessions", held["亲子园"], 114)
    equal("cases", held["观护基地"], 657)
    equal("wishes lit", held["微心愿"], 135)
    equal("coverage", sum(served.values()), 242_518)
    equal("left open", sum(u["units"] for u in plan["unmet"]), 15)
    equal("loads of 社工", role_load["社工"], 13_128)
    equal("loads of all", sum(role_load.values()), ALL_LOADS)
    equal("荷城 fen left", fen(resources["荷城资金"]["数额"]) - spent["荷城资金"], 909)
    equal("wish fen left", fen(resources["慈善资金"]["数额"]) - spent["慈善资金"], 105)
    equal("fen spent", sum(spent.values()), 217_288_986)
    print("all as expected")


# 13,128 社工; volunteers 2 × (8,048 + 356 + 114 + 430 + 70) + 22 + 17 + 135; 268 fire teams; 2 × 1,971 党建, 司法.
ALL_LOADS = 13_128 + 2 * (8048 + 356 + 114 + 430 + 70) + 22 + 17 + 135 + 268 + 2 * 1971


def posts_of(project, requirements):
    """Posts 1, 2, … of a project: its short form first, then its rows of 岗位要求."""
    posts = []
    for part in [p.strip() for p in project["岗位"].split(";") if p.strip()]:
        name, _, count = part.rpartition(":")
        role, _, skills = name.rstrip("]").partition("[")
        posts.append({"role": role, "skills": set(skills.split("+")) - {""}, "count": int(count), "load": 1})
    for row in requirements:
        if row["项目"] == project["编号"]:
            posts.append({"role": row["岗位"], "skills": set(), "count": int(row["人数"]), "load": int(row["工时"])})
    return posts


if __name__ == "__main__":
    main()
