"""Chinese names of the columns that tables have, and words of answers in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["either", "header", "stage", "status"]

if TYPE_CHECKING:
    from typing import Literal

    _Lang = Literal["zh", "en"]

# The same words as in the workbook and in the catalogue of columns, so that a frame can go out and come in again.
_CHINESE = {
    "after": "现在", "amount": "数额", "amount_yuan": "数额（元）", "audience": "对象", "before": "原来", "bound": "上界", "by": "涉及", "change": "改动", "code": "代码", "column": "列", "cost_yuan": "费用（元）",
    "count": "人数", "end": "结束", "coverage": "多覆盖", "entry": "类型", "event": "事件", "exact": "已证", "exclude": "排除项目", "expected": "应为", "fact": "既定",
    "fund": "资金", "gap_ppm": "差距（百万分之）", "group": "分组", "hint": "建议", "id": "编号", "item": "物品",
    "kind": "类型", "lat": "纬度", "launch_cost_yuan": "启动费（元）", "lead": "领办", "left": "剩余", "left_yuan": "余额（元）",
    "level": "级", "load": "工时", "lon": "经度", "max_sessions": "总场次上限", "member": "成员", "members": "人数", "message": "问题", "more": "增减", "name": "名称", "part": "部分", "points": "分数", "reason": "原因", "says": "内容", "served": "已服务", "share": "份额",
    "min_sessions": "总场次下限", "min_size": "最少人数", "missing": "缺", "must": "必须", "n": "件数", "need": "需求",
    "one_project": "同一项目", "online": "线上", "org": "单位", "parent": "上级", "partners": "联办", "per": "每",
    "per_period": "每期上限", "per_units": "每几人", "period": "时段", "periods": "时段", "person": "人员", "place": "地点", "post": "岗位号",
    "priority": "优先级", "project": "项目", "projects": "指定项目", "quality": "质量分", "quantity": "数量",
    "reach_minutes": "可达分钟", "resource": "人员", "role": "岗位", "reserve": "候补", "roles": "岗位", "rotate": "轮值", "room": "房间", "row": "行",
    "rule": "规则", "seats": "座位", "seconds": "秒", "serves_in": "服务时段", "services": "服务类别",
    "session": "场次号", "session_cost_yuan": "每场费（元）", "size": "每场人数", "skills": "技能", "span": "跨期",
    "stage": "止于", "start": "开始", "steps": "步", "stock": "库存", "table": "表", "terms": "分项", "theme": "主题",
    "title": "名称", "total": "总上限", "unit": "单位", "unit_cost_yuan": "每人费（元）", "units": "服务数量",
    "value": "值", "venue": "场地", "verdict": "裁决", "wanted": "需要", "what": "内容", "whole": "整体", "worth": "值", "yuan": "金额（元）",
}  # fmt: skip

_STATUS = {
    "optimal": ("已证明最优", "proven optimal"),
    "within_gap": ("已证明在容差之内", "proven to be within the gap asked for"),
    "stopped": ("提前停止（合规，但未证到容差）", "stopped early (sound, but not proven to the gap)"),
    "unknown": ("未作证明", "nothing proven"),
}

_STAGES = {
    "offers": ("没有项目提供", "no project offers it"),
    "reach": ("可达范围内没有", "nothing within reach"),
    "period": ("时段不合", "not in its periods"),
    "venue": ("没有合适的场地", "no venue"),
    "staff": ("没有合格的人员", "no qualified staff"),
    "free": ("人员或场地都排满了", "staff or venue taken"),
    "affordable": ("资金或物资不够", "not affordable"),
    "rules": ("规则、指定或名额不允许", "rules, pins or seats"),
}


def either(lang: str, chinese: str, english: str) -> str:
    """One of two texts by language."""
    return english if lang == "en" else chinese


def header(name: str, lang: str) -> str:
    """The header of a column in a language; a column without a Chinese name keeps its own."""
    return name if lang == "en" else _CHINESE.get(name, name)


def status(name: str, lang: str) -> str:
    """What a status means."""
    return either(lang, *_STATUS.get(name, (name, name)))


def stage(name: str | None, lang: str) -> str:
    """Where a need fails."""
    if name is None:
        return either(lang, "能行，但让给了别的需求", "possible, but others were served")
    return either(lang, *_STAGES.get(name, (name, name)))
