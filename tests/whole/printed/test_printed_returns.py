"""A printed form from the inbox to the dataset: read, in review, confirmed by a person."""

from __future__ import annotations

import csv
import io

import pikepdf
import pypdfium2
import pytest

from intake.model.finding_codes import FindingCode as Code
from intake.model.receipt import Correction, Outcome
from intake.pipeline.review.amend import set_answer
from intake.pipeline.review.decisions import accept
from tests.kit.broken.flatteners import by_pdfium
from tests.kit.office.coordinator import WHY, decide
from tests.kit.office.office import Office, blank, codes, demo_answers, filled
from tests.kit.office.office_excel import filled_excel
from tests.kit.office.office_word import filled_word
from tests.whole.clients.libreoffice import converted, missing

pytestmark = pytest.mark.slow


@pytest.fixture
def office(tmp_path):
    """Make a workspace that keeps the blank form the returned ones were made from."""
    made = Office(tmp_path / "étude")
    kept = made.folder / "form_templates" / "dm-sam" / "1.0.0"
    kept.mkdir(parents=True)
    (kept / "dm-sam-1.0.0-fr.pdf").write_bytes(blank(None))
    return made


def values(office):
    """Return value and reading by item and row, of what stood somewhere in the file."""
    found = csv.DictReader(io.StringIO(office.dataset("values.csv")))
    return {(v["item"], v["row"]): (v["value"], v["reading"]) for v in found if v["location"]}


def test_a_printed_form_waits_with_its_answers_and_loads_when_confirmed(office):
    receipt = office.send("imprime.pdf", by_pdfium(filled()))
    assert (receipt.outcome, codes(receipt)) == (Outcome.REVIEW, [Code.FILE_PRINTED])
    assert (receipt.centre, receipt.hint) == ("ZAA", "ZAA · QA/XI")

    loaded = decide(office, accept, receipt.id, WHY)
    assert loaded.outcome.is_loaded
    read = values(office)
    assert {reading for value, reading in read.values() if value} == {"printed text"}
    assert read["lab_hb_dx", "0"][0] == demo_answers()["lab_hb_dx"].replace(",", ".")
    assert read["sex", "0"][0] == demo_answers()["sex"]


def test_the_same_answers_are_read_with_and_without_fields(office):
    decide(office, accept, office.send("imprime.pdf", by_pdfium(filled())).id, WHY)
    printed = values(office)
    office.send("fiche.pdf", filled(demo_answers(comments="relu", form_date="09/10/2026")))
    typed = values(office)
    assert {k: v for k, (v, _) in typed.items()} == {k: v for k, (v, _) in printed.items()}


def test_an_answer_is_corrected_over_a_printed_form(office):
    receipt = office.send("imprime.pdf", by_pdfium(filled()))
    decide(office, set_answer, receipt.id, Correction("lab_hb_dx", "9,9"), WHY)
    decide(office, accept, receipt.id, WHY)
    assert values(office)["lab_hb_dx", "0"] == ("9.9", "person")
    assert values(office)["sex", "0"][1] == "printed text"


def test_a_flattened_blank_form_is_still_a_form_without_fields(office):
    receipt = office.send("vierge.pdf", by_pdfium(blank()))
    assert (receipt.outcome, codes(receipt)) == (Outcome.REVIEW, [Code.FILE_NO_FIELDS])


def test_a_form_of_pictures_is_left_to_a_person(office):
    target = io.BytesIO()
    with pypdfium2.PdfDocument(by_pdfium(filled())) as printed:
        pictures = [page.render(scale=1).to_pil() for page in printed]
    pictures[0].save(target, "PDF", save_all=True, append_images=pictures[1:])
    receipt = office.send("scan.pdf", target.getvalue())
    assert not receipt.outcome.is_loaded
    assert Code.FILE_PRINTED not in codes(receipt)


def test_two_printed_forms_in_one_file_are_said(office):
    with pikepdf.open(io.BytesIO(by_pdfium(filled()))) as pdf:
        with pikepdf.open(io.BytesIO(by_pdfium(filled(demo_answers("02"))))) as other:
            pdf.pages.extend(other.pages)
        target = io.BytesIO()
        pdf.save(target)
    receipt = office.send("deux.pdf", target.getvalue())
    assert receipt.outcome is Outcome.REVIEW
    assert {Code.FILE_PRINTED, Code.SEVERAL_FORMS} <= set(codes(receipt))


def test_fields_lost_in_part_are_read_where_they_were_printed(office):
    """Flatten one page only; its answers are read, the others keep their fields."""
    with (
        pikepdf.open(io.BytesIO(filled())) as pdf,
        pikepdf.open(io.BytesIO(by_pdfium(filled()))) as flat,
    ):
        gone = {w.objgen for w in pdf.pages[0].Annots}
        pdf.pages[0].obj.Annots = pikepdf.Array()
        kept = [
            f for f in pdf.Root.AcroForm.Fields
            if f.objgen not in gone and not {k.objgen for k in f.get("/Kids", [])} & gone
        ]  # fmt: skip
        pdf.Root.AcroForm.Fields = pikepdf.Array(kept)
        pdf.pages.append(flat.pages[0])
        del pdf.pages[0]
        target = io.BytesIO()
        pdf.save(target)
    receipt = office.send("mixte.pdf", target.getvalue())
    assert receipt.outcome is Outcome.REVIEW
    assert Code.FILE_PRINTED in codes(receipt)
    assert receipt.hint == "ZAA · QA/XI"


@pytest.mark.programs
@pytest.mark.skipif(missing() is not None, reason=str(missing()))
@pytest.mark.parametrize(("fill", "kind"), [(filled_word, "docx"), (filled_excel, "xlsx")])
def test_a_form_exported_to_pdf_is_read_by_its_codes(office, fill, kind):
    receipt = office.send("export.pdf", converted(fill(demo_answers()), kind, "pdf"))
    assert receipt.outcome is Outcome.REVIEW
    assert set(codes(receipt)) <= {Code.FILE_PRINTED, Code.PRINTED_UNSURE}
    decide(office, accept, receipt.id, WHY)
    read = values(office)
    assert read["lab_hb_dx", "0"] == (demo_answers()["lab_hb_dx"].replace(",", "."), "printed text")
    assert read["sex", "0"][0] == demo_answers()["sex"]
