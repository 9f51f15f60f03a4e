"""The receipt as PDF: the words of its page, tagged, and signs that no font has."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace

import pypdf
import pytest

from intake.formats.pdf.write.typesetting import typeset_text
from intake.model.mail.reply_to import ReplyTo
from intake.reports.pages import receipt_page
from intake.reports.paper import pdf_of
from intake.reports.receipt.next_steps import Addressed
from intake.reports.receipt_paper import receipt_paper
from tests.kit.accessible import complaints
from tests.rooms.reports.samples import FORM, QUERIED, RECEIPTS
from tests.rooms.reports.test_receipt_html import Page

REPLY_TO = ReplyTo(
    service="Service des arbres",
    email="arbres@hopital.fr",
    phones=("Secrétariat : 01 99 00 00 00",),
    closes=dt.date(2027, 3, 31),
)
SAID = Addressed(REPLY_TO, "fiche d’un autre jardin")
FOLDED = "Voir les"
"""Begins a sentence that a page needs to unfold what paper shows at once."""


def paper_of(name: str) -> bytes:
    receipt = RECEIPTS[name]
    definition = FORM if receipt.form else None
    return pdf_of(receipt_paper(receipt, definition, "fr", SAID), typeset_text)


def words_in(text: str) -> set[str]:
    return set(re.findall(r"[\w’-]+", text))


@pytest.mark.parametrize("name", ["queried", "refused", "revision"])
def test_the_pdf_says_what_the_page_says(name: str) -> None:
    receipt = RECEIPTS[name]
    page = Page(receipt_page(receipt, FORM if receipt.form else None, "fr", SAID))
    read = pypdf.PdfReader(io.BytesIO(paper_of(name)))
    printed = words_in(" ".join(sheet.extract_text() for sheet in read.pages))
    assert words_in(page.text) - printed == set()
    assert FOLDED not in page.text


def test_a_sign_that_no_font_has_is_drawn_as_a_square_and_stops_nothing() -> None:
    paper = receipt_paper(replace(QUERIED, hint="REI · 木/MA"), FORM, "fr", SAID)
    (page, *_) = pypdf.PdfReader(io.BytesIO(pdf_of(paper, typeset_text))).pages
    assert "REI · □/MA" in page.extract_text()


def test_the_same_receipt_is_the_same_bytes() -> None:
    assert paper_of("loaded") == paper_of("loaded")


@pytest.mark.programs
@pytest.mark.slow
@pytest.mark.parametrize("name", RECEIPTS)
def test_two_checkers_find_nothing_against_a_receipt_in_pdf(name: str) -> None:
    assert complaints(paper_of(name)) == []
