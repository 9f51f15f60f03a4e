"""How a run of text is marked where it changes what the page says: hidden, struck, raised."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from intake.formats.office.lettering import Face, is_of_signs, is_unseen
from intake.formats.word.read.names import VAL, is_on, w
from intake.formats.word.read.styles import Properties

_LEVEL, _POSITION, _SIZE = w("vertAlign"), w("position"), w("sz")
_PARAGRAPH, _NUMBERED = w("pPr"), f"{w('numPr')}/{w('numId')}"
_HIDDEN, _STRUCK = w("vanish"), (w("strike"), w("dstrike"))
_STRESSED = (w("highlight"), w("u"), w("b"), w("bdr"))
_SHADE, _BORDERS, _FILL = w("shd"), w("pBdr"), w("fill")
_COLOUR, _FONTS = w("color"), w("rFonts")
_FONT_NAMES = (w("ascii"), w("hAnsi"), w("cs"))
_HIGHLIGHTS = {"white": "FFFFFF", "black": "000000"}
_USUAL_SIZE = 22
_SMALLEST = 4
"""Half points: the size of a text that names none; below the other none can be seen."""
_SEEN_SHIFT = 6
"""A text moved by less than this part of its size still stands on its line."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of the text met now."""

    hidden: bool = False
    revised: bool = False
    """In tracked changes."""
    struck: bool = False
    """Struck through: it is no longer the answer."""
    stressed: bool = False
    """Highlighted, framed, underlined or bold, as the label of a chosen option is."""
    coloured: bool = False
    """In another colour than its paragraph."""
    level: str = ""
    """``superscript`` or ``subscript``."""
    font: str = ""
    """A font of signs; empty for fonts of letters."""

    def lettered(self, text: str) -> str:
        """Return the text as it reads: a raised 3 is not the figure 3 of a number."""
        return Face(level=self.level, font=self.font).shown(text)


def marked(found: Properties, around: Marks, ground: str) -> Marks:
    """Return the marks of a run inside what is marked already, on a ground of some colour."""
    marks = replace(
        around,
        hidden=around.hidden or _is_unseen(found, ground),
        struck=any(found.is_on(name) for name in _STRUCK),
        stressed=any(found.is_chosen(name) for name in _STRESSED) or _is_shaded(found, ground),
        coloured=found.is_chosen(_COLOUR),
        level=_level(found),
        font=_font_of_signs(found),
    )
    return around if marks == around else marks


def _is_unseen(found: Properties, ground: str) -> bool:
    """Say whether the text is hidden, too small, or of the colour of what is behind it."""
    if found.is_on(_HIDDEN) or 0 < _number(found, _SIZE, _USUAL_SIZE) <= _SMALLEST:
        return True
    colour = found.colour(_COLOUR)
    return bool(colour) and is_unseen(colour, _behind(found) or ground)


def _behind(found: Properties) -> str:
    """Return the colour that a run itself has behind it, empty where it has none."""
    light = found.value(w("highlight"))
    if light and light != "none":
        return _HIGHLIGHTS.get(light, "808080")
    return shade_of(found.element(_SHADE))


def _is_shaded(found: Properties, ground: str) -> bool:
    shade = shade_of(found.element(_SHADE)) if found.is_own(_SHADE) else ""
    return bool(shade) and not is_unseen(shade, ground)


def shade_of(element: etree._Element | None) -> str:
    """Return the colour of a shade, empty for none."""
    stated = "" if element is None else str(element.get(_FILL, ""))
    return stated if stated.lower() != "auto" else ""


def _level(found: Properties) -> str:
    """Return whether a text is raised or lowered, by its kind or by its place."""
    stated = found.value(_LEVEL)
    if stated and stated != "baseline":
        return stated
    moved = _number(found, _POSITION, 0)
    if abs(moved) * _SEEN_SHIFT < _number(found, _SIZE, _USUAL_SIZE):
        return ""
    return "superscript" if moved > 0 else "subscript"


def _font_of_signs(found: Properties) -> str:
    fonts = found.element(_FONTS)
    names = [] if fonts is None else [str(fonts.get(name, "")) for name in _FONT_NAMES]
    return next((name for name in names if is_of_signs(name)), "")


def _number(found: Properties, name: str, otherwise: int) -> int:
    stated = found.value(name)
    return int(stated) if stated.lstrip("-").isdecimal() else otherwise


def is_listed(paragraph: etree._Element) -> bool:
    """Say whether a program numbers the paragraph: the page shows what its text lacks."""
    if not len(paragraph) or paragraph[0].tag != _PARAGRAPH:
        return False
    number = paragraph[0].find(_NUMBERED)
    return number is not None and number.get(VAL) != "0"


def is_set_apart(properties: etree._Element, ground: str) -> bool:
    """Say whether a paragraph itself is shaded or framed, as a chosen option may be."""
    shade = shade_of(properties.find(_SHADE))
    borders = properties.find(_BORDERS)
    is_framed = borders is not None and any(is_on(side.get(VAL)) for side in borders)
    return is_framed or bool(shade and not is_unseen(shade, ground))
