"""Draw the questions of a table on its sheet: words, answer cells, lists, colours.

Code in the first column; then the question, the answers (one column, or one per printed row
of a group), and what is said beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from intake.formats.excel.write import look
from intake.formats.excel.write.cells import put
from intake.formats.excel.write.conditions import ALWAYS, Conditions
from intake.formats.excel.write.entry import Entries, Lists
from intake.formats.excel.write.lines import Line, Table
from intake.formats.excel.write.measure import text_height
from intake.model.address import Place
from intake.model.definition import DataType, FormDefinition
from intake.model.stamp import FormStamp
from intake.words.catalogue import Words

HEAD_ROW = 4
"""Row of the headings; above it the title, the stamp and a note."""
CODE_WIDTH, LABEL_WIDTH, UNIT_WIDTH, HINT_WIDTH = 11.0, 42.0, 16.0, 42.0
SINGLE_WIDTH = 31.0
GROUP_LABEL, GROUP_UNIT = 38.0, 16.0
ROOM, NARROWEST, WIDEST = 130.0, 15.0, 30.0
"""Characters shared by the columns of a group, and what each gets at least and at most."""
_PADDING, _LOWEST, _TALLEST = 7.0, 20.0, 400.0
_LONG_ANSWER = 60.0
"""Height in points of a cell for a text of several lines."""
_FREE_LINES = 120
STAR = "\u00a0*"
"""Marks an expected answer; never alone on a line."""


@dataclass(frozen=True, slots=True)
class Book:
    """What every sheet of a form shares."""

    definition: FormDefinition
    words: Words
    stamp: FormStamp
    prefill: Mapping[str, str]
    lists: Lists = field(default_factory=Lists)
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Sheet and absolute cell of each place, by address."""


