#!/usr/bin/env python3
"""Writes the 贵港 year as a folder of CSV lists, from the published figures.

    python3 generate.py                        write the lists beside this file
    python3 generate.py OUT                    … into the folder OUT
    python3 generate.py OUT --variant fire69   … with one figure changed (see README.md)
    python3 generate.py OUT --people           … with the 897,800 volunteers as a row each
    python3 generate.py --by-hand PLAN.json    write the plan built by hand (by_hand.py)

Standard library only; the same bytes on every machine. Every number under PUBLISHED
is in the article; every number under ASSUMED is an assumption, labelled in README.md.
"""

import argparse
import csv
import sys
from dataclasses import dataclass, replace
from pathlib import Path

# ── PUBLISHED ────────────────────────────────────────────────────────────────────────────
COUNTIES = ["港北区", "港南区", "平南县", "桂平市"]
CITY = "贵港市"
COMMUNITIES = 186
THEMES = ["心理健康咨询", "安全知识宣传", "权益保护", "健康科普"]
ACTIVITY_PEOPLE = 200_000
ACTIVITY_SESSIONS = 8064
CASES = 657
AGENCIES = 43
YOUTH_AGENCIES = 10
SOCIAL_WORKERS = 563
VOLUNTEER_TEAMS = 5000
VOLUNTEERS = 897_800
PROTECTION_TEAMS = 737
HECHENG_FUND = 1_860_000
HECHENG_CASES, HECHENG_GROUPS, HECHENG_JOINT = 817, 356, 312
PARENT_CHILD_SESSIONS, PARENT_CHILD_VISITS = 118, 2957
FIRE_SESSIONS, FIRE_CHILDREN, FIRE_TEAMS = 268, 18_500, 27
PARENT_CLASSES, LECTURES, COUNSELLING = 22, 17, 645
WISHES, WISH_FUND = 150, 312_900
HOME_CASES, HOME_GROUPS, HOME_EVENTS, HOME_VISITS = 120, 200, 230, 15_000
THALASSAEMIA, TROUBLED = 400, 1000
TRAININGS, TRAINEES = 10, 2000

# ── ASSUMED (README.md says why) ─────────────────────────────────────────────────────────
PILOTS = ["C002", "C003", "C004", "C005"]
HECHENG = "C001"
ACTIVITY_SIZE = 25
HECHENG_SESSION_COST = "1585.67"  # 1,860,000 ÷ 1,173, rounded down to the fen
WISH_COST = "2317.77"  # 312,900 ÷ 135, rounded down to the fen
DAKANG, TONGDE, LIJUN = "平南县达康社会工作服务中心", "贵港市同德社会服务中心", "贵港市丽君工作室"
FIRE_BRIGADE = "贵港市消防救援支队"
PROCURATORATE = "平南县人民检察院"

PERIODS = [f"M{m:02}" for m in range(1, 13)]
PLACES = [f"C{c:03}" for c in range(1, COMMUNITIES + 1)]
OFFICES = {"港北区": "港北区直", "港南区": "港南区直", "平南县": "平南县直", "桂平市": "桂平市直"}
CITY_OFFICE = "市直"


@dataclass(frozen=True)
class Year:
    """The figures that the variants change."""

    activity_max: int = ACTIVITY_SESSIONS
    parent_child_size: int = 26
    fire_size: int = 70
    fire_total: int = 10
    trainings: int = TRAININGS
    fourth_lead: int = 7  # the agency that leads P4
    piano_wishes: int = 1
    social_total: str = ""
    social_place: str = CITY


VARIANTS = {
    "max8047": replace(Year(), activity_max=8047),
    "size25": replace(Year(), parent_child_size=25),
    "fire69": replace(Year(), fire_size=69),
    "fire-total9": replace(Year(), fire_total=9),
    "trainings9": replace(Year(), trainings=9),
    "same-lead": replace(Year(), fourth_lead=6),
    "two-pianos": replace(Year(), piano_wishes=2),
    "total12": replace(Year(), social_total="12"),
    "all-gangbei": replace(Year(), social_place="港北区"),
}


def tables(year=Year(), people=False):
    """All lists: file name → rows (dicts under the Chinese headers)."""
    return {
        "需求清单": needs(year),
        "项目清单": projects(year),
        "资源清单": list(resources(year, people)),
        "地点": places(),
        "时段": periods(),
        "岗位要求": requirements(),
        "规则": rules(year),
    }


