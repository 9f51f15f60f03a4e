"""What an item shows inside a card: ticks set close, buttons on a line, a list, a box."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from intake.formats.pdf.write.layout.answers import (
    Node,
    Sheet,
    buttons,
    dropdown,
    option_widths,
    text_spec,
    text_width,
    ticks,
)
from intake.formats.pdf.write.layout.box_sizes import LONG_TEXT, box_height
from intake.formats.pdf.write.layout.geometry import CARD_LINE, LINE
from intake.formats.pdf.write.layout.group_parts import FULL_LINE, room_needed
from intake.model.definition import Family, Item

OPTION_SIZE = 7.8
SHARED_LINE = FULL_LINE * 0.6
"""Width of a long text's box that leaves room for another beside it."""
TICK_LINE = 4.4
TICK_ROWS = 2
"""Ticks that fit on this many lines leave the rest of their lines to other items."""


@dataclass(frozen=True, slots=True)
class Room:
    """What an answer needs in a card, in millimetres."""

    width: float
    height: float = CARD_LINE


def card_room(sheet: Sheet, item: Item) -> Room:
    """Return what an item's answer needs in a card."""
    if item.is_ticked:
        return _ticks_room(sheet, item)
    width = room_needed(sheet, item)
    if not item.is_free_text:
        return Room(width)
    length = item.max_length or LONG_TEXT
    if LONG_TEXT <= length < 2 * LONG_TEXT:
        width = SHARED_LINE
    return Room(width, _box_height(length, width))


def card_answer(sheet: Sheet, item: Item, row: int, width: float) -> Node:
    """Return the answer of an item set in a card's cell; registers its fields."""
    match item.family:
        case Family.TICKED:
            return _flow(ticks(sheet, item, row, width), width)
        case Family.LISTED if item.is_yes_no:
            node = buttons(sheet, item, row, width)
            return {**node, "kind": "line", "columns": _stretched(node["options"], width)}
        case Family.LISTED:
            return {**dropdown(sheet, item, row, width), "h": CARD_LINE}
        case Family.WORDS | Family.NUMBER | Family.DAY | Family.TIME:
            return _box(sheet, item, row, width)
        case unknown:
            assert_never(unknown)


def _ticks_room(sheet: Sheet, item: Item) -> Room:
    """Return the least width that sets an item's ticks on one line, or on two."""
    needs = option_widths([{"label": sheet.print(o.title)} for o in item.options], OPTION_SIZE)
    if sum(needs) <= FULL_LINE:
        return Room(sum(needs), TICK_LINE)
    for width in range(int(max(needs)) + 1, int(FULL_LINE)):
        rows = len(list(_rows(needs, width)))
        if rows <= TICK_ROWS:
            return Room(float(width), rows * TICK_LINE)
    return Room(FULL_LINE, len(list(_rows(needs, FULL_LINE))) * TICK_LINE)


def _rows(needs: Sequence[float], width: float) -> Iterator[range]:
    """Yield which ticks stand on each line when a line is filled before the next begins."""
    start, used = 0, 0.0
    for index, need in enumerate(needs):
        if index > start and used + need > width:
            yield range(start, index)
            start, used = index, 0.0
        used += need
    yield range(start, len(needs))


def _flow(node: Node, width: float) -> Node:
    """Set ticks one after the other where columns would take more lines."""
    marks = node["options"]
    needs = option_widths(marks, OPTION_SIZE)
    rows = list(_rows(needs, width))
    if len(rows) > TICK_ROWS and len(rows) >= -(-len(marks) // len(node["columns"])):
        return node
    lines = [
        {
            "columns": [min(needs[index], width) for index in row],
            "options": [marks[index] for index in row],
        }
        for row in rows
    ]
    return {"kind": "flow", "rows": lines}


def _stretched(marks: Sequence[Node], width: float) -> list[float]:
    """Return the widths of buttons on a line: their own, and a little of what is left."""
    needs = option_widths(marks, OPTION_SIZE)
    more = min((width - sum(needs)) / len(needs), 4.0)
    return [need + more for need in needs]


def _box_height(length: int, width: float) -> float:
    """Return the height of a text's box; one line of a card is lower than elsewhere."""
    height = box_height(length, width)
    return height if height > LINE else CARD_LINE


def _box(sheet: Sheet, item: Item, row: int, width: float) -> Node:
    """Return a box of one line, or of two for a longer text; its unit beside it."""
    unit = sheet.print(item.unit)
    room = text_width(unit, 7.4) + 3 if unit else 0
    height = CARD_LINE
    if item.is_free_text:
        height = _box_height(item.max_length or LONG_TEXT, width - room)
    lines = height > LINE
    spec = sheet.add(text_spec(sheet, item, row, lines=lines, width=width - room))
    return {
        "kind": "box", "target": spec.name, "w": width - room, "h": height,
        "unit": unit, "note": "",
    }  # fmt: skip
