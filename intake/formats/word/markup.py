"""WordprocessingML as text: runs, paragraphs, cells, rows, tables. Knows no form.

Names of styles are those of ``template/styles.xml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from intake.formats.text import normal_text

TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre: Word's unit of length."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row: its paragraphs and how it is set."""

    content: str
    fill: str = ""
    bar: bool = False
    """A bar to the left: the question depends on another."""


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


def run(text: str, style: str = "") -> str:
    """Return a text in one character style."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
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
    line = '<w:left w:val="single" w:sz="12" w:space="0" w:color="9BB0BA"/>'
    bar = f"<w:tcBorders>{line}</w:tcBorders>" if cell.bar else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>' if cell.fill else ""
    size = f'<w:tcW w:w="{twips(width)}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{size}{bar}{fill}</w:tcPr>{cell.content}</w:tc>"
