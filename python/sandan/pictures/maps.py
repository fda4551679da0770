"""Communities by coverage: to scale where coordinates are known, else as tiles by what they lie in."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..words import either
from .lists import Lists
from .picture import Picture, altair, styled, values

if TYPE_CHECKING:
    from ..plan import Plan

_WIDTH = 620
_KM_A_DEGREE = 111.195
# Up to so many communities are named on the map.
_NAMED = 40
# Tiles side by side, at most.
_TILES = 40


def draw(plan: Plan, *, flows: bool, circles: bool, lang: str) -> Picture:
    """The map, or tiles where no place has coordinates."""
    lists = Lists(plan, lang)
    if any(row["lat"] is not None for row in lists.places.values()):
        return _Map(lists).draw(flows, circles)
    return _tiles(lists)


def _coverage(lists: Lists) -> dict[str, tuple[int, int, str]]:
    """By place: what is served and wanted weighted by priority, and the units in words."""
    weight: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    units: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for key, need in lists.needs.items():
        done = min(lists.served[key], need["quantity"])
        for pair in (weight[need["place"]], units[need["place"]][need["unit"]]):
            factor = need["priority"] if pair is weight[need["place"]] else 1
            pair[0] += done * factor
            pair[1] += need["quantity"] * factor
    said = {
        place: either(lists.lang, "，", ", ").join(
            f"{unit} {done:,} / {all_:,}" for unit, (done, all_) in sorted(of.items())
        )
        for place, of in units.items()
    }
    return {place: (done, all_, said[place]) for place, (done, all_) in weight.items()}


def _colour(lang: str) -> Any:
    alt = altair()
    title = either(lang, "满足的份额（按优先级）", "share served (by priority)")
    scale = alt.Scale(domain=[0, 0.5, 1], range=["#c0392b", "#e6b450", "#2a9d8f"])
    return alt.Color(
        "share:Q", title=title, scale=scale, legend=alt.Legend(format="%", gradientLength=120, tickCount=3)
    )


class _Map:
    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        known = {key: row for key, row in lists.places.items() if row["lat"] is not None}
        self._lat = sum(row["lat"] for row in known.values()) / len(known)
        self._lon = sum(row["lon"] for row in known.values()) / len(known)
        self.at = {key: self._km(row["lat"], row["lon"]) for key, row in known.items()}

    def _km(self, lat: float, lon: float) -> tuple[float, float]:
        """Kilometres east and north of the middle; true to scale over a prefecture."""
        return (lon - self._lon) * math.cos(math.radians(self._lat)) * _KM_A_DEGREE, (lat - self._lat) * _KM_A_DEGREE

    def draw(self, flows: bool, circles: bool) -> Picture:
        alt, lists = altair(), self.lists
        lang = lists.lang
        coverage = _coverage(lists)
        spots = [
            {
                "x": self.at[place][0],
                "y": self.at[place][1],
                "name": lists.name(lists.places, place),
                "share": done / all_,
                "wanted": all_,
                "text": text,
            }
            for place, (done, all_, text) in sorted(coverage.items())
            if place in self.at
        ]
        rings = self._rings() if circles else []
        lines = self._flows() if flows else []
        x, y, height = self._axes([*spots, *rings, *lines])
        layers = []
        if rings:
            ring = alt.Chart(values(rings)).mark_line(color="#8fa3b0", strokeDash=[4, 3], strokeWidth=1, opacity=0.8)
            layers.append(ring.encode(x=x, y=y, detail="ring:N", order="order:Q"))
        if lines:
            names = [either(lang, "人员前往", "staff go"), either(lang, "对象前往", "beneficiaries go")]
            colour = alt.Color(
                "what:N",
                title=either(lang, "流向", "flow"),
                scale=alt.Scale(domain=names, range=["#5b5ea6", "#d98032"]),
            )
            width = alt.Size("n:Q", legend=None, scale=alt.Scale(range=[1, 6], domainMin=0))
            tips = [
                alt.Tooltip(f"{key}:N", title=title)
                for key, title in (
                    ("from", either(lang, "从", "from")),
                    ("to", either(lang, "到", "to")),
                    ("n", either(lang, "人次", "times")),
                )
            ]
            line = alt.Chart(values(lines)).mark_rule(opacity=0.65, strokeCap="round")
            layers.append(line.encode(x=x, y=y, x2="x2:Q", y2="y2:Q", color=colour, size=width, tooltip=tips))
        size = alt.Size(
            "wanted:Q",
            title=either(lang, "需要（按优先级）", "wanted (by priority)"),
            scale=alt.Scale(range=[80, 900], domainMin=0),
            legend=alt.Legend(tickCount=3, symbolFillColor="#bbb", symbolStrokeColor="#888"),
        )
        tips = [
            alt.Tooltip("name:N", title=either(lang, "社区", "community")),
            alt.Tooltip("text:N", title=either(lang, "服务 / 需要", "served / wanted")),
            alt.Tooltip("share:Q", format=".0%", title=either(lang, "份额", "share")),
        ]
        dots = alt.Chart(values(spots)).mark_circle(opacity=1, stroke="white", strokeWidth=1.5)
        layers.append(dots.encode(x=x, y=y, size=size, color=_colour(lang), tooltip=tips))
        held = self._venues()
        if held:
            square = alt.Chart(values(held)).mark_point(
                shape="triangle-up", size=36, color="#222", filled=True, yOffset=0
            )
            layers.append(
                square.encode(x=x, y=y, tooltip=[alt.Tooltip("text:N", title=either(lang, "场次", "sessions"))])
            )
        if len(spots) <= _NAMED:
            text = alt.Chart(values(spots)).mark_text(dy=20, fontSize=12, color="#333")
            layers.append(text.encode(x=x, y=y, text="name:N"))
        chart = (
            alt.layer(*layers)
            .resolve_scale(color="independent", size="independent")
            .properties(width=_WIDTH, height=height)
        )
        return styled(
            chart, either(lang, "各社区的满足程度", "communities by coverage"), self._note(coverage, rings), lang
        )

    def _note(self, coverage: dict[str, Any], rings: list[Any]) -> str:
        lang = self.lists.lang
        notes = [either(lang, "坐标为公里；三角是举办地", "axes in kilometres; triangles are where sessions are held")]
        if rings:
            speed = f"{self.lists.speed_kmh:g}"
            notes.append(
                either(
                    lang, f"虚线是人员的可达圈（按 {speed} 公里/小时）", f"dashed: the reach of staff (at {speed} km/h)"
                )
            )
        lost = sum(place not in self.at for place in coverage)
        if lost:
            notes.append(
                either(lang, f"{lost} 个地点没有坐标，未画出", f"{lost} places without coordinates are not drawn")
            )
        return either(lang, "；", "; ").join(notes)

    def _rings(self) -> list[dict[str, Any]]:
        """The circle within which the staff of a place come; the widest of a place."""
        widest: dict[str, int] = {}
        for row in self.lists.resources.values():
            if row["kind"] == "staff" and row["place"] in self.at:
                widest[row["place"]] = max(widest.get(row["place"], 0), row["reach_minutes"])
        points = []
        for place, minutes in sorted(widest.items()):
            (x, y), radius = self.at[place], self.lists.speed_kmh * minutes / 60
            for step in range(61):
                turn = 2 * math.pi * step / 60
                points.append(
                    {"ring": place, "order": step, "x": x + radius * math.cos(turn), "y": y + radius * math.sin(turn)}
                )
        return points if widest and max(widest.values()) > 0 else []

    def _flows(self) -> list[dict[str, Any]]:
        """From the bases of staff and the homes of needs to where sessions are held."""
        lists, flows = self.lists, Counter[tuple[str, str, str]]()
        for session in lists.sessions:
            for resource, _ in sorted({(seat["resource"], seat["member"]) for seat in session["staff"]}):
                base = lists.resources.get(resource, {}).get("place")
                flows["staff", str(base), session["place"]] += 1
            for served in session["needs"]:
                home = lists.needs.get(served["need"], {}).get("place")
                flows["units", str(home), session["place"]] += served["units"]
        names = {
            "staff": either(lists.lang, "人员前往", "staff go"),
            "units": either(lists.lang, "对象前往", "beneficiaries go"),
        }
        return [
            {
                "what": names[what],
                "from": lists.name(lists.places, start),
                "to": lists.name(lists.places, end),
                "n": n,
                "x": self.at[start][0],
                "y": self.at[start][1],
                "x2": self.at[end][0],
                "y2": self.at[end][1],
            }
            for (what, start, end), n in sorted(flows.items())
            if start != end and start in self.at and end in self.at
        ]

    def _venues(self) -> list[dict[str, Any]]:
        held = Counter(session["place"] for session in self.lists.sessions)
        return [
            {"x": self.at[place][0], "y": self.at[place][1], "text": f"{self.lists.name(self.lists.places, place)} {n}"}
            for place, n in sorted(held.items())
            if place in self.at
        ]

    def _axes(self, points: Iterable[dict[str, Any]]) -> tuple[Any, Any, float]:
        """Axes on which a kilometre is as long across as up, and the height that takes."""
        alt = altair()
        xs = [x for x, _ in self.at.values()]
        ys = [y for _, y in self.at.values()]
        for point in points:
            xs += [point["x"], point.get("x2", point["x"])]
            ys += [point["y"], point.get("y2", point["y"])]
        west, east, south, north = min(xs), max(xs), min(ys), max(ys)
        margin = 0.06 * max(east - west, north - south, 1.0)
        west, east, south, north = west - margin, east + margin, south - margin, north + margin
        # Neither a thread nor a tower.
        wide = max(east - west, (north - south) / 1.1)
        high = max(north - south, wide * 0.45)
        west, south = (west + east - wide) / 2, (south + north - high) / 2
        axis = alt.Axis(title=None, labelExpr="datum.label + ' km'", tickCount=6, ticks=False)
        x = alt.X("x:Q", scale=alt.Scale(domain=[west, west + wide], nice=False), axis=axis)
        y = alt.Y("y:Q", scale=alt.Scale(domain=[south, south + high], nice=False), axis=axis)
        return x, y, _WIDTH * high / wide


def _tiles(lists: Lists) -> Picture:
    """A tile a community, in blocks by what it lies in, in the order of ids."""
    alt, lang = altair(), lists.lang
    coverage = _coverage(lists)
    blocks: dict[str, list[str]] = defaultdict(list)
    for place in lists.leaves():
        blocks[lists.parent(place)].append(place)
    tiles: list[dict[str, Any]] = []
    heads: list[dict[str, Any]] = []
    left = top = deepest = 0
    # Large blocks first; small ones fill up a row of their own.
    for name, places in sorted(blocks.items(), key=lambda block: (-len(block[1]), block[0])):
        across = max(4, math.ceil(math.sqrt(len(places))))
        if left and left + across > _TILES:
            left, top, deepest = 0, top + deepest + 2, 0
        heads.append({"x": left, "y": top, "text": either(lang, f"{name}（{len(places)}）", f"{name} ({len(places)})")})
        for position, place in enumerate(places):
            done, all_, text = coverage.get(place, (0, 0, ""))
            tiles.append(
                {
                    "x": left + position % across + 0.5,
                    "y": top + position // across + 1.5,
                    "name": lists.name(lists.places, place),
                    "share": done / all_ if all_ else None,
                    "text": text or either(lang, "没有需求", "no needs"),
                }
            )
        deepest = max(deepest, math.ceil(len(places) / across) + 1)
        left += across + 1
    wide = max((tile["x"] for tile in tiles), default=1) + 0.5
    high = top + deepest
    tips = [
        alt.Tooltip("name:N", title=either(lang, "社区", "community")),
        alt.Tooltip("text:N", title=either(lang, "服务 / 需要", "served / wanted")),
    ]
    # Room for the legend beside few tiles.
    wide, high = max(wide, 16.0), max(high, 8)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, wide], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[high, 0], nice=False))
    side = min(22.0, 760 / wide)
    known = [tile for tile in tiles if tile["share"] is not None]
    blank = [tile for tile in tiles if tile["share"] is None]
    square = {"shape": "square", "filled": True, "opacity": 1, "size": (side - 2) ** 2}
    layers = [alt.Chart(values(known)).mark_point(**square).encode(x=x, y=y, color=_colour(lang), tooltip=tips)]
    if blank:
        layers.append(alt.Chart(values(blank)).mark_point(color="#e3e6e8", **square).encode(x=x, y=y, tooltip=tips))
    head = alt.Chart(values(heads)).mark_text(
        align="left", baseline="top", fontSize=12, fontWeight="bold", color="#444", dy=4
    )
    layers.append(head.encode(x=x, y=y, text="text:N"))
    chart = alt.layer(*layers).properties(width=side * wide, height=side * high)
    note = either(lang, "没有坐标，一格一个社区；灰色没有需求", "no coordinates: a tile a community; grey has no needs")
    lost = sum(place not in {key for keys in blocks.values() for key in keys} for place in coverage)
    if lost:
        note += either(lang, f"；{lost} 个上级地点的需求未画出", f"; needs of {lost} parent places are not drawn")
    return styled(chart, either(lang, "各社区的满足程度", "communities by coverage"), note, lang)
