"""When a file was written, by what stands in the file: one test a source."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile

import pikepdf
import pytest

from intake.formats.containers.zip_archive import unpack_zip
from intake.formats.office.package_date import open_document_date
from intake.formats.registry import inspect_file
from intake.formats.written import iso_date, latest, pdf_date
from intake.model.file.dates import DateSource, Written
from tests.kit.broken.small import blank
from tests.kit.fillers.process import run
from tests.kit.places import PROGRAMS, ROOT
from tests.whole.clients import libreoffice

PARIS = dt.timezone(dt.timedelta(hours=1))
FORMS = ROOT / "form_templates" / "dm-sam" / "1.0.0"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("D:20261117102030+01'00'", dt.datetime(2026, 11, 17, 10, 20, 30, tzinfo=PARIS)),
        ("D:20261117102030+01'00", dt.datetime(2026, 11, 17, 10, 20, 30, tzinfo=PARIS)),
        ("D:20261117102030+01", dt.datetime(2026, 11, 17, 10, 20, 30, tzinfo=PARIS)),
        ("D:20261117092030Z", dt.datetime(2026, 11, 17, 9, 20, 30, tzinfo=dt.UTC)),
        ("D:20261117092030Z00'00'", dt.datetime(2026, 11, 17, 9, 20, 30, tzinfo=dt.UTC)),
        ("20261117102030", dt.datetime(2026, 11, 17, 10, 20, 30)),
        ("D:202611171020", dt.datetime(2026, 11, 17, 10, 20)),
        ("D:20261117", None),
        ("D:20261399102030Z", None),
        ("D:20261117102030+99'00'", None),
        ("17/11/2026", None),
        ("", None),
    ],
)
def test_the_date_of_a_pdf_keeps_its_zone_or_has_none(text, at):
    assert pdf_date(text) == (at and Written(at, DateSource.PDF))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-11-17T09:20:30Z", dt.datetime(2026, 11, 17, 9, 20, 30, tzinfo=dt.UTC)),
        ("2026-11-17T10:20:30.1234567+01:00", dt.datetime(2026, 11, 17, 10, 20, 30, tzinfo=PARIS)),
        ("2026-11-17T10:20:30,5", dt.datetime(2026, 11, 17, 10, 20, 30)),
        (" 2026-11-17T10:20 ", dt.datetime(2026, 11, 17, 10, 20)),
        ("2026-11-17", None),
        ("2026-11-17T10:20:30 CET", None),
        ("2026-02-30T10:20:30Z", None),
    ],
)
def test_the_date_of_a_package_keeps_its_zone_or_has_none(text, at):
    assert iso_date(text, DateSource.PACKAGE) == (at and Written(at, DateSource.PACKAGE))


def test_of_several_dates_of_a_file_the_latest_is_its_last_save():
    early = pdf_date("D:20261117102030Z")
    late, naive = pdf_date("D:20261118102030Z"), pdf_date("D:20261118102030")
    assert latest((early, None, late, naive)) == late
    assert latest((None,)) is None


XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{}</rdf:RDF></x:xmpmeta>'
)
IN_PACKET = "<rdf:Description><xmp:ModifyDate>{}</xmp:ModifyDate></rdf:Description>"


def pdf_saved(date=None, packet=None):
    """Return a small PDF whose information and XMP packet give these dates."""
    with pikepdf.open(io.BytesIO(blank())) as pdf:
        if date is not None:
            pdf.docinfo["/ModDate"] = date
        if packet is not None:
            pdf.Root.Metadata = pdf.make_stream(XMP.format(packet).encode())
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("date", "packet"),
    [
        ("D:20261117092030Z", None),
        (None, IN_PACKET.format("2026-11-17T09:20:30Z")),
        (None, '<rdf:Description xmp:ModifyDate="2026-11-17T10:20:30+01:00"/>'),
        ("D:20261117092030Z", IN_PACKET.format("2026-11-01T09:20:30Z")),
        ("soon", IN_PACKET.format("2026-11-17T09:20:30Z")),
    ],
)
def test_a_pdf_says_when_it_was_saved(date, packet):
    written = inspect_file(pdf_saved(date, packet), "f.pdf").written
    assert written.at == dt.datetime(2026, 11, 17, 9, 20, 30, tzinfo=dt.UTC)
    assert (written.source, written.is_zoned) == (DateSource.PDF, True)


def test_a_pdf_that_says_nothing_has_no_date():
    assert inspect_file(pdf_saved(), "f.pdf").written is None


def repacked(content, changes):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
    return target.getvalue()


CORE = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties" xmlns:dcterms="http://purl.org/dc/terms/">'
    b"<dcterms:modified>2026-11-17T09:20:30Z</dcterms:modified></cp:coreProperties>"
)
APP = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'extended-properties"><Application>%b</Application></Properties>'
)


@pytest.mark.parametrize("extension", ["docx", "xlsx"])
def test_an_office_package_says_when_it_was_saved(extension):
    content = (FORMS / f"dm-sam-1.0.0-fr.{extension}").read_bytes()
    saved = repacked(content, {"docProps/core.xml": CORE})
    written = inspect_file(saved, f"f.{extension}").written
    assert written.at == dt.datetime(2026, 11, 17, 9, 20, 30, tzinfo=dt.UTC)
    assert (written.source, written.is_zoned) == (DateSource.PACKAGE, True)
    damaged = repacked(content, {"docProps/core.xml": b"<cp:coreProperties"})
    assert inspect_file(damaged, f"f.{extension}").written is None


def test_a_clock_that_libreoffice_calls_universal_is_one_of_a_wall():
    content = (FORMS / "dm-sam-1.0.0-fr.xlsx").read_bytes()
    program = APP % b"LibreOffice/7.4.7.2$Linux_X86_64"
    saved = repacked(content, {"docProps/core.xml": CORE, "docProps/app.xml": program})
    written = inspect_file(saved, "f.xlsx").written
    assert written == Written(dt.datetime(2026, 11, 17, 9, 20, 30), DateSource.PACKAGE)
    assert not written.is_zoned


def test_an_open_document_says_when_it_was_saved():
    meta = (
        b'<m xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:date>2026-11-17T10:20:30.5</dc:date>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("meta.xml", meta + b"</m>")
    at = dt.datetime(2026, 11, 17, 10, 20, 30)
    assert open_document_date(target.getvalue()) == Written(at, DateSource.PACKAGE)
    assert open_document_date(b"{\\rtf1}") is None


def zipped(extra=b"", date=(2026, 11, 17, 10, 20, 30)):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        entry = zipfile.ZipInfo("f.pdf", date)
        entry.extra = extra
        archive.writestr(entry, b"x")
    return target.getvalue()


def test_an_archive_says_when_its_files_were_saved():
    naive = dt.datetime(2026, 11, 17, 10, 20, 30)
    moment = struct.pack("<HHBi", 0x5455, 5, 1, 1794907230)
    for extra, at in ((b"", naive), (moment, dt.datetime(2026, 11, 17, 9, 20, 30, tzinfo=dt.UTC))):
        (member,) = unpack_zip(zipped(extra)).members
        assert member.written == Written(at, DateSource.ENTRY)


FILTERS = {
    "docx": ("MS Word 2007 XML", "docx"),
    "odt": ("writer8", "docx"),
    "xlsx": ("Calc MS Excel 2007 XML", "xlsx"),
}


@pytest.mark.slow
@pytest.mark.programs
@pytest.mark.skipif(libreoffice.cannot_type() is not None, reason=str(libreoffice.cannot_type()))
@pytest.mark.parametrize("kind", FILTERS)
def test_what_libreoffice_saves_in_another_zone_is_the_clock_of_its_wall(
    tmp_path, monkeypatch, kind
):
    name, form = FILTERS[kind]
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    begun = dt.datetime.now(dt.UTC)
    source, target = FORMS / f"dm-sam-1.0.0-fr.{form}", tmp_path / f"f.{kind}"
    words = [str(source), str(target), name, f"{tmp_path}/profile"]
    run([libreoffice.PYTHON, str(PROGRAMS / "libreoffice_save.py"), *words])
    content = target.read_bytes()

    is_open = kind == "odt"
    written = open_document_date(content) if is_open else inspect_file(content, "f").written

    assert not written.is_zoned
    tokyo = dt.timezone(dt.timedelta(hours=9))
    assert abs(written.at.replace(tzinfo=tokyo) - begun).total_seconds() < 300
