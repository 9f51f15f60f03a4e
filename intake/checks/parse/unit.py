"""The unit written after a number: the item's own, an accepted one, or not known.

Comparison forgives what cannot change a quantity: spaces, case where no other unit of the
item differs by case alone, the micro sign, superscripts and a few listed spellings.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from fractions import Fraction

from intake.model.definition import AcceptedUnit, Item
from intake.words.spelling import plain, without_accents
from intake.words.word_lists import same_units, unit_multiples, unit_names

_MEGA = re.compile(r"(?<!\w)M(?=(?:UI|IU|U)(?!\w))")
"""Mega and milli units are both in use: this capital is not forgiven."""
_FIGURES = str.maketrans(
    {"²": "2", "³": "3", "\u00ba": "°", "\u02da": "°", "∕": "/", "⁄": "/", "\u03bc": "µ"}
)


def find_unit(item: Item, text: str, own: Collection[str]) -> AcceptedUnit | str | None:
    """Return the accepted unit, the item's own symbol, or None when it is not known.

    ``own`` are the spellings of the item's own unit, in every language. The exact spelling
    is looked for first, then the folded one, then the first word of the own unit, or of one
    that never converts. Then another name of a unit (``10^9/L`` for ``G/L``), by case. Last, a
    longer or shorter time that is exactly so many of the one asked (``semaines`` for days).
    """
    if not text:
        return ""
    never = [unit for unit in item.accepted_units if not unit.exact]
    listed = item.accepted_units
    other = unit_names().get(_exact(text).casefold(), "")
    for key, units, asked in (
        (_exact, listed, text), (unit_key, listed, text), (_head, never, text),
        (_exact, listed, other),
    ):  # fmt: skip
        wanted = unit_key(asked) if key is _head else key(asked)
        found: list[AcceptedUnit | str] = [s for s in own if s and key(s) == wanted]
        found += [unit for unit in units if key(unit.symbol) == wanted]
        if found:
            return found[0] if len({_meaning(each) for each in found}) == 1 else None
    return _other_time(text, own)


def _other_time(text: str, own: Collection[str]) -> AcceptedUnit | None:
    written = unit_key(text)
    factors = {unit_multiples(unit_key(symbol)).get(written) for symbol in own if symbol}
    factor = factors.pop() if len(factors) == 1 else None
    return None if factor is None else AcceptedUnit(text, factor, "0", exact=True)


def unit_key(text: str) -> str:
    """Return what is compared of a unit."""
    plainly = _MEGA.sub("mega", plain(text).translate(_FIGURES))
    symbol = without_accents(plainly).casefold().replace("\u03bc", "\u00b5")
    same = same_units()
    words = [
        "/".join(same.get(part.strip(), part.strip()) for part in word.split("/"))
        for word in re.sub(r"\s*/\s*", "/", re.sub(r"°\s+", "°", symbol)).split()
    ]
    return " ".join(words)


def convert(number: Fraction, unit: AcceptedUnit) -> Fraction | None:
    """Return a number in the item's unit, exactly, or None when nothing converts."""
    try:
        factor, offset = Fraction(unit.factor), Fraction(unit.offset)
    except (ValueError, ZeroDivisionError):
        return None
    return (number + offset) * factor if factor > 0 else None


def _meaning(found: AcceptedUnit | str) -> tuple[str, str, bool]:
    """Return what a match amounts to: two spellings of one conversion are one."""
    if isinstance(found, str):
        return ("1", "0", True)
    return (found.factor, found.offset, found.exact)


def _exact(symbol: str) -> str:
    return "".join(plain(symbol).translate(_FIGURES).split())


def _head(symbol: str) -> str:
    return unit_key(symbol).partition(" ")[0]
