"""What a file is, by its content alone."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.formats.sniff import FileKind, sniff
from tests.kit.broken.small import blank


def zipped(members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def ole(stream):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le")


OFFICE = "application/vnd.openxmlformats-officedocument."
BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
RELATIONS = (
    '<Relationships><Relationship Type="http://x/officeDocument" Id="r" Target="{}"/>'
    "</Relationships>"
)


def office(content_type, main, *, slash="/", told="Override PartName='/{main}'"):
    """Return an office package whose main part stands where ``main`` says."""
    entry = f"<{told.format(main=main)} ContentType='{content_type}'/>"
    types = f"<Types><Default Extension='xml' ContentType='application/xml'/>{entry}</Types>"
    members = {"[Content_Types].xml": types, "_rels/.rels": RELATIONS.format(main), main: "<w/>"}
    return zipped({name.replace("/", slash): data for name, data in members.items()})


ODF = "application/vnd.oasis.opendocument."
MAIL = b"Received: from relay\r\n by gate;\r\nFrom: centre@example.org\r\nSubject: CRF\r\n\r\n"
CASES = {
    "nothing": (b"", FileKind.EMPTY),
    "blanks": (b" \r\n\x00\x00", FileKind.EMPTY),
    "pdf": (blank(), FileKind.PDF),
    "pdf behind a gateway's lines": (b"\r\n" * 200 + blank(), FileKind.PDF),
    "pdf mark too late": (b"words " * 200 + b"%PDF-1.7", FileKind.TEXT),
    "word": (
        office(OFFICE + "wordprocessingml.document.main+xml", "word/document.xml"),
        FileKind.WORD,
    ),
    "word of the web": (
        office(OFFICE + "wordprocessingml.document.main+xml", "word/document22.xml"),
        FileKind.WORD,
    ),
    "word with macros": (
        office("application/vnd.ms-word.document.macroEnabled.main+xml", "a/b.xml"),
        FileKind.WORD,
    ),
    "excel": (office(OFFICE + "spreadsheetml.sheet.main+xml", "xl/workbook.xml"), FileKind.EXCEL),
    "excel with backslashes": (
        office(OFFICE + "spreadsheetml.sheet.main+xml", "xl/workbook.xml", slash="\\"),
        FileKind.EXCEL,
    ),
    "excel, its type told by extension": (
        office(
            OFFICE + "spreadsheetml.sheet.main+xml", "w/b.sheet", told="Default Extension='sheet'"
        ),
        FileKind.EXCEL,
    ),
    "binary excel": (office(BINARY, "xl/workbook.bin"), FileKind.BINARY_EXCEL),
    "powerpoint": (
        office(OFFICE + "presentationml.presentation.main+xml", "ppt/presentation.xml"),
        FileKind.POWERPOINT,
    ),
    "parts named as a word file's": (zipped({"word/document.xml": "<w/>"}), FileKind.ZIP),
    "odt": (zipped({"mimetype": ODF + "text"}), FileKind.WRITER),
    "ods template": (zipped({"mimetype": ODF + "spreadsheet-template"}), FileKind.CALC),
    "drawing": (zipped({"mimetype": ODF + "graphics"}), FileKind.UNKNOWN),
    "zip": (zipped({"fiche.pdf": blank()}), FileKind.ZIP),
    "zip of a word file": (zipped({"a/word/document.xml": "x"}), FileKind.ZIP),
    "cut zip": (zipped({"word/document.xml": "<w/>"})[:40], FileKind.ZIP),
    "doc": (ole("WordDocument"), FileKind.OLD_WORD),
    "xls": (ole("Workbook"), FileKind.OLD_EXCEL),
    "protected": (ole("EncryptedPackage"), FileKind.PROTECTED_OFFICE),
    "msg with a doc inside": (ole("__properties_version1.0 WordDocument"), FileKind.OUTLOOK),
    "ole of no known kind": (ole("Contents"), FileKind.UNKNOWN),
    "mail": (MAIL + b"Bonjour", FileKind.EMAIL),
    "mail from a folder": (b"From gate Mon\n" + MAIL, FileKind.EMAIL),
    "mail about pdf": (MAIL + b"%PDF-1.7", FileKind.EMAIL),
    "jpeg": (b"\xff\xd8\xff\xe0" + bytes(20), FileKind.JPEG),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(20), FileKind.PNG),
    "tiff": (b"II*\x00" + bytes(20), FileKind.TIFF),
    "heic": (b"\x00\x00\x00\x18ftypheic" + bytes(20), FileKind.HEIC),
    "rtf": (b"{\\rtf1\\ansi hello}", FileKind.RTF),
    "html": (b"<!DOCTYPE html><html></html>", FileKind.HTML),
    "html as excel sends it": (b'\xef\xbb\xbf<html xmlns:x="urn"><table>', FileKind.HTML),
    "text": ("Bonjour, voici la fiche : été".encode(), FileKind.TEXT),
    "text of an old windows": ("Bonjour, voici la fiche d'été".encode("cp1252"), FileKind.TEXT),
    "text in utf-16": ("Fiche d'été".encode("utf-16"), FileKind.TEXT),
    "one header is not a mail": (b"Note: rappeler le centre\n", FileKind.TEXT),
    "binary": (bytes(range(256)) * 8, FileKind.UNKNOWN),
}


@pytest.mark.parametrize("name", CASES)
def test_a_file_is_what_its_content_says(name):
    content, kind = CASES[name]

    assert sniff(content).kind is kind


def test_a_letter_cut_at_the_end_of_the_sample_does_not_make_text_unknown():
    assert sniff(b"a" * 65_535 + "é".encode()).kind is FileKind.TEXT


def test_usual_extensions_are_lower_case_with_their_dot():
    assert sniff(blank()).extensions == (".pdf",)
    assert all(
        e.startswith(".") and e == e.lower()
        for content, _ in CASES.values()
        for e in sniff(content).extensions
    )


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"]),
    st.binary(max_size=300),
)
def test_no_bytes_make_the_sniffer_fail(start, rest):
    assert sniff(start + rest).kind in FileKind


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_zip_is_still_a_file_of_some_kind(data):
    content = bytearray(zipped({"mimetype": ODF + "text", "word/document.xml": "<w/>"}))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    assert sniff(bytes(content)).kind in FileKind
