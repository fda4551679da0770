"""The plan of the 贵港 year built by hand: no search, only dealing out in turn.

It keeps every rule and serves all that can be served, so it proves the example's numbers:
11,721 sessions, coverage 242,518 of 242,533 (135 of the 150 wishes can be paid).
`python3 generate.py --by-hand PLAN.json` writes it; self_check.py counts it again.
"""

import json
from collections import defaultdict

import generate as year

MONTHS = len(year.PERIODS)
WISHES_PAID = 135
COST_FEN = {"荷城个案": 158_567, "荷城小组": 158_567, "微心愿": 231_777}
FUND = {"荷城个案": "荷城资金", "荷城小组": "荷城资金", "微心愿": "慈善资金"}


class Rota:
    """Members of like rows, handed out in turn; each has `limit` load a period."""

    def __init__(self, rows, limit):
        self.members = [(id, number) for id, count in rows for number in range(1, count + 1)]
        self.limit = limit
        self.load = defaultdict(int)
        self.turn = 0

    def take(self, months, load=1):
        """The next member with room for `load` in each of the months."""
        for _ in self.members:
            member = self.members[self.turn % len(self.members)]
            self.turn += 1
            if all(self.load[member, m] + load <= self.limit for m in months):
                for m in months:
                    self.load[member, m] += load
                return member
        raise ValueError("nobody has room left: the example's numbers do not hold")


class Staff:
    """Who can be booked: social workers by skill, volunteers by where they live."""

    def __init__(self):
        rows = list(year.resources(year.Year()))
        agencies = [r for r in rows if r.get("岗位") == "社工"]
        self.social = Rota([(r["编号"], r["人数"]) for r in agencies], 3)
        self.skilled = {}
        for skill in ["青少年保护", "心理咨询", "应急"]:
            pool = Rota([(r["编号"], r["人数"]) for r in agencies if skill in r["技能"].split("; ")], 3)
            pool.load = self.social.load  # one ledger: a member is one person in every pool
            self.skilled[skill] = pool
        self.volunteers = {}
        for place in [year.CITY, *year.PLACES]:
            teams = [r for r in rows if r.get("岗位") == "志愿者" and r["地点"] == place]
            # Each volunteer is booked once in the year at most: well inside per_period 1, total 4.
            self.volunteers[place] = iter([(r["编号"], n) for r in teams for n in range(1, r["人数"] + 1)])
        self.fire = Rota([(f"F{f:02}", 1) for f in range(1, year.FIRE_TEAMS + 1)], 2)
        self.party = Rota([("DJ", 10)], 100)
        self.justice = Rota([("SF", 10)], 100)

    def volunteer(self, place):
        return next(self.volunteers[place if place in self.volunteers else year.CITY])


