"""What each change of the lists would bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..words import either
from .picture import Picture, altair, styled, values

if TYPE_CHECKING:
    from ..answers import Answer


def draw(answer: Answer, *, title: str, most: int, lang: str) -> Picture:
    """A bar for each change, as long as what coverage gains, with what the change costs."""
    alt = altair()
    changes = answer.changes()
    rows: list[dict[str, Any]] = [
        {
            "row": _wrapped(f"{number}. {change}"),
            "gain": gain or 0,
            "text": either(lang, f"+{gain or 0:,}（{points:,} 分）", f"+{gain or 0:,} ({points:,} points)"),
        }
        for number, (change, points, gain) in enumerate(changes[:most], start=1)
    ]
    most_gain = max((row["gain"] for row in rows), default=1) or 1
    y = alt.Y(
        "row:N",
        sort=[row["row"] for row in rows],
        title=None,
        axis=alt.Axis(labelLimit=380, labelExpr="split(datum.label, '\\n')"),
    )
    x = alt.X(
        "gain:Q",
        title=either(lang, "多覆盖（按优先级加权）", "coverage gained (by priority)"),
        scale=alt.Scale(domain=[0, most_gain * 1.05], nice=False),
        axis=alt.Axis(tickMinStep=1, tickCount=6),
    )
    base = alt.Chart(values(rows)).encode(y=y, x=x)
    text = base.mark_text(align="left", dx=6, color="#333").encode(text="text:N")
    chart = (base.mark_bar(color="#2a9d8f") + text).properties(width=360, height=max(60, 38 * len(rows)))
    if rows:
        note = either(lang, "每一项单独求解；分数是代价，越少越省", "each solved by itself; points are what it costs")
        left = len(changes) - len(rows)
        note += either(lang, f"；另有 {left} 项", f"; {left} more") if left > 0 else ""
    else:
        note = answer.text.splitlines()[0]
    return styled(chart, title, note, lang)


def _wrapped(text: str, width: int = 32) -> str:
    """A long label on two lines or more, broken after so many letters (Chinese has no blanks)."""
    if not any(letter > "\u2e7f" for letter in text):
        width *= 2
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))
