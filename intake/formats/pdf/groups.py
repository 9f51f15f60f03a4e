"""Turn repeating groups into the page model: matrices, tables of rows, cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from intake.formats.pdf.answers import (
    LONG_TEXT,
    Node,
    Sheet,
    buttons,
    dropdown,
    dropdown_width,
    text_box,
    text_spec,
    text_width,
    ticks,
)
from intake.formats.pdf.blocks import Cards, Matrix, Rows
from intake.formats.pdf.captions import caption
from intake.formats.pdf.geometry import BODY, CODE, LINE
from intake.formats.pdf.spec import FieldSpec, Kind
from intake.formats.pdf.typography import printed
from intake.model.address import Place
from intake.model.definition import DataType, Item, ItemGroup

SPANS = 24
"""Columns of the grid inside a card."""
CARD_INNER = 166.0
CARD_GUTTER = 3.0
CARD_UNIT = (CARD_INNER + CARD_GUTTER) / SPANS
MOST_SPANS = 12
"""A short answer is not stretched further to fill its line."""
LONGEST_LABEL = 64.0
"""Longer labels of a card go over two lines."""
MATRIX_LABEL = 48.0
ARROW = 5.2
MATRIX_GAP = 1.4
SMALLEST = 6.5
"""Below this, a matrix is too narrow: its group is set as cards."""
NARROW = 7.5
"""Size of text typed into a matrix."""


def group_node(sheet: Sheet, group: ItemGroup, block: Matrix | Rows | Cards) -> Node:
    """Return one repeating group."""
    shared = _shared_condition(group)
    node: Node = {
        "title": sheet.print(group.title),
        "when": _condition(sheet, group, shared),
        "note": sheet.words.text("form.group_rows", rows=group.rows),
    }
    if isinstance(block, Matrix) and _fits_matrix(sheet, group):
        return {**node, "kind": "matrix", "note": "", **_matrix(sheet, group)}
    if isinstance(block, Rows):
        return {**node, "kind": "rows", **_rows(sheet, group, shared)}
    cards = [_card(sheet, group, row, shared) for row in range(1, group.rows + 1)]
    return {**node, "kind": "cards", "lists_title": sheet.words.text("form.lists"), "lists": _lists(sheet, group), "cards": cards}


def _shared_condition(group: ItemGroup) -> str | None:
    """Return the condition that most items of a group have: said once, for the group."""
    counts = Counter(item.relevant for item in group.items if item.relevant)
    if not counts:
        return None
    source, count = counts.most_common(1)[0]
    return source if count > 1 or len(group.items) == 1 else None


def _condition(sheet: Sheet, group: ItemGroup, shared: str | None) -> str:
    item = next((item for item in group.items if shared and item.relevant == shared), None)
    text = caption(sheet.definition, sheet.words, item) if item else ""
    return printed(text, sheet.words.language)


def _words(sheet: Sheet, item: Item, shared: str | None = None) -> Node:
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


def _matrix_cell(group: ItemGroup) -> float:
    return (BODY - CODE - MATRIX_LABEL) / group.rows


def _fits_matrix(sheet: Sheet, group: ItemGroup) -> bool:
    """Say whether a group's rows fit side by side."""
    width = _matrix_cell(group) - MATRIX_GAP
    chosen = [item for item in group.items if item.data_type is DataType.SINGLE_CHOICE]
    asked = [item for item in chosen if item.name != group.fixed_item]
    simple = all(item.data_type is not DataType.MULTIPLE_CHOICE for item in group.items)
    return simple and width >= 14 and all(
        _narrow(sheet, item, width) >= SMALLEST for item in asked
    )


def _matrix(sheet: Sheet, group: ItemGroup) -> dict[str, Any]:
    fixed = next(item for item in group.items if item.name == group.fixed_item)
    rows = range(1, group.rows + 1)
    width = _matrix_cell(group)
    heads = [
        {"number": str(row), **_fixed_cell(sheet, fixed, row, group.fixed_values[row - 1])}
        for row in rows
    ]
    lines = []
    for item in (item for item in group.items if item is not fixed):
        cells = [_small_cell(sheet, item, row, width - MATRIX_GAP) for row in rows]
        lines.append({**_words(sheet, item), "cells": cells})
    return {
        "head": _words(sheet, fixed),
        "label_width": MATRIX_LABEL,
        "width": width,
        "gap": MATRIX_GAP,
        "heads": heads,
        "lines": lines,
    }


def _fixed_cell(sheet: Sheet, item: Item, row: int, value: str) -> Node:
    """Register the printed value of a row: a read-only field that holds the code."""
    name = Place(item, row).address
    options = tuple((o.code, sheet.words.local(o.title)) for o in item.options)
    kind = Kind.DROPDOWN if options else Kind.TEXT
    spec = FieldSpec(
        name=name,
        kind=kind,
        label=f"{item.code}.{row} {sheet.words.local(item.label)}",
        options=options,
        size=8,
        value=value,
        read_only=True,
        centred=True,
    )
    sheet.book.add(spec)
    return {"kind": "printed", "target": name}


def _small_cell(sheet: Sheet, item: Item, row: int, width: float) -> Node:
    if item.data_type is DataType.SINGLE_CHOICE:
        node = dropdown(sheet, item, row, width)
        sheet.book.specs[node["target"]] = _sized(sheet, node["target"], _narrow(sheet, item, width))
        return node
    spec = sheet.add(text_spec(sheet, item, row, lines=False))
    sheet.book.specs[spec.name] = _sized(sheet, spec.name, NARROW)
    return {"kind": "box", "target": spec.name, "w": width, "h": LINE, "unit": "", "note": ""}


