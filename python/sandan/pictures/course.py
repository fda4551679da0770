"""Value and bound over the time of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..words import either, header
from .picture import Picture, altair, styled, values

if TYPE_CHECKING:
    from ..plan import Plan

_TERMS = {
    "must": "必须", "quota": "配额", "coverage": "覆盖", "cost": "费用", "travel": "路程", "turns": "工时",
    "changes": "变动", "prefers": "偏好", "quality": "质量",
}  # fmt: skip


def draw(plan: Plan, *, lang: str) -> Picture:
    """A panel for each level: the best value found and the bound that no plan exceeds, as steps over time."""
    alt, moments = altair(), plan._history
    if not moments:
        raise ValueError(
            either(lang, "这个方案是读入的，没有求解过程", "this plan was read, not solved here: there is no course to show")
        )
    end = max(moment[0] for moment in moments)
    panels = []
    colours = alt.Scale(domain=[header("bound", lang), header("value", lang)], range=["#c0392b", "#1f6f8b"])
    for level, entry in enumerate(plan.levels):
        points = _points([moment for moment in moments if moment[2] == level], level, plan, end, lang)
        if not points:
            continue
        names = [either(lang, _TERMS.get(term, term), term) for term in entry["terms"]]
        title = either(lang, f"第 {level + 1} 级：", f"level {level + 1}: ") + either(lang, "、", ", ").join(names)
        x = alt.X("seconds:Q", title=either(lang, "秒", "seconds"), scale=alt.Scale(domain=[0, end], nice=False))
        y = alt.Y("number:Q", title=None, scale=alt.Scale(zero=False), axis=alt.Axis(format="~s", tickCount=4))
        colour = alt.Color("what:N", title=None, scale=colours)
        line = alt.Chart(values(points), title=alt.TitleParams(title, fontSize=12, anchor="start"))
        line = line.encode(x=x, y=y, color=colour)
        panels.append((line.mark_line(interpolate="step-after", strokeWidth=2) + line.mark_point(filled=True, size=36)).properties(width=560, height=96))
    chart = alt.vconcat(*panels).resolve_scale(color="shared")
    note = either(lang, "蓝线是找到的方案，红线是任何方案都超不过的上界；两线相遇即已证明最优", "blue: the best plan found; red: what no plan exceeds; where they meet it is proven best")
    return styled(chart, either(lang, "求解过程：数值与上界", "value and bound over time"), note, lang)


def _points(moments: list[tuple[Any, ...]], level: int, plan: Plan, end: float, lang: str) -> list[dict[str, Any]]:
    """What was known of a level while it was worked on, and what the plan says at last."""
    last = plan.levels[level]
    points = []
    for name, position in (("bound", 4), ("value", 3)):
        known = [(moment[0], moment[position]) for moment in moments if moment[position] is not None]
        if known or moments:
            known.append((end, last[name]))
        points += [{"seconds": seconds, "number": number, "what": header(name, lang)} for seconds, number in known]
    return points