def county_of(community):
    """Communities are dealt to the four counties in turn (assumed); C001 falls in 港北区."""
    return COUNTIES[(int(community[1:]) - 1) % len(COUNTIES)]


def community_people(community):
    """136 communities with 1,075 and 50 with 1,076 (assumed split of 200,000)."""
    low, more = divmod(ACTIVITY_PEOPLE, COMMUNITIES)
    return low + (int(community[1:]) > COMMUNITIES - more)


def agency(number):
    """The organisation name of agency 1…43; three carry names from the article (assumed)."""
    return {1: DAKANG, 2: TONGDE, 3: LIJUN}.get(number, f"社工机构{number:02}")


def need(id, title, place, services, quantity, unit, **more):
    return {"编号": id, "名称": title, "地点": place, "服务类别": services, "数量": quantity, "单位": unit, **more}


def needs(year):
    rows = [
        need(f"N-{c}", "关心关爱青少年公益活动", c, "; ".join(THEMES), community_people(c), "人")
        for c in PLACES
    ]
    rows += [
        need(f"K{k:03}", "行为偏差未成年人帮教", "平南县直", "个案矫正", 1, "例", 人员=f"K{k:03}", 对象="行为偏差")
        for k in range(1, CASES + 1)
    ]
    rows += [
        need("HC-个案", "荷城社区个案服务", HECHENG, "荷城个案", HECHENG_CASES, "例"),
        need("HC-小组", "荷城社区小组活动", HECHENG, "荷城小组", HECHENG_GROUPS, "场"),
        need("QZ", "亲子活动", CITY_OFFICE, "亲子活动", PARENT_CHILD_VISITS, "人次"),
    ]
    share = FIRE_CHILDREN // len(COUNTIES)
    rows += [
        need(f"XF-{c}", "留守儿童消防安全培训", OFFICES[c], "消防安全", share, "人", 对象="留守儿童")
        for c in COUNTIES
    ]
    rows += [
        need("LJ-父母课堂", "父母课堂", CITY_OFFICE, "父母课堂", PARENT_CLASSES, "期"),
        need("LJ-讲座", "心理健康讲座及心理行为训练", CITY_OFFICE, "心理讲座", LECTURES, "场"),
        need("LJ-咨询", "一对一免费心理咨询", CITY_OFFICE, "心理咨询", COUNSELLING, "人次"),
    ]
    for w in range(1, WISHES + 1):
        piano = w <= year.piano_wishes
        place = OFFICES["港南区"] if piano else CITY_OFFICE
        rows.append(need(f"W{w:03}", "微心愿", place, "微心愿", 1, "件", 物资="电子琴:1" if piano else ""))
    rows += [
        need("TD-个案", "困境青少年个案服务", CITY_OFFICE, "困境个案", HOME_CASES, "例"),
        need("TD-活动", "困境青少年小组和社区活动", CITY_OFFICE, "小组活动; 社区活动", HOME_VISITS - HOME_CASES, "人次"),
        need("DP", "关爱地贫儿童", CITY_OFFICE, "品牌关爱", THALASSAEMIA, "人", 对象="地贫"),
        need("BL", "不良行为未成年人帮扶", CITY_OFFICE, "品牌关爱", TROUBLED, "人", 对象="不良行为"),
        need("PX", "一线工作者专题培训", CITY_OFFICE, "专题培训", TRAINEES, "人"),
        need("DD", "月度实务督导", CITY_OFFICE, "督导", len(PERIODS), "场", 每期上限=1),
    ]
    return rows


def project(id, title, services, unit, lead, size, staffing, **more):
    return {"编号": id, "名称": title, "服务类别": services, "单位": unit, "领办": lead, "每场人数": size, "岗位": staffing, **more}


