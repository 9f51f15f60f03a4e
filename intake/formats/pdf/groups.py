"""Turn repeating groups into the page model: a matrix, a table of rows or cards."""

from __future__ import annotations

from intake.formats.captions import group_caption, shared_condition
from intake.formats.pdf.answers import Node, Sheet
from intake.formats.pdf.blocks import Cards, Matrix, Rows
from intake.formats.pdf.cards import answer_lists, card
from intake.formats.pdf.group_tables import fits_matrix, matrix, row_table
from intake.formats.pdf.typography import printed
from intake.model.definition import ItemGroup


def group_node(sheet: Sheet, group: ItemGroup, block: Matrix | Rows | Cards) -> Node:
    """Return one repeating group."""
    shared = shared_condition(group)
    node: Node = {
        "title": sheet.print(group.title),
        "when": printed(group_caption(sheet.definition, sheet.words, group), sheet.words.language),
        "note": sheet.words.text("form.group_rows", rows=group.rows),
    }
    if isinstance(block, Matrix) and fits_matrix(sheet, group):
        return {**node, "kind": "matrix", "note": "", **matrix(sheet, group)}
    if isinstance(block, Rows):
        return {**node, "kind": "rows", **row_table(sheet, group, shared)}
    cards = [card(sheet, group, row, shared) for row in range(1, group.rows + 1)]
    return {**node, "kind": "cards", **answer_lists(sheet, group), "cards": cards}
