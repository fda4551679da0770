"""Writes docs/python.md: the reference of the Python package, from its docstrings.

python tests/python/reference.py            (from the root of the repository, with the package installed)
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cached_property
from pathlib import Path
from typing import Any

import sandan

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "python.md"

# What a planner meets first comes first.
ORDER = (
    "read", "Case", "Plan", "Why", "Answer", "Rematch", "Pictures", "Picture", "Report", "Progress", "template", "convert",
    "CaseError", "NoPlanError",
)  # fmt: skip

HEAD = """# Python

这一页由源码里的说明生成（`tests/python/reference.py`），示例都作为测试运行过。先看笔记本更快：
[十分钟：一个社区的暑假](../python/notebooks/1-暑假公益课堂.ipynb) ·
[全市的一年](../python/notebooks/2-全市的一年.ipynb) ·
[用自己的表格](../python/notebooks/3-用自己的表格.ipynb)。
This page is generated from docstrings, whose examples are run as tests. The notebooks are a quicker start.

    pip install ./python                    # 只有核心，答案是 pandas / polars / Arrow 表，或字典列表
    pip install './python[plots]'           # 加上图片（Altair、vl-convert）
    pip install './python[notebook]'        # 再加上进度条、Jupyter 内核和 pandas

```python
import sandan

case = sandan.read("贵港.xlsx")              # 或 sandan.Case(needs=df, projects=df, resources=df, rules=…)
case.problems                               # 求解之前：有什么不对，一行一个
plan = case.solve(gap=0.001, progress=True) # Ctrl-C：马上拿到目前最好的方案
plan.sessions                               # 也有 staff、unmet、shortfalls、ledger、gaps、prices
plan.why_not("N12")                         # 为什么没做到；plan.repairs("N12")：怎样才能做到
plan.to_excel("方案.xlsx")
```

* **表从哪来，就回哪去** · 列表是哪种表（pandas、polars、Arrow、narwhals、字典），答案就是哪种表；`headers="zh"` 让列名是中文，中文列名的表可以原样读回来。
  Tables come back in the caller's kind; `headers="zh"` names their columns in Chinese.
* **钱** · 表里以元计，精确到分；`plan.data` 里以分计。Money stands in yuan in tables, in fen in `plan.data`.
* **同时算几个方案** · 求解不占解释器锁，用线程就行。Scenarios run in parallel from threads.
* **中文字体** · 图片用机器上的字体；没有中文字体时会提醒，`SANDAN_FONTS` 可指定字体文件夹。

## 图片 · Pictures

| | |
|---|---|
| ![地图](pictures/map.png) | ![日历](pictures/calendar.png) |
| `plan.pictures.map()`：各社区的满足程度、可达圈、流向（不联网） | `plan.pictures.calendar()`：按社区和时段的场次 |
| ![覆盖](pictures/coverage.png) | ![负荷](pictures/loads.png) |
| `plan.pictures.coverage(by="group")`：按分组或服务的覆盖 | `plan.pictures.loads()`：人员负荷 |
| ![过程](pictures/course.png) | ![缺口](pictures/gaps.png) |
| `plan.pictures.course()`：数值与上界 | `plan.pictures.gaps()`：补上哪里，多做多少 |
| ![没有坐标的地图](pictures/tiles.png) | ![补救](pictures/repairs.png) |
| `plan.pictures.map()`，没有坐标时 | `plan.pictures.repairs("N01")`：补救办法 |

## 参考 · Reference
"""


def page() -> str:
    assert set(ORDER) | {"__version__"} == set(sandan.__all__), "name every public thing in ORDER"
    parts = [HEAD]
    for name in ORDER:
        thing = getattr(sandan, name)
        parts.append(_class(name, thing) if inspect.isclass(thing) else _function(f"sandan.{name}", thing, 3))
    return "\n".join(parts)


def _class(name: str, of: Any) -> str:
    parts = [f"### sandan.{name}\n", _text(inspect.getdoc(of))]
    # A native class has no order of its own.
    members = sorted(vars(of).items()) if of.__module__.endswith("_native") else vars(of).items()
    for member, value in members:
        if member.startswith("_"):
            continue
        if isinstance(value, (property, cached_property)) or inspect.isgetsetdescriptor(value):
            parts.append(f"#### {name}.{member}\n\n{_text(inspect.getdoc(value))}")
        elif isinstance(value, (classmethod, staticmethod)):
            parts.append(_function(f"{name}.{member}", value.__func__, 4))
        elif callable(value):
            parts.append(_function(f"{name}.{member}", value, 4))
    parts += _attributes(name, of)
    return "\n".join(parts)


def _function(name: str, function: Any, depth: int) -> str:
    signature = inspect.signature(function)
    shown = [parameter.replace(annotation=parameter.empty) for parameter in signature.parameters.values()]
    kept = [parameter for parameter in shown if parameter.name not in ("self", "cls")]
    call = str(signature.replace(parameters=kept, return_annotation=signature.empty))
    return f"{'#' * depth} {name}{call}\n\n{_text(inspect.getdoc(function))}"


def _attributes(name: str, of: Any) -> list[str]:
    """Attributes that are explained below their annotation."""
    if of.__module__.endswith("_native"):
        return []
    body = ast.parse(textwrap.dedent(inspect.getsource(of))).body[0].body  # type: ignore[attr-defined]
    return [
        f"#### {name}.{field.target.id}\n\n{_text(inspect.cleandoc(text.value.value))}"
        for field, text in zip(body, body[1:])
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)
    ]


def _text(doc: str | None) -> str:
    """A docstring as Markdown: examples fenced, double backticks single."""
    assert doc, "every public thing says what it is"
    lines: list[str] = []
    example = False
    for line in doc.splitlines():
        if line.startswith(">>>") and not example:
            example = True
            lines.append("```python")
        elif not line and example:
            example = False
            lines.append("```")
        lines.append(line if example else line.replace("``", "`"))
    return "\n".join([*lines, "```"] if example else lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
