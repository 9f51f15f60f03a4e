"""The code printed in a first line was changed: the answer stays, and the change is said."""

from __future__ import annotations

import io
from functools import cache

import pytest
from openpyxl import load_workbook

from intake.formats.match import match_fields
from intake.formats.paper.printed import PrintedRung
from intake.formats.registry import open_file, readers
from intake.formats.wording.first_page import NO_WORDS
from intake.model.address import places_by_address
from intake.model.finding import Severity
from intake.model.submission import FileFormat
from tests.kit.fakes.forms import FewForms
from tests.kit.fakes.inprocess import InProcess
from tests.kit.fillers import with_openpyxl, word_by_hand
from tests.kit.fillers.forms import few, few_blank
from tests.kit.fillers.typed_texts import in_lists
from tests.kit.fillers.with_openpyxl import saved
from tests.kit.fillers.word_by_hand import changed
from tests.kit.office.office import demo_answers
from tests.kit.office.office_word import W
from tests.whole.clients import libreoffice

OTHERS = ["xx", "Z99", "2", "{} bis"]
FIRST_OF_FORM, FIRST_OF_GROUP = ("A01", "id_surname2"), ("S03.1", "mas_tx__1__mtrt_drug")


@cache
def filled(file_format):
    """Return a form of few questions with a patient's answers."""
    places = places_by_address(few())
    answers = {name: text for name, text in demo_answers().items() if name in places}
    if file_format is FileFormat.WORD:
        return word_by_hand.fill(few_blank(file_format), answers)
    return with_openpyxl.fill(few_blank(file_format), in_lists(few(), answers, "fr"))


def word_with(code, other):
    def change(root):
        for row in root.iter(W + "tr"):
            texts = list(row.find(W + "tc").iter(W + "t"))
            if "".join(text.text or "" for text in texts).strip() == code:
                for text in texts:
                    text.text = ""
                texts[0].text = other
                return
        raise LookupError(code)

    return changed(filled(FileFormat.WORD), change)


def excel_with(code, other):
    book = load_workbook(io.BytesIO(filled(FileFormat.EXCEL)), rich_text=True)
    cells = (row[0] for sheet in book.worksheets[1:] for row in sheet.iter_rows(max_col=1))
    next(cell for cell in cells if cell.value == code).value = other
    return saved(book)


def read(file_format, content):
    """Return what is read of a file, and what a person is asked."""
    reader = readers(NO_WORDS)[file_format]
    raw = reader.read(reader.inspect(content), few())
    asked = [finding for finding in raw.findings if finding.severity is not Severity.NOTE]
    return {answer.address: answer.text for answer in raw.answers}, asked


@cache
def untouched(file_format):
    """Return what is read of the form whose codes nobody changed."""
    return read(file_format, filled(file_format))[0]


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize(("code", "address"), [FIRST_OF_FORM, FIRST_OF_GROUP])
def test_a_first_line_of_word_keeps_its_answer_and_is_said(code, address, other):
    texts, asked = read(FileFormat.WORD, word_with(code, other.format(code)))
    assert texts[address] == untouched(FileFormat.WORD)[address]
    assert asked


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize(("code", "address"), [FIRST_OF_FORM, FIRST_OF_GROUP])
def test_a_first_line_of_a_sheet_keeps_its_answer_and_is_said(code, address, other):
    line = code.partition(".")[0]
    texts, asked = read(FileFormat.EXCEL, excel_with(line, other.format(line)))
    assert texts[address] == untouched(FileFormat.EXCEL)[address]
    assert asked


@pytest.mark.slow
@pytest.mark.programs
@pytest.mark.skipif(libreoffice.missing() is not None, reason=libreoffice.missing() or "-")
@pytest.mark.parametrize("other", ["xx", "Z99", ""])
def test_a_first_line_on_paper_is_said_to_be_missing(other):
    form = few()
    rung = PrintedRung(FewForms(form), lambda _stamp: (), InProcess())
    content = libreoffice.converted(word_with("A01", other), "docx", "pdf")
    found = rung.look(content, "fiche.pdf", open_file(content, "fiche.pdf"))
    codes = [f.context.get("codes") for f in match_fields(found, form).findings]
    assert "A01" in codes
