"""Turn repeating groups into the page model: a matrix, a table of rows or cards."""

from __future__ import annotations

from collections import Counter

from intake.formats.pdf.answers import Node, Sheet
from intake.formats.pdf.blocks import Cards, Matrix, Rows
from intake.formats.pdf.captions import caption
from intake.formats.pdf.cards import answer_lists, card
from intake.formats.pdf.group_tables import fits_matrix, matrix, row_table
from intake.formats.pdf.typography import printed
from intake.model.definition import ItemGroup


def group_node(sheet: Sheet, group: ItemGroup, block: Matrix | Rows | Cards) -> Node:
    """Return one repeating group."""
    shared = _shared_condition(group)
    node: Node = {
        "title": sheet.print(group.title),
        "when": _condition(sheet, group, shared),
        "note": sheet.words.text("form.group_rows", rows=group.rows),
    }
    if isinstance(block, Matrix) and fits_matrix(sheet, group):
        return {**node, "kind": "matrix", "note": "", **matrix(sheet, group)}
    if isinstance(block, Rows):
        return {**node, "kind": "rows", **row_table(sheet, group, shared)}
    cards = [card(sheet, group, row, shared) for row in range(1, group.rows + 1)]
    return {**node, "kind": "cards", **answer_lists(sheet, group), "cards": cards}


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