def spread(total):
    """Month (0…11) of each of `total` sessions, as even as can be, in order."""
    return [i * MONTHS // total for i in range(total)]


def parts(quantity, sessions, size):
    """Units of each session: as even as can be, none empty, none above `size`."""
    low, more = divmod(quantity, sessions)
    shares = [low + (i < more) for i in range(sessions)]
    assert 1 <= min(shares) and max(shares) <= size
    return shares


def build():
    """All sessions, in the order of the plan format, with their numbers."""
    staff = Staff()
    sessions = []

    def hold(project, place, month, needs, posts, venue=None, goods=()):
        """posts: (post, role, (resource, member)) — a post number each, in project order."""
        units = sum(n for _, n in needs)
        fen = COST_FEN.get(project, 0) * (units if project == "微心愿" else 1)
        sessions.append({
            "project": project, "place": place, "period": year.PERIODS[month],
            "needs": [{"need": need, "units": n} for need, n in sorted(needs)],
            "staff": sorted(
                ({"resource": r, "member": m, "post": post, "role": role, "period": None} for post, role, (r, m) in posts),
                key=lambda s: (s["post"], s["resource"], s["member"]),
            ),
            "venue": venue, "room": 1 if venue else None,
            "funds": [{"fund": FUND[project], "fen": fen}] if fen else [],
            "goods": [{"stock": s, "item": i, "n": n} for s, i, n in goods],
        })

    def social(month, skill=None, span=1, load=1):
        pool = staff.skilled[skill] if skill else staff.social
        return (1, "社工", pool.take(range(month, month + span), load))

    def volunteers(place, count=2):
        return [(2, "志愿者", staff.volunteer(place)) for _ in range(count)]

    # The scarce skills first: cases, fire training, counselling; then loads of three; then the rest.
    for k in range(1, year.CASES + 1):
        month = (k - 1) % (MONTHS - 2)  # a case runs three months
        _, role, member = social(month, "青少年保护", span=3)
        months = range(month, month + 3)
        posts = [(1, "党建", staff.party.take(months)), (2, "司法", staff.justice.take(months)), (3, role, member)]
        hold("观护基地", "平南县直", month, [(f"K{k:03}", 1)], posts, venue="JD")

    fire = [
        (year.OFFICES[c], f"XF-{c}", n)
        for c in year.COUNTIES
        for n in parts(year.FIRE_CHILDREN // 4, year.FIRE_SESSIONS // 4, 70)
    ]
    for month, (place, need, n) in zip(spread(len(fire)), fire):
        _, role, member = social(month, "应急")
        hold("守护时课", place, month, [(need, n)], [(1, "消防志愿者", staff.fire.take([month])), (2, role, member)])

    for project, need, quantity, with_volunteer in [
        ("父母课堂", "LJ-父母课堂", year.PARENT_CLASSES, True),
        ("心理讲座", "LJ-讲座", year.LECTURES, True),
        ("心理咨询", "LJ-咨询", year.COUNSELLING, False),
    ]:
        for month in spread(quantity):
            posts = [social(month, "心理咨询")] + (volunteers(year.CITY, 1) if with_volunteer else [])
            hold(project, year.CITY_OFFICE, month, [(need, 1)], posts)

    park = parts(year.PARENT_CHILD_VISITS, -(-year.PARENT_CHILD_VISITS // 26), 26)
    for month, n in zip(spread(len(park)), park):
        hold("亲子园", year.CITY_OFFICE, month, [("QZ", n)], [social(month, load=3)] + volunteers(year.CITY))

    for c, place in enumerate(year.PLACES):
        quantity = year.community_people(place)
        shares = parts(quantity, -(-quantity // year.ACTIVITY_SIZE), year.ACTIVITY_SIZE)
        # Month by month, beginning elsewhere in each community: three or four a month.
        for i, n in enumerate(shares):
            month = (c + i) % MONTHS
            kind = year.THEMES.index(year.theme_of(month)) + 1
            hold(f"P{kind}", place, month, [(f"N-{place}", n)], [social(month)] + volunteers(place), venue=f"D-{place}")

    for month in spread(year.HECHENG_CASES):
        hold("荷城个案", year.HECHENG, month, [("HC-个案", 1)], [social(month)])
    for month in spread(year.HECHENG_GROUPS):
        hold("荷城小组", year.HECHENG, month, [("HC-小组", 1)], [social(month)] + volunteers(year.HECHENG))

    for w, month in zip(range(1, WISHES_PAID + 1), spread(WISHES_PAID)):
        piano = w == 1
        place = year.OFFICES["港南区"] if piano else year.CITY_OFFICE
        goods = [("捐赠电子琴", "电子琴", 1)] if piano else []
        hold("微心愿", place, month, [(f"W{w:03}", 1)], [(1, "志愿者", staff.volunteer(year.CITY))], goods=goods)

    for month in spread(year.HOME_CASES):
        hold("困境个案", year.CITY_OFFICE, month, [("TD-个案", 1)], [social(month)])
    visits = parts(year.HOME_VISITS - year.HOME_CASES, year.HOME_GROUPS + year.HOME_EVENTS, 35)
    for project, shares in [("小组活动", visits[: year.HOME_GROUPS]), ("社区活动", visits[year.HOME_GROUPS :])]:
        for month, n in zip(spread(len(shares)), shares):
            hold(project, year.CITY_OFFICE, month, [("TD-活动", n)], [social(month)] + volunteers(year.CITY))

    for month in spread(year.THALASSAEMIA // 20):
        hold("地贫线", year.CITY_OFFICE, month, [("DP", 20)], [social(month)] + volunteers(year.CITY))
    for i, month in enumerate(spread(year.TROUBLED // 20)):
        project = ["浔江灯塔", "护阳", "桂平帮扶"][i % 3]
        hold(project, year.CITY_OFFICE, month, [("BL", 20)], [social(month)] + volunteers(year.CITY))

    for month in spread(year.TRAININGS):
        hold("培训", year.CITY_OFFICE, month, [("PX", year.TRAINEES // year.TRAININGS)], [social(month)])
    for month in range(MONTHS):
        hold("督导", year.CITY_OFFICE, month, [("DD", 1)], [social(month)])

    return numbered(sessions)


def numbered(sessions):
    """Sorted by period, place, project, first need, then content; numbered in that order."""
    order = lambda s: (s["period"], s["place"], s["project"], s["needs"][0]["need"],
                       json.dumps(s, ensure_ascii=False, sort_keys=True))
    sessions.sort(key=order)
    width = len(str(len(sessions)))
    return [{"id": f"S{i:0{width}}", **s} for i, s in enumerate(sessions, 1)]


def plan():
    unmet = [{"need": f"W{w:03}", "units": 1} for w in range(WISHES_PAID + 1, year.WISHES + 1)]
    return {"format": "sandan-plan/1", "sessions": build(), "launches": [], "unmet": unmet, "shortfalls": []}


def write(path):
    """One session a line, so that two plans can be compared with `diff`."""
    whole = plan()
    sessions = whole.pop("sessions")
    compact = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    with open(path, "w", encoding="utf-8") as file:
        file.write('{"format":' + compact(whole.pop("format")) + ',\n"sessions":[\n')
        file.write(",\n".join(compact(s) for s in sessions))
        file.write("\n],\n" + compact(whole)[1:] + "\n")
