"""The words of a table on its sheet: headings, questions, what is said beside them, heights."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils import get_column_letter

from intake.formats.excel.write import look
from intake.formats.excel.write.lines import STAR, Line, below_label
from intake.formats.excel.write.measure import text_height
from intake.formats.excel.write.table.sheet import HEAD_ROW, TableSheet
from intake.words.catalogue import Words

_PADDING, _LOWEST, _TALLEST = 7.0, 20.0, 400.0
_LONG_ANSWER = 60.0
"""Height in points of a cell for a text of several lines."""
_FREE_LINES = 120


def draw_head(on: TableSheet) -> None:
    """Write what stands above the questions: title, stamp, note, headings of the columns."""
    words, sheet = on.book.words, on.sheet
    title = f"{on.table.section.letter}   {on.table.title}"
    for row, (text, style, height) in enumerate(
        (
            (title, look.TITLE, 28),
            (on.book.stamp.text, look.STAMP, 15),
            (on.table.note, look.NOTE, 18 if on.table.note else 6),
        ),
        start=1,
    ):
        on.put(row, 1, text, style)
        sheet.row_dimensions[row].height = height
    for column, heading in enumerate(_headings(on, words), start=1):
        answers = on.is_group and on.first <= column <= on.last
        on.put(HEAD_ROW, column, heading, look.HEAD_CENTRED if answers else look.HEAD)
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = on.widths[column - 1]
    sheet.row_dimensions[HEAD_ROW].height = 20


def _headings(on: TableSheet, words: Words) -> list[str | int]:
    said = [words.text(f"form.column.{name}") for name in ("code", "question", "answer")]
    unit = words.text("excel.unit")
    if on.is_group:
        return [*said[:2], unit, *on.table.rows]
    return [*said, unit, words.text("excel.hint")]


def draw_words(on: TableSheet, row: int, line: Line) -> None:
    """Write the words of one line, and give its row the height that they need."""
    is_option = line.option is not None
    on.put(row, 1, line.code, look.OPTION_CODE if is_option else look.CODE)
    label = line.label if is_option else _label(on, line)
    on.put(row, 2, label, look.OPTION if is_option else look.LABEL)
    if on.is_group:
        on.put(row, 3, line.unit, look.OPTION if is_option else look.UNIT)
    elif not is_option:
        on.put(row, 4, line.unit, look.UNIT)
        on.put(row, 5, line.hint, look.HINT)
    on.sheet.row_dimensions[row].height = _height(on, line)


def _label(on: TableSheet, line: Line) -> CellRichText | str:
    """Return a question with its star, its condition and, in a group, its hint."""
    parts: list[str | TextBlock] = [line.label]
    if line.item.required is not None:
        parts.append(TextBlock(_inline(look.LABEL_SIZE, look.ACCENT, bold=True), STAR))
    for text in below_label(line, in_group=on.is_group):
        colour = look.ACCENT if text == line.caption else look.SOFT
        parts.append(TextBlock(_inline(look.SMALL_SIZE, colour), f"\n{text}"))
    return CellRichText(*parts) if len(parts) > 1 else line.label


def _height(on: TableSheet, line: Line) -> float:
    """Return the height that a line's words and its longest answer need."""
    width = on.widths[1]
    below = below_label(line, in_group=on.is_group)
    size = look.LABEL_SIZE if line.option is None else look.OPTION_SIZE
    label = text_height(line.label + STAR, size, width - (0 if line.option is None else 3))
    label += sum(text_height(text, look.SMALL_SIZE, width) for text in below)
    beside = 0.0 if on.is_group else text_height(line.hint, look.SMALL_SIZE, on.widths[4])
    needed = max(label, beside, *_answer_heights(on, line))
    return ceil(min(max(needed + _PADDING, _LOWEST), _TALLEST))


def _answer_heights(on: TableSheet, line: Line) -> Iterator[float]:
    """Yield the heights that answers may need."""
    width, words = on.widths[on.first - 1], on.book.words
    unit_column = 2 if on.is_group else 3
    yield text_height(line.unit, look.SMALL_SIZE, on.widths[unit_column])
    yield from (text_height(text, 9, width, bold=True) for text in line.printed)
    if line.item.is_listed:
        for option in line.item.options:
            yield text_height(words.local(option.title), look.ANSWER_SIZE, width)
    elif line.item.is_free_text and not on.is_group:
        length = line.item.max_length or 0
        yield _LONG_ANSWER * (2 if length > 4 * _FREE_LINES else length // _FREE_LINES > 0)


def _inline(size: float, colour: str, *, bold: bool = False) -> InlineFont:
    return InlineFont(rFont=look.FONT, sz=size, color=colour, b=bold)
