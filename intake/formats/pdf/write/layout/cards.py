"""Set a group with many items as cards: one card a row, on a grid of its own."""

from __future__ import annotations

from collections.abc import Sequence

from intake.formats.pdf.write.layout.answers import Node, Sheet
from intake.formats.pdf.write.layout.card_answers import card_answer
from intake.formats.pdf.write.layout.card_lines import Line, is_beside, packed
from intake.formats.pdf.write.layout.group_parts import fixed_cell, item_words
from intake.model.address import Place
from intake.model.definition import Item, ItemGroup

TALLEST = 230.0
"""A card above this may go over two pages."""


def cards(sheet: Sheet, group: ItemGroup, shared: str | None) -> list[Node]:
    """Return one card a row; ``shared`` is the condition said once for the group."""
    lines = packed(sheet, group.items, shared)
    tall = sum(line.height for line in lines) > TALLEST
    return [
        {"number": row, "breaks": tall, "lines": _lines(sheet, group, row, lines, shared)}
        for row in group.printed
    ]


def _lines(
    sheet: Sheet, group: ItemGroup, row: int, lines: Sequence[Line], shared: str | None
) -> list[list[Node]]:
    return [
        _level(
            [
                _cell(sheet, group, row, placed, shared)
                for placed in zip(line.items, line.widths, strict=True)
            ]
        )
        for line in lines
    ]


def _level(cells: list[Node]) -> list[Node]:
    """Make the boxes of a line as tall as the tallest, so that their labels are level."""
    tallest = max(cell["answer"].get("h", 0) for cell in cells)
    for cell in cells:
        if "h" in cell["answer"]:
            cell["answer"]["h"] = tallest
    return cells


def _cell(
    sheet: Sheet, group: ItemGroup, row: int, placed: tuple[Item, float], shared: str | None
) -> Node:
    item, width = placed
    words = item_words(sheet, item, shared)
    if item.name == group.fixed_item:
        answer = {**fixed_cell(sheet, item, row, group.fixed_values[row - 1]), "w": width}
    else:
        answer = card_answer(sheet, item, row, width)
    return {
        **words,
        "code": Place(item, row).code,
        "beside": is_beside(words, width),
        "w": width,
        "answer": answer,
    }
