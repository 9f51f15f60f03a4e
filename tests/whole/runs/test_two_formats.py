"""The same form in Word: read from inbox to dataset, and the same patient as in PDF."""

from __future__ import annotations

import csv
import io

from intake.model.receipt import Outcome
from intake.model.submission import FileFormat
from tests.kit.office import office as whole
from tests.kit.office import office_word
from tests.kit.office.few import blank_word, codes, demo_answers, filled, filled_word


def test_a_whole_word_form_is_loaded_with_nothing_to_correct(whole_office):
    receipt = whole_office.send("fiche.docx", office_word.filled_word())

    assert (receipt.outcome, receipt.subject) == (Outcome.LOADED, "ZAA-001")
    assert receipt.format is FileFormat.WORD
    assert receipt.centre == "ZAA"
    assert codes(receipt) == []


def test_both_formats_give_the_same_dataset(tmp_path):
    written = []
    for name, content in (("a.pdf", whole.filled()), ("a.docx", office_word.filled_word())):
        place = whole.Office(tmp_path / name)
        place.send(name, content)
        rows = list(csv.DictReader(io.StringIO(place.dataset("records.csv"))))
        written.append([{k: v for k, v in row.items() if k != "record_id"} for row in rows])

    assert len(written[0]) == 1
    assert written[0] == written[1]


def test_the_same_answers_in_pdf_and_in_word_are_a_duplicate(office):
    first = office.send("fiche.pdf", filled())
    again = office.send("fiche.docx", filled_word())

    assert (again.outcome, again.earlier) == (Outcome.DUPLICATE, first.id)


def test_a_form_begun_in_word_and_corrected_in_pdf_is_a_revision(office):
    office.send("fiche.docx", filled_word(demo_answers(lab_crp_dx="", form_date="08/10/2026")))
    receipt = office.send("fiche.pdf", filled(demo_answers(form_date="09/10/2026")))

    assert receipt.revision == 2
    assert {change.item for change in receipt.changes} == {"lab_crp_dx", "form_date"}


def test_a_blank_word_form_is_empty(office):
    receipt = office.send("fiche.docx", blank_word())

    assert receipt.outcome is Outcome.REJECTED
    assert "FORM_EMPTY" in codes(receipt)


def test_a_word_form_with_a_macro_is_not_opened(office):
    receipt = office.send("fiche.docx", office_word.with_macro())

    assert receipt.outcome is Outcome.REJECTED
    assert codes(receipt) == ["FILE_UNSAFE"]
