"""What letters say as they are set: raised, lowered, struck, in a font of signs, unseen.

Word and Excel store the same letters for another look; a reader of the page sees the look.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

UNKNOWN_SIGN = "\ufffd"
"""A sign without a letter: a reader must not take its place for empty."""
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
RAISED, LOWERED = "superscript", "subscript"
_LEVELS = {RAISED: _RAISED, LOWERED: _LOWERED}
TICKED, UNTICKED = "\u2612", "\u2610"
_TICKS = {
    ("wingdings", 0xFE): "\u2611", ("wingdings", 0xFD): TICKED, ("wingdings", 0x78): TICKED,
    ("wingdings", 0xFC): "\u2713", ("wingdings", 0xFB): "\u2717", ("wingdings", 0xA8): UNTICKED,
    ("wingdings", 0x6F): UNTICKED, ("wingdings", 0x71): UNTICKED,
    ("wingdings 2", 0x52): "\u2611", ("wingdings 2", 0x53): TICKED, ("wingdings 2", 0x54): TICKED,
    ("wingdings 2", 0x50): "\u2713", ("wingdings 2", 0x4F): "\u2717",
    ("wingdings 2", 0xA3): UNTICKED, ("wingdings 2", 0x2A): UNTICKED,
}  # fmt: skip
"""Boxes and ticks by font and place in the font."""
_PICTURES = ("wingdings", "webdings", "marlett", "zapfdingbats")
"""Fonts, by the beginning of their names, that hold no letters at all."""
_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", "αβχδεφγηιϕκλµνοπθρστυϖωξψζ"
_SIGNS = dict(zip(range(0x41, 0x5B), _GREEK[0], strict=True))
_SIGNS |= dict(zip(range(0x61, 0x7B), _GREEK[1], strict=True))
_SIGNS |= dict(zip((0x22, 0x24, 0x27, 0x2D, 0x40, 0x5C, 0x5E, 0x60, 0x7E),
                   "∀∃∋-≅∴⊥¯~", strict=True))  # fmt: skip
_SIGNS |= dict(enumerate("ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…", start=0xA1))
_SIGNS |= {0xD6: "√", 0xD7: "·", 0xD8: "¬", 0xE5: "∑", 0xF2: "∫"}
"""What the font Symbol shows in the places of other letters."""
_PRIVATE = range(0xF000, 0xF100)
"""Where programs store letters of fonts of signs, beside their plain places."""
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
_FIXED_SPACE = 0xA0
_OF_SOME_FONT = range(0xD800, 0xF900)
"""Surrogates, and the places that each font fills as it likes."""
_FIRST_LETTER, _LAST_ASCII, _LAST_PLACE = 0x20, 0x7E, 0xFF
_LEAST_CONTRAST = 24
"""Steps of a colour's part below which nobody tells it from what is behind it."""


@dataclass(frozen=True, slots=True)
class Face:
    """How a run of letters is set, where that changes what the page says."""

    struck: bool = False
    hidden: bool = False
    level: str = ""
    """``superscript`` or ``subscript``."""
    font: str = ""

    def shown(self, text: str) -> str:
        """Return the text as it reads: a raised 3 is not the figure 3 of a number."""
        if not text.isascii() or self.font:
            text = of_font(self.font, text)
        return levelled(text, self.level)


UNMARKED = Face()


def levelled(text: str, level: str) -> str:
    """Return a text with its raised or lowered figures as such."""
    table = _LEVELS.get(level)
    return text if table is None else text.translate(table)


def is_of_signs(font: str) -> bool:
    """Say whether a font shows other signs than the letters stored."""
    folded = font.lower()
    return folded == "symbol" or folded.startswith(_PICTURES)


def of_font(font: str, text: str) -> str:
    """Return what a font shows of a text: what stands for a sign of no known font is none."""
    folded = font.lower()
    if is_of_signs(folded) or _PRIVATE_USE.search(text):
        return "".join(sign(folded, ord(c)) for c in text)
    return text


def sign(font: str, code: int) -> str:
    """Return what a font, its name in lower case, shows in one place."""
    place = code & _LAST_PLACE if code in _PRIVATE else code
    if place <= _FIRST_LETTER or place == _FIXED_SPACE:
        return chr(place)
    if font.startswith(_PICTURES):
        return _TICKS.get((font, place), UNKNOWN_SIGN)
    if font == "symbol" and place <= _LAST_PLACE:
        return _SIGNS.get(place) or (chr(place) if place <= _LAST_ASCII else UNKNOWN_SIGN)
    return chr(code) if code not in _OF_SOME_FONT else UNKNOWN_SIGN


def is_unseen(colour: str, ground: str) -> bool:
    """Say whether letters of a colour cannot be told from what is behind them.

    Colours are six hexadecimal digits; one that is not known is seen.
    """
    parts = _parts(colour), _parts(ground or "FFFFFF")
    if not all(parts):
        return False
    return all(abs(a - b) < _LEAST_CONTRAST for a, b in zip(*parts, strict=True))


def _parts(colour: str) -> tuple[int, ...]:
    try:
        return tuple(bytes.fromhex(colour[-6:])) if len(colour) >= 6 else ()
    except ValueError:
        return ()
