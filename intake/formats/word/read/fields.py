"""Fields of older programs (text, checkbox, list) and symbols of picture fonts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from intake.formats.office.lettering import UNKNOWN_SIGN, sign
from intake.formats.word.read.names import TYPE, VAL, is_on, w
from intake.formats.word.read.spans import OldField, Span
from intake.model.errors import over_limit

_MAX_DEPTH = 20
_LONGEST = 100
"""Letters of an instruction that say its kind."""
_CLOCK = re.compile(r"\s*(?:DATE|TIME|SAVEDATE|PRINTDATE)\b", re.IGNORECASE)
_STALE = re.compile(r"\s*(?:=|EQ\b|LINK\b|DDE|INCLUDETEXT\b)", re.IGNORECASE)
"""Fields that compute or fetch: what they show may be an older result."""
_FRACTION = re.compile(
    r"\s*EQ\s+\\f\s*\(\s*([^;,()\\]+?)\s*[;,]\s*([^;,()\\]+?)\s*\)\s*", re.IGNORECASE
)
_EQUATION = re.compile(r"\s*EQ\b", re.IGNORECASE)


def symbol(element: etree._Element) -> str:
    """Return the letter that a symbol of a picture font stands for."""
    font = element.get(w("font"), "").lower()
    try:
        return sign(font, int(element.get(w("char"), ""), 16))
    except (ValueError, OverflowError):
        return UNKNOWN_SIGN


def equation(instruction: str) -> str:
    """Return what an equation shows that is no text of the document, empty for other fields."""
    fraction = _FRACTION.fullmatch(instruction)
    if fraction is not None:
        return f" {fraction[1]}/{fraction[2]}"
    return UNKNOWN_SIGN if _EQUATION.match(instruction) else ""


def is_of_the_moment(instruction: str) -> bool:
    """Say whether a field shows another thing each time, or may show an older result."""
    return _CLOCK.match(instruction) is not None or _STALE.match(instruction) is not None


@dataclass(slots=True)
class _Open:
    """One field being read: what it holds, and whether its result has begun."""

    found: OldField
    choice: str = ""
    instruction: str = ""
    in_result: bool = False


class FieldStack:
    """The fields open at one point of the walk."""

    def __init__(self) -> None:
        """Begin outside any field."""
        self._open: list[_Open] = []
        self.choice = ""
        """What the list field ended last had chosen."""
        self.unshown = ""
        """What the equation ended last shows, where it keeps no text of it."""

    @property
    def shows_text(self) -> bool:
        """Say whether text met now is shown: outside fields, or in their results."""
        return not self._open or all(field.in_result for field in self._open)

    @property
    def is_of_the_moment(self) -> bool:
        """Say whether the innermost field shows what the clock or a formula says."""
        return bool(self._open) and is_of_the_moment(self._open[-1].instruction)

    def instruct(self, text: str) -> None:
        """Keep what the innermost field is told to show."""
        if self._open and len(self._open[-1].instruction) < _LONGEST:
            self._open[-1].instruction += text

    def step(self, mark: etree._Element) -> Span | OldField | None:
        """Follow one field mark: the span of a result that begins, or the field that ended."""
        kind = mark.get(TYPE)
        if kind == "begin":
            if len(self._open) >= _MAX_DEPTH:
                raise over_limit("fields")
            self._open.append(_begun(mark))
        elif kind == "separate" and self._open:
            self._open[-1].in_result = True
            return self._open[-1].found.span
        elif kind == "end" and self._open:
            ended = self._open.pop()
            self.choice = ended.choice
            self.unshown = "" if ended.in_result else equation(ended.instruction)
            return ended.found
        return None


def _begun(mark: etree._Element) -> _Open:
    data = mark.find(w("ffData"))
    if data is None:
        return _Open(OldField("", Span()))
    name = data.find(w("name"))
    box, entries = data.find(w("checkBox")), data.find(w("ddList"))
    found = OldField("" if name is None else name.get(VAL, ""), Span())
    if box is not None:
        state = box.find(w("checked"))
        state = box.find(w("default")) if state is None else state
        found.ticked = state is not None and is_on(state.get(VAL))
    return _Open(found, _chosen(entries))


def _chosen(entries: etree._Element | None) -> str:
    """Return the entry of an old list that is chosen; its first where none is named."""
    if entries is None:
        return ""
    texts = [entry.get(VAL, "") for entry in entries.iter(w("listEntry"))]
    result = entries.find(w("result"))
    result = entries.find(w("default")) if result is None else result
    index = "0" if result is None else result.get(VAL, "0")
    return texts[int(index)] if index.isdecimal() and int(index) < len(texts) else ""
