"""Sessions by start period and community."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from ..words import either
from .lists import Lists
from .picture import Picture, altair, styled, values, width_of

if TYPE_CHECKING:
    from ..plan import Plan

# Up to so many rows each is named and each cell says its number.
_READABLE = 40


def draw(plan: Plan, *, by: str, lang: str) -> Picture:
    """A cell for each row and period, darker for more sessions."""
    alt, lists = altair(), Lists(plan, lang)
    held: Counter[tuple[str, str]] = Counter()
    for session in lists.sessions:
        held[_row(lists, session, by), session["period"]] += 1
    periods = [lists.name(lists.periods, key) for key in lists.periods]
    rows = _all_rows(lists, by)
    rows += sorted({row for row, _ in held} - set(rows))
    cells: list[dict[str, Any]] = [
        {"row": row, "period": lists.name(lists.periods, period), "sessions": count}
        for (row, period), count in sorted(held.items())
    ]
    readable = len(rows) <= _READABLE
    what = either(lang, "场次", "sessions")
    heads = {
        "place": either(lang, "社区", "community"),
        "parent": either(lang, "区县", "district"),
        "project": either(lang, "项目", "project"),
    }
    # A Chinese letter is about 12 pixels wide.
    across = max((width_of(name) + 10 for name in periods), default=0.0)
    across = max(44.0, across) if len(periods) <= 16 else 24.0
    axis = alt.Axis(orient="top", labelAngle=0 if len(periods) <= 16 else -60, labelLimit=160, ticks=False)
    x = alt.X("period:N", title=None, sort=periods, scale=alt.Scale(domain=periods), axis=axis)
    axis = alt.Axis(labelLimit=220) if readable else alt.Axis(labelLimit=220, labelOverlap="greedy", ticks=False)
    y = alt.Y("row:N", title=heads[by], sort=rows, scale=alt.Scale(domain=rows), axis=axis)
    colour = alt.Color(
        "sessions:Q",
        title=what,
        scale=alt.Scale(type="sqrt", scheme="tealblues", domainMin=0),
        legend=alt.Legend(tickMinStep=1),
    )
    tips = [
        alt.Tooltip("row:N", title=heads[by]),
        alt.Tooltip("period:N", title=either(lang, "时段", "period")),
        alt.Tooltip("sessions:Q", title=what),
    ]
    base = alt.Chart(values(cells)).encode(x=x, y=y)
    chart = base.mark_rect(stroke="white").encode(color=colour, tooltip=tips)
    if readable:
        most = max((cell["sessions"] for cell in cells), default=0)
        ink = alt.condition(f"datum.sessions > {most * 0.35}", alt.value("white"), alt.value("#1b3a4b"))
        chart = chart + base.mark_text(fontSize=12).encode(text="sessions:Q", color=ink)
    chart = chart.properties(
        width=max(240.0, across * len(periods)), height=max(80, len(rows) * (24 if readable else 5))
    )
    count = len(lists.sessions)
    title = either(lang, f"{heads[by]}日历：{count:,} 场活动", f"calendar by {heads[by]}: {count:,} sessions")
    note = either(
        lang,
        "跨期的活动算在开始的时段；空白表示没有活动",
        "a session over several periods counts where it starts; blank is none",
    )
    return styled(chart, title, note, lang)


def _row(lists: Lists, session: dict[str, str], by: str) -> str:
    if by == "project":
        return lists.name(lists.projects, session["project"])
    if by == "parent" and session["place"] != "online":
        return lists.parent(session["place"])
    return lists.name(lists.places, session["place"])


def _all_rows(lists: Lists, by: str) -> list[str]:
    """Every row there could be, so that one without any session is seen."""
    if by == "project":
        return list(dict.fromkeys(lists.name(lists.projects, key) for key in lists.projects))
    leaves = lists.leaves()
    if by == "parent":
        return list(dict.fromkeys(lists.parent(key) for key in leaves))
    # Neighbours stand together.
    leaves.sort(key=lambda key: (lists.parent(key), key))
    return list(dict.fromkeys(lists.name(lists.places, key) for key in leaves))
