"""How a run of text is marked where it changes what the page says: hidden, struck, raised."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from intake.formats.word.read.names import VAL, is_on, w

_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_LEVEL, _PARAGRAPH, _NUMBERED = w("vertAlign"), w("pPr"), f"{w('numPr')}/{w('numId')}"
_HIDDEN, _STRUCK = w("vanish"), frozenset({w("strike"), w("dstrike")})
_STRESSED = frozenset({w("highlight"), w("u"), w("b")})
_COLOUR, _WHITE = w("color"), "FFFFFF"
_LEVELS = {"superscript": _RAISED, "subscript": _LOWERED}


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of the text met now."""

    hidden: bool = False
    revised: bool = False
    """In tracked changes."""
    struck: bool = False
    """Struck through: is it still the answer?"""
    stressed: bool = False
    """Highlighted, underlined or bold, as the label of a chosen option is."""
    level: str = ""
    """``superscript`` or ``subscript``."""

    def lettered(self, text: str) -> str:
        """Return the text as it reads: a raised 3 is not the figure 3 of a number."""
        table = _LEVELS.get(self.level)
        return text if table is None else text.translate(table)


def of_run(properties: etree._Element, around: Marks) -> Marks:
    """Return the marks of a run inside what is marked already."""
    found = around
    for child in properties:
        if child.tag == _LEVEL:
            found = replace(found, level=child.get(VAL, ""))
        elif _is_unseen(child):
            found = replace(found, hidden=True)
        elif child.tag in _STRUCK and is_on(child.get(VAL)):
            found = replace(found, struck=True)
        elif child.tag in _STRESSED and is_on(child.get(VAL)):
            found = replace(found, stressed=True)
    return found


def _is_unseen(mark: etree._Element) -> bool:
    """Say whether a mark hides the text, or writes it white on white."""
    if mark.tag == _COLOUR:
        return str(mark.get(VAL, "")).upper() == _WHITE
    return mark.tag == _HIDDEN and is_on(mark.get(VAL))


def is_listed(paragraph: etree._Element) -> bool:
    """Say whether a program numbers the paragraph: the page shows what its text lacks."""
    if not len(paragraph) or paragraph[0].tag != _PARAGRAPH:
        return False
    number = paragraph[0].find(_NUMBERED)
    return number is not None and number.get(VAL) != "0"
