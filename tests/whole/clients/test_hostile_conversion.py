"""Hostile files of old kinds: the conversion takes nothing in, and ends."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from intake.execution.confined import Bounds
from intake.execution.libreoffice import converted
from intake.model.errors import UnreadableFile
from tests.whole.clients import libreoffice

pytestmark = [
    pytest.mark.slow,
    pytest.mark.programs,
    pytest.mark.skipif(libreoffice.missing() is not None, reason=str(libreoffice.missing())),
]
CANARY = "canari-du-disque"
BOUNDS = Bounds(seconds=20)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_BODY = (
    f'<office:document-content xmlns:office="{_NAMES}office:1.0" xmlns:text="{_NAMES}text:1.0"'
    f' xmlns:table="{_NAMES}table:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    f' office:version="1.2"><office:body>%s</office:body></office:document-content>'
)
_MANIFEST = (
    f'<m:manifest xmlns:m="{_NAMES}manifest:1.0" m:version="1.2">'
    '<m:file-entry m:full-path="/" m:media-type="{media}"/>'
    '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
)
_SHEET = (
    '<office:spreadsheet><table:table table:name="a"><table:table-row>'
    '<table:table-cell table:formula="of:=%s" office:value-type="string"/>'
    "</table:table-row></table:table></office:spreadsheet>"
)


def package(kind, content):
    """Return an OpenDocument file of one part."""
    media = f"application/vnd.oasis.opendocument.{kind}"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", media)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", _MANIFEST.format(media=media))
    return target.getvalue()


def result(content, kind, wanted):
    """Return all that a conversion shows, None when it makes nothing."""
    try:
        made = converted(content, kind, wanted, BOUNDS)
    except UnreadableFile:
        return None
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text(CANARY, encoding="utf-8")
    return path


def rtf(path):
    field = rf'{{\field{{\*\fldinst INCLUDETEXT "{path}"}}{{\fldrslt old}}}}'
    return (r"{\rtf1\ansi before " + field + " after}").encode()


def odt(path):
    section = (
        '<office:text><text:section text:name="s"><text:section-source'
        f' xlink:href="{path.as_uri()}"/><text:p>old</text:p></text:section></office:text>'
    )
    return package("text", _BODY % section)


def odt_with_an_entity(path):
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{path.as_uri()}">]>'
    return package("text", doctype + _BODY % "<office:text><text:p>&e;</text:p></office:text>")


def ods(path):
    return package("spreadsheet", _BODY % (_SHEET % f"WEBSERVICE(&quot;{path.as_uri()}&quot;)"))


def ods_with_a_link(path):
    reference = f"'{path.as_uri()}'#$Sheet1.A1"
    return package("spreadsheet", _BODY % (_SHEET % f"[{reference}]"))


@pytest.mark.parametrize(
    ("make", "kind", "wanted"),
    [
        (rtf, "rtf", "docx"),
        (odt, "odt", "docx"),
        (odt_with_an_entity, "odt", "docx"),
        (ods, "ods", "xlsx"),
        (ods_with_a_link, "ods", "xlsx"),
    ],
)
def test_no_other_file_is_taken_in(make, kind, wanted, secret):
    made = result(make(secret), kind, wanted)
    if make is not odt_with_an_entity:
        assert made is not None
    assert CANARY.encode() not in (made or b"")


BROKEN = {
    "a .doc of noise": (OLE + bytes(range(256)) * 40, "doc"),
    "a .doc cut short": (OLE + bytes(504) + b"\xec\xa5" + bytes(600), "doc"),
    "an .rtf of braces": (b"{\\rtf1" + b"{" * 200_000, "rtf"),
    "an .rtf with a false binary length": (b"{\\rtf1 \\bin2000000000 x}", "rtf"),
    "an .rtf with a linked object": (
        rb"{\rtf1 {\object\objlink\objupdate{\*\objclass Text}{\*\objdata 2f6574632f}}}",
        "rtf",
    ),
    "an .xls of noise": (OLE + b"\x09\x08" * 3000, "xls"),
    "an .odt of laughs": (
        package(
            "text",
            '<!DOCTYPE x [<!ENTITY a "ha">'
            + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 20}">' for n in range(9))
            + "]>"
            + _BODY % "<office:text><text:p>&j;</text:p></office:text>",
        ),
        "odt",
    ),
    "an .ods of a thousand million rows": (
        package(
            "spreadsheet",
            _BODY
            % (
                '<office:spreadsheet><table:table table:name="a">'
                '<table:table-row table:number-rows-repeated="1000000000">'
                '<table:table-cell table:number-columns-repeated="16384"'
                ' office:value-type="float" office:value="1"/>'
                "</table:table-row></table:table></office:spreadsheet>"
            ),
        ),
        "ods",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_hostile_file_ends_within_its_limits(case):
    content, kind = BROKEN[case]
    started = time.monotonic()
    result(content, kind, "xlsx" if kind in ("xls", "ods") else "docx")
    assert time.monotonic() - started < BOUNDS.seconds + 15
