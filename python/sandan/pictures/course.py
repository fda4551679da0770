"""Value and bound over the time of a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..words import either
from .picture import Picture, altair, styled, values

if TYPE_CHECKING:
    from ..plan import Plan

    _Moment = tuple[float, int, int, int | None, int | None]

_TERMS = {
    "must": "必须", "quota": "配额", "coverage": "覆盖", "cost": "费用", "travel": "路程", "turns": "工时",
    "changes": "变动", "prefers": "偏好", "quality": "质量",
}  # fmt: skip


def draw(plan: Plan, *, lang: str) -> Picture:
    """A panel for each level: the best value found and the bound that no plan exceeds, as steps over time."""
    alt, moments = altair(), plan._history
    if not moments:
        raise ValueError(
            either(
                lang,
                "这个方案是读入的，没有求解过程",
                "this plan was read, not solved here: there is no course to show",
            )
        )
    end = moments[-1][0]
    # Short runs are told in thousandths.
    unit, factor = (either(lang, "毫秒", "milliseconds"), 1000) if end < 1 else (either(lang, "秒", "seconds"), 1)
    bound, value = either(lang, "上界", "bound"), either(lang, "数值", "value")
    colour = alt.Color("what:N", title=None, scale=alt.Scale(domain=[bound, value], range=["#c0392b", "#1f6f8b"]))
    dash = alt.StrokeDash("what:N", legend=None, scale=alt.Scale(domain=[bound, value], range=[[4, 3], [1, 0]]))
    width = alt.StrokeWidth("what:N", legend=None, scale=alt.Scale(domain=[bound, value], range=[2, 3]))
    panels = []
    for level, entry in enumerate(plan.levels):
        points = _points(moments, level, entry, end, (bound, value), factor)
        if not points:
            continue
        names = [either(lang, _TERMS.get(term, term), term) for term in _said(entry["terms"])]
        title = either(lang, f"第 {level + 1} 级：", f"level {level + 1}: ") + either(lang, "、", ", ").join(names)
        axis = alt.Axis(title=unit if level + 1 == len(plan.levels) else None, tickCount=6)
        x = alt.X("at:Q", scale=alt.Scale(domain=[0, end * factor], nice=False), axis=axis)
        y = alt.Y("number:Q", title=None, scale=alt.Scale(zero=False), axis=alt.Axis(format="~s", tickCount=3))
        line = alt.Chart(values(points), title=alt.TitleParams(title, fontSize=12, anchor="start"))
        line = line.mark_line(interpolate="step-after", point=alt.OverlayMarkDef(size=24)).encode(
            x=x, y=y, color=colour, strokeDash=dash, strokeWidth=width
        )
        panels.append(line.properties(width=560, height=72))
    chart = alt.vconcat(*panels).resolve_scale(color="shared")
    note = either(
        lang,
        "蓝线是找到的方案，红色虚线是任何方案都超不过的上界；两线相遇即已证明最优",
        "blue: the best plan found; dashed red: what no plan exceeds; where they meet it is proven best",
    )
    return styled(chart, either(lang, "求解过程：数值与上界", "value and bound over time"), note, lang)


def _said(terms: dict[str, int]) -> list[str]:
    """The terms of a level that come to something, in the order of their importance; all where none does."""
    order = [term for term in _TERMS if term in terms] + [term for term in terms if term not in _TERMS]
    return [term for term in order if terms[term]] or order


def _points(
    moments: Sequence[_Moment], level: int, entry: dict[str, Any], end: float, names: tuple[str, str], factor: int
) -> list[dict[str, Any]]:
    """What was known of a level while it was worked on, and what the plan says at last."""
    own = [moment for moment in moments if moment[2] == level]
    points = []
    for name, what, position in (("bound", names[0], 4), ("value", names[1], 3)):
        known = [(moment[0], moment[position]) for moment in own if moment[position] is not None]
        done = next((moment[0] for moment in moments if moment[2] > level), end)
        if own:
            known += [(done, entry[name]), (end, entry[name])]
        points += [{"at": seconds * factor, "number": number, "what": what} for seconds, number in known]
    return points