def _narrow(sheet: Sheet, item: Item, width: float) -> float:
    """Return the size, at most NARROW, with which a dropdown's answers fit a width."""
    longest = max(text_width(sheet.words.local(o.title), 1) for o in item.options)
    fitting = int(10 * (width - ARROW) / longest) / 10
    return min(NARROW, fitting)


def _sized(sheet: Sheet, name: str, size: float) -> FieldSpec:
    return sheet.book.specs[name].with_size(size)


def _rows(sheet: Sheet, group: ItemGroup, shared: str | None) -> dict[str, Any]:
    widths = _row_widths(sheet, group)
    lines = [
        [
            _row_cell(sheet, item, row, width - 2)
            for item, width in zip(group.items, widths, strict=True)
        ]
        for row in range(1, group.rows + 1)
    ]
    heads = [_words(sheet, item, shared) for item in group.items]
    return {"heads": heads, "widths": widths, "lines": lines}


def _row_widths(sheet: Sheet, group: ItemGroup) -> list[float]:
    needs = [_need(sheet, item) + 2 for item in group.items]
    spare = (BODY - CODE - sum(needs)) / len(needs)
    return [need + spare for need in needs]


def _row_cell(sheet: Sheet, item: Item, row: int, width: float) -> Node:
    if item.data_type is DataType.SINGLE_CHOICE:
        return dropdown(sheet, item, row, width)
    return {**text_box(sheet, item, row, width), "w": width, "unit": "", "note": ""}


def _need(sheet: Sheet, item: Item) -> float:
    """Return the width in millimetres that an item's answer needs in a card or table."""
    if item.is_yes_no:
        return sum(text_width(sheet.print(o.title), 7.8) + 8 for o in item.options)
    if item.data_type is DataType.SINGLE_CHOICE:
        return dropdown_width(sheet, item)
    if item.data_type is not DataType.TEXT:
        return 24.0
    length = item.max_length or LONG_TEXT
    return CARD_INNER if length >= LONG_TEXT else min(66.0, 8 + length * 0.7)


@dataclass(slots=True)
class _Line:
    items: list[Item]
    spans: list[int]

    @property
    def room(self) -> int:
        return SPANS - sum(self.spans)


def _pack(sheet: Sheet, items: Sequence[Item], shared: str | None) -> list[_Line]:
    """Set items on the lines of a card, in order, and share out what room is left."""
    lines = [_Line([], [])]
    for item in items:
        span = _span(sheet, item, _words(sheet, item, shared)["when"])
        if span > lines[-1].room:
            lines.append(_Line([], []))
        lines[-1].items.append(item)
        lines[-1].spans.append(span)
    for line in lines:
        _spread(line)
    return [line for line in lines if line.items]


def _spread(line: _Line) -> None:
    """Share out the room left on a line, without stretching short answers."""
    while line.room:
        growing = [i for i, span in enumerate(line.spans) if span < MOST_SPANS]
        if not growing:
            return
        for index in growing[: line.room]:
            line.spans[index] += 1


def _span(sheet: Sheet, item: Item, when: str) -> int:
    if item.data_type is DataType.MULTIPLE_CHOICE:
        return SPANS
    label = text_width(f"{item.code}.1   {sheet.print(item.label)} * {when}", 7.2)
    need = max(_need(sheet, item), min(label, LONGEST_LABEL)) + CARD_GUTTER
    return min(SPANS, -int(-need // CARD_UNIT))


def _card(sheet: Sheet, group: ItemGroup, row: int, shared: str | None) -> Node:
    lines = []
    for line in _pack(sheet, group.items, shared):
        cells = []
        for item, span in zip(line.items, line.spans, strict=True):
            width = span * CARD_UNIT - CARD_GUTTER
            words = _words(sheet, item, shared)
            words["code"] = Place(item, row).code
            node = (
                _fixed_cell(sheet, item, row, group.fixed_values[row - 1])
                if item.name == group.fixed_item
                else _card_answer(sheet, item, row, width)
            )
            node.setdefault("w", width)
            cells.append({**words, "w": width, "answer": node})
        lines.append(cells)
    return {"number": row, "lines": lines}


def _card_answer(sheet: Sheet, item: Item, row: int, width: float) -> Node:
    if item.data_type is DataType.MULTIPLE_CHOICE:
        return ticks(sheet, item, row, width)
    if item.is_yes_no:
        node = buttons(sheet, item, row, width)
        return {**node, "columns": [width / len(item.options)] * len(item.options)}
    if item.data_type is DataType.SINGLE_CHOICE:
        return dropdown(sheet, item, row, width)
    return _card_box(sheet, item, row, width)


def _card_box(sheet: Sheet, item: Item, row: int, width: float) -> Node:
    """Return a box of one line, its unit beside it."""
    unit = sheet.print(item.unit)
    room = text_width(unit, 7.4) + 3 if unit else 0
    spec = sheet.add(text_spec(sheet, item, row, lines=False))
    box = {"kind": "box", "target": spec.name, "w": width - room, "h": LINE}
    return {**box, "unit": unit, "note": ""}


def _lists(sheet: Sheet, group: ItemGroup) -> list[Node]:
    """Return the answers of a group's dropdowns, printed once for forms filled by hand."""
    chosen = [
        item
        for item in group.items
        if item.data_type is DataType.SINGLE_CHOICE and not item.is_yes_no
    ]
    merged: dict[tuple[str, ...], list[str]] = {}
    for item in chosen:
        titles = tuple(sheet.print(option.title) for option in item.options)
        merged.setdefault(titles, []).append(item.code)
    return [
        {"codes": ", ".join(codes), "answers": "  ·  ".join(titles)}
        for titles, codes in merged.items()
    ]
