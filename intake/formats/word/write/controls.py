"""Content controls: one per answer place, inside the bookmark of the same name.

Run-level, tagged, titled and locked against deletion; bound to no data, since programs
empty or swap bound values. Dates are plain text for the same reason.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from intake.formats.word.anchors import MAX_ALIAS, TICKED, UNTICKED
from intake.formats.word.write.markup import attribute, bookmarked, run
from intake.formats.wording.placeholders import placeholder
from intake.model.address import UNANSWERED, Place
from intake.model.definition import DataType, FormDefinition
from intake.words.catalogue import Words

_LOCKED, _PRINTED = "sdtLocked", "sdtContentLocked"
_WAITING = "5F6E76"
"""Colour of a placeholder: said again here, because LibreOffice has its own for the style."""
_TICKED_BY = ("1", "true")


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


def answer_control(sheet: Sheet, place: Place) -> str:
    """Return the control of a text, number, date or single choice."""
    value = sheet.prefill.get(place.address, "")
    if place.item.data_type is DataType.SINGLE_CHOICE:
        return _control(sheet, place, _choices(sheet, place), _label(sheet, place, value))
    lines = ' w:multiLine="1"' if place.item.data_type is DataType.TEXT else ""
    return _control(sheet, place, f"<w:text{lines}/>", value)


def printed_control(sheet: Sheet, place: Place, value: str) -> str:
    """Return the control of a value that the form prints and nobody changes."""
    shown = _label(sheet, place, value)
    return _control(sheet, place, "<w:text/>", shown, lock=_PRINTED)


def tick_control(sheet: Sheet, place: Place) -> str:
    """Return the checkbox of one option of a multiple choice."""
    ticked = sheet.prefill.get(place.address, "") in _TICKED_BY
    states = "".join(
        f'<w14:{name}State w14:val="{ord(sign):04X}" w14:font="MS Gothic"/>'
        for name, sign in (("checked", TICKED), ("unchecked", UNTICKED))
    )
    kind = f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/>{states}</w14:checkbox>'
    content = run(TICKED if ticked else UNTICKED, "Mark")
    return _wrapped(sheet, place, f'<w:lock w:val="{_LOCKED}"/>{kind}', content)


def _control(sheet: Sheet, place: Place, kind: str, value: str, lock: str = _LOCKED) -> str:
    locked = f'<w:lock w:val="{lock}"/>'
    if value:
        return _wrapped(sheet, place, locked + kind, run(value))
    waiting = run(placeholder(sheet.words, place.item), "PlaceholderText", _WAITING)
    return _wrapped(sheet, place, f"{locked}<w:showingPlcHdr/>{kind}", waiting)


def _wrapped(sheet: Sheet, place: Place, properties: str, content: str) -> str:
    address = place.address
    number = sheet.add(address)
    named = f"<w:alias w:val={attribute(_alias(sheet, place))}/><w:tag w:val={attribute(address)}/>"
    control = (
        f'<w:sdt><w:sdtPr>{named}<w:id w:val="{number}"/>{properties}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )
    return bookmarked(len(sheet.addresses), address, control)


def _alias(sheet: Sheet, place: Place) -> str:
    """Return the title of a control: its code, then as much of its question as fits."""
    label = place.option.title if place.option else place.item.label
    return f"{place.code} {sheet.words.local(label)}"[:MAX_ALIAS]


def _choices(sheet: Sheet, place: Place) -> str:
    entries = [(UNANSWERED, placeholder(sheet.words, place.item))]
    entries += [(o.code, sheet.words.local(o.title)) for o in place.item.options]
    items = "".join(
        f"<w:listItem w:displayText={attribute(label)} w:value={attribute(code)}/>"
        for code, label in entries
    )
    return f"<w:dropDownList>{items}</w:dropDownList>"


def _label(sheet: Sheet, place: Place, code: str) -> str:
    """Return what a list shows for a code; the text itself where it is no code."""
    option = place.item.option(code)
    return sheet.words.local(option.title) if option else code
