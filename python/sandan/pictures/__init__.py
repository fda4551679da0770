"""A plan in pictures: drawn with Altair from the lists and the plan alone, without any address outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ..words import either
from .picture import Picture

if TYPE_CHECKING:
    from ..plan import Plan

    _Lang = Literal["zh", "en"]

__all__ = ["Picture", "Pictures"]


class Pictures:
    """The pictures of one plan; each is a ``Picture`` that shows itself in a notebook and can be saved.

    ``lang`` is the language of labels; by default that of the case. Needs ``pip install 'sandan[plots]'``.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def map(self, *, flows: bool = True, circles: bool = True, lang: _Lang | None = None) -> Picture:
        """Communities by coverage: size is what they want, colour the share that is served (weighted by priority).

        With coordinates: to scale, in kilometres, with the circle that staff with a base reach (``circles``) and lines
        from bases of staff and homes of needs to sessions (``flows``). Without: a tile a community, by what it lies in.
        """
        from . import maps

        return maps.draw(self._plan, flows=flows, circles=circles, lang=self._lang(lang))

    def calendar(self, *, by: Literal["place", "parent", "project"] = "place", lang: _Lang | None = None) -> Picture:
        """Sessions by start period, and by community, by what communities lie in, or by project."""
        from . import calendars

        return calendars.draw(self._plan, by=by, lang=self._lang(lang))

    def loads(self, *, most: int = 30, lang: _Lang | None = None) -> Picture:
        """What staff carry: load used by row, against all that the row could carry, the fullest first."""
        from . import loads

        return loads.draw(self._plan, most=most, lang=self._lang(lang))

    def coverage(
        self, *, by: Literal["service", "group"] = "service", most: int = 40, lang: _Lang | None = None
    ) -> Picture:
        """Units served of those wanted, by service or by group; each kind of unit apart."""
        from . import coverage

        return coverage.draw(self._plan, by=by, most=most, lang=self._lang(lang))

    def course(self, *, lang: _Lang | None = None) -> Picture:
        """How value and bound met, level by level, over the time of the run.

        Raises ``ValueError`` for a plan that was read rather than solved here.
        """
        from . import course

        return course.draw(self._plan, lang=self._lang(lang))

    def gaps(self, *, most: int = 12, lang: _Lang | None = None) -> Picture:
        """What to recruit, train or raise, and what each would bring; every one is solved, so this may take a while."""
        from . import bringing

        said = self._lang(lang)
        title = either(said, "补上哪里，多做多少", "what filling each gap would bring")
        return bringing.draw(self._plan.find_gaps(), title=title, most=most, lang=said)

    def repairs(self, need: str, *, most: int = 5, lang: _Lang | None = None) -> Picture:
        """What each repair for a need would bring, and what it costs."""
        from . import bringing

        said = self._lang(lang)
        title = either(said, f"需求 {need} 的补救办法", f"repairs for need {need}")
        return bringing.draw(self._plan.repairs(need, most=most), title=title, most=most, lang=said)

    def _lang(self, lang: _Lang | None) -> str:
        return lang or self._plan.lang

    def __repr__(self) -> str:
        names: Any = [name for name in vars(type(self)) if not name.startswith("_")]
        return f"<sandan.Pictures: {', '.join(names)}>"
