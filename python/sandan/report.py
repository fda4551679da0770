"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["Report"]


@dataclass(frozen=True)
class Report:
    """The second opinion on a plan, from the lists and the plan alone."""

    ok: bool
    """Whether no hard constraint is broken."""
    violations: list[dict[str, Any]]
    """Dicts with ``constraint`` (``H1`` …), ``sessions``, ``subjects``, ``found``, ``allowed``, ``message``."""
    levels: list[dict[str, Any]]
    """The levels recomputed: ``terms`` and ``value``; a check proves no bound."""
    unmet: list[dict[str, Any]]
    """Unmet needs recomputed: ``need``, ``units``."""
    shortfalls: list[dict[str, Any]]
    """Quotas missed, recomputed: ``rule``, ``per``, ``missing``."""
    differences: list[dict[str, Any]]
    """Claims of the plan that differ from what was recomputed: ``claim``, ``claimed``, ``found``, ``message``."""

    def __bool__(self) -> bool:
        return self.ok
