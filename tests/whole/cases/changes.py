"""What people and programs did to a whole form in the reported cases, made by script."""

from __future__ import annotations

import io
from collections.abc import Callable
from copy import deepcopy

import pikepdf
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart

from intake.formats.office.repack import packed, unpacked
from tests.kit.fillers.with_openpyxl import named_cell, saved
from tests.kit.fillers.word_by_hand import changed, control_of, run
from tests.kit.office.office_excel import filled_excel
from tests.kit.office.office_word import W, filled_word

Part = str | tuple[str, dict[str, object]]
_STYLES = "word/styles.xml"


def book_with(change: Callable[[Workbook], None]) -> bytes:
    """Return the filled workbook after a change."""
    book = load_workbook(io.BytesIO(filled_excel()), rich_text=True)
    change(book)
    return saved(book)


def cells_with(**parts: tuple[Part, ...]) -> bytes:
    """Return the filled workbook with some answers set in parts, each with its own font."""

    def change(book: Workbook) -> None:
        for address, texts in parts.items():
            named_cell(book, address).value = CellRichText(*map(_block, texts))

    return book_with(change)


def _block(part: Part) -> str | TextBlock:
    return part if isinstance(part, str) else TextBlock(InlineFont(**part[1]), part[0])


def on_cells(change: Callable[[Cell], None], *addresses: str) -> bytes:
    """Return the filled workbook with the same done to some cells."""

    def change_all(book: Workbook) -> None:
        for address in addresses:
            change(named_cell(book, address))

    return book_with(change_all)


def with_text_box() -> bytes:
    """Return the filled workbook with a text box over its second sheet."""
    parts = unpacked(book_with(lambda book: book.worksheets[1].add_chart(BarChart(), "C9")))
    drawing = parts["xl/drawings/drawing1.xml"]
    root = etree.fromstring(drawing)
    space = root.nsmap[None]
    frame = next(root.iter(f"{{{space}}}graphicFrame"))
    shape = etree.fromstring(
        f'<sp xmlns="{space}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<nvSpPr><cNvPr id="2" name="Zone"/><cNvSpPr txBox="1"/></nvSpPr><spPr/>'
        "<txBody><a:bodyPr/><a:p><a:r><a:t>CRP 620</a:t></a:r></a:p></txBody></sp>"
    )
    frame.getparent().replace(frame, shape)
    return packed({**parts, "xl/drawings/drawing1.xml": etree.tostring(root)})


def runs_with(styles: dict[str, tuple[etree._Element, ...]], **parts: tuple[Part, ...]) -> bytes:
    """Return the filled document with answers set in runs; a run may have a style of its own."""

    def add(root: etree._Element) -> None:
        for name, marks in styles.items():
            style = etree.SubElement(root, W + "style", {W + "type": "character"})
            style.set(W + "styleId", name)
            etree.SubElement(style, W + "rPr").extend(deepcopy(marks))

    def change(root: etree._Element) -> None:
        for address, texts in parts.items():
            content = control_of(root, address).find(W + "sdtContent")
            for child in list(content):
                content.remove(child)
            content.extend(map(_run, texts))

    return changed(changed(filled_word(), add, _STYLES), change)


def mark(name: str, **attributes: str) -> etree._Element:
    """Return one property of a run."""
    return etree.Element(W + name, {W + key: value for key, value in attributes.items()})


def _run(part: Part) -> etree._Element:
    if isinstance(part, str):
        return run(part)
    made = run(part[0])
    properties = etree.Element(W + "rPr")
    properties.extend(mark(name, **held) for name, held in part[1].items())
    made.insert(0, properties)
    return made


def with_main_part(name: str) -> bytes:
    """Return the filled document as Word for the web keeps it: its main part named otherwise."""
    parts = unpacked(filled_word())
    old, new = b"document.xml", name.encode()
    known = ("[Content_Types].xml", "_rels/.rels")
    renamed = {f"word/{name}": parts.pop("word/document.xml")}
    relations = parts.pop("word/_rels/document.xml.rels", None)
    if relations is not None:
        renamed[f"word/_rels/{name}.rels"] = relations
    told = {part: parts[part].replace(b"/" + old, b"/" + new) for part in known}
    return packed({**parts, **renamed, **told})


def string_of(text: str) -> pikepdf.String:
    """Return a text as programs write it that forget to say that it is UTF-8."""
    return pikepdf.String(text.encode())
