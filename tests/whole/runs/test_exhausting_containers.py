"""Containers made to cost much: they end within their budget, and good forms come before them."""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import replace

import pytest

from intake.model.receipt import Outcome
from intake.pipeline.returns.process import process_inbox
from intake.wiring.reading import limited_executor
from tests.kit.office import mail
from tests.kit.office.few import FewOffice, codes, filled
from tests.whole.clients import libreoffice

NEEDS_OFFICE = pytest.mark.skipif(
    libreoffice.missing() is not None, reason=str(libreoffice.missing())
)
_BOOK = (
    '<?xml version="1.0"?><office:document-content office:version="1.3"'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="A">'
    '<table:table-row table:number-rows-repeated="{rows}"><table:table-cell'
    ' office:value-type="string"><text:p>{text}</text:p></table:table-cell></table:table-row>'
    "</table:table></office:spreadsheet></office:body></office:document-content>"
)


@pytest.fixture
def office(tmp_path):
    return FewOffice(tmp_path / "office")


def repeated_rows(number, rows=1_000_000):
    """Return an ``.ods`` of a kilobyte that a spreadsheet opens as a million rows."""
    target = io.BytesIO()
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), kind)
        archive.writestr("content.xml", _BOOK.format(rows=rows, text=f"row {number}"))
        archive.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest"
            ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            '<manifest:file-entry manifest:full-path="content.xml"'
            ' manifest:media-type="text/xml"/></manifest:manifest>',
        )
    return target.getvalue()


@pytest.mark.long(20)
@pytest.mark.slow
@pytest.mark.programs
@NEEDS_OFFICE
def test_six_workbooks_of_a_million_rows_end_within_the_budget_of_their_archive(office):
    bombs = {f"{n}.ods": repeated_rows(n) for n in range(6)}
    office.drop("bombs.zip", mail.zip_with(bombs))
    office.drop("fiche.pdf", filled())
    limits, ended = office.app.study.limits, []
    with limited_executor(limits) as executor:
        desk = office.app.desk(executor)
        desk = replace(desk, reading=replace(desk.reading, budget_seconds=20))
        started = time.monotonic()
        run = process_inbox(desk, lambda *_: ended.append(time.monotonic() - started))
    good, archive, *members = run.receipts
    assert (good.source.name, good.outcome) == ("fiche.pdf", Outcome.LOADED)
    assert archive.outcome is Outcome.REJECTED
    assert [codes(member) for member in members[1:]].count(["FILE_LIMIT"]) >= 4
    assert ended[-1] - ended[0] < 20 + 10
    assert list((office.folder / "archive" / "work").iterdir()) == []


def test_what_is_left_out_of_a_container_is_missed_by_no_audit(office):
    returned = {"fiche.pdf": filled(), "zeros.bin": bytes(900_000), "notes.txt": b"dear all"}
    office.drop("envoi.zip", mail.zip_with(returned))
    _, form, *others = office.run().receipts
    assert [other.outcome for other in others] == [Outcome.REJECTED] * 2
    originals = [p for p in (office.folder / "archive" / "originals").rglob("*") if p.is_file()]
    assert len(originals) == 2
    told = office.app.audit()
    assert (told["audit"], told["originals"]) == ("verified", [])
    next(p for p in originals if p.name.startswith(form.source.sha256)).unlink()
    assert office.app.audit()["originals"][0]["condition"] == "missing"


def test_what_a_killed_conversion_left_is_swept_by_the_next_run(office):
    left = office.folder / "archive" / "work" / "tmpabc"
    left.mkdir(parents=True)
    (left / "returned.ods").write_bytes(b"of a patient")
    office.run()
    assert not left.exists()
