"""How far the form is filled, on its first sheet: a line a sheet, then the whole, by formulas.

What is expected and given is counted in ``tally``. No result is stored here either.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from intake.formats.excel.write import look
from intake.formats.excel.write.cells import put
from intake.formats.excel.write.conditions import quoted
from intake.formats.excel.write.tally import Part
from intake.words.catalogue import Words

_BAR = 12
"""Signs of a full bar."""
_FULL, _EMPTY = "\u2588", "\u2591"
_COLUMNS = ("section", "answered", "expected", "share", "left")
_STYLES = (look.LINK, look.COUNT, look.COUNT, look.BAR, look.LEFT)
_COUNT, _SECTIONS = "\x01", "\x02"


def draw_progress(
    sheet: Worksheet, words: Words, parts: Sequence[Part], rows: tuple[int, int]
) -> None:
    """Write the table of sheets; ``rows`` are that of the summary and the first one free."""
    summary, top = rows
    _head(sheet, words, top)
    first = top + 2
    for number, part in enumerate(parts, start=first):
        put(sheet.cell(number, 1), part.letter, look.NUMBER)
        _line(sheet, words, number, (part.title, part.answered, part.expected))
        _link(sheet, number, part.sheet)
    last = first + len(parts)
    answered, expected = (f"SUM({column}{first}:{column}{last - 1})" for column in "CD")
    _line(sheet, words, last, (words.text("excel.progress.total"), answered, expected))
    sheet.cell(last, 2).style = look.TOTAL
    _formula(sheet, summary, 2, _summary(words, parts, (first, last)), look.STATUS)
    _colours(sheet, summary, (first, last))


def _head(sheet: Worksheet, words: Words, top: int) -> None:
    put(sheet.cell(top, 2), words.text("excel.progress.title"), look.PART)
    for column in range(3, len(_COLUMNS) + 2):
        put(sheet.cell(top, column), "", look.PART)
    sheet.row_dimensions[top].height = 28
    for column, name in enumerate(_COLUMNS, start=2):
        style = look.HEAD if column == 2 else look.HEAD_CENTRED
        put(sheet.cell(top + 1, column), words.text(f"excel.progress.{name}"), style)
    sheet.row_dimensions[top + 1].height = 20


def _line(sheet: Worksheet, words: Words, row: int, part: tuple[str, str, str]) -> None:
    """Write a line: its title, then by formulas what is given, expected, and left."""
    title, answered, expected = part
    put(sheet.cell(row, 2), title, look.LINK)
    share = f"ROUND({_BAR}*C{row}/D{row},0)"
    bar = f'REPT("{_FULL}",{share})&REPT("{_EMPTY}",{_BAR}-{share})'
    none, done = (quoted(words.text(f"excel.progress.{name}")) for name in ("none", "done"))
    state = f"IF(D{row}=0,{none},IF(C{row}=D{row},{done},D{row}-C{row}))"
    formulas = (answered, expected, f'IF(D{row}=0,"",{bar})', state)
    for column, (formula, style) in enumerate(zip(formulas, _STYLES[1:], strict=True), start=3):
        _formula(sheet, row, column, formula, style)
    sheet.row_dimensions[row].height = 19


def _link(sheet: Worksheet, row: int, target: str) -> None:
    cell = sheet.cell(row, 2)
    place = "'{}'!A1".format(target.replace("'", "''"))
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
    cell.style = look.LINK


def _summary(words: Words, parts: Sequence[Part], rows: tuple[int, int]) -> str:
    """Return the formula of the sentence that says what is left, and in which sections."""
    first, last = rows
    text = words.text("excel.progress.todo", count=_COUNT, sections=_SECTIONS)
    count = f"(D{last}-C{last})"
    sections = f"TRIM({'&'.join(_unfinished(parts, first))})"
    pieces = [quoted(piece) for piece in text.replace(_SECTIONS, _COUNT).split(_COUNT)]
    values = [count, sections] if text.index(_COUNT) < text.index(_SECTIONS) else [sections, count]
    todo = "&".join([pieces[0], values[0], pieces[1], values[1], pieces[2]])
    return f"IF(C{last}=D{last},{quoted(words.text('excel.progress.ready'))},{todo})"


def _unfinished(parts: Sequence[Part], first: int) -> Iterable[str]:
    """Yield for each section the formula that is its letter while an answer is awaited."""
    numbered = groupby(enumerate(parts, start=first), key=lambda pair: pair[1].letter)
    for letter, of_section in numbered:
        rows = [row for row, _ in of_section]
        awaited, given = (f"SUM({column}{rows[0]}:{column}{rows[-1]})" for column in "DC")
        yield f'IF({awaited}>{given},"{letter} ","")'


def _formula(sheet: Worksheet, row: int, column: int, formula: str, style: str) -> None:
    cell = sheet.cell(row, column)
    cell.value = f"={formula}"
    cell.style = style


def _colours(sheet: Worksheet, summary: int, rows: tuple[int, int]) -> None:
    """Tint what is complete in one colour and what awaits answers in another."""
    first, last = rows
    for cells, row in ((f"F{first}:F{last}", first), (f"B{summary}:F{summary}", last)):
        given, awaited = (f"$C{row}", f"$D{row}") if row == first else (f"$C${row}", f"$D${row}")
        for test, colour in ((f"{awaited}>{given}", look.WANTED), (f"{awaited}>0", look.DONE)):
            fill = PatternFill("solid", start_color=colour, end_color=colour)
            tint = DifferentialStyle(fill=fill)
            rule = Rule(type="expression", formula=[test], dxf=tint, stopIfTrue=True)
            sheet.conditional_formatting.add(cells, rule)