def projects(year):
    both = "社工:1; 志愿者:2"
    leads = [agency(4), agency(5), agency(6), agency(year.fourth_lead)]
    rows = [
        project(f"P{k}", THEMES[k - 1], THEMES[k - 1], "人", leads[k - 1], ACTIVITY_SIZE, both, 场地类型="党群服务中心")
        for k in range(1, 5)
    ]
    rows += [
        project("观护基地", "涉罪未成年人观护基地", "个案矫正", "例", DAKANG, 1, "党建:1; 司法:1; 社工[青少年保护]:1",
                联办=PROCURATORATE, 场地类型="观护基地", 跨期=3, 对象="行为偏差"),
        project("荷城个案", "荷城社区个案服务", "荷城个案", "例", agency(8), 1, "社工:1", 每场费=HECHENG_SESSION_COST),
        project("荷城小组", "荷城社区小组活动", "荷城小组", "场", agency(8), 1, both, 每场费=HECHENG_SESSION_COST),
        project("亲子园", "活力未来亲子园", "亲子活动", "人次", TONGDE, year.parent_child_size, "",
                总场次上限=PARENT_CHILD_SESSIONS),
        project("守护时课", "守护时课", "消防安全", "人", FIRE_BRIGADE, year.fire_size, "消防志愿者:1; 社工[应急]:1",
                总场次上限=FIRE_SESSIONS),
        project("父母课堂", "点亮心灯：父母课堂", "父母课堂", "期", LIJUN, 1, "社工[心理咨询]:1; 志愿者:1"),
        project("心理讲座", "点亮心灯：讲座及心理行为训练", "心理讲座", "场", LIJUN, 1, "社工[心理咨询]:1; 志愿者:1"),
        project("心理咨询", "点亮心灯：一对一免费心理咨询", "心理咨询", "人次", LIJUN, 1, "社工[心理咨询]:1"),
        project("微心愿", "点亮微心愿 实现大梦想", "微心愿", "件", TONGDE, 1, "志愿者:1", 每人费=WISH_COST),
        project("困境个案", "点亮微心愿：个案服务", "困境个案", "例", TONGDE, 1, "社工:1"),
        project("小组活动", "点亮微心愿：小组活动", "小组活动", "人次", TONGDE, 35, both),
        project("社区活动", "点亮微心愿：社区活动", "社区活动", "人次", TONGDE, 35, both),
        project("地贫线", "托起爱的地贫线—关爱地贫儿童", "品牌关爱", "人", agency(9), 20, both, 对象="地贫"),
        project("浔江灯塔", "“浔江灯塔”未成年人保护", "品牌关爱", "人", agency(10), 20, both, 对象="不良行为"),
        project("护阳", "平南县未成年人“护阳”计划项目", "品牌关爱", "人", DAKANG, 20, both, 对象="不良行为"),
        project("桂平帮扶", "桂平市涉罪未成年人社会工作帮扶服务项目", "品牌关爱", "人", agency(11), 20, both, 对象="不良行为"),
        project("培训", "季度集中培训", "专题培训", "人", agency(12), 200, "社工:1", 总场次上限=year.trainings),
        project("督导", "月度实务督导", "督导", "场", agency(12), 1, "社工:1"),
    ]
    return rows


def requirements():
    """The parent-and-child park: the social worker designs, holds and reviews (load 3)."""
    return [
        {"项目": "亲子园", "岗位": "社工", "人数": 1, "工时": 3},
        {"项目": "亲子园", "岗位": "志愿者", "人数": 2, "工时": 1},
    ]


def agency_skills(number):
    """10 agencies for youth protection (published); who they are, and the rest, assumed."""
    skills = ["青少年保护"] if number <= YOUTH_AGENCIES else []
    skills += ["心理咨询"] if number == 3 or 11 <= number <= 19 else []
    skills += ["应急"] if 20 <= number <= 22 else []
    return "; ".join(skills)


def volunteer_place(team):
    return CITY if team <= PROTECTION_TEAMS else PLACES[(team - PROTECTION_TEAMS - 1) % COMMUNITIES]


def volunteer_count(team):
    low, more = divmod(VOLUNTEERS, VOLUNTEER_TEAMS)
    return low + (team <= more)


