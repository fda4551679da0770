"""What staff carry, against what they could."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ..words import either
from .lists import Lists, Row
from .picture import Picture, altair, styled, values

if TYPE_CHECKING:
    from ..plan import Plan


def draw(plan: Plan, *, most: int, lang: str) -> Picture:
    """A bar for each staff row, filled by role up to what it could carry."""
    alt, lists = altair(), Lists(plan, lang)
    used: Counter[tuple[str, str]] = Counter()
    for session in lists.sessions:
        span = lists.projects.get(session["project"], {}).get("span", 1)
        for seat in session["staff"]:
            post = lists.posts.get((session["project"], seat["post"]), {"load": 1})
            # A rotating post has a row for each period served; any other serves all of the span.
            used[seat["resource"], seat["role"]] += post["load"] * (1 if seat.get("period") else span)
    totals: Counter[str] = Counter()
    for (row, _), load in used.items():
        totals[row] += load
    staff = [row for row in lists.resources.values() if row["kind"] == "staff"]
    limits = {row["id"]: _capacity(lists, row) for row in staff}
    share = {key: totals[key] / limits[key] if limits[key] else 0.0 for key in limits}
    fullest = sorted(share, key=lambda key: (-share[key], -totals[key], key))[:most]
    names = {key: _label(lists, key) for key in fullest}
    bars = [
        {"row": names[row], "role": role, "load": load, "part": load / limits[row] if limits[row] else 0}
        for (row, role), load in sorted(used.items())
        if row in names
    ]
    ends = [
        {"row": names[row], "share": share[row], "text": f"{totals[row]:,} / {limits[row]:,} · {share[row]:.0%}"}
        for row in fullest
    ]
    what = either(lang, "工时", "load")
    y = alt.Y("row:N", sort=[names[row] for row in fullest], title=None, axis=alt.Axis(labelLimit=240))
    title = either(lang, "用去的份额", "share used")
    scale = alt.Scale(domain=[0, max([1.0, *(share[row] for row in fullest)])], nice=False)
    colour = alt.Color(
        "role:N",
        title=either(lang, "岗位", "role"),
        scale=alt.Scale(scheme="tableau10"),
        legend=alt.Legend(orient="bottom"),
    )
    tips = [
        alt.Tooltip("row:N", title=either(lang, "人员", "staff")),
        alt.Tooltip("role:N", title=either(lang, "岗位", "role")),
        alt.Tooltip("load:Q", title=what),
    ]
    x = alt.X("part:Q", title=title, stack=True, scale=scale, axis=alt.Axis(format="%"))
    whole = alt.Chart(values(ends)).transform_calculate(whole="1").encode(y=y, x=alt.X("whole:Q", scale=scale))
    bar = alt.Chart(values(bars)).mark_bar().encode(y=y, x=x, color=colour, tooltip=tips)
    text = whole.mark_text(align="left", dx=8, color="#333").encode(text="text:N")
    chart = (whole.mark_bar(color="#e8ecef") + bar + text).properties(width=420, height=max(60, 24 * len(fullest)))
    rest = len(limits) - len(fullest)
    note = either(lang, f"{what}：已用 / 最多能承担", f"{what}: used / at most")
    if rest > 0:
        note += either(lang, f"；另有 {rest:,} 行未列出", f"; {rest:,} more rows not shown")
    return styled(chart, either(lang, "人员负荷，最满的在前", "staff load, the fullest first"), note, lang)


def _capacity(lists: Lists, row: Row) -> int:
    """Load that all members of a row could carry over the horizon."""
    periods = len(row["periods"].split(";")) if row["periods"] else len(lists.periods)
    one: int = row["per_period"] * periods
    return int(row["count"]) * (one if row["total"] is None else min(one, row["total"]))


def _label(lists: Lists, key: str) -> str:
    row = lists.resources[key]
    name = lists.name(lists.resources, key)
    name = key if name == key else f"{key} {name}"
    return name if row["count"] == 1 else f"{name} × {row['count']}"