@dataclass(frozen=True)
class Drawing:
    """One table being drawn on its sheet."""

    book: Book
    table: Table
    sheet: Worksheet

    def draw(self) -> None:
        """Write the table; the cells of its places are kept in the book."""
        entries = Entries(self.book.words, self.book.lists)
        self._head()
        for number, line in enumerate(self.table.lines, start=HEAD_ROW + 1):
            self._words(number, line)
            self._answers(number, line)
            if line.places and not line.printed:
                entries.add(line.item, self._span(number))
        self._colours()
        entries.write(self.sheet)
        self.sheet.freeze_panes = f"{get_column_letter(self.first)}{HEAD_ROW + 1}"

    @property
    def is_group(self) -> bool:
        """Say whether the table's rows stand side by side."""
        return bool(self.table.rows)

    @property
    def first(self) -> int:
        """Return the number of the first answer column."""
        return 4 if self.is_group else 3

    @property
    def last(self) -> int:
        """Return the number of the last answer column."""
        return self.first + max(len(self.table.rows), 1) - 1

    @cached_property
    def widths(self) -> tuple[float, ...]:
        """Return the widths of the columns, left to right."""
        if not self.is_group:
            return (CODE_WIDTH, LABEL_WIDTH, SINGLE_WIDTH, UNIT_WIDTH, HINT_WIDTH)
        count = len(self.table.rows)
        answer = min(max(ROOM / count, NARROWEST), WIDEST)
        return (CODE_WIDTH, GROUP_LABEL, GROUP_UNIT, *[answer] * count)

    def _head(self) -> None:
        words, sheet = self.book.words, self.sheet
        title = f"{self.table.section.letter}   {self.table.title}"
        for row, (text, style, height) in enumerate(
            (
                (title, look.TITLE, 28),
                (self.book.stamp.text, look.STAMP, 15),
                (self.table.note, look.NOTE, 18 if self.table.note else 6),
            ),
            start=1,
        ):
            self._put(row, 1, text, style)
            sheet.row_dimensions[row].height = height
        for column, heading in enumerate(self._headings(words), start=1):
            answers = self.is_group and self.first <= column <= self.last
            self._put(HEAD_ROW, column, heading, look.HEAD_CENTRED if answers else look.HEAD)
            letter = get_column_letter(column)
            sheet.column_dimensions[letter].width = self.widths[column - 1]
        sheet.row_dimensions[HEAD_ROW].height = 20

    def _headings(self, words: Words) -> list[str | int]:
        said = [words.text(f"form.column.{name}") for name in ("code", "question", "answer")]
        unit = words.text("excel.unit")
        if self.is_group:
            return [*said[:2], unit, *self.table.rows]
        return [*said, unit, words.text("excel.hint")]

    def _words(self, row: int, line: Line) -> None:
        is_option = line.option is not None
        self._put(row, 1, line.code, look.OPTION_CODE if is_option else look.CODE)
        label = line.label if is_option else self._label(line)
        self._put(row, 2, label, look.OPTION if is_option else look.LABEL)
        if self.is_group:
            self._put(row, 3, line.unit, look.OPTION if is_option else look.UNIT)
        elif not is_option:
            self._put(row, 4, line.unit, look.UNIT)
            self._put(row, 5, line.hint, look.HINT)
        self.sheet.row_dimensions[row].height = self._height(line)

    def _label(self, line: Line) -> CellRichText | str:
        """Return a question with its star, its condition and, in a group, its hint."""
        parts: list[str | TextBlock] = [line.label]
        if line.item.required is not None:
            parts.append(TextBlock(_inline(look.LABEL_SIZE, look.ACCENT, bold=True), STAR))
        if line.caption:
            said = TextBlock(_inline(look.SMALL_SIZE, look.ACCENT), f"\n{line.caption}")
            parts.append(said)
        if self.is_group and line.hint:
            parts.append(TextBlock(_inline(look.SMALL_SIZE, look.SOFT), f"\n{line.hint}"))
        return CellRichText(*parts) if len(parts) > 1 else line.label

    def _height(self, line: Line) -> float:
        """Return the height that a line's words and its longest answer need."""
        width = self.widths[1]
        below = [line.caption, line.hint if self.is_group else ""]
        size = look.LABEL_SIZE if line.option is None else look.OPTION_SIZE
        label = text_height(line.label + STAR, size, width - (0 if line.option is None else 3))
        label += sum(text_height(text, look.SMALL_SIZE, width) for text in below)
        beside = 0.0 if self.is_group else text_height(line.hint, look.SMALL_SIZE, self.widths[4])
        needed = max(label, beside, *self._answer_heights(line))
        return ceil(min(max(needed + _PADDING, _LOWEST), _TALLEST))

    def _answer_heights(self, line: Line) -> Iterator[float]:
        """Yield the heights that answers may need."""
        width, words = self.widths[self.first - 1], self.book.words
        unit_column = 2 if self.is_group else 3
        yield text_height(line.unit, look.SMALL_SIZE, self.widths[unit_column])
        yield from (text_height(text, 9, width, bold=True) for text in line.printed)
        if line.item.data_type is DataType.SINGLE_CHOICE:
            for option in line.item.options:
                yield text_height(words.local(option.title), look.ANSWER_SIZE, width)
        elif line.item.data_type is DataType.TEXT and not self.is_group:
            length = line.item.max_length or 0
            yield _LONG_ANSWER * (2 if length > 4 * _FREE_LINES else length // _FREE_LINES > 0)

    def _answers(self, row: int, line: Line) -> None:
        if not line.places:
            for column in range(self.first, self.last + 1):
                several = self.book.words.text("excel.several") if not self.is_group else ""
                self._put(row, column, several, look.BLANK)
            return
        for column, place in enumerate(line.places, start=self.first):
            style = look.ANSWER if line.option is None else look.TICK
            text = self._prefilled(place)
            if line.printed:
                style, text = look.PRINTED, line.printed[column - self.first]
            self._put(row, column, text, style)
            cell = f"${get_column_letter(column)}${row}"
            self.book.cells[place.address] = (self.sheet.title, cell)

    def _prefilled(self, place: Place) -> str:
        value = self.book.prefill.get(place.address, "")
        if place.option is not None:
            return self.book.words.text("excel.yes") if value else ""
        option = place.item.option(value) if place.item.is_choice else None
        return self.book.words.local(option.title) if option else value

    def _put(self, row: int, column: int, text: object, style: str) -> None:
        put(self.sheet.cell(row, column), text, style)

    def _span(self, top: int, bottom: int | None = None) -> str:
        """Return the answer cells of some rows, as a rule names them."""
        first, last = get_column_letter(self.first), get_column_letter(self.last)
        ends = f"{first}{top}", f"{last}{bottom or top}"
        return ends[0] if ends[0] == ends[1] else ":".join(ends)

    def _colours(self) -> None:
        """Grey the answers that do not apply; colour those that are awaited.

        Cells whose formulas say the same of each share a rule: it is written for the first.
        """
        asleep: dict[str, list[str]] = {}
        wanted: dict[str, list[tuple[int, str]]] = {}
        conditions = Conditions(self.book.definition, self.book.words)
        number = self.table.rows[0] if self.is_group else None
        for rows, line in self._questions():
            applies = conditions.formula(line.item.relevant, line.item.group, self._named, number)
            if applies and applies != ALWAYS:
                asleep.setdefault(f"NOT({applies})", []).append(self._span(*rows))
            awaited = conditions.formula(line.item.required, line.item.group, self._named, number)
            if awaited:
                empty = self._empty(*rows)
                formula = empty if awaited == ALWAYS else f"AND({awaited},{empty})"
                alike = awaited if rows[0] == rows[1] else formula
                wanted.setdefault(alike, []).append((rows[0], formula))
        for formula, cells in asleep.items():
            self._colour(" ".join(cells), formula, ASLEEP)
        for found in wanted.values():
            self._colour(" ".join(self._span(row) for row, _ in found), found[0][1], WANTED)

    def _questions(self) -> Iterator[tuple[tuple[int, int], Line]]:
        """Yield the first and last row of each question, with its first line."""
        numbered = list(enumerate(self.table.lines, start=HEAD_ROW + 1))
        for row, line in numbered:
            if line.option is None and not line.printed:
                options = sum(other.item is line.item for _, other in numbered) - 1
                yield (row, row + options), line

    def _empty(self, first: int, last: int) -> str:
        """Return the formula that is true while a question has no answer in a row begun."""
        column = get_column_letter(self.first)
        tests = [f"LEN(TRIM({column}{first}))=0"]
        if last > first:
            tests = [f"COUNTA({column}{first + 1}:{column}{last})=0"]
        if self.is_group:
            printed = sum(bool(other.printed) for other in self.table.lines)
            end = HEAD_ROW + len(self.table.lines)
            tests.append(f"COUNTA({column}${HEAD_ROW + 1}:{column}${end})>{printed}")
        return tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"

    def _named(self, place: Place) -> str:
        """Return how a formula of this sheet names a place: its name, or its line's cell."""
        if place.row is None or place.item.group != self.table.lines[0].item.group:
            return place.address
        _, cell = self.book.cells[place.address]
        return cell.replace("$", "", 1)

    def _colour(self, cells: str, formula: str, colour: DifferentialStyle) -> None:
        rule = Rule(type="expression", formula=[formula], dxf=colour, stopIfTrue=True)
        self.sheet.conditional_formatting.add(cells, rule)


def _tint(colour: str) -> DifferentialStyle:
    return DifferentialStyle(fill=PatternFill("solid", start_color=colour, end_color=colour))


WANTED, ASLEEP = _tint(look.WANTED), _tint(look.ASLEEP)


def _inline(size: float, colour: str, *, bold: bool = False) -> InlineFont:
    return InlineFont(rFont=look.FONT, sz=size, color=colour, b=bold)
