"""Set the questions of a form: one table a section, one a printed row of a group.

Each line of a table is one item: its visible code alone, the question, the answer. A
multiple choice is one line with a paragraph per option. No cell is merged and no table
stands in another, so that every program keeps the lines whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intake.formats.word.write.controls import (
    Marked,
    Sheet,
    answer_control,
    printed_control,
    tick_control,
)
from intake.formats.word.write.markup import (
    Cell,
    Element,
    head_row,
    keep,
    paragraph,
    paragraphs,
    row,
    run,
    table,
)
from intake.formats.wording.captions import caption, group_caption, group_topic, shared_condition
from intake.model.address import Place, item_places
from intake.model.definition import FormDefinition, Item, ItemGroup, Section

WIDTHS = (14.0, 82.0, 84.0)
"""Code, question, answer, in millimetres."""
PAPER = "EEF3F5"
"""Shade of the cells to answer in."""
TINT = "E6EDF0"
"""Shade of the line that heads a row of a group."""
MOST_KEPT, _ENDS = 60, 3
"""Paragraphs of a card that is kept on one page; rows kept together at the ends of a longer."""
LONG_TEXT, VERY_LONG_TEXT = 120, 500
_LONG_HEIGHT, _VERY_LONG_HEIGHT = 11.0, 70.0


def section_content(sheet: Sheet, section: Section) -> Iterator[Element]:
    """Yield the title and the tables of one section."""
    letter = run(f"\u00a0{section.letter}\u00a0", "Letter")
    title = run(f"\u2002{sheet.words.printed(section.title)}")
    yield paragraph("Heading 1", letter, title)
    yield from _blocks(sheet, section.name)


def _blocks(sheet: Sheet, section: str) -> Iterator[Element]:
    asked: list[Item] = []
    group: ItemGroup | None = None
    for element in (e for e in sheet.definition.elements if e.section == section):
        if isinstance(element, ItemGroup):
            yield from _questions(sheet, asked)
            yield from _group(sheet, element)
            asked, group = [], element
        elif group is not None and _is_box(element):
            yield from _end_of_group(sheet, group, element)
        else:
            asked.append(element)
            group = None
    yield from _questions(sheet, asked)


def _is_box(item: Item) -> bool:
    """Say whether an item is one box to tick: after a group, it says that there is more."""
    return item.is_ticked and len(item.options) == 1


def _questions(sheet: Sheet, items: Sequence[Item]) -> Iterator[Element]:
    if not items:
        return
    heads = [sheet.words.text(f"form.column.{name}") for name in ("code", "question", "answer")]
    lines = []
    above: Item | None = None
    for item, when in _with_captions(sheet, items):
        is_new = above is None or item.options != above.options
        lines.append(_line(sheet, item, None, when, is_new=is_new))
        above = item
    yield table("Questions", WIDTHS, [_head(*heads), *lines])
    yield paragraph("Gap")


def _with_captions(sheet: Sheet, items: Sequence[Item]) -> Iterator[tuple[Item, str]]:
    """Yield items with their captions; a condition is said once for its run of items."""
    above: Item | None = None
    previous: str | None = None
    for item in items:
        repeated = item.relevant is not None and item.relevant == previous
        yield item, "" if repeated else caption(sheet.definition, sheet.words, item, above=above)
        previous = item.relevant
        above = item if item.relevant is None else above


def _group(sheet: Sheet, group: ItemGroup) -> Iterator[Element]:
    when = _printed(sheet, group_caption(sheet.definition, sheet.words, group))
    yield paragraph("Heading 2", run(sheet.words.printed(group.title)))
    if when:
        yield paragraph("When", run(when))
    if group.fixed_item is None:
        yield paragraph("Note", run(sheet.words.text("form.group_rows", rows=group.rows)))
    for number in group.printed:
        yield from _group_row(sheet, group, number)


def _group_row(sheet: Sheet, group: ItemGroup, number: int) -> Iterator[Element]:
    """Return the table of one printed row, headed by its number and its printed value."""
    shared = shared_condition(group)
    lines = [
        _line(sheet, item, number, _own_caption(sheet, item, shared), is_new=number == group.first)
        for item in group.items
    ]
    return _card(sheet, _row_title(sheet, group, number), lines)


def _end_of_group(sheet: Sheet, group: ItemGroup, box: Item) -> Iterator[Element]:
    """Return the box that says there is more, set as the last card of its group."""
    when = caption(sheet.definition, sheet.words, box)
    after = sheet.words.text("form.word.after", rows=group.rows)
    title = _beside(group_topic(sheet.words, group), after)
    return _card(sheet, title, [_line(sheet, box, None, when)])


def _card(sheet: Sheet, title: str, lines: Sequence[Element]) -> Iterator[Element]:
    """Yield lines under a title of their own: whole on one page, or begun and ended on it."""
    head = _head("", title, sheet.words.text("form.column.answer"), fill=TINT)
    rows = [head, *lines]
    is_long = sum(1 for _ in paragraphs(lines)) > MOST_KEPT
    for tied in (rows[:_ENDS], rows[_ENDS:][-_ENDS:]) if is_long else (rows,):
        keep(tied)
    yield table("Questions", WIDTHS, rows)
    yield paragraph("Gap")


def _row_title(sheet: Sheet, group: ItemGroup, number: int) -> str:
    row = sheet.words.text("form.word.row", row=number, rows=group.printed[-1])
    if group.fixed_item is None:
        return _beside(group_topic(sheet.words, group), row)
    item = sheet.definition.items[group.fixed_item]
    option = item.option(group.fixed_values[number - 1])
    value = sheet.words.printed(option.title) if option else group.fixed_values[number - 1]
    return _beside(value, row)


def _beside(*parts: str) -> str:
    return "\u2002·\u2002".join(parts)


def _own_caption(sheet: Sheet, item: Item, shared: str | None) -> str:
    if item.relevant == shared:
        return ""
    return caption(sheet.definition, sheet.words, item, given=shared)


def _head(code: str, question: str, answer: str, fill: str = "") -> Element:
    cells = [Cell([paragraph("Table Head", run(text))], fill) for text in (code, question, answer)]
    return head_row(WIDTHS, cells)


def _line(
    sheet: Sheet, item: Item, number: int | None, when: str, *, is_new: bool = True
) -> Element:
    """Return the row of an item; its list of answers is printed where ``is_new``."""
    question = _question(sheet, item, number, when)
    choices = _choices(sheet, item) if is_new else []
    code = Place(item, number).code if number else item.code
    cells = (
        Cell([paragraph("Code", run(code))]),
        Cell([*question, *choices], bar=item.condition is not None),
        Cell(_answer(sheet, item, number), fill=PAPER, framed=True),
    )
    return row(WIDTHS, cells, _height(item) if number is None else 0)


def _question(sheet: Sheet, item: Item, number: int | None, when: str) -> Iterator[Element]:
    """Yield the words of a question; its help is said in the first row of a group only."""
    mark = [run("\u00a0*", "Required")] if item.required is not None else []
    if when:
        yield paragraph("When", run(_printed(sheet, when)))
    yield paragraph("Question", run(sheet.words.printed(item.label)), *mark)
    if item.hint and number in (None, 1):
        yield paragraph("Hint", run(sheet.words.printed(item.hint)))


def _choices(sheet: Sheet, item: Item) -> list[Element]:
    """Return the answers of a list, for a form that is printed; yes and no go without saying."""
    group = sheet.definition.groups.get(item.group or "")
    is_printed = group is not None and group.fixed_item == item.name
    if not item.is_listed or item.is_yes_no or is_printed:
        return []
    titles = (sheet.words.printed(option.title) for option in item.options)
    said = sheet.words.text("form.word.choices", choices="\u00a0· ".join(titles))
    return [paragraph("Choices", run(_printed(sheet, said)))]


def _answer(sheet: Sheet, item: Item, number: int | None) -> list[Element]:
    if item.is_ticked:
        return [_tick(sheet, place) for place in item_places(item, number)]
    unit = [run(f"\u00a0{sheet.words.printed(item.unit)}", "Unit")] if item.unit else []
    return [paragraph("Answer", *_control(sheet, item, number), *unit)]


def _control(sheet: Sheet, item: Item, number: int | None) -> Marked:
    group = sheet.definition.groups.get(item.group or "")
    if group is not None and number is not None and item.name == group.fixed_item:
        return printed_control(sheet, Place(item, number), group.fixed_values[number - 1])
    return answer_control(sheet, Place(item, number))


def _tick(sheet: Sheet, place: Place) -> Element:
    title = sheet.words.printed(place.option.title) if place.option else ""
    return paragraph("Option", *tick_control(sheet, place), run(f"\u00a0{title}"))


def _height(item: Item) -> float:
    length = item.max_length or 0
    if not item.is_free_text or length < LONG_TEXT:
        return 0
    return _VERY_LONG_HEIGHT if length >= VERY_LONG_TEXT else _LONG_HEIGHT


def _printed(sheet: Sheet, text: str) -> str:
    return sheet.words.printed({sheet.words.language: text}) if text else ""


def form_sections(sheet: Sheet, definition: FormDefinition) -> Iterator[Element]:
    """Yield every section of the form."""
    for section in definition.sections:
        yield from section_content(sheet, section)
