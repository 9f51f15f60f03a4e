"""Write blank Excel forms: sheets, names, hidden carriers. Same request, same bytes."""

from __future__ import annotations

import datetime as dt
import io

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.worksheet import Worksheet

from intake.formats.excel.anchors import (
    LISTS_SHEET,
    META_SHEET,
    STAMP_NAME,
    STAMP_PROPERTY,
    TALLY_SHEET,
)
from intake.formats.excel.write import look
from intake.formats.excel.write.cells import put
from intake.formats.excel.write.front import draw_front
from intake.formats.excel.write.lean import lean
from intake.formats.excel.write.lines import Table, form_tables
from intake.formats.excel.write.page import Printing, Tabs, set_up
from intake.formats.excel.write.table.drawing import draw_table
from intake.formats.excel.write.table.sheet import HEAD_ROW, Book
from intake.formats.excel.write.tally import Part, Tally
from intake.formats.form_faults import prefill_faults, refuse_faults
from intake.formats.office.repack import packed, unpacked
from intake.model.definition import FormDefinition
from intake.model.stamp import FormStamp
from intake.model.submission import FileFormat
from intake.ports import FormRequest, LayoutFault
from intake.words.catalogue import Words

AUTHOR = "crf-intake"
_MADE = dt.datetime(2000, 1, 1)
_LONGEST_LABEL = 255


class ExcelWriter:
    """Writes forms as workbooks: a sheet per section, a named cell per answer place."""

    file_format = FileFormat.EXCEL
    extension = ".xlsx"

    def write(self, definition: FormDefinition, request: FormRequest) -> bytes:
        """Return the form. Raises DefinitionError when the layout audit fails."""
        refuse_faults("Excel", self.audit(definition, request))
        return _without_clock(_book(definition, request))

    def audit(self, definition: FormDefinition, request: FormRequest) -> tuple[LayoutFault, ...]:
        """Return every layout fault, without raising."""
        faults = list(prefill_faults(definition, request.prefill))
        for item in definition.items.values():
            labels = (title for option in item.options for title in option.title.values())
            if any(len(label) > _LONGEST_LABEL for label in labels):
                faults.append(LayoutFault(item.name, "has an answer too long for a list"))
        return tuple(faults)


def _book(definition: FormDefinition, request: FormRequest) -> Workbook:
    book = Workbook()
    look.add_styles(book)
    words = Words(request.language)
    shared = Book(definition, words, request.stamp, request.prefill)
    tabs = Tabs()
    front = book.active
    front.title = tabs.name(words.text("excel.start"))
    drawn = _draw_tables(book, shared, tabs)
    parts = _parts(book, shared, drawn)
    cell = draw_front(front, words, request, words.printed(definition.title), parts)
    set_up(front, request.stamp, look.DEEP[2:], Printing())
    _add_hidden(book, shared)
    _add_names(book, {**shared.cells, STAMP_NAME: (front.title, cell)})
    _describe(book, request)
    return book


def _draw_tables(book: Workbook, shared: Book, tabs: Tabs) -> list[Table]:
    """Draw a sheet per table; return the tables."""
    tables = list(form_tables(shared.definition, shared.words))
    for table in tables:
        sheet = book.create_sheet(tabs.name(table.title, table.section.letter))
        draw_table(shared, table, sheet)
        colour = look.ACCENT if not table.rows else look.FRAME
        printing = Printing(landscape=True, heading=f"1:{HEAD_ROW}")
        set_up(sheet, shared.stamp, colour[2:], printing)
    return tables


def _parts(book: Workbook, shared: Book, drawn: list[Table]) -> list[Part]:
    """Return the sheets whose answers are counted; a query sheet expects none."""
    if shared.definition.sheet is not None:
        return []
    tally = Tally(shared, _hidden(book, TALLY_SHEET, "hidden"))
    return [tally.part(table, _listed(shared.words, table)) for table in drawn]


def _listed(words: Words, table: Table) -> str:
    """Return a table's title as the list of sheets gives it."""
    if not table.rows:
        return table.title
    return f"{table.title}  ·  {words.text('excel.columns', rows=len(table.rows))}"


def _add_hidden(book: Workbook, shared: Book) -> None:
    """Add the sheets nobody looks at: the lists, and the stamp once more."""
    lists = _hidden(book, LISTS_SHEET, "hidden")
    for column, labels in enumerate(shared.lists.labels, start=1):
        for row, label in enumerate(labels, start=1):
            put(lists.cell(row, column), label, look.TEXT)
    meta = _hidden(book, META_SHEET, "veryHidden")
    for row, (name, value) in enumerate(_carried(shared.stamp), start=1):
        put(meta.cell(row, 1), name, look.TEXT)
        put(meta.cell(row, 2), value, look.TEXT)


def _hidden(book: Workbook, title: str, state: str) -> Worksheet:
    sheet = book.create_sheet(title)
    sheet.sheet_state = state
    sheet.protection.sheet = True
    return sheet


def _carried(stamp: FormStamp) -> list[tuple[str, str]]:
    return [
        ("stamp", stamp.text),
        ("form", stamp.form),
        ("version", stamp.version),
        ("language", stamp.language),
        ("centre", stamp.centre or ""),
        ("fingerprint", stamp.fingerprint),
    ]


def _add_names(book: Workbook, cells: dict[str, tuple[str, str]]) -> None:
    for name, (title, cell) in cells.items():
        sheet = title.replace("'", "''")
        book.defined_names[name] = DefinedName(name, attr_text=f"'{sheet}'!{cell}")


def _describe(book: Workbook, request: FormRequest) -> None:
    """Set what the file says of itself: its form, and no person."""
    book.security = WorkbookProtection(lockStructure=True)
    book.calculation.fullCalcOnLoad = True
    about = book.properties
    about.creator, about.title = AUTHOR, request.study_title or request.stamp.form.upper()
    about.language = request.language
    about.created = _MADE
    book.custom_doc_props.append(StringProperty(name=STAMP_PROPERTY, value=request.stamp.text))


def _without_clock(book: Workbook) -> bytes:
    """Return the saved workbook, packed again without the time of saving."""
    target = io.BytesIO()
    book.save(target)
    made = _MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return packed(lean(unpacked(target.getvalue()), made))
