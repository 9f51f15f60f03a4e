"""Query sheets in every format: made in a workspace, filled by real programs, read back."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from email.utils import format_datetime
from pathlib import Path

import pikepdf
import pytest

from intake.model.finding_codes import FindingCode as Code
from intake.model.query import QueryEnd, QueryState
from intake.model.receipt import Correction, Outcome
from intake.model.submission import FileFormat
from intake.pipeline.review import amend, decisions
from intake.wiring.decisions import withdraw
from intake.wiring.review import review_document, review_list
from intake.wiring.sheets import WantedSheet, write_sheet
from tests.kit import additions
from tests.kit.broken import flatteners, scanners
from tests.kit.broken.damage import changed
from tests.kit.fillers import FILLERS
from tests.kit.office.coordinator import WHY, Copied, decide
from tests.kit.office.mail import message, written
from tests.kit.office.office import codes, demo_answers, filled
from tests.kit.office.sheets import ODD, Asking, by_hand
from tests.whole.clients import libreoffice

pytestmark = pytest.mark.slow

OFFICE_FORMATS = (FileFormat.PDF, FileFormat.WORD, FileFormat.EXCEL)
SAID = {"_q3__ok": "1", "_q1__ok": "1", "lab_hb_dx": "11", "_q4_why": "relu"}
"""Two questions confirmed, and an answer that closes the two others."""
TEN = {"dm_mmt8": "1", "dm_mrc_min": "0", "dm_fvc_pct": "11", "lab_ferritin_dx": "3",
       "lab_pct_dx": "239", "lab_na_dx": "181"}  # fmt: skip
"""Six unusual answers more, which make ten questions."""
EXTENSIONS = {FileFormat.PDF: "pdf", FileFormat.WORD: "docx", FileFormat.EXCEL: "xlsx"}


class Asked(Copied, Asking):
    """A workspace whose first form is there already."""


@pytest.fixture(scope="module")
def asked_once(tmp_path_factory):
    """A workspace that asks four questions of its first patient; made once and copied."""
    asking = Asking(tmp_path_factory.mktemp("asking") / "étude")
    asking.first_form()
    return asking.folder


@pytest.fixture
def office(asked_once, tmp_path):
    return Asked(shutil.copytree(asked_once, tmp_path / "étude"), dropped=1)


def ends(office):
    return {query.number: query.how or query.state for query in office.queries()}


def is_answered(office, receipt):
    """Check that a sheet said all of ``SAID``, and nothing else."""
    assert (receipt.outcome, receipt.revision) == (Outcome.LOADED, 2)
    assert [(c.code, c.after) for c in receipt.changes] == [("Q02", "11")]
    assert {finding.severity.value for finding in receipt.findings} == {"note"}
    confirmed, closed = QueryEnd.CONFIRMED, QueryEnd.CHANGED
    assert ends(office) == {1: confirmed, 2: closed, 3: confirmed, 4: closed}
    return True


@pytest.mark.parametrize("file_format", OFFICE_FORMATS)
def test_a_sheet_of_each_format_closes_what_it_asks(office, file_format):
    sheet = office.sheet(file_format)
    receipt = office.back(f"q.{EXTENSIONS[file_format]}", by_hand(sheet, file_format, SAID))

    assert receipt.format is file_format
    assert is_answered(office, receipt)
    assert office.value("lab_hb_dx") == 11


@pytest.mark.parametrize("file_format", OFFICE_FORMATS)
def test_a_sheet_sent_back_untouched_says_nothing(office, file_format):
    receipt = office.back(f"q.{EXTENSIONS[file_format]}", office.sheet(file_format))

    assert (receipt.outcome, codes(receipt)) == (Outcome.REJECTED, [Code.FORM_EMPTY])


@pytest.mark.parametrize("filler", FILLERS, ids=lambda filler: filler.NAME)
def test_a_pdf_sheet_filled_by_any_program_is_read(office, filler):
    if filler.missing():
        pytest.skip(filler.missing())
    receipt = office.back("q.pdf", filler.fill(office.sheet(), SAID))

    assert is_answered(office, receipt)


@pytest.mark.parametrize("file_format", [FileFormat.WORD, FileFormat.EXCEL])
def test_a_sheet_saved_again_by_libreoffice_is_read(office, file_format):
    if libreoffice.missing():
        pytest.skip(libreoffice.missing())
    extension = EXTENSIONS[file_format]
    sheet = by_hand(office.sheet(file_format), file_format, SAID)
    receipt = office.back(f"q.{extension}", libreoffice.converted(sheet, extension, extension))

    assert is_answered(office, receipt)


def test_the_same_sheet_in_two_formats_is_read_once(office):
    pdf, word = office.sheet(), office.sheet(FileFormat.WORD)
    office.back("q.pdf", by_hand(pdf, FileFormat.PDF, SAID))
    receipt = office.back("q.docx", by_hand(word, FileFormat.WORD, SAID))

    assert receipt.outcome is Outcome.DUPLICATE


@pytest.mark.parametrize("flatten", [flatteners.by_pdfium, flatteners.by_qpdf_library])
def test_a_printed_sheet_is_read_where_its_places_stand_and_waits(office, flatten):
    receipt = office.back("q.pdf", flatten(by_hand(office.sheet(), FileFormat.PDF, SAID)))
    assert (receipt.outcome, Code.FILE_PRINTED in codes(receipt)) == (Outcome.REVIEW, True)
    shown = review_document(office.app, receipt.id, identity=False)
    assert {("n°1", "ok"), ("Q02", "11")} <= {(v["code"], v["raw"]) for v in shown["values"]}
    assert "Confirmé tel quel" in Path(shown["page"]).read_text(encoding="utf-8")

    assert is_answered(office, decide(office, decisions.accept, receipt.id, WHY))


def test_a_scanned_sheet_is_recognised_and_typed(office):
    receipt = office.back("q.pdf", scanners.scanned(by_hand(office.sheet(), FileFormat.PDF, SAID)))
    assert (receipt.outcome, receipt.sheet.text) == (Outcome.REVIEW, "ZAA-001 R1 Q1")
    assert codes(receipt) == [Code.FILE_SCANNED]

    decide(office, amend.set_answer, receipt.id, Correction("n°1", "ok"), WHY)
    loaded = decide(office, decisions.accept, receipt.id, WHY)

    assert loaded.revision == 2
    assert sum(end is QueryEnd.CONFIRMED for end in ends(office).values()) == 1


def test_words_typed_on_the_page_of_a_sheet_are_said(office):
    full = by_hand(office.sheet(), FileFormat.PDF, SAID)
    receipt = office.back("q.pdf", changed(full, additions.text(1, (60, 400), "voir courrier")))

    assert {Code.CONTENT_ADDED, Code.PAGE_ADDED_TO} & set(codes(receipt))


@pytest.mark.parametrize("file_format", OFFICE_FORMATS)
def test_a_filled_sheet_is_accounted_for_to_its_last_word(office, file_format):
    sheet = by_hand(office.sheet(file_format), file_format, SAID)
    receipt = office.back(f"q.{EXTENSIONS[file_format]}", sheet)

    added = {Code.TEXT_ELSEWHERE, Code.CONTENT_ADDED, Code.PAGE_ADDED_TO, Code.FIELD_UNKNOWN}
    assert not added & set(codes(receipt))


def test_a_sheet_after_a_newer_form_leaves_what_the_form_says(office):
    sheet = office.sheet()
    newer = demo_answers("01", **{**ODD, "lab_hb_dx": "9", "form_date": "20/10/2026"})
    office.send("newer.pdf", filled(newer))
    receipt = office.back("q.pdf", by_hand(sheet, FileFormat.PDF, SAID))

    assert Code.SHEET_LATE in codes(receipt)
    assert office.value("lab_hb_dx") == 9


def test_a_sheet_of_another_workspace_waits(office, tmp_path):
    other = Asking(tmp_path / "autre")
    sheet = by_hand(office.sheet(), FileFormat.PDF, SAID)
    receipt = other.back("q.pdf", sheet)

    assert (receipt.outcome, codes(receipt)) == (Outcome.REVIEW, [Code.SHEET_UNKNOWN])


def test_a_sheet_partly_filled_leaves_the_rest_asked(office):
    office.back("q.pdf", by_hand(office.sheet(), FileFormat.PDF, {"_q1__ok": "1"}))

    assert [end is QueryState.ASKED for end in ends(office).values()].count(True) == 3


def test_a_form_of_which_whole_sections_are_missing_is_sent_back_itself(tmp_path):
    office = Asking(tmp_path / "étude")
    few = dict(list(demo_answers("01").items())[:40])
    office.send("fiche.pdf", filled(few))

    made = write_sheet(office.app, WantedSheet(record="ZAA-001"))

    assert (made.path.name, made.questions) == ("dm-sam-1.0.0-fr-ZAA-001.pdf", 0)
    assert {query.state for query in office.queries()} == {QueryState.ASKED}


def test_an_email_that_answers_in_its_own_words_is_proposed_and_taken_with_one_act(office):
    mail = message(subject="Re: questions")
    del mail["Date"]
    mail["Date"] = format_datetime(dt.datetime.now(dt.UTC))
    mail.set_content("Bonjour,\npatient ZAA-001\nQ02 : 11\nN02 : confirmé tel quel\nMerci\n")
    receipt = office.back("reponse.eml", written(mail))

    assert (receipt.outcome, Code.MESSAGE_ANSWERS in codes(receipt)) == (Outcome.REVIEW, True)
    assert [line["receipt"] for line in review_list(office.app)] == [receipt.id]
    shown = review_document(office.app, receipt.id, identity=False)["values"]
    assert {(one["code"], one["raw"]) for one in shown} >= {("Q02", "11")}
    assert is_answered(office, decide(office, decisions.accept, receipt.id, ""))


def test_a_patient_who_objects_leaves_no_sheet(office):
    sheet = by_hand(office.sheet(), FileFormat.PDF, SAID)
    withdraw(office.app, "ZAA-001", WHY, objection=True)

    assert list(office.folder.rglob("ZAA-001-Q*")) == []
    receipt = office.back("q.pdf", sheet)
    assert (receipt.outcome, codes(receipt)) == (Outcome.REVIEW, [Code.SHEET_UNKNOWN])


def test_a_sheet_that_is_kept_is_its_owners(office):
    office.sheet()
    kept = office.folder / "archive" / "sheets" / "ZAA-001-Q1.pdf"

    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o400, 0o700)


def test_ten_questions_stand_on_one_page(tmp_path):
    office = Asking(tmp_path / "étude")
    office.first_form(**TEN)
    assert len(office.queries()) == 10

    with pikepdf.open(io.BytesIO(office.sheet())) as pdf:
        assert len(pdf.pages) == 1
