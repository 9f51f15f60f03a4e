"""What is written in a workbook beside its answers is said, with its place; nothing else is."""

from __future__ import annotations

import io
from copy import copy
from functools import cache

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart
from openpyxl.styles import Font

from intake.formats.excel.read.reader import ExcelReader
from intake.formats.office.repack import packed, unpacked
from intake.formats.wording.first_page import Front, StudyWords
from intake.model.finding_codes import FindingCode as Code
from tests.kit.fillers.forms import few, few_blank
from tests.kit.fillers.with_openpyxl import fill, named_cell, saved

CONTACT = ("Dr Test, 01 02 03 04 05",)
READER = ExcelReader(StudyWords((Front(contact=CONTACT),)))
ENTERED = {"lab_plt_dx": "74", "comorbidities__hta": "Oui"}


@cache
def filled():
    return fill(few_blank(), ENTERED)


def said(change=None, content=None):
    """Return what is said of a filled form after a change to its workbook."""
    content = content or filled()
    if change is not None:
        book = load_workbook(io.BytesIO(content), rich_text=True)
        change(book)
        content = saved(book)
    raw = READER.read(READER.inspect(content), few())
    assert {answer.text for answer in raw.answers} >= {"74", "Oui"}
    return [(f.code, f.items, f.location and f.location.cell) for f in raw.findings]


def beside(address, columns, text, rows=0):
    def change(book):
        named_cell(book, address).offset(rows, columns).value = text

    return change


def test_an_untouched_form_says_nothing():
    assert said() == []


@pytest.mark.parametrize(
    ("change", "code", "items"),
    [
        (beside("lab_plt_dx", 1, "g/dL"), Code.ANSWER_UNSURE, ("lab_plt_dx",)),
        (beside("lab_plt_dx", -1, "Plaquettes du 3 mars"), Code.ANSWER_UNSURE, ("lab_plt_dx",)),
        (beside("lab_hb_dx", -1, "9,1"), Code.TEXT_ELSEWHERE, ("lab_hb_dx",)),
        (beside("lab_hb_dx", 1, "9,1"), Code.TEXT_ELSEWHERE, ("lab_hb_dx",)),
        (beside("lab_hb_dx", 4, "9,1"), Code.TEXT_ELSEWHERE, ("lab_hb_dx",)),
        (beside("comorbidities__hta", 2, "2015"), Code.TEXT_ELSEWHERE, ("comorbidities",)),
    ],
)
def test_what_is_written_in_the_line_of_a_question_names_it(change, code, items):
    ((found, about, cell),) = said(change)

    assert (found, about) == (code, items)
    assert cell


def struck(address, columns):
    def change(book):
        cell = named_cell(book, address).offset(0, columns)
        assert cell.value
        cell.font = copy(cell.font) + Font(strike=True)

    return change


@pytest.mark.parametrize(
    ("change", "code", "items"),
    [
        (struck("lab_plt_dx", 1), Code.ANSWER_UNSURE, ("lab_plt_dx",)),
        (struck("lab_plt_dx", -1), Code.ANSWER_UNSURE, ("lab_plt_dx",)),
        (struck("comorbidities__hta", -1), Code.ANSWER_UNSURE, ("comorbidities",)),
        (struck("lab_hb_dx", 1), Code.TEXT_ELSEWHERE, ("lab_hb_dx",)),
    ],
)
def test_a_printed_unit_or_label_that_is_struck_through_whole_is_no_longer_printed(
    change, code, items
):
    assert [found[:2] for found in said(change)] == [(code, items)]


def test_an_answer_in_the_question_cell_of_a_multiple_choice_is_said():
    sheet = few().items["comorbidities"]
    first = sheet.options[0].code
    change = beside(f"comorbidities__{first}", 0, "HTA, diabète", rows=-1)

    assert [found[:2] for found in said(change)] == [(Code.ANSWER_UNSURE, ("comorbidities",))]


def test_what_is_written_above_a_table_or_on_the_first_sheet_is_said():
    def above(book):
        named_cell(book, "lab_plt_dx").parent["D2"].value = "patient transféré"

    def first(book):
        book.worksheets[0]["B8"].value += " (vu)"

    def contact(book):
        cell = next(c for (c,) in book.worksheets[0]["B1:B30"] if "contact" in str(c.value).lower())
        cell.offset(1, 0).value = f"{CONTACT[0]}"
        cell.offset(1, 5).value = "rappeler lundi"

    assert said(above) == [(Code.TEXT_ELSEWHERE, (), "D2")]
    assert said(first) == [(Code.TEXT_ELSEWHERE, (), "B8")]
    assert [found[0] for found in said(contact)] == [Code.TEXT_ELSEWHERE]


def test_a_sheet_that_was_added_is_said_stamped_or_not():
    def plain(book):
        book.create_sheet("Notes")["B2"].value = "à revoir"

    def stamped(book):
        copy = book.copy_worksheet(book.worksheets[0])
        copy["B50"].value = "ferritine 8450"

    assert said(plain) == [(Code.TEXT_ELSEWHERE, (), "B2")]
    assert [found[0] for found in said(stamped)] == [Code.TEXT_ELSEWHERE]


def test_many_additions_on_one_sheet_are_one_remark():
    def change(book):
        sheet = named_cell(book, "lab_plt_dx").parent
        for row in range(8, 18):
            sheet.cell(row, 9).value = "vu"

    (found,) = said(change)

    assert found[0] == Code.TEXT_ELSEWHERE
    assert len(found[1]) == 10


@pytest.mark.parametrize("text", ["voir courrier", "8450"])
def test_words_and_figures_in_the_head_of_pages_are_said(text):
    def change(book):
        named_cell(book, "lab_plt_dx").parent.oddHeader.center.text = text

    assert said(change) == [(Code.TEXT_ELSEWHERE, (), None)]


@pytest.mark.parametrize("text", ["&A", "Page &P", "&D"])
def test_what_a_program_prints_on_pages_is_not(text):
    def change(book):
        named_cell(book, "lab_plt_dx").parent.oddHeader.center.text = text

    assert said(change) == []


def test_a_drawing_is_said_with_the_cell_under_it():
    def change(book):
        named_cell(book, "lab_plt_dx").parent.add_chart(BarChart(), "C9")

    assert said(change) == [(Code.FIELD_UNKNOWN, (), "C9")]


def test_a_workbook_linked_to_another_file_is_read_and_the_link_said():
    parts = unpacked(filled())
    linked = packed({**parts, "xl/externalLinks/externalLink1.xml": b"<externalLink/>"})

    assert said(content=linked) == [(Code.FILE_LINKED, (), None)]


def test_copies_of_the_hidden_sheets_that_numbers_shows_are_not_additions():
    def change(book):
        for sheet in list(book):
            sheet.title = f"{sheet.title[:20]} - Tab"
            sheet.sheet_state = "visible"
        book.defined_names.clear()
        summary = book.create_sheet("Résumé de l’exportation", 0)
        summary["B3"].value = "Ce document a été exporté depuis Numbers."
        for row, sheet in enumerate(book.worksheets[1:], start=8):
            summary.cell(row, 2).value = sheet.title.partition(" - ")[0]
            summary.cell(row, 4).value = sheet.title

    assert [found[0] for found in said(change)] == [Code.CELLS_BY_CODE]
