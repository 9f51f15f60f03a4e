"""What matrices, tables of rows and cards share: an item's words, room and fixed value."""

from __future__ import annotations

from typing import assert_never

from intake.formats.pdf.write.layout.answers import Node, Sheet, dropdown_width, spoken, text_width
from intake.formats.pdf.write.layout.box_sizes import LONG_TEXT, line_width
from intake.formats.pdf.write.layout.spec import FieldSpec, Kind
from intake.formats.wording.captions import caption
from intake.model.address import Place
from intake.model.definition import Family, Item
from intake.words.typography import printed

FULL_LINE = 168.0
"""Width in millimetres of one line inside a card."""


def item_words(sheet: Sheet, item: Item, shared: str | None = None) -> Node:
    """Return the words of an item; ``shared`` is the condition said for its group."""
    own = item.relevant if item.relevant != shared else None
    text = caption(sheet.definition, sheet.words, item, given=shared) if own else ""
    return {
        "code": item.code,
        "label": sheet.print(item.label),
        "unit": sheet.print(item.unit),
        "hint": sheet.print(item.hint),
        "required": item.required is not None,
        "when": printed(text, sheet.words.language),
    }


def fixed_cell(sheet: Sheet, item: Item, row: int, value: str) -> Node:
    """Register the printed value of a row: a read-only field that holds the code."""
    name = Place(item, row).address
    options = tuple((o.code, sheet.words.local(o.title)) for o in item.options)
    kind = Kind.DROPDOWN if options else Kind.TEXT
    spec = FieldSpec(
        name=name,
        kind=kind,
        label=spoken(sheet, item, row),
        options=options,
        size=8,
        value=value,
        read_only=True,
        centred=True,
    )
    sheet.book.add(spec)
    return {"kind": "printed", "target": name}


def room_needed(sheet: Sheet, item: Item) -> float:
    """Return the width in millimetres that an item's answer needs in a card or table."""
    match item.family:
        case Family.LISTED if item.is_yes_no:
            return sum(text_width(sheet.print(o.title), 7.8) + 8 for o in item.options)
        case Family.LISTED:
            return dropdown_width(sheet, item)
        case Family.NUMBER | Family.DAY | Family.TIME | Family.TICKED:
            return 24.0
        case Family.WORDS:
            length = item.max_length or LONG_TEXT
            return FULL_LINE if length >= LONG_TEXT else min(66.0, max(24.0, line_width(length)))
        case unknown:
            assert_never(unknown)
