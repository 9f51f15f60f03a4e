"""Choose how the questions of a section are set: lists, tables, pairs, matrices, cards.

Decided from the definition alone (types, codelists, units, labels), never from names, and
the same for every language of the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.model.definition import FormDefinition, Item, ItemGroup

SMALLEST_TABLE = 3
"""Fewer questions with the same answers read better one by one."""
MOST_COLUMNS = 5
LONGEST_HEAD, LONGEST_WORD = 20, 11
"""Characters of an answer, and of one of its words, that can head a column."""
SHORT_ROW = 5
"""Items of a group that fit on one line of a table."""


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions one under the other."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ChoiceTable:
    """Questions that share their answers, which head the columns."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class PairRow:
    """One line of a pair table: one or two values, or another question in between."""

    items: tuple[Item, ...]
    aside: bool = False


@dataclass(frozen=True, slots=True)
class PairTable:
    """The same quantities asked twice, side by side."""

    rows: tuple[PairRow, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A group whose rows are printed: items down, rows across."""

    group: ItemGroup
    closing: Item | None = None
    """A lone tick that follows the group (« the rest is enclosed »): its last line."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A group with few items: one line a row."""

    group: ItemGroup
    closing: Item | None = None


@dataclass(frozen=True, slots=True)
class Cards:
    """A group with many items: one card a row."""

    group: ItemGroup
    closing: Item | None = None


Block = Questions | ChoiceTable | PairTable | Matrix | Rows | Cards


def section_blocks(definition: FormDefinition, section: str) -> tuple[Block, ...]:
    """Return the blocks of one section, in form order."""
    found: list[Block] = []
    run: list[Item] = []
    elements = [e for e in definition.elements if e.section == section and not _is_beside(e)]
    closing: Item | None = None
    for element, following in zip(elements, [*elements[1:], None], strict=True):
        if element is closing:
            continue
        if isinstance(element, Item):
            run.append(element)
            continue
        found.extend(_item_blocks(run, definition.languages))
        run = []
        closing = _closing(following, element)
        found.append(_group_block(element, closing))
    found.extend(_item_blocks(run, definition.languages))
    return tuple(found)


def _is_beside(element: Item | ItemGroup) -> bool:
    return isinstance(element, Item) and element.beside is not None


def _closing(element: Item | ItemGroup | None, group: ItemGroup) -> Item | None:
    """Return what follows a group if it is a lone tick under its condition: its last line."""
    if not isinstance(element, Item) or not element.is_ticked:
        return None
    alone = len(element.options) == 1 and element.relevant == group.relevant
    return element if alone else None


def _group_block(group: ItemGroup, closing: Item | None) -> Block:
    if group.fixed_item is not None:
        return Matrix(group, closing)
    has_many = len(group.items) > SHORT_ROW
    multiple = any(item.is_ticked for item in group.items)
    return Cards(group, closing) if has_many or multiple else Rows(group, closing)


def _item_blocks(items: Sequence[Item], languages: Sequence[str]) -> Iterator[Block]:
    plain: list[Item] = []
    start = 0
    while start < len(items):
        rest = items[start:]
        table, used = _table_at(rest, languages)
        if table is None:
            plain.append(rest[0])
            start += 1
            continue
        if plain:
            yield Questions(tuple(plain))
            plain = []
        yield table
        start += used
    if plain:
        yield Questions(tuple(plain))


def _table_at(items: Sequence[Item], languages: Sequence[str]) -> tuple[Block | None, int]:
    rows = _pair_rows(items, languages)
    if sum(len(row.items) == 2 for row in rows) >= SMALLEST_TABLE:
        return PairTable(rows), sum(len(row.items) for row in rows)
    same = _same_answers(items)
    if len(same) >= SMALLEST_TABLE:
        return ChoiceTable(same), len(same)
    return None, 0


def _same_answers(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the leading items that share a short codelist."""
    first = items[0]
    fits = first.is_listed and len(first.options) <= MOST_COLUMNS
    titles = (title for option in first.options for title in option.title.values())
    if not fits or not all(_is_head(title) for title in titles):
        return ()
    count = 0
    for item in items:
        if item.data_type is not first.data_type or item.options != first.options:
            break
        count += 1
    return tuple(items[:count])


def _is_head(title: str) -> bool:
    return len(title) <= LONGEST_HEAD and all(len(w) <= LONGEST_WORD for w in title.split())


def _pair_rows(items: Sequence[Item], languages: Sequence[str]) -> tuple[PairRow, ...]:
    rows: list[PairRow] = []
    start = 0
    while start < len(items):
        if is_pair(items[start : start + 2], languages):
            rows.append(PairRow(tuple(items[start : start + 2])))
            start += 2
        elif rows and is_pair(items[start + 1 : start + 3], languages):
            rows.append(PairRow((items[start],), aside=True))
            start += 1
        elif rows and _ends_like(items[start], rows[0].items, languages):
            rows.append(PairRow((items[start],)))
            start += 1
        else:
            break
    return tuple(rows)


def is_pair(items: Sequence[Item], languages: Sequence[str]) -> bool:
    """Say whether two items ask the same quantity twice."""
    if len(items) != 2 or not all(item.is_number for item in items):
        return False
    one, two = items
    alike = (one.unit, one.accepted_units, one.relevant) == (
        two.unit,
        two.accepted_units,
        two.relevant,
    )
    return alike and all(pair_stem(one, two, language)[0] for language in languages)


def pair_stem(one: Item, two: Item, language: str) -> tuple[str, str, str]:
    """Return what two labels begin with, then how each ends; the stem may be empty."""
    first, second = (item.label.get(language, "").split() for item in (one, two))
    count = 0
    for a, b in zip(first, second, strict=False):
        if a.strip(",;:") != b.strip(",;:"):
            break
        count += 1
    ends = " ".join(first[count:]), " ".join(second[count:])
    if not all(ends):
        return "", *ends
    return " ".join(first[:count]).rstrip(",;: "), *ends


def _ends_like(item: Item, pair: Sequence[Item], languages: Sequence[str]) -> bool:
    """Say whether a lone number belongs in the first column of a pair table."""
    if not item.is_number or item.relevant != pair[0].relevant:
        return False
    return all(
        item.label.get(language, "").endswith(" " + pair_stem(pair[0], pair[1], language)[1])
        for language in languages
    )
