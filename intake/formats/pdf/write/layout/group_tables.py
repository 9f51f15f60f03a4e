"""Set groups as tables: a matrix (items down, rows across) or one line a row."""

from __future__ import annotations

from typing import Any

from intake.formats.pdf.write.layout.answers import (
    Node,
    Sheet,
    dropdown,
    text_box,
    text_spec,
    text_width,
)
from intake.formats.pdf.write.layout.box_sizes import LONG_TEXT, holds
from intake.formats.pdf.write.layout.geometry import BODY, CODE, LINE
from intake.formats.pdf.write.layout.group_parts import fixed_cell, item_words, room_needed
from intake.model.definition import Item, ItemGroup

LABEL_WIDTH = 48.0
GUTTER = 1.4
NARROWEST = 14.0
"""Millimetres below which a date no longer fits a cell."""
ARROW = 5.2
"""Room of a dropdown's arrow and edges."""
LARGEST, SMALLEST = 7.5, 6.5
"""Sizes in points of what is typed into a matrix."""


def _matrix_cell(group: ItemGroup) -> float:
    return (BODY - CODE - LABEL_WIDTH) / group.rows


def fits_matrix(sheet: Sheet, group: ItemGroup) -> bool:
    """Say whether a group's rows fit side by side."""
    width = _matrix_cell(group) - GUTTER
    chosen = [item for item in group.items if item.is_listed]
    asked = [item for item in chosen if item.name != group.fixed_item]
    return (
        all(_is_small(item, width) for item in group.items)
        and width >= NARROWEST
        and all(_narrow(sheet, item, width) >= SMALLEST for item in asked)
    )


def _is_small(item: Item, width: float) -> bool:
    """Say whether an item's answer is one list, or one line that fits a cell."""
    if item.is_free_text:
        return holds(item.max_length or LONG_TEXT, width, LINE)
    return not item.is_ticked


def matrix(sheet: Sheet, group: ItemGroup) -> dict[str, Any]:
    """Return a group whose rows are columns, headed by their printed values."""
    fixed = next(item for item in group.items if item.name == group.fixed_item)
    width = _matrix_cell(group)
    heads = [
        {"number": str(row), **fixed_cell(sheet, fixed, row, group.fixed_values[row - 1])}
        for row in group.printed
    ]
    lines = []
    for item in (item for item in group.items if item is not fixed):
        cells = [_small_cell(sheet, item, row, width - GUTTER) for row in group.printed]
        lines.append({**item_words(sheet, item), "cells": cells})
    return {
        "head": item_words(sheet, fixed),
        "label_width": LABEL_WIDTH,
        "width": width,
        "gap": GUTTER,
        "heads": heads,
        "lines": lines,
    }


def _small_cell(sheet: Sheet, item: Item, row: int, width: float) -> Node:
    if item.is_listed:
        return dropdown(sheet, item, row, width, size=_narrow(sheet, item, width))
    spec = sheet.add(text_spec(sheet, item, row, lines=False).with_size(LARGEST))
    return {"kind": "box", "target": spec.name, "w": width, "h": LINE, "unit": "", "note": ""}


def _narrow(sheet: Sheet, item: Item, width: float) -> float:
    """Return the size, at most LARGEST, with which a dropdown's answers fit a width."""
    longest = max(text_width(sheet.words.local(o.title), 1) for o in item.options)
    fitting = int(10 * (width - ARROW) / longest) / 10
    return min(LARGEST, fitting)


def row_table(sheet: Sheet, group: ItemGroup, shared: str | None) -> dict[str, Any]:
    """Return a group with one line a row."""
    widths = _row_widths(sheet, group)
    lines = [
        [
            _row_cell(sheet, item, row, width - (0 if item is group.items[-1] else 2))
            for item, width in zip(group.items, widths, strict=True)
        ]
        for row in group.printed
    ]
    heads = [item_words(sheet, item, shared) for item in group.items]
    return {"heads": heads, "widths": widths, "lines": lines}


def _row_widths(sheet: Sheet, group: ItemGroup) -> list[float]:
    needs = [room_needed(sheet, item) + 2 for item in group.items]
    spare = (BODY - CODE - sum(needs)) / len(needs)
    return [need + spare for need in needs]


def _row_cell(sheet: Sheet, item: Item, row: int, width: float) -> Node:
    if item.is_listed:
        return dropdown(sheet, item, row, width)
    return {**text_box(sheet, item, row, width), "w": width, "unit": "", "note": ""}
