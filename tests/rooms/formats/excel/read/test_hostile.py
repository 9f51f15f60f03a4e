"""Workbooks made to swell, to loop or to lie are refused, quickly and with a reason."""

from __future__ import annotations

import random
import re

import pytest

from intake.formats.excel.read.reader import ExcelReader
from intake.formats.office.repack import packed, unpacked
from intake.formats.registry import inspect_file
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode
from tests.kit.broken.workbook import MAIN, WORKBOOK
from tests.kit.fillers.excel_forms import blank, every_answer
from tests.kit.fillers.forms import definition
from tests.kit.fillers.with_openpyxl import fill

pytestmark = pytest.mark.slow

SHEET = "xl/worksheets/sheet3.xml"
END = b"</sheetData>"
ODD = (b"", b"-1", b"1e999", b"nan", b"99999999999999999999", b"A0", b"$C$0", b"XFD9999999",
       b"\xc3\xa9", b"\xd9\xa1", b"&#1;", b"#REF!", b"'", b"0x10", b"A1:B", b"inf")  # fmt: skip
TEXT = '<c t="inlineStr"><is><t>{}</t></is></c>'


def changed(part, old, new):
    parts = unpacked(blank())
    assert old in parts[part]
    return packed({**parts, part: parts[part].replace(old, new, 1)})


def table_of(rows, columns):
    """Return a sheet whose every line has a code and every column a number."""
    heads = "".join(TEXT.format(number % 99 + 1) for number in range(columns))
    lines = "".join(f"<row>{TEXT.format('A01')}</row>" for _ in range(rows))
    head = f"<row>{TEXT.format('Code')}{heads}</row>"
    return f'<worksheet xmlns="{MAIN}"><sheetData>{head}{lines}</sheetData></worksheet>'.encode()


def many_rows():
    return changed(SHEET, END, b"<row><c><v>1</v></c></row>" * 400_000 + END)


def many_names():
    name = b"<definedName name='n'>'A'!$A$1</definedName>"
    return changed(WORKBOOK, b"<definedNames>", b"<definedNames>" + name * 30_000)


def many_sheets():
    sheet = b'<sheet name="s" sheetId="9"/>'
    return changed(WORKBOOK, b"<sheets>", b"<sheets>" + sheet * 200)


def many_codes():
    return packed({**unpacked(blank()), SHEET: table_of(2_000, 190)})


def long_text():
    cell = f"<row>{TEXT.format('x' * 200_000)}</row>".encode()
    return changed(SHEET, END, cell + END)


@pytest.mark.parametrize("make", [many_rows, many_names, many_sheets, many_codes, long_text])
def test_a_workbook_beyond_every_form_is_refused(make):
    with pytest.raises(UnreadableFile) as refused:
        ExcelReader().inspect(make())
    assert refused.value.code == FindingCode.FILE_LIMIT


def test_a_workbook_that_needs_another_document_is_refused():
    entity = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    with pytest.raises(UnreadableFile) as refused:
        ExcelReader().inspect(packed({**unpacked(blank()), SHEET: entity + b"<x>&a;</x>"}))
    assert refused.value.code == FindingCode.FILE_DAMAGED


def test_a_workbook_cut_anywhere_is_unreadable_and_never_half_read():
    content = blank()
    for share in (0.1, 0.5, 0.9, 0.999):
        with pytest.raises(UnreadableFile):
            inspect_file(content[: int(len(content) * share)], "fiche.xlsx")


def test_a_workbook_encrypted_with_a_password_is_said_to_be_protected():
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(UnreadableFile) as refused:
        inspect_file(container, "fiche.xlsx")
    assert refused.value.code == FindingCode.FILE_PROTECTED


def test_another_workbook_has_no_stamp_and_no_known_place():
    sheet = table_of(3, 1).replace(b"A01", b"note")
    inspection = ExcelReader().inspect(
        packed({name: sheet if name.startswith("xl/worksheets/sheet") else part
                for name, part in unpacked(blank()).items() if name != "docProps/custom.xml"})
    )  # fmt: skip
    assert inspection.claims == ()


@pytest.mark.parametrize("seed", range(12))
def test_a_workbook_with_any_attribute_or_text_changed_is_read_or_refused(seed):
    """Nothing but a refusal may come out: an accident inside is one file's, never the run's."""
    chance = random.Random(seed)
    parts = unpacked(fill(blank(), every_answer()))
    for name in (WORKBOOK, "xl/styles.xml", SHEET, "xl/sharedStrings.xml"):
        pieces = re.split(rb'("[^"]*"|>[^<]+<)', parts.get(name, b""))
        for index in chance.sample(range(len(pieces)), len(pieces) // 12):
            piece = pieces[index]
            if piece[:1] in (b'"', b">"):
                pieces[index] = piece[:1] + chance.choice(ODD) + piece[-1:]
        parts[name] = b"".join(pieces)
    try:
        inspection = ExcelReader().inspect(packed(parts))
    except UnreadableFile:
        return
    ExcelReader().read(inspection, definition())
