"""Units served of those wanted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ..words import either
from .lists import Lists
from .picture import Picture, altair, styled, values

if TYPE_CHECKING:
    from ..plan import Plan


def draw(plan: Plan, *, by: str, most: int, lang: str) -> Picture:
    """A bar for each service or group and kind of unit, filled by the share that is served; the emptiest first."""
    alt, lists = altair(), Lists(plan, lang)
    wanted: Counter[tuple[str, str]] = Counter()
    served: Counter[tuple[str, str]] = Counter()
    for key, need in lists.needs.items():
        if by == "service":
            name = need["services"].replace(";", either(lang, " / ", " / "))
        else:
            name = lists.name(lists.places, need["group"])
        wanted[name, need["unit"]] += need["quantity"]
        # Of facts more may be served than the list asks for now.
        served[name, need["unit"]] += min(lists.served[key], need["quantity"])
    keys = sorted(wanted, key=lambda key: (served[key] / wanted[key], -wanted[key], key))
    shown, rest = keys[:most], len(keys) - most
    units = {unit for _, unit in wanted}
    label = {key: key[0] if len(units) == 1 else f"{key[0]}（{key[1]}）" for key in shown}
    rows = [
        {
            "row": label[key],
            "share": served[key] / wanted[key],
            "left": 1 - served[key] / wanted[key],
            "text": f"{served[key]:,} / {wanted[key]:,} {key[1]}",
        }
        for key in shown
    ]
    order = [label[key] for key in shown]
    y = alt.Y("row:N", sort=order, title=None, axis=alt.Axis(labelLimit=260))
    scale = alt.Scale(domain=[0, 1])
    x = alt.X("share:Q", title=either(lang, "已服务的份额", "share served"), scale=scale, axis=alt.Axis(format="%"))
    tips = [
        alt.Tooltip("row:N", title=" "),
        alt.Tooltip("text:N", title=either(lang, "服务 / 需要", "served / wanted")),
    ]
    base = alt.Chart(values(rows)).encode(y=y)
    back = base.transform_calculate(whole="1").mark_bar(color="#e8ecef").encode(x=alt.X("whole:Q", scale=scale))
    colour = alt.Color(
        "share:Q", legend=None, scale=alt.Scale(domain=[0, 0.5, 1], range=["#c0392b", "#e6b450", "#2a9d8f"])
    )
    front = base.mark_bar().encode(x=x, color=colour, tooltip=tips)
    text = (
        base.transform_calculate(whole="1")
        .mark_text(align="left", dx=8, color="#333")
        .encode(x=alt.X("whole:Q", scale=scale), text="text:N")
    )
    chart = (back + front + text).properties(width=420, height=max(60, 24 * len(shown)))
    names = {"service": either(lang, "服务类别", "service"), "group": either(lang, "分组", "group")}
    note = either(lang, "最缺的在前；不同单位不相加", "the emptiest first; kinds of unit are not added up")
    if rest > 0:
        note += either(lang, f"；另有 {rest:,} 行未列出", f"; {rest:,} more not shown")
    return styled(chart, either(lang, f"按{names[by]}看覆盖", f"coverage by {names[by]}"), note, lang)
