"""WordprocessingML as text: runs, paragraphs, cells, rows, tables. Knows no form.

Names of styles are those of ``template/styles.xml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from intake.formats.text import normal_text

TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre: Word's unit of length."""
_BAR, _FRAME = (18, "1D4B5E"), (6, "8397A1")
"""Lines: eighths of a point, colour."""
_SET_BACK = 230
"""Twips from the bar to a question that depends on another."""
_STYLED = re.compile(r'<w:pPr>(<w:pStyle w:val="[^"]*"/>)')


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row: its paragraphs and how it is set."""

    content: str
    fill: str = ""
    bar: bool = False
    """A bar to the left, and set back: the question depends on another."""
    framed: bool = False
    """Lines around it: a place to write in, on paper too."""


def twips(millimetres: float) -> int:
    """Return a length in Word's unit."""
    return round(millimetres * TWIPS)


def attribute(text: str) -> str:
    """Return a text as a quoted attribute."""
    return quoteattr(normal_text(text))


def words_of(text: str) -> str:
    """Return a text as the content of a run, line by line."""
    lines = normal_text(text).split("\n")
    return "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)


def run(text: str, style: str = "", colour: str = "") -> str:
    """Return a text in one character style, in a colour of its own where one is given."""
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    named += f'<w:color w:val="{colour}"/>' if colour else ""
    properties = f"<w:rPr>{named}</w:rPr>" if named else ""
    return f"<w:r>{properties}{words_of(text)}</w:r>"


def paragraph(style: str, *content: str) -> str:
    """Return a paragraph of runs and controls."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(content)}</w:p>'


def field(instruction: str) -> str:
    """Return a number that Word keeps up to date: ``PAGE``, ``NUMPAGES``."""
    return f'<w:fldSimple w:instr=" {instruction} ">{run("1")}</w:fldSimple>'


def bookmarked(number: int, name: str, content: str) -> str:
    """Return content between the two ends of a bookmark."""
    start = f'<w:bookmarkStart w:id="{number}" w:name={attribute(name)}/>'
    return f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'


def table(style: str, widths: Sequence[float], rows: Iterable[str]) -> str:
    """Return a table of fixed columns, in millimetres.

    The grid repeats the widths of the cells: some programs read only one of the two.
    """
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def kept(rows: Sequence[str]) -> list[str]:
    """Return rows that stay on one page with each other, where a page can hold them."""
    tied = [_STYLED.sub(r"<w:pPr>\1<w:keepNext/>", row) for row in rows[:-1]]
    return [*tied, *rows[-1:]]


def row(widths: Sequence[float], cells: Sequence[Cell], height: float = 0) -> str:
    """Return a row that never breaks over two pages."""
    least = f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>' if height else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{least}</w:trPr>{_cells(widths, cells)}</w:tr>"


def head_row(widths: Sequence[float], cells: Sequence[Cell]) -> str:
    """Return a row that heads its table and is repeated on each page."""
    properties = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    return f"<w:tr>{properties}{_cells(widths, cells)}</w:tr>"


def _cells(widths: Sequence[float], cells: Sequence[Cell]) -> str:
    return "".join(_cell(width, cell) for width, cell in zip(widths, cells, strict=True))


def _cell(width: float, cell: Cell) -> str:
    sides = [_line("left", _BAR)] if cell.bar else []
    if cell.framed:
        sides = [_line(side, _FRAME) for side in ("top", "left", "bottom", "right")]
    lines = f"<w:tcBorders>{''.join(sides)}</w:tcBorders>" if sides else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>' if cell.fill else ""
    back = f'<w:tcMar><w:left w:w="{_SET_BACK}" w:type="dxa"/></w:tcMar>' if cell.bar else ""
    size = f'<w:tcW w:w="{twips(width)}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{size}{lines}{fill}{back}</w:tcPr>{cell.content}</w:tc>"


def _line(side: str, strength: tuple[int, str]) -> str:
    eighths, colour = strength
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="{colour}"/>'
