"""The same form in Excel: read from inbox to dataset, and the same patient as in PDF and Word."""

from __future__ import annotations

import csv
import io
import json

import pytest

from intake.model.receipt import Outcome
from intake.model.submission import FileFormat
from tests.kit.office.office import Office, codes, demo_answers, filled
from tests.kit.office.office_excel import (
    blank_excel,
    filled_excel,
    with_comments,
    with_number,
    with_serial_date,
    with_typed,
    with_words_beside,
    without_names,
    without_names_and_stamps,
)
from tests.kit.office.office_word import filled_word

pytestmark = pytest.mark.slow


def rows(office, name="records.csv"):
    return list(csv.DictReader(io.StringIO(office.dataset(name))))


def test_a_whole_excel_form_is_loaded_with_nothing_to_correct(whole_office):
    receipt = whole_office.send("fiche.xlsx", filled_excel())

    assert (receipt.outcome, receipt.subject) == (Outcome.LOADED, "ZAA-001")
    assert receipt.format is FileFormat.EXCEL
    assert receipt.centre == "ZAA"
    assert codes(receipt) == []


def test_three_formats_give_the_same_dataset(tmp_path):
    written = []
    forms = {"a.pdf": filled(), "a.docx": filled_word(), "a.xlsx": filled_excel()}
    for name, content in forms.items():
        place = Office(tmp_path / name)
        place.send(name, content)
        kept = [{k: v for k, v in row.items() if k != "record_id"} for row in rows(place)]
        written.append(kept)

    assert len(written[0]) == 1
    assert written[0] == written[1] == written[2]


def test_the_same_answers_in_pdf_and_in_excel_are_a_duplicate(whole_office):
    first = whole_office.send("fiche.pdf", filled())
    again = whole_office.send("fiche.xlsx", filled_excel())

    assert (again.outcome, again.earlier) == (Outcome.DUPLICATE, first.id)


def test_a_form_begun_in_excel_and_corrected_in_pdf_is_a_revision(whole_office):
    whole_office.send(
        "fiche.xlsx", filled_excel(demo_answers(lab_crp_dx="", form_date="08/10/2026"))
    )
    receipt = whole_office.send("fiche.pdf", filled(demo_answers(form_date="09/10/2026")))

    assert receipt.revision == 2
    assert {change.item for change in receipt.changes} == {"lab_crp_dx", "form_date"}


def test_a_form_begun_in_word_and_corrected_in_excel_is_a_revision(whole_office):
    whole_office.send("fiche.docx", filled_word(demo_answers(form_date="08/10/2026")))
    later = demo_answers(lab_crp_dx="77", form_date="09/10/2026")
    receipt = whole_office.send("fiche.xlsx", filled_excel(later))

    assert receipt.revision == 2
    _, change = receipt.changes
    assert (change.item, change.after) == ("lab_crp_dx", "77")


def test_an_english_form_gives_the_same_record(whole_office):
    whole_office.send("fiche.xlsx", filled_excel())
    again = whole_office.send("form.xlsx", filled_excel(language="en"))

    assert again.outcome is Outcome.DUPLICATE


def test_a_blank_excel_form_is_empty(whole_office):
    receipt = whole_office.send("fiche.xlsx", blank_excel())

    assert receipt.outcome is Outcome.REJECTED
    assert "FORM_EMPTY" in codes(receipt)


def test_a_number_of_days_becomes_its_date_with_a_note(whole_office):
    receipt = whole_office.send("fiche.xlsx", with_serial_date(42502, shown="General"))

    assert receipt.outcome is Outcome.LOADED
    assert codes(receipt) == ["CELL_DATE_CONVERTED"]


def test_a_formula_without_a_result_is_held_back_and_never_called_missing(whole_office):
    receipt = whole_office.send("fiche.xlsx", with_number("<f>8+1</f>"))

    assert receipt.outcome is Outcome.LOADED_WITH_QUERIES
    assert codes(receipt) == ["CELL_FORMULA_EMPTY"]
    (row,) = [row for row in rows(whole_office, "values.csv") if row["item"] == "lab_hb_dx"]
    assert (row["value"], row["missing"], row["status"]) == ("", "ERR", "held_back")


def test_an_answer_turned_into_a_date_is_held_back(whole_office):
    receipt = whole_office.send("fiche.xlsx", with_number("<v>45000</v>", shown="date"))

    assert codes(receipt) == ["CELL_DATE_UNSURE"]


def test_a_form_that_lost_its_names_is_loaded_by_its_codes(whole_office):
    receipt = whole_office.send("fiche.xlsx", without_names())

    assert receipt.outcome is Outcome.LOADED
    assert codes(receipt) == ["CELLS_BY_CODE"]


def test_a_form_that_lost_names_and_stamps_is_known_by_its_codes(whole_office):
    receipt = whole_office.send("fiche.xlsx", without_names_and_stamps())

    assert receipt.outcome is Outcome.REVIEW
    assert set(codes(receipt)) >= {"STAMP_MISSING", "CELLS_BY_CODE"}


def test_what_is_typed_into_lists_is_understood_or_asked(whole_office):
    typed = with_typed({"sex": "féminin", "mas_tx__1__mtrt_drug": "quinine", "elig_dm_dx": "1"})
    receipt = whole_office.send("fiche.xlsx", typed)

    assert {(f.item, f.code) for f in receipt.findings} >= {
        ("sex", "CHOICE_BY_LABEL"),
        ("mtrt_drug", "CHOICE_UNKNOWN"),
    }
    assert "elig_dm_dx" not in {finding.item for finding in receipt.findings}


def test_a_form_with_words_beside_it_is_never_a_duplicate(whole_office):
    whole_office.send("fiche.pdf", filled())
    receipt = whole_office.send("fiche.xlsx", with_words_beside())

    assert receipt.outcome is not Outcome.DUPLICATE
    assert "TEXT_ELSEWHERE" in codes(receipt)


def test_comments_are_said_and_never_quoted(whole_office):
    receipt = whole_office.send("fiche.xlsx", with_comments())

    assert receipt.outcome is Outcome.LOADED_WITH_QUERIES
    assert codes(receipt) == ["TEXT_ELSEWHERE"]


def test_a_receipt_names_the_sheet_and_the_cell(whole_office):
    receipt = whole_office.send("fiche.xlsx", filled_excel(demo_answers(lab_hb_dx="huit")))
    path = whole_office.folder / "outbox" / "receipts" / receipt.folder / "receipt.json"
    (finding,) = json.loads(path.read_text(encoding="utf-8"))["findings"]

    assert finding["location"]["sheet"] == "Q SAM – biologie"
    assert finding["location"]["code"] == "Q02"
    assert finding["location"]["cell"].startswith("C")
    page = path.with_name("receipt.html").read_text(encoding="utf-8")
    assert "Q SAM – biologie" in page
