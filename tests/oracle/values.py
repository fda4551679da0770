"""Values of single columns: text, text lists, numbers, money, goods."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

SEPARATORS = re.compile(r"[;；、|]")


def text(value) -> str | None:
    """The trimmed text of a value in NFC, or None for a blank."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    plain = unicodedata.normalize("NFC", str(value)).strip()
    return plain or None


def words(value) -> list[str]:
    """A text list: `;` and its relatives between items, or a JSON list."""
    items = value if isinstance(value, list) else SEPARATORS.split(text(value) or "")
    found = []
    for item in items:
        word = text(item)
        if word and word not in found:
            found.append(word)
    return found


def number(value, default):
    plain = text(value)
    return default if plain is None else int(plain)


def truth(value) -> bool:
    plain = text(value)
    if plain is None:
        return False
    table = {"yes": True, "true": True, "1": True, "是": True, "no": False, "false": False, "0": False, "否": False}
    return table[plain.lower()]


def fen(value, default=0):
    plain = text(value)
    if plain is None:
        return default
    amount = Decimal(plain) * 100
    assert amount == int(amount) and amount >= 0, f"money {plain}"
    return int(amount)


def items_of(value) -> dict[str, int]:
    """`item:n` pairs; n defaults to 1."""
    found = {}
    for word in words(value):
        item, _, n = word.partition(":")
        found[item.strip()] = found.get(item.strip(), 0) + (int(n) if n.strip() else 1)
    return found
