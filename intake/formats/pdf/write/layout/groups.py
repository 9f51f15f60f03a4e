"""Turn repeating groups into the page model: a matrix, a table of rows or cards."""

from __future__ import annotations

from intake.formats.pdf.group_notes import answer_lists, hints
from intake.formats.pdf.write.layout.answers import Node, Sheet, ticks
from intake.formats.pdf.write.layout.blocks import Cards, Matrix, Rows
from intake.formats.pdf.write.layout.cards import cards
from intake.formats.pdf.write.layout.group_tables import fits_matrix, matrix, row_table
from intake.formats.wording.captions import group_caption, shared_condition
from intake.model.definition import Item, ItemGroup
from intake.words.typography import printed


def group_node(sheet: Sheet, group: ItemGroup, block: Matrix | Rows | Cards) -> Node:
    """Return one repeating group."""
    shared = shared_condition(group)
    lists, helps = answer_lists(sheet, group), hints(sheet, group)
    node: Node = {
        "title": sheet.print(group.title),
        "when": printed(group_caption(sheet.definition, sheet.words, group), sheet.words.language),
        "note": sheet.words.text("form.group_rows", rows=group.rows),
        "notes": [note for note in (lists, helps) if note["entries"]],
    }
    if isinstance(block, Matrix) and fits_matrix(sheet, group):
        node = {**node, "kind": "matrix", "note": "", **matrix(sheet, group)}
    elif isinstance(block, Rows):
        node = {**node, "kind": "rows", **row_table(sheet, group, shared)}
    else:
        node = {**node, "kind": "cards", "cards": cards(sheet, group, shared)}
    return {**node, "closing": _closing(sheet, block.closing)}


def _closing(sheet: Sheet, item: Item | None) -> Node | None:
    """Return the lone tick that ends a group; registered after the group's fields."""
    if item is None:
        return None
    (mark,) = ticks(sheet, item)["options"]
    return {"code": item.code, "label": sheet.print(item.label), "mark": mark}
