"""Places: the forest of parents, the leaves where sessions stand, and minutes between places."""

from __future__ import annotations

import math

from values import words

ONLINE = "online"
EARTH_KM = 6371.0088


class Geography:
    def __init__(self, document: dict, speed_kmh: int):
        self.speed_kmh = speed_kmh
        table = document.get("places") or []
        self.parent: dict[str, str | None] = {}
        self.coordinates: dict[str, tuple[float, float]] = {}
        if table:
            for row in table:
                name = row["id"].strip()
                self.parent[name] = (row.get("parent") or "").strip() or None
                if row.get("lat") not in (None, "") and row.get("lon") not in (None, ""):
                    self.coordinates[name] = (float(row["lat"]), float(row["lon"]))
        else:
            for name in named_places(document):
                self.parent[name] = None
        above = set(self.parent.values())
        self.leaves = sorted(p for p in self.parent if p not in above)
        self.table: dict[tuple[str, str], int] = {}
        for row in document.get("travel") or []:
            self.table[(row["from"].strip(), row["to"].strip())] = int(row["minutes"])

    def line(self, place: str) -> list[str]:
        """The place and everything above it."""
        found = []
        while place is not None:
            found.append(place)
            place = self.parent.get(place)
        return found

    def stands_for(self, named: str, leaf: str) -> bool:
        """Does a list that names `named` cover the leaf (or `online`)?"""
        return named in self.line(leaf)

    def any_stands_for(self, names, leaf: str) -> bool:
        return any(self.stands_for(name, leaf) for name in names)

    def minutes(self, start: str, leaf: str) -> int | None:
        """Minutes from a row's place to a leaf place, None when unknown (so unreachable)."""
        if start == ONLINE or leaf == ONLINE:
            return 0 if start == leaf else None
        if start in self.line(leaf):
            return 0
        for pair in ((start, leaf), (leaf, start)):
            if pair in self.table:
                return self.table[pair]
        if start in self.coordinates and leaf in self.coordinates:
            km = haversine(self.coordinates[start], self.coordinates[leaf])
            return max(0, math.ceil(km / self.speed_kmh * 60 - 1e-6))
        return None


def haversine(a, b) -> float:
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, p)) for p in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def named_places(document) -> list[str]:
    """Without a places table: every name in place, places, from and to of any table, `online` excepted."""
    found = set()
    for table, rows in document.items():
        if table in ("previous", "settings", "places") or not isinstance(rows, list):
            continue
        for row in rows:
            for column in ("place", "places", "from", "to"):
                found.update(words(row.get(column)))
    found.discard(ONLINE)
    return sorted(found)
