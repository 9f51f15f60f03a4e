"""Filled forms of Word and Excel to each of which one thing is added, somewhere, by a seed."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Mapping
from functools import cache

from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from intake.formats.excel.anchors import HIDDEN_SHEETS
from intake.formats.registry import readers
from intake.formats.wording.first_page import Front, StudyWords
from intake.model.finding import Finding
from intake.model.submission import FileFormat
from tests.kit.blanks import blank
from tests.kit.fillers import with_openpyxl, word_by_hand
from tests.kit.fillers.forms import definition
from tests.kit.places import DM_SAM
from tests.whole.clients.answers import every_answer
from tests.whole.clients.excel_routes import as_typed

WORDS = ("voir courrier", "8450", "mg/dL", "Oui", "× 2", "M. Durand", "non fait", "à revoir", "?")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ANSWER_STYLES = ("crf answer", "crf tick")
_HEADER = "word/header1.xml"
Draw = random.Random


@cache
def filled(file_format: FileFormat) -> bytes:
    """Return the shipped form with every place answered."""
    form = blank(DM_SAM, file_format, "fr", "REI")
    answers = every_answer(definition())
    if file_format is FileFormat.WORD:
        return word_by_hand.fill(form, answers)
    return with_openpyxl.fill(form, as_typed(answers))


def findings(file_format: FileFormat, content: bytes) -> tuple[Finding, ...]:
    """Return all that reading a file says."""
    reader = readers(StudyWords((Front(tuple(definition().title.values())),)))[file_format]
    return reader.read(reader.inspect(content), definition()).findings


def with_addition(file_format: FileFormat, seed: int) -> tuple[str, bytes]:
    """Return what was done, and the form with it."""
    draw = random.Random(f"{file_format.value} {seed}")
    name = draw.choice(sorted(ADDITIONS[file_format]))
    return name, ADDITIONS[file_format][name](draw)


def _book(change: Callable[[Workbook, Draw], None]) -> Callable[[Draw], bytes]:
    def made(draw: Draw) -> bytes:
        book = load_workbook(io.BytesIO(filled(FileFormat.EXCEL)), rich_text=True)
        change(book, draw)
        return with_openpyxl.saved(book)

    return made


def _sheet(book: Workbook, draw: Draw) -> Worksheet:
    return draw.choice([sheet for sheet in book if sheet.title not in HIDDEN_SHEETS])


def _table(book: Workbook, draw: Draw) -> Worksheet:
    return draw.choice([s for s in book.worksheets[1:] if s.title not in HIDDEN_SHEETS])


def _free_cell(book: Workbook, draw: Draw) -> None:
    sheet = _sheet(book, draw)
    covered = {
        (row, column)
        for merge in sheet.merged_cells.ranges
        for left, top, right, bottom in [range_boundaries(str(merge))]
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    free = [
        (row, column)
        for row in range(1, sheet.max_row + 8)
        for column in range(1, 16)
        if (row, column) not in covered
        and sheet.cell(row, column).value is None
        and sheet.cell(row, column).style not in _ANSWER_STYLES
    ]
    sheet.cell(*draw.choice(free)).value = draw.choice(WORDS)


def _printed_cell(book: Workbook, draw: Draw) -> None:
    sheet = _table(book, draw)
    printed = [
        cell
        for row in sheet.iter_rows(min_row=5)
        for cell in row[1:]
        if cell.value and cell.style not in (*_ANSWER_STYLES, "crf printed")
    ]
    cell = draw.choice(printed)
    cell.value = f"{cell.value} {draw.choice(WORDS)}" if draw.random() < 0.5 else "autre chose"


def _first_sheet(book: Workbook, draw: Draw) -> None:
    sheet = book.worksheets[0]
    texts = [c for (c,) in sheet.iter_rows(min_col=2, max_col=2) if c.value and c.data_type == "s"]
    cell = draw.choice(texts)
    cell.value = f"{cell.value} {draw.choice(WORDS)}"


def _struck(book: Workbook, draw: Draw) -> None:
    cell = _answer(book, draw)
    if draw.random() < 0.5:
        cell.font = Font(strike=True)
    else:
        old = TextBlock(InlineFont(strike=True), "7")
        cell.value = CellRichText(old, str(cell.value))


def _answer(book: Workbook, draw: Draw) -> Cell:
    sheet = _table(book, draw)
    found = [c for row in sheet.iter_rows() for c in row if c.value and c.style == "crf answer"]
    return draw.choice(found) if found else _answer(book, draw)


def _added_sheet(book: Workbook, draw: Draw) -> None:
    if draw.random() < 0.5:
        book.create_sheet("Notes")["B2"].value = draw.choice(WORDS)
    else:
        sheet = book.copy_worksheet(book.worksheets[0])
        sheet["B60"].value = draw.choice(WORDS)


def _head(book: Workbook, draw: Draw) -> None:
    sheet = _sheet(book, draw)
    part = draw.choice([sheet.oddHeader.center, sheet.oddHeader.left, sheet.oddFooter.right])
    part.text = draw.choice(["voir courrier", "8450", "M. Durand"])


def _chart(book: Workbook, draw: Draw) -> None:
    _sheet(book, draw).add_chart(BarChart(), "C9")


def _comment(book: Workbook, draw: Draw) -> None:
    _answer(book, draw).comment = Comment(draw.choice(WORDS), "x")


def _in_document(change: Callable[[etree._Element, Draw], None]) -> Callable[[Draw], bytes]:
    def made(draw: Draw) -> bytes:
        content = filled(FileFormat.WORD)
        return word_by_hand.changed(content, lambda root: change(root, draw))

    return made


def _paragraph(root: etree._Element, draw: Draw) -> None:
    body = root.find(_W + "body")
    made = etree.Element(_W + "p")
    made.append(word_by_hand.run(draw.choice(WORDS)))
    body.insert(draw.randrange(len(body) - 1), made)


def _in_cell(root: etree._Element, draw: Draw) -> None:
    """Write behind the words of a cell that is no place to answer in."""
    cells = [cell for cell in root.iter(_W + "tc") if next(cell.iter(_W + "sdt"), None) is None]
    cell = draw.choice([cell for cell in cells if cell.find(_W + "p") is not None])
    draw.choice(cell.findall(_W + "p")).append(word_by_hand.run(f" {draw.choice(WORDS)}"))


def _marked(name: str, **attributes: str) -> Callable[[etree._Element, Draw], None]:
    def change(root: etree._Element, draw: Draw) -> None:
        controls = [
            sdt for sdt in root.iter(_W + "sdt")
            if sdt.find(f"{_W}sdtPr/{_W}text") is not None and "".join(sdt.itertext()).strip()
        ]  # fmt: skip
        run = next(draw.choice(controls).iter(_W + "r"))
        properties = run.find(_W + "rPr")
        if properties is None:
            properties = etree.Element(_W + "rPr")
            run.insert(0, properties)
        etree.SubElement(properties, _W + name, {_W + k: v for k, v in attributes.items()})

    return change


def _laid_over(root: etree._Element, draw: Draw) -> None:
    holder = word_by_hand.run("")
    etree.SubElement(holder, _W + draw.choice(["drawing", "pict", "footnoteReference"]))
    draw.choice(list(root.iter(_W + "p"))).append(holder)


def _page_head(draw: Draw) -> bytes:
    def change(root: etree._Element) -> None:
        root.find(_W + "p").append(word_by_hand.run(f" {draw.choice(WORDS)}"))

    return word_by_hand.changed(filled(FileFormat.WORD), change, _HEADER)


ADDITIONS: Mapping[FileFormat, Mapping[str, Callable[[Draw], bytes]]] = {
    FileFormat.EXCEL: {
        "free cell": _book(_free_cell),
        "printed cell": _book(_printed_cell),
        "first sheet": _book(_first_sheet),
        "struck": _book(_struck),
        "sheet": _book(_added_sheet),
        "head": _book(_head),
        "chart": _book(_chart),
        "comment": _book(_comment),
    },
    FileFormat.WORD: {
        "paragraph": _in_document(_paragraph),
        "cell": _in_document(_in_cell),
        "struck": _in_document(_marked("strike")),
        "hidden": _in_document(_marked("vanish")),
        "white": _in_document(_marked("color", val="FFFFFF")),
        "laid over": _in_document(_laid_over),
        "head": _page_head,
    },
}
