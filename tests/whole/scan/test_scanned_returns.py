"""A scan or photo from the inbox on: recognised, never read, typed by a person, loaded."""

from __future__ import annotations

import csv
import io

import pytest

from intake.formats.paper import scanned as rung
from intake.model.finding_codes import FindingCode as Code
from intake.model.receipt import Correction, Outcome
from intake.pipeline.review.amend import set_answer
from intake.pipeline.review.decisions import accept
from intake.words.catalogue import Words
from tests.kit.broken.flatteners import by_pdfium
from tests.kit.broken.scanners import (
    as_jpeg,
    as_pdf,
    page_pictures,
    scanned,
    with_hidden_words,
    with_scanned_page,
)
from tests.kit.office.coordinator import WHY, decide, document
from tests.kit.office.office import Office, codes, demo_answers, filled


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path / "étude")


def review_folder(office, receipt):
    return office.folder / "outbox" / "review" / receipt.id


def finding(receipt, code):
    return next(found for found in receipt.findings if found.code == code)


def test_a_scan_is_recognised_and_nothing_of_it_is_read(office):
    receipt = office.send("scan.pdf", scanned(filled(), pages=(1, 2)))
    assert (receipt.outcome, receipt.form, receipt.language) == (Outcome.REVIEW, "dm-sam", "fr")
    assert codes(receipt) == [Code.FILE_SCANNED, Code.PAGES_MISSING]
    assert finding(receipt, Code.FILE_SCANNED).context == {"count": "2", "pages": "1, 2"}
    assert finding(receipt, Code.PAGES_MISSING).context["pages"].startswith("3, 4, 5")
    held = office.app.store.entry(receipt.id).submission
    assert held is not None
    assert not any(value.raw for value in held.values)
    assert receipt.completeness is None
    assert list(office.app.store.records()) == []


@pytest.mark.slow
def test_the_centre_is_told_politely_in_both_languages(office):
    receipt = office.send("scan.pdf", scanned(filled(), pages=(1,)))
    (told, _) = document(office, receipt)["findings"]
    assert "fiche électronique (PDF, Word ou Excel)" in told["message"]["fr"]
    assert "electronic form (PDF, Word or Excel)" in told["message"]["en"]
    assert "Merci de" in told["message"]["fr"]
    assert "coordonnateur" in told["message"]["fr"]


def test_words_that_a_scanner_guessed_are_not_read(office):
    words = "DM-SAM 9.9.9 \xb7 fr \xb7 ZAA \xb7 00000000 A01 WQ"
    content = with_hidden_words(scanned(filled(), pages=(1,)), words)
    receipt = office.send("ocr.pdf", content)
    assert codes(receipt) == [Code.FILE_SCANNED, Code.PAGES_MISSING]
    assert receipt.version == "1.0.0"


def test_a_photo_of_a_page_is_recognised(office):
    (picture,) = page_pictures(filled(), pages=(3,))
    receipt = office.send("photo.jpg", as_jpeg(picture))
    assert (receipt.outcome, receipt.form) == (Outcome.REVIEW, "dm-sam")
    assert document(office, receipt)["format"] == "image"
    assert finding(receipt, Code.FILE_SCANNED).context["pages"] == "3"


def test_a_scan_without_a_readable_code_waits_unread(office):
    (picture,) = page_pictures(filled(), pages=(3,))
    width, height = picture.size
    picture.paste(255, (width // 2, height * 3 // 4, width, height))
    receipt = office.send("photo.jpg", as_jpeg(picture))
    assert (receipt.outcome, codes(receipt), receipt.form) == (
        Outcome.REVIEW,
        [Code.FILE_SCANNED],
        None,
    )
    page = (review_folder(office, receipt) / "index.html").read_text("utf-8")
    assert Words("fr").text("review.choice.type_anew") in page


@pytest.mark.slow
def test_the_same_page_twice_may_be_two_patients(office):
    (one,) = page_pictures(filled(), pages=(1,))
    receipt = office.send("deux.pdf", as_pdf([one, one]))
    assert Code.SEVERAL_FORMS in codes(receipt)


def test_a_page_of_an_unknown_version_is_said(office, monkeypatch):
    monkeypatch.setattr(rung, "_read_scanned", lambda *_, **__: ("0000AAAAFR01",))
    receipt = office.send("scan.pdf", scanned(filled(), pages=(1,)))
    assert (receipt.outcome, receipt.form) == (Outcome.REVIEW, None)
    assert codes(receipt) == [Code.FILE_SCANNED, Code.FORM_VERSION_UNKNOWN]


def test_without_the_optional_part_a_scan_waits_and_no_picture_is_opened(office, monkeypatch):
    monkeypatch.setattr(rung, "can_read_codes", lambda: False)
    receipt = office.send("photo.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 99)
    assert (receipt.outcome, codes(receipt)) == (Outcome.REVIEW, [Code.FILE_SCANNED])


def test_a_heic_photo_is_named_with_what_to_do(office):
    receipt = office.send("photo.heic", b"\0\0\0\x18ftypheic" + b"\0" * 99)
    assert receipt.outcome is Outcome.REJECTED
    told = document(office, receipt)["findings"][0]["message"]["fr"]
    assert "HEIC" in told
    assert "enregistrer l’image en JPEG ou en PDF" in told


def test_a_scanned_page_in_an_electronic_form_is_never_lost_in_silence(office):
    receipt = office.send("mixte.pdf", with_scanned_page(filled(), 3))
    assert receipt.outcome is Outcome.REVIEW
    added = finding(receipt, Code.PAGES_SCANNED).context["pages"]
    assert [p.name for p in review_folder(office, receipt).glob("*.png")] == [f"page-{added}.png"]


@pytest.mark.slow
@pytest.mark.parametrize("make", [filled, lambda: by_pdfium(filled())], ids=["form", "printed"])
def test_an_electronic_or_printed_form_is_no_scan(office, make):
    receipt = office.send("fiche.pdf", make())
    assert not {Code.FILE_SCANNED, Code.PAGES_SCANNED} & set(codes(receipt))


@pytest.mark.slow
def test_a_scan_typed_by_a_person_is_loaded_as_such(office):
    receipt = office.send("scan.pdf", scanned(filled(), pages=(1,)))
    answers = demo_answers()
    typed = {"A01": "id_surname2", "A02": "id_firstname2", "A03": "birth_date", "A04": "centre3"}
    for code, item in typed.items():
        held = decide(office, set_answer, receipt.id, Correction(code, answers[item]), WHY)
        assert held.outcome is Outcome.REVIEW
    page = review_folder(office, receipt) / "index.html"
    assert answers["birth_date"] in page.read_text("utf-8")
    loaded = decide(office, accept, receipt.id, WHY)
    assert loaded.outcome is Outcome.LOADED_WITH_QUERIES
    text = office.app.dataset("full")["values.csv"].decode("utf-8-sig")
    rows = {row["item"]: row for row in csv.DictReader(io.StringIO(text))}
    assert {rows[item]["reading"] for item in typed.values()} == {"person"}
    assert rows["birth_date"]["value"] == "1961-04-17"
    assert not page.parent.exists()
