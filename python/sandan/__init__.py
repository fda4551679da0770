"""sandan 三单: matches a needs list, a project list and a resource list into a plan that breaks no rule."""

from ._native import Progress, __version__
from .answers import Answer, Rematch, Why
from .case import Case, read
from .errors import CaseError, NoPlanError
from .files import convert, template
from .pictures import Picture, Pictures
from .plan import Plan
from .report import Report

__all__ = [
    "Answer",
    "Case",
    "CaseError",
    "NoPlanError",
    "Picture",
    "Pictures",
    "Plan",
    "Progress",
    "Rematch",
    "Report",
    "Why",
    "__version__",
    "convert",
    "read",
    "template",
]
