"""Excel cases in which sheets, names and rows changed, or another program saved the workbook."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lxml import etree
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from intake.formats.office.repack import packed, unpacked
from tests.kit import places
from tests.kit.broken.workbook import MAIN, WORKBOOK, edited, merge, place_of, sheet_part
from tests.kit.fillers.process import run
from tests.kit.office.office import demo_answers
from tests.kit.office.office_excel import blank_excel, filled_excel, with_typed, without_names
from tests.kit.office.office_excel import merged as merged_into_question
from tests.whole.clients import excel_routes, libreoffice
from tests.whole.clients.route import Route
from tests.whole.corpus.case import Case

SCRIPT = places.PROGRAMS / "libreoffice_rows.py"
PROGRAMS = {route.name: route for route in excel_routes.ROUTES}
NUMBER = "lab_hb_dx"


def moved_in_libreoffice() -> bytes:
    """Return a form in which a person inserted a row and a column and renamed the sheet."""
    content = filled_excel()
    sheet = place_of(content, NUMBER)[0]
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.xlsx"), Path(folder, "out.xlsx")
        source.write_bytes(content)
        run([libreoffice.PYTHON, str(SCRIPT), str(source), sheet, str(target), f"{folder}/profile"])
        return target.read_bytes()


def without_sheet(title: str, *, names_left: bool) -> bytes:
    """Return a form without a sheet; its names stand for nothing then, as Excel leaves them."""
    content = filled_excel()
    part = sheet_part(content, title)
    quoted = f"'{title.replace(chr(39), chr(39) * 2)}'!"

    def change(root: etree._Element) -> None:
        sheet = next(s for s in root.iter(f"{{{MAIN}}}sheet") if s.get("name") == title)
        sheet.getparent().remove(sheet)
        for name in list(root.iter(f"{{{MAIN}}}definedName")):
            if quoted in (name.text or "") or f"{title}!" in (name.text or ""):
                name.text = "#REF!"
                if not names_left:
                    name.getparent().remove(name)

    parts = unpacked(edited(content, WORKBOOK, change))
    return packed({name: data for name, data in parts.items() if name != part})


def laboratory_deleted() -> bytes:
    """Return a form without the sheet of the laboratory results."""
    return without_sheet(place_of(filled_excel(), NUMBER)[0], names_left=True)


def without_meta() -> bytes:
    """Return a form without its hidden sheet."""
    return without_sheet("_meta", names_left=False)


def merged_over_margin() -> bytes:
    """Return a form in which an answer was merged with the empty cell to its right."""
    content = filled_excel()
    cell = place_of(content, NUMBER)[1]
    after = chr(ord(cell[0]) + 1)
    return merge(content, NUMBER, f"{cell}:{after}{cell[1:]}")


def lying_dimension() -> bytes:
    """Return a form whose sheets say that they hold one cell."""
    parts = unpacked(filled_excel())
    lie = re.compile(rb'<dimension ref="[^"]*"')
    return packed({n: lie.sub(b'<dimension ref="A1"', data) for n, data in parts.items()})


def without_references() -> bytes:
    """Return a form whose cells and rows do not say where they stand."""
    parts = unpacked(filled_excel())
    sheets = {n: _counted(data) for n, data in parts.items() if n.startswith("xl/worksheets/")}
    return packed({**parts, **sheets})


def _counted(sheet: bytes) -> bytes:
    """Return a sheet with every gap filled by an empty row or cell, and no reference."""
    root = etree.fromstring(sheet)
    data = root.find(f"{{{MAIN}}}sheetData")
    for row in list(data):
        for _ in range(int(row.attrib.pop("r")) - data.index(row) - 1):
            row.addprevious(etree.Element(f"{{{MAIN}}}row"))
        for cell in list(row):
            column, _ = coordinate_from_string(cell.attrib.pop("r"))
            for _ in range(column_index_from_string(column) - row.index(cell) - 1):
                cell.addprevious(etree.Element(f"{{{MAIN}}}c"))
    return etree.tostring(root)


def as_onlyoffice_saves() -> bytes:
    """Return a form with what ONLYOFFICE 10 loses: rules of colour, validations without list."""

    def change(root: etree._Element) -> None:
        for name in ("conditionalFormatting", "dataValidation"):
            for element in list(root.iter(f"{{{MAIN}}}{name}")):
                if name != "dataValidation" or element.get("type") != "list":
                    element.getparent().remove(element)

    parts = unpacked(filled_excel())
    for name in [n for n in parts if n.startswith("xl/worksheets/")]:
        root = etree.fromstring(parts[name])
        change(root)
        parts[name] = etree.tostring(root)
    application = parts["docProps/app.xml"]
    parts["docProps/app.xml"] = re.sub(
        rb"<Application>[^<]*", b"<Application>ONLYOFFICE", application
    )
    return packed(parts)


def copied_sheet() -> bytes:
    """Return a form in which a sheet was copied and the copy corrected."""
    content = filled_excel()
    title, cell = place_of(content, NUMBER)
    parts = unpacked(content)
    copy = etree.fromstring(parts[sheet_part(content, title)])
    answer = next(c for c in copy.iter(f"{{{MAIN}}}c") if c.get("r") == cell)
    for child in list(answer):
        answer.remove(child)
    answer.set("t", "inlineStr")
    answer.append(etree.fromstring(f'<is xmlns="{MAIN}"><t>7,7</t></is>'))
    parts["xl/worksheets/sheet99.xml"] = etree.tostring(copy)
    relations = "xl/_rels/workbook.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts[relations] = parts[relations].replace(
        b"</Relationships>",
        f'<Relationship Id="rId999" Type="{kind}/worksheet"'
        ' Target="/xl/worksheets/sheet99.xml"/></Relationships>'.encode(),
    )
    sheet = f'<sheet xmlns:r="{kind}" name="copie" sheetId="999" r:id="rId999"/></sheets>'
    parts[WORKBOOK] = parts[WORKBOOK].replace(b"</sheets>", sheet.encode())
    return packed(parts)


def swapped_codes() -> bytes:
    """Return a form in which two visible codes were exchanged."""
    content = filled_excel()
    title, cell = place_of(content, NUMBER)
    row = int(cell[1:])

    def change(root: etree._Element) -> None:
        codes = [c for c in root.iter(f"{{{MAIN}}}c") if c.get("r") in (f"A{row}", f"A{row + 1}")]
        one, other = ([*c] for c in codes)
        for cell_, children in ((codes[0], other), (codes[1], one)):
            cell_.extend(children)

    return edited(content, sheet_part(content, title), change)


def saved_by(program: Route) -> Callable[[], bytes]:
    """Return a way to make the form as a program fills or saves it."""
    return lambda: program.send(blank_excel(), demo_answers())


def _program(name: str, key: str, about: str) -> Case:
    program = PROGRAMS[key]
    return Case(name, saved_by(program), "xlsx", about=about, missing=program.missing)


_EVERY = (
    Case(
        "x13-row-and-column-inserted",
        moved_in_libreoffice,
        "xlsx",
        about="LibreOffice: a row and a column inserted, the sheet renamed",
        missing=libreoffice.cannot_type,
    ),
    Case("x14-sheet-deleted", laboratory_deleted, "xlsx", about="the laboratory's sheet deleted"),
    Case("x15-merged-into-question", merged_into_question, "xlsx", about="merged over its answer"),
    Case("x15-merged-to-the-right", merged_over_margin, "xlsx", about="merged with an empty cell"),
    _program("x17-sheetjs", "SheetJS", "filled and saved by SheetJS: no validations"),
    _program("x18-exceljs", "exceljs", "filled and saved by exceljs: openpyxl cannot open it"),
    _program("x19-gnumeric", "Gnumeric", "saved by Gnumeric: hidden sheets shown"),
    Case("x20-onlyoffice", as_onlyoffice_saves, "xlsx", about="what ONLYOFFICE loses, by script"),
    _program("x21-by-ods", "LibreOffice ods", "saved as .ods and back by LibreOffice"),
    _program("x22-by-xls", "LibreOffice xls", "saved as .xls and back by LibreOffice"),
    Case("x25-without-meta", without_meta, "xlsx", about="the hidden sheet deleted"),
    Case("x26-lying-dimension", lying_dimension, "xlsx", about="sheets say they hold one cell"),
    Case("x27-no-references", without_references, "xlsx", about="cells that do not say where"),
    Case("x30-names-lost", without_names, "xlsx", about="every defined name deleted"),
    Case("x31-sheet-copied", copied_sheet, "xlsx", about="a sheet copied, the copy corrected"),
    Case("x32-codes-exchanged", swapped_codes, "xlsx", about="two visible codes exchanged"),
    Case(
        "x33-spaces-typed",
        lambda: with_typed({NUMBER: " 9,1\u00a0", "lab_fib_dx": "   "}),
        "xlsx",
        about="spaces around an answer, spaces alone",
        meant={"lab_fib_dx": ""},
    ),
)
_FAST = {"x14-sheet-deleted", "x15-merged-into-question"}
"""They stand for the others in the fast tests."""
CASES = tuple(replace(case, slow=case.name not in _FAST) for case in _EVERY)
