"""What is said once for a whole group: the answers of its lists, and its items' hints."""

from __future__ import annotations

from intake.formats.pdf.write.layout.answers import Node, Sheet
from intake.model.definition import DataType, ItemGroup
from intake.words.typography import NBSP

SHORT_ANSWER = 36
"""Characters of an answer that is not broken over two lines of a list."""


def answer_lists(sheet: Sheet, group: ItemGroup) -> Node:
    """Return the answers of a group's dropdowns, printed once for forms filled by hand."""
    merged: dict[tuple[str, ...], list[str]] = {}
    for item in group.items:
        asked = item.name != group.fixed_item
        if asked and item.data_type is DataType.SINGLE_CHOICE and not item.is_yes_no:
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


def hints(sheet: Sheet, group: ItemGroup) -> Node:
    """Return the hints of a group's items, for which its cells have no room."""
    entries = [
        {"codes": item.code, "words": sheet.print(item.hint)} for item in group.items if item.hint
    ]
    return {"title": sheet.words.text("form.hints"), "apart": False, "entries": entries}


def _unbroken(title: str) -> str:
    """Keep a short answer on one line of a list."""
    return title.replace(" ", NBSP) if len(title) <= SHORT_ANSWER else title
