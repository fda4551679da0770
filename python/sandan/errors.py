"""The exceptions of sandan."""

from __future__ import annotations

from typing import Any

__all__ = ["CaseError", "NoPlanError"]


class CaseError(ValueError):
    """A case that cannot be used, or whose pins cannot hold together.

    ``problems`` is a list of dicts with ``code``, ``table``, ``row`` (as seen in Excel: the header is row 1),
    ``column``, ``value``, ``message``, ``expected`` and ``hint``, errors and warnings; ``more`` counts those beyond
    the first 200.
    """

    def __init__(self, problems: list[dict[str, Any]], more: int = 0) -> None:
        super().__init__(problems, more)
        self.problems = problems
        self.more = more

    def __str__(self) -> str:
        lines = [_line(problem) for problem in self.problems]
        if self.more:
            lines.append(f"… +{self.more}")
        return "\n".join(lines)


class NoPlanError(RuntimeError):
    """The run ended before its pins were either met or refuted, so there is no plan."""

    def __init__(self) -> None:
        super().__init__("stopped before the pins were either met or refuted: there is no plan yet")


def _line(problem: dict[str, Any]) -> str:
    place = " ".join(str(problem[key]) for key in ("table", "row", "column") if problem[key] is not None)
    tail = "; ".join(problem[key] for key in ("expected", "hint") if problem[key])
    return f"{problem['code']} {place}: {problem['message']}" + (f" ({tail})" if tail else "")
