"""Set a group with many items as cards: one card a row, on a grid of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake.formats.pdf.answers import (
    Node,
    Sheet,
    buttons,
    dropdown,
    text_spec,
    text_width,
    ticks,
)
from intake.formats.pdf.geometry import LINE
from intake.formats.pdf.group_parts import FULL_LINE, fixed_cell, item_words, room_needed
from intake.formats.pdf.typography import NBSP
from intake.model.address import Place
from intake.model.definition import DataType, Item, ItemGroup

SPANS = 24
"""Columns of the grid inside a card."""
GUTTER = 3.0
UNIT = (FULL_LINE + GUTTER) / SPANS
FOLDING = 2
"""Spans that a line may win by folding labels over two lines."""
MOST_SPANS = 12
"""A short answer is not stretched further to fill its line."""
BOLD = 1.12
"""How much wider bold letters are."""
SHORT_ANSWER = 36
TALLEST = 230.0
"""A card above this may go over two pages."""
LONGEST_LABEL = 64.0
"""Longer labels of a card go over two lines."""


@dataclass(slots=True)
class _Line:
    """One line of a card being filled."""

    items: list[Item]
    spans: list[int]
    least: list[int]
    """Spans below which an answer would no longer fit."""

    @property
    def room(self) -> int:
        return SPANS - sum(self.spans)

    def takes(self, span: int) -> bool:
        """Say whether one more item fits, if need be by folding labels a little."""
        slack = sum(self.spans) - sum(self.least)
        return span - self.room <= min(slack, FOLDING)

    def add(self, item: Item, span: int, least: int) -> None:
        """Add an item, narrowing those that can give way."""
        while span > self.room:
            gains = [have - low for have, low in zip(self.spans, self.least, strict=True)]
            self.spans[gains.index(max(gains))] -= 1
        self.items.append(item)
        self.spans.append(span)
        self.least.append(least)


def _pack(sheet: Sheet, items: Sequence[Item], shared: str | None) -> list[_Line]:
    """Set items on the lines of a card, in order, and share out what room is left."""
    lines = [_Line([], [], [])]
    for item in items:
        span, least = _spans(sheet, item, item_words(sheet, item, shared))
        if lines[-1].items and not lines[-1].takes(span):
            lines.append(_Line([], [], []))
        lines[-1].add(item, span, least)
    for line in lines:
        _spread(line)
    return lines


def _spread(line: _Line) -> None:
    """Share out the room left on a line, without stretching short answers."""
    while line.room:
        growing = [i for i, span in enumerate(line.spans) if span < MOST_SPANS]
        if not growing:
            return
        for index in growing[: line.room]:
            line.spans[index] += 1


def _label_widths(words: Node) -> tuple[float, float]:
    """Return the widths of a cell's label with its caption beside it, and below it."""
    mark = " *" if words["required"] else ""
    code = text_width(f"{words['code']}.1  ", 6.4 * BOLD)
    label = code + text_width(f"{words['label']}{mark}", 7.4) + 0.5
    when = text_width(words["when"], 6.4 * BOLD)
    return label + when + (1 if when else 0), max(label, when)


def _label_width(words: Node) -> float:
    """Return the width that a cell's label wants."""
    beside, below = _label_widths(words)
    return beside if beside <= LONGEST_LABEL else min(below, LONGEST_LABEL)


def _spans(sheet: Sheet, item: Item, words: Node) -> tuple[int, int]:
    """Return the spans an item wants in a card, and those it cannot do without."""
    if item.data_type is DataType.MULTIPLE_CHOICE:
        return SPANS, SPANS
    need = room_needed(sheet, item)
    label = _label_width(words)
    wanted, least = (
        min(SPANS, -int(-(max(need, width) + GUTTER) // UNIT)) for width in (label, label / 1.8)
    )
    return wanted, least


def card(sheet: Sheet, group: ItemGroup, row: int, shared: str | None) -> Node:
    """Return the card of one row; ``shared`` is the condition said once for the group."""
    lines = []
    for line in _pack(sheet, group.items, shared):
        widths = [span * UNIT - GUTTER for span in line.spans]
        pairs = zip(line.items, widths, strict=True)
        lines.append([_cell(sheet, group, row, pair, shared) for pair in pairs])
    return {"number": row, "breaks": _height(lines) > TALLEST, "lines": lines}


def _height(lines: Sequence[Sequence[Node]]) -> float:
    """Return roughly how tall a card is, in millimetres."""
    tall = 0.0
    for cells in lines:
        answer = cells[0]["answer"]
        ticked = answer["kind"] == "ticks"
        rows = -(-len(answer["options"]) // len(answer["columns"])) if ticked else 0
        tall += 6 + 4.4 * rows if ticked else 13
    return tall


def _cell(
    sheet: Sheet, group: ItemGroup, row: int, placed: tuple[Item, float], shared: str | None
) -> Node:
    item, width = placed
    words = item_words(sheet, item, shared)
    if item.name == group.fixed_item:
        answer = {**fixed_cell(sheet, item, row, group.fixed_values[row - 1]), "w": width}
    else:
        answer = _card_answer(sheet, item, row, width)
    return {
        **words,
        "code": Place(item, row).code,
        "beside": _label_widths(words)[0] <= width,
        "w": width,
        "answer": answer,
    }


def _card_answer(sheet: Sheet, item: Item, row: int, width: float) -> Node:
    if item.data_type is DataType.MULTIPLE_CHOICE:
        return ticks(sheet, item, row, width)
    if item.is_yes_no:
        node = buttons(sheet, item, row, width)
        columns = [width / len(item.options)] * len(item.options)
        return {**node, "kind": "line", "columns": columns}
    if item.data_type is DataType.SINGLE_CHOICE:
        return dropdown(sheet, item, row, width)
    return _card_box(sheet, item, row, width)


def _card_box(sheet: Sheet, item: Item, row: int, width: float) -> Node:
    """Return a box of one line, its unit beside it."""
    unit = sheet.print(item.unit)
    room = text_width(unit, 7.4) + 3 if unit else 0
    spec = sheet.add(text_spec(sheet, item, row, lines=False, width=width - room))
    box = {"kind": "box", "target": spec.name, "w": width - room, "h": LINE}
    return {**box, "unit": unit, "note": ""}


def answer_lists(sheet: Sheet, group: ItemGroup) -> Node:
    """Return the answers of a group's dropdowns, printed once for forms filled by hand."""
    merged: dict[tuple[str, ...], list[str]] = {}
    for item in group.items:
        if item.data_type is DataType.SINGLE_CHOICE and not item.is_yes_no:
            titles = tuple(sheet.print(option.title) for option in item.options)
            merged.setdefault(titles, []).append(item.code)
    lists = [
        {
            "codes": ", ".join(codes),
            "answers": f"{NBSP} · ".join(_unbroken(title) for title in titles),
        }
        for titles, codes in merged.items()
    ]
    return {"lists_title": sheet.words.text("form.lists"), "lists": lists}


def _unbroken(title: str) -> str:
    """Keep a short answer on one line of a list."""
    return title.replace(" ", NBSP) if len(title) <= SHORT_ANSWER else title
