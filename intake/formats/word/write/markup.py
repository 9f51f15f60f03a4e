"""WordprocessingML as elements: runs, paragraphs, cells, rows, tables. Knows no form.

Styles go by their names in ``template.docx``; ``package`` knows under which identifiers the
template keeps them. What recurs in hundreds of places is made once and copied, which is faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from lxml import etree

from intake.words.spelling import normal_text

Element: TypeAlias = etree._Element
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre: Word's unit of length."""
_PREFIXES = {"w": MAIN}
_SPACE = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
_W = f"{{{MAIN}}}"
VAL = _W + "val"
_TEXT, _PARAGRAPH, _ROW, _CELL = _W + "t", _W + "p", _W + "tr", _W + "tc"
_BAR, _FRAME = (18, "1D4B5E"), (6, "8397A1")
"""Lines: eighths of a point, colour."""
_SET_BACK = 230
"""Twips from the bar to a question that depends on another."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row: its paragraphs and how it is set."""

    content: Sequence[Element]
    fill: str = ""
    bar: bool = False
    """A bar to the left, and set back: the question depends on another."""
    framed: bool = False
    """Lines around it: a place to write in, on paper too."""


def twips(millimetres: float) -> int:
    """Return a length in Word's unit."""
    return round(millimetres * TWIPS)


def element(name: str, /, *content: Element, **attributes: str | int) -> Element:
    """Return an element of the main vocabulary that holds others."""
    named = {_W + key: str(value) for key, value in attributes.items()}
    made = etree.Element(_W + name, named, nsmap=_PREFIXES)
    made.extend(content)
    return made


def child(parent: Element, name: str, /, **attributes: str | int) -> Element:
    """Add an empty element at the end of another and return it."""
    named = {_W + key: str(value) for key, value in attributes.items()}
    return etree.SubElement(parent, _W + name, named)


def run(text: str, style: str = "", colour: str = "") -> Element:
    """Return a text, line by line, in one character style and, where one is given, a colour."""
    made = copy(_run(style, colour))
    first, *others = normal_text(text).split("\n")
    made[-1].text = first
    for line in others:
        child(made, "br")
        etree.SubElement(made, _TEXT, _SPACE).text = line
    return made


@cache
def _run(style: str, colour: str) -> Element:
    made = element("r")
    properties = child(made, "rPr") if style or colour else made
    if style:
        child(properties, "rStyle", val=style)
    if colour:
        child(properties, "color", val=colour)
    etree.SubElement(made, _TEXT, _SPACE)
    return made


def paragraph(style: str, *content: Element) -> Element:
    """Return a paragraph of runs and controls."""
    made = copy(_paragraph(style))
    made.extend(content)
    return made


@cache
def _paragraph(style: str) -> Element:
    return element("p", element("pPr", element("pStyle", val=style)))


def paragraphs(elements: Iterable[Element]) -> Iterator[Element]:
    """Yield the paragraphs of some elements, in reading order."""
    for one in elements:
        yield from one.iter(_PARAGRAPH)


def rows(elements: Iterable[Element]) -> Iterator[Element]:
    """Yield the rows of the tables among some elements."""
    for one in elements:
        yield from one.iter(_ROW)


def rows_around(made: Element) -> Iterator[Element]:
    """Yield the row that an element stands in, if any."""
    yield from made.iterancestors(_ROW)


def cells(made: Element) -> list[Element]:
    """Return the cells of a row; no table of a form stands in another."""
    return list(made.iter(_CELL))


def texts_of(made: Element) -> list[str]:
    """Return the words of an element, run by run."""
    return [text.text or "" for text in made.iter(_TEXT)]


def text_of(made: Element) -> str:
    """Return the words of an element."""
    return "".join(text.text or "" for text in made.iter(_TEXT))


def field(instruction: str) -> Element:
    """Return a number that Word keeps up to date: ``PAGE``, ``NUMPAGES``."""
    return element("fldSimple", run("1"), instr=f" {instruction} ")


def bookmarked(number: int, name: str, content: Element) -> tuple[Element, Element, Element]:
    """Return content between the two ends of a bookmark."""
    start = element("bookmarkStart", id=number, name=name)
    return start, content, element("bookmarkEnd", id=number)


def table(style: str, widths: Sequence[float], rows: Iterable[Element]) -> Element:
    """Return a table of fixed columns, in millimetres.

    The grid repeats the widths of the cells: some programs read only one of the two.
    """
    made = element("tbl")
    properties = child(made, "tblPr")
    child(properties, "tblStyle", val=style)
    child(properties, "tblW", w=twips(sum(widths)), type="dxa")
    child(properties, "tblLayout", type="fixed")
    grid = child(made, "tblGrid")
    for width in widths:
        child(grid, "gridCol", w=twips(width))
    made.extend(rows)
    return made


def keep(rows: Sequence[Element]) -> None:
    """Keep rows on one page with each other, where a page can hold them."""
    for tied in paragraphs(rows[:-1]):
        tied[0].insert(1, element("keepNext"))


def row(widths: Sequence[float], cells: Sequence[Cell], height: float = 0) -> Element:
    """Return a row that never breaks over two pages."""
    made = copy(_empty_row())
    if height:
        child(made[0], "trHeight", val=twips(height), hRule="atLeast")
    made.extend(_cell(width, cell) for width, cell in zip(widths, cells, strict=True))
    return made


@cache
def _empty_row() -> Element:
    return element("tr", element("trPr", element("cantSplit")))


def head_row(widths: Sequence[float], cells: Sequence[Cell]) -> Element:
    """Return a row that heads its table and is repeated on each page."""
    made = row(widths, cells)
    child(made[0], "tblHeader")
    return made


def _cell(width: float, cell: Cell) -> Element:
    made = copy(_empty_cell(width, cell.fill, bar=cell.bar, framed=cell.framed))
    made.extend(cell.content)
    return made


@cache
def _empty_cell(width: float, fill: str, *, bar: bool, framed: bool) -> Element:
    made = element("tc")
    properties = child(made, "tcPr")
    child(properties, "tcW", w=twips(width), type="dxa")
    if framed:
        _add_lines(properties, ("top", "left", "bottom", "right"), _FRAME)
    elif bar:
        _add_lines(properties, ("left",), _BAR)
    if fill:
        child(properties, "shd", val="clear", color="auto", fill=fill)
    if bar:
        child(child(properties, "tcMar"), "left", w=_SET_BACK, type="dxa")
    return made


def _add_lines(properties: Element, sides: Iterable[str], strength: tuple[int, str]) -> None:
    eighths, colour = strength
    lines = child(properties, "tcBorders")
    for side in sides:
        child(lines, side, val="single", sz=eighths, space=0, color=colour)
