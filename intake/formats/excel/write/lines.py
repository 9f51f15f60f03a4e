"""The lines of a sheet: what is printed on each, which places are answered there.

Decided from the definition alone. How a line looks is in ``tables``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from intake.formats.wording.captions import caption, group_caption, group_topic, shared_condition
from intake.formats.wording.headings import row_code
from intake.model.address import Place
from intake.model.definition import DataType, FormDefinition, Item, ItemGroup, Option, Section
from intake.words.catalogue import Words
from intake.words.typography import typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: its code, its words, and the place answered in each answer column."""

    code: str
    item: Item
    label: str
    caption: str = ""
    """When the question applies, if that can be said."""
    unit: str = ""
    """Unit, date format or kind of list: what is said beside the answer."""
    hint: str = ""
    places: tuple[Place, ...] = ()
    """None for the question above the options of a multiple choice."""
    option: Option | None = None
    printed: tuple[str, ...] = ()
    """Fixed values by column; such places are not for answering."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The lines of one sheet, with its words."""

    section: Section
    title: str
    lines: tuple[Line, ...]
    note: str = ""
    rows: tuple[int, ...] = ()
    """Printed rows of a group, one column each; none for single questions."""


STAR = "\u00a0*"
"""Marks an expected answer; never alone on a line."""


def below_label(line: Line, *, in_group: bool) -> tuple[str, ...]:
    """Return what is printed below a question in its own cell: its condition, its hint."""
    return tuple(text for text in (line.caption, line.hint if in_group else "") if text)


def form_tables(definition: FormDefinition, words: Words) -> Iterator[Table]:
    """Yield the tables of a form: one per section with single questions, one per group."""
    for section in definition.sections:
        elements = [e for e in definition.elements if e.section == section.name]
        singles = [element for element in elements if isinstance(element, Item)]
        if singles:
            yield Table(
                section=section,
                title=words.printed(section.title),
                lines=tuple(_single_lines(definition, words, singles)),
            )
        for group in (e for e in elements if isinstance(e, ItemGroup)):
            yield _group_table(definition, words, section, group)


def _single_lines(definition: FormDefinition, words: Words, items: list[Item]) -> Iterator[Line]:
    above: Item | None = None
    for item in items:
        said = caption(definition, words, item, above=above)
        yield from _item_lines(words, item, typeset(said, words.language), (None,))
        above = item if item.relevant is None else above


def _group_table(
    definition: FormDefinition, words: Words, section: Section, group: ItemGroup
) -> Table:
    rows = tuple(group.printed)
    shared = shared_condition(group)
    lines: list[Line] = []
    for item in group.items:
        if item.name == group.fixed_item:
            lines.insert(0, _fixed_line(words, item, group))
            continue
        own = item.relevant if item.relevant != shared else None
        said = caption(definition, words, item, given=shared) if own else ""
        lines += _item_lines(words, item, typeset(said, words.language), rows)
    return Table(
        section=section,
        title=group_topic(words, group),
        lines=tuple(lines),
        note=_group_note(definition, words, group),
        rows=rows,
    )


def _group_note(definition: FormDefinition, words: Words, group: ItemGroup) -> str:
    when = typeset(group_caption(definition, words, group), words.language)
    room = "" if group.fixed_item else words.text("excel.group_rows", rows=group.rows)
    return "  ·  ".join(part for part in (when, room) if part)


def _fixed_line(words: Words, item: Item, group: ItemGroup) -> Line:
    printed = []
    for value in group.fixed_values:
        option = item.option(value)
        printed.append(words.local(option.title) if option else value)
    return Line(
        code=item.code,
        item=item,
        label=words.printed(item.label),
        places=tuple(Place(item, row) for row in group.printed),
        printed=tuple(printed),
    )


def _item_lines(
    words: Words, item: Item, said: str, rows: tuple[int | None, ...]
) -> Iterator[Line]:
    """Yield the line of an item; for a multiple choice also one line per option."""
    multiple = item.is_ticked
    yield Line(
        code=item.code,
        item=item,
        label=words.printed(item.label),
        caption=said,
        unit=_beside(words, item),
        hint=words.printed(item.hint),
        places=() if multiple else tuple(Place(item, row) for row in rows),
    )
    for option in item.options if multiple else ():
        yield Line(
            code=row_code(f"{item.code}={option.code}", None),
            item=item,
            label=words.printed(option.title),
            places=tuple(Place(item, row, option) for row in rows),
            option=option,
        )


def _beside(words: Words, item: Item) -> str:
    """Return what is said beside an answer: its unit, its date format, or that it is a list."""
    match item.data_type:
        case DataType.DATE:
            return words.text("form.date.full")
        case DataType.PARTIAL_DATE:
            return words.text("excel.date.partial")
        case DataType.TIME:
            return words.text("form.time")
        case DataType.SINGLE_CHOICE:
            return words.text("excel.list")
        case DataType.MULTIPLE_CHOICE:
            return ""
        case DataType.INTEGER | DataType.DECIMAL | DataType.TEXT:
            return words.printed(item.unit)
        case unknown:
            assert_never(unknown)