def resources(year, people=False):
    staff = lambda id, roles, **more: {"编号": id, "类型": "人员", "岗位": roles, **more}
    low, more = divmod(SOCIAL_WORKERS, AGENCIES)
    for a in range(1, AGENCIES + 1):
        yield staff(f"A{a:02}", "社工", 技能=agency_skills(a), 单位=agency(a), 地点=year.social_place,
                    人数=low + (a <= more), 每期上限=3, 总上限=year.social_total)
    for v in range(1, VOLUNTEER_TEAMS + 1):
        limits = {"技能": "护苗" if v <= PROTECTION_TEAMS else "", "地点": volunteer_place(v), "每期上限": 1, "总上限": 4}
        if people:
            for member in range(1, volunteer_count(v) + 1):
                yield staff(f"V{v:04}-{member:03}", "志愿者", 人数=1, **limits)
        else:
            yield staff(f"V{v:04}", "志愿者", 人数=volunteer_count(v), **limits)
    for f in range(1, FIRE_TEAMS + 1):
        yield staff(f"F{f:02}", "消防志愿者", 单位=FIRE_BRIGADE, 地点=CITY, 人数=1, 每期上限=2, 总上限=year.fire_total)
    yield staff("DJ", "党建", 地点="平南县直", 人数=10, 每期上限=100)
    yield staff("SF", "司法", 单位=PROCURATORATE, 地点="平南县直", 人数=10, 每期上限=100)
    for c in PLACES:
        yield {"编号": f"D-{c}", "类型": "场地", "岗位": "党群服务中心", "地点": c, "人数": 1, "每期上限": 8, "座位": 50}
    yield {"编号": "JD", "类型": "场地", "岗位": "观护基地", "地点": "平南县直", "人数": 1, "每期上限": 1000, "座位": 50}
    yield {"编号": "荷城资金", "类型": "资金", "数额": HECHENG_FUND, "服务地点": HECHENG}
    yield {"编号": "慈善资金", "类型": "资金", "数额": WISH_FUND, "指定项目": "微心愿"}
    yield {"编号": "捐赠电子琴", "类型": "物资", "岗位": "电子琴", "数额": 1}


def places():
    row = lambda id, kind, parent="", title="": {"编号": id, "名称": title, "类型": kind, "上级": parent}
    rows = [row(CITY, "市")]
    rows += [row(c, "县区", CITY) for c in COUNTIES]
    rows += [row(c, "社区", county_of(c), "荷城社区" if c == HECHENG else "") for c in PLACES]
    rows += [row(CITY_OFFICE, "本级", CITY)]
    rows += [row(OFFICES[c], "本级", CITY) for c in COUNTIES]
    return rows


def theme_of(month):
    """The theme of month 0…11; only the four named kinds are published, the order is assumed."""
    return THEMES[month % len(THEMES)]


def periods():
    return [
        {"编号": p, "名称": f"{m + 1}月", "主题": theme_of(m), "标签": f"quarter:Q{m // 3 + 1}"}
        for m, p in enumerate(PERIODS)
    ]


def rules(year):
    counties = "; ".join(COUNTIES)
    activity = "P1; P2; P3; P4"
    return [
        {"编号": "Q-主题", "规则": "场次", "项目": activity, "服务类别": "主题", "地点": counties, "每": "地点; 时段", "下限": 1},
        {"编号": "M-8064", "规则": "场次", "项目": activity, "上限": year.activity_max},
        {"编号": "Q-结对", "规则": "机构数", "地点": "; ".join(PILOTS), "每": "地点", "下限": 4, "权重": 5},
        {"编号": "Q-联动", "规则": "场次", "项目": "荷城小组", "下限": HECHENG_JOINT},
        {"编号": "Q-小组", "规则": "场次", "项目": "小组活动", "下限": HOME_GROUPS},
        {"编号": "Q-社区", "规则": "场次", "项目": "社区活动", "下限": HOME_EVENTS},
        {"编号": "Q-培训", "规则": "场次", "项目": "培训", "每": "quarter", "下限": 1},
        {"编号": "Q-督导", "规则": "场次", "项目": "督导", "每": "时段", "下限": 1},
    ]


def write(folder, lists):
    """One CSV a list, UTF-8 with BOM so that Excel reads it; columns in order of appearance."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in lists.items():
        columns = list(dict.fromkeys(key for row in rows for key in row))
        with open(folder / f"{name}.csv", "w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", type=Path, default=Path(__file__).parent)
    parser.add_argument("--variant", choices=sorted(VARIANTS))
    parser.add_argument("--people", action="store_true", help="one row a volunteer (897,800 rows)")
    parser.add_argument("--by-hand", type=Path, metavar="PLAN", help="write the plan built by hand instead")
    choice = parser.parse_args()
    if choice.by_hand:
        if choice.variant or choice.people:
            parser.error("the plan built by hand belongs to the unchanged year")
        import by_hand

        by_hand.write(choice.by_hand)
        return
    if (choice.variant or choice.people) and choice.out == Path(__file__).parent:
        parser.error("name a folder: the lists beside this file are the unchanged year")
    write(choice.out, tables(VARIANTS.get(choice.variant, Year()), choice.people))


if __name__ == "__main__":
    sys.exit(main())
