"""A query sheet as a PDF: short, whole, heard by everybody, filled where the form is."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest

from intake.formats.pdf.write.writer import PdfWriter
from intake.model.stamp import find_token
from tests.kit.accessible import complaints
from tests.kit.large_sheet import a_sheet


def made(*codes, **more):
    sheet, request = a_sheet(*codes, **more)
    return PdfWriter().write(sheet.definition, request)


def pages(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_neither_checker_complains_of_a_sheet(language):
    assert complaints(made(language=language, most=30)) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_ten_questions_on_one_answer_each_stand_on_one_page(language):
    assert pages(made("RANGE_SOFT", language=language, most=10)) == 1


def test_no_fault_is_found_in_a_sheet_of_every_question():
    sheet, request = a_sheet(most=200)
    assert len(sheet.questions) > 40
    assert PdfWriter().audit(sheet.definition, request) == ()


def test_a_box_that_confirms_and_its_words_stand_on_one_line():
    content = made("RANGE_SOFT", most=1)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        rects = {str(f.T): [float(v) for v in f.Rect] for f in pdf.Root.AcroForm.Fields}
    mark, words, value = rects["_q1__ok"], rects["_q1_why"], rects["dm_mmt8"]
    assert words[1] < (mark[1] + mark[3]) / 2 < words[3]
    assert words[0] > mark[2]
    assert value[3] < words[1]


def test_a_sheet_holds_what_was_received():
    sheet, request = a_sheet("RANGE_SOFT", most=3)
    content = PdfWriter().write(sheet.definition, request)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        held = {str(f.T): str(f.get("/V", "")) for f in pdf.Root.AcroForm.Fields}
    assert request.prefill
    assert {name: held[name] for name in request.prefill} == dict(request.prefill)


def test_the_code_of_a_sheet_says_whose_it_is():
    zxing = pytest.importorskip("zxingcpp", reason="no QR decoder here")
    sheet, request = a_sheet("RANGE_SOFT", most=1)
    (page,) = pypdfium2.PdfDocument(PdfWriter().write(sheet.definition, request))
    image = page.render(scale=150 / 72).to_pil()
    (found,) = [one.text for one in zxing.read_barcodes(image)]
    assert find_token(found).sheet == request.stamp.sheet


def test_the_same_sheet_is_the_same_bytes():
    assert made("RANGE_SOFT", most=2) == made("RANGE_SOFT", most=2)
