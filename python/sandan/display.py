"""What a case and a plan look like in a notebook: HTML that loads nothing and takes on the notebook's own colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from .words import either, header, stage, status

if TYPE_CHECKING:
    from .plan import Plan

__all__ = ["case", "plan"]

# Rows of a table; the rest is counted.
_ROWS = 10

_TABLES = {
    "needs": "需求清单", "projects": "项目清单", "resources": "资源清单", "places": "地点", "travel": "路程",
    "periods": "时段", "requirements": "岗位要求", "fit": "适配", "rules": "规则", "pins": "指定", "settings": "设置",
}  # fmt: skip


def case(counts: Sequence[tuple[str, int]], problems: Sequence[dict[str, Any]], more: int, ok: bool, lang: str) -> str:
    """A case: its tables with their rows, and what is wrong with them."""
    errors = sum(record["code"].startswith("E") for record in problems)
    state = (
        _chip("#1a7f37", either(lang, "可以求解", "ready to solve"))
        if ok
        else _chip("#cf222e", either(lang, f"{errors} 处错误，先改好再求解", f"{errors} errors: put them right first"))
    )
    tables = " · ".join(f"{escape(either(lang, _TABLES[name], name))} <b>{count:,}</b>" for name, count in counts)
    title = either(lang, "三单案例", "case")
    parts = [f"<div><b>{title}</b> {state}<br>{tables}</div>"]
    if problems:
        columns = ("code", "table", "row", "column", "value", "message", "hint")
        rows = [[record[key] for key in columns] for record in problems]
        parts.append(_table([header(key, lang) for key in columns], rows, len(problems) + more, lang))
    return _whole(parts)


def plan(plan: Plan) -> str:
    """A plan: what it reaches on each level, what it serves, what it does not and why."""
    lang, data = plan.lang, plan.data
    colour = {"optimal": "#1a7f37", "within_gap": "#1a7f37", "stopped": "#9a6700"}.get(plan.status, "#57606a")
    served = _units(plan)
    counts = [
        either(lang, f"场次 <b>{len(data['sessions']):,}</b>", f"sessions <b>{len(data['sessions']):,}</b>"),
        *(f"{escape(unit)} <b>{done:,}</b> / {wanted:,}" for unit, (done, wanted) in served.items()),
    ]
    parts = [
        f"<div><b>{either(lang, '对接方案', 'plan')}</b> {_chip(colour, status(plan.status, lang))}<br>"
        + " · ".join(counts)
        + "</div>"
    ]
    words = plan.native.level_words(lang)
    levels = [
        (number, text, _gap(level, lang))
        for number, (level, text) in enumerate(zip(data["levels"], words, strict=True), start=1)
    ]
    if levels:
        heads = either(lang, "级|达到|证明", "level|reached|proof").split("|")
        parts.append(_table(heads, levels, len(levels), lang))
    unmet = [
        (row["need"], row["units"], stage(_failing(row["reason"]), lang), "; ".join(_by(row["reason"])))
        for row in data["unmet"]
    ]
    if unmet:
        heads = either(lang, "未满足的需求|数量|原因|涉及", "unmet need|units|why|what stands in the way").split("|")
        parts.append(_table(heads, unmet, len(unmet), lang))
    shortfalls = [
        ("; ".join([row["rule"], *row["per"].values()]), row["missing"], stage(_failing(row["reason"]), lang))
        for row in data["shortfalls"]
    ]
    if shortfalls:
        heads = either(lang, "未达到的配额|缺|原因", "quota missed|missing|why").split("|")
        parts.append(_table(heads, shortfalls, len(shortfalls), lang))
    return _whole(parts)


def _units(plan: Plan) -> dict[str, tuple[int, int]]:
    """Units served and wanted by kind of unit, which are never added up."""
    if plan.case is None:
        return {}
    needs = dict(plan.case.native.understood("needs"))
    unit_of = dict(zip(needs["id"], needs["unit"], strict=True))
    wanted: Counter[str] = Counter()
    for unit, quantity in zip(needs["unit"], needs["quantity"], strict=True):
        wanted[unit] += quantity
    served: Counter[str] = Counter()
    for session in plan.data["sessions"]:
        for row in session["needs"]:
            if row["need"] in unit_of:
                served[unit_of[row["need"]]] += row["units"]
    return {unit: (served[unit], wanted[unit]) for unit in sorted(wanted)}


def _gap(level: dict[str, Any], lang: str) -> str:
    if level["gap_ppm"] == 0:
        return either(lang, "已证最优", "proven best")
    share = f"{level['gap_ppm'] / 10_000:.4f}".rstrip("0").rstrip(".")
    return either(lang, f"上界 {level['bound']:,}，差距 {share}%", f"bound {level['bound']:,}, gap {share}%")


def _failing(reason: dict[str, Any]) -> str | None:
    return next((step["stage"] for step in reason["funnel"] if step["left"] == 0), None)


def _by(reason: dict[str, Any]) -> list[str]:
    return next((step.get("by", []) for step in reason["funnel"] if step["left"] == 0), [])


def _chip(colour: str, text: str) -> str:
    style = f"background:{colour};color:#fff;border-radius:1em;padding:0 .7em;font-size:90%"
    return f'<span style="{style}">{escape(text)}</span>'


def _table(heads: Sequence[str], rows: Sequence[Iterable[Any]], count: int, lang: str) -> str:
    def cell(value: Any) -> str:
        right = isinstance(value, int)
        text = "" if value is None else f"{value:,}" if right else str(value)
        return f'<td style="text-align:{"right" if right else "left"}">{escape(text)}</td>'

    head = "".join(f'<th style="text-align:left">{escape(text)}</th>' for text in heads)
    body = "".join("<tr>" + "".join(map(cell, row)) + "</tr>" for row in rows[:_ROWS])
    rest = count - min(count, _ROWS)
    tail = f"<div>{either(lang, f'另有 {rest:,} 行', f'{rest:,} more')}</div>" if rest else ""
    return f'<table style="margin:.4em 0"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{tail}'


def _whole(parts: Sequence[str]) -> str:
    return '<div style="line-height:1.5">' + "".join(parts) + "</div>"
