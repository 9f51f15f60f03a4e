"""Content controls: one per answer place, inside the bookmark of the same name.

Run-level, tagged, titled and locked against deletion; bound to no data, since programs
empty or swap bound values. Dates are plain text for the same reason.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias, assert_never

from lxml.builder import ElementMaker

from intake.formats.word.anchors import MAX_ALIAS, TICKED, UNTICKED
from intake.formats.word.write.markup import VAL, Element, bookmarked, child, element, run
from intake.formats.wording.placeholders import placeholder
from intake.model.address import UNANSWERED, Place
from intake.model.definition import Family, FormDefinition
from intake.words.catalogue import Words
from intake.words.spelling import normal_text

_LOCKED, _PRINTED = "sdtLocked", "sdtContentLocked"
_WAITING = "5F6E76"
"""Colour of a placeholder: said again here, because LibreOffice has its own for the style."""
_TICKED_BY = ("1", "true")
_WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W14 = ElementMaker(namespace=_WORD_2010, nsmap={"w14": _WORD_2010})
_W14_VAL, _W14_FONT = f"{{{_WORD_2010}}}val", f"{{{_WORD_2010}}}font"
Marked: TypeAlias = tuple[Element, Element, Element]
"""The two ends of a bookmark and a control between them."""


@dataclass(frozen=True)
class Sheet:
    """What every part of a form needs: definition, words, answers to fill in, places met."""

    definition: FormDefinition
    words: Words
    prefill: Mapping[str, str]
    addresses: list[str] = field(default_factory=list)
    """The places met, in reading order."""
    numbers: set[int] = field(default_factory=set)
    """The identifiers of their controls."""

    def add(self, address: str) -> int:
        """Keep a place; return its identifier, the same whenever this form is written."""
        number = zlib.crc32(address.encode()) & 0x7FFFFFFF
        while number in self.numbers or number == 0:
            number += 1
        self.numbers.add(number)
        self.addresses.append(address)
        return number


def answer_control(sheet: Sheet, place: Place) -> Marked:
    """Return the control of a text, number, date or single choice."""
    value = sheet.prefill.get(place.address, "")
    match place.item.family:
        case Family.LISTED:
            return _control(sheet, place, _choices(sheet, place), _label(sheet, place, value))
        case Family.WORDS:
            return _control(sheet, place, element("text", multiLine=1), value)
        case Family.NUMBER | Family.DAY | Family.TIME:
            return _control(sheet, place, element("text"), value)
        case Family.TICKED:
            return tick_control(sheet, place)
        case unknown:
            assert_never(unknown)


def printed_control(sheet: Sheet, place: Place, value: str) -> Marked:
    """Return the control of a value that the form prints and nobody changes."""
    shown = _label(sheet, place, value)
    return _control(sheet, place, element("text"), shown, lock=_PRINTED)


def tick_control(sheet: Sheet, place: Place) -> Marked:
    """Return the checkbox of one option of a multiple choice."""
    ticked = sheet.prefill.get(place.address, "") in _TICKED_BY
    mark = run(TICKED if ticked else UNTICKED, "Mark")
    control = copy(_empty(_LOCKED, is_waiting=False))
    return _filled(sheet, place, control, copy(_box(ticked=ticked)), mark)


def _control(sheet: Sheet, place: Place, kind: Element, value: str, lock: str = _LOCKED) -> Marked:
    control = copy(_empty(lock, is_waiting=not value))
    text = placeholder(sheet.words, place.item)
    content = run(value) if value else run(text, "Placeholder Text", _WAITING)
    return _filled(sheet, place, control, kind, content)


def _filled(
    sheet: Sheet, place: Place, control: Element, kind: Element, content: Element
) -> Marked:
    """Return a control with its names, its kind and what it shows, inside its bookmark."""
    properties, shown = control
    alias, tag, number, *_ = properties
    alias.set(VAL, _alias(sheet, place))
    tag.set(VAL, place.address)
    number.set(VAL, str(sheet.add(place.address)))
    properties.append(kind)
    shown.append(content)
    return bookmarked(len(sheet.addresses), place.address, control)


@cache
def _empty(lock: str, *, is_waiting: bool) -> Element:
    """Return a control without names, of no kind, that shows nothing."""
    names = [element(name) for name in ("alias", "tag", "id")]
    waiting = [element("showingPlcHdr")] if is_waiting else []
    properties = element("sdtPr", *names, element("lock", val=lock), *waiting)
    return element("sdt", properties, element("sdtContent"))


@cache
def _box(*, ticked: bool) -> Element:
    """Return the kind of a checkbox: Word knows it since 2010."""
    return _W14.checkbox(
        _W14.checked({_W14_VAL: str(int(ticked))}),
        _W14.checkedState({_W14_VAL: f"{ord(TICKED):04X}", _W14_FONT: "MS Gothic"}),
        _W14.uncheckedState({_W14_VAL: f"{ord(UNTICKED):04X}", _W14_FONT: "MS Gothic"}),
    )


def _alias(sheet: Sheet, place: Place) -> str:
    """Return the title of a control: its code, then as much of its question as fits."""
    label = place.option.title if place.option else place.item.label
    return normal_text(f"{place.code} {sheet.words.local(label)}"[:MAX_ALIAS])


def _choices(sheet: Sheet, place: Place) -> Element:
    entries = [(UNANSWERED, placeholder(sheet.words, place.item))]
    entries += [(o.code, sheet.words.local(o.title)) for o in place.item.options]
    made = element("dropDownList")
    for code, label in entries:
        child(made, "listItem", displayText=normal_text(label), value=code)
    return made


def _label(sheet: Sheet, place: Place, code: str) -> str:
    """Return what a list shows for a code; the text itself where it is no code."""
    option = place.item.option(code)
    return sheet.words.local(option.title) if option else code
