"""Turn repeating groups into the page model: a matrix, a table of rows or cards.

What is said once for a whole group (the answers of its lists, its items' hints) is here too.
"""

from __future__ import annotations

from intake.formats.pdf.write.layout.answers import Node, Sheet, ticks
from intake.formats.pdf.write.layout.blocks import Cards, Matrix, Rows
from intake.formats.pdf.write.layout.cards import cards
from intake.formats.pdf.write.layout.group_tables import fits_matrix, matrix, row_table
from intake.formats.wording.captions import group_caption, shared_condition
from intake.model.definition import Item, ItemGroup
from intake.words.typography import NBSP, printed

SHORT_ANSWER = 36
"""Characters of an answer that is not broken over two lines of a list."""


def group_node(sheet: Sheet, group: ItemGroup, block: Matrix | Rows | Cards) -> Node:
    """Return one repeating group."""
    shared = shared_condition(group)
    lists, helps = _answer_lists(sheet, group), _hints(sheet, group)
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


def _answer_lists(sheet: Sheet, group: ItemGroup) -> Node:
    """Return the answers of a group's dropdowns, printed once for forms filled by hand."""
    merged: dict[tuple[str, ...], list[str]] = {}
    for item in group.items:
        asked = item.name != group.fixed_item
        if asked and item.is_listed and not item.is_yes_no:
            titles = tuple(sheet.print(option.title) for option in item.options)
            merged.setdefault(titles, []).append(item.code)
    lists = [
        {
            "codes": ", ".join(codes),
            "words": f"{NBSP} · ".join(_unbroken(title) for title in titles),
        }
        for titles, codes in merged.items()
    ]
    return {"title": sheet.words.text("form.lists"), "apart": True, "entries": lists}


def _hints(sheet: Sheet, group: ItemGroup) -> Node:
    """Return the hints of a group's items, for which its cells have no room."""
    entries = [
        {"codes": item.code, "words": sheet.print(item.hint)} for item in group.items if item.hint
    ]
    return {"title": sheet.words.text("form.hints"), "apart": False, "entries": entries}


def _unbroken(title: str) -> str:
    """Keep a short answer on one line of a list."""
    return title.replace(" ", NBSP) if len(title) <= SHORT_ANSWER else title
