"""What real programs lay over a filled form is said, with its place."""

from __future__ import annotations

from functools import cache

import pytest

from intake.formats.registry import readers
from intake.formats.wording.first_page import NO_WORDS
from intake.model.finding_codes import FindingCode as Code
from intake.model.submission import FileFormat
from tests.kit import additions as add
from tests.kit.beside import seen
from tests.kit.office.office import filled, the_form
from tests.kit.office.office_excel import filled_excel
from tests.kit.office.office_word import filled_word
from tests.rooms.formats.added.test_added import rect
from tests.whole.cases.overlays import (
    BELOW,
    GHOSTSCRIPT,
    OVERLAYS,
    STAMP,
    by_libreoffice,
    end_of_page,
    laid_over,
    stamps,
)
from tests.whole.cases.whole_file import sent
from tests.whole.clients import libreoffice

pytestmark = [pytest.mark.slow, pytest.mark.programs]
PAGES, ITEM = 15, "lab_pct_dx"


def words_of(page, left, bottom):
    return add.text(page, (left + 3, bottom + 4), "12,5")


def stroke_of(page, left, bottom):
    return add.stroke(page, (left + 2, bottom + 6), (left + 30, bottom + 6))


def picture_of(page, left, bottom):
    return add.picture(page, (left + 2, bottom + 2), 20, 10)


def needing(*overlays):
    return [
        pytest.param(o, id=o.name, marks=pytest.mark.skipif(bool(o.missing), reason=o.missing))
        for o in overlays
    ]


SHOWN = [(o, draw) for o in OVERLAYS for draw in (words_of, stroke_of, picture_of)
         if draw is words_of or o not in BELOW]  # fmt: skip
"""What lies below a page is hidden by its boxes; words are found all the same."""


@pytest.mark.parametrize(
    ("overlay", "draw"),
    [pytest.param(o, draw, id=f"{o.name}, {draw.__name__}",
                  marks=pytest.mark.skipif(bool(o.missing), reason=o.missing))
     for o, draw in SHOWN],
)  # fmt: skip
def test_what_is_laid_over_or_under_a_page_is_said_of_its_question(overlay, draw):
    page, (left, bottom, _, _) = rect(ITEM, filled())
    content = laid_over(filled(), stamps(PAGES, draw(page, left, bottom)), overlay)
    assert [(f.code, f.item, f.location.page) for f in seen(content)] == [
        (Code.CONTENT_ADDED, ITEM, page)
    ]


@pytest.mark.parametrize("overlay", needing(*OVERLAYS))
def test_an_empty_page_laid_over_a_form_says_nothing(overlay):
    assert seen(laid_over(filled(), stamps(PAGES), overlay)) == ()


@pytest.mark.parametrize("overlay", needing(STAMP))
def test_a_stamp_on_every_page_is_said_of_every_page(overlay):
    content = laid_over(filled(), stamps(1, add.text(1, (250, 420), "VU LE 12 MAI", 20)), overlay)
    said = seen(content)
    pages = {str(f.location.page) for f in said if f.location} | {
        page for f in said for page in f.context.get("pages", "").split(", ") if page
    }
    assert {f.code for f in said} <= {Code.CONTENT_ADDED, Code.PAGE_ADDED_TO}
    assert pages == {str(number) for number in range(1, PAGES + 1)}


@pytest.mark.parametrize("overlay", needing(GHOSTSCRIPT))
def test_what_ghostscript_draws_while_it_prints_a_form_is_said(tmp_path, overlay):
    page, (left, bottom, _, _) = rect(ITEM, filled())
    shown = f"{left + 3:g} {bottom + 16:g} moveto (CRP 620) show"
    drawn = f"/Helvetica findfont 9 scalefont setfont {shown}"
    over = end_of_page(page, drawn)
    before = sent(tmp_path / "a", "a.pdf", laid_over(filled(), b"%!\n", overlay))
    after = sent(tmp_path / "b", "b.pdf", laid_over(filled(), over, overlay))
    assert before.outcomes == after.outcomes == ("review",)
    assert "TEXT_ELSEWHERE" in after.codes - before.codes or ITEM in after.asked - before.asked


@cache
def in_libreoffice(suffix):
    form = filled_word() if suffix == "docx" else filled_excel()
    return by_libreoffice(form, suffix, suffix)


UNSURE, UNKNOWN = (Code.ANSWER_UNSURE, "lab_hb_dx"), (Code.FIELD_UNKNOWN, None)


@pytest.mark.skipif(libreoffice.cannot_type() is not None, reason=libreoffice.cannot_type() or "-")
@pytest.mark.parametrize(
    ("suffix", "name", "said", "place"),
    [
        ("docx", "text box", UNKNOWN, "Q02"),
        ("docx", "picture", UNKNOWN, "Q02"),
        ("docx", "frame", UNKNOWN, "Q02"),
        ("docx", "strike", UNSURE, "Q02"),
        ("xlsx", "text box", UNKNOWN, "B6"),
        ("xlsx", "picture", UNKNOWN, "B6"),
        ("xlsx", "strike", UNSURE, "C6"),
        ("xlsx", "figure struck", UNSURE, "C6"),
    ],
)
def test_what_a_person_adds_in_libreoffice_is_said(suffix, name, said, place):
    reader = readers(NO_WORDS)[FileFormat.WORD if suffix == "docx" else FileFormat.EXCEL]
    found = reader.read(reader.inspect(in_libreoffice(suffix)[name]), the_form()).findings
    (finding,) = found
    assert (finding.code, finding.item) == said
    assert place in (finding.location.code, finding.location.cell)


@pytest.mark.skipif(libreoffice.cannot_type() is not None, reason=libreoffice.cannot_type() or "-")
@pytest.mark.parametrize("kind", ["odt", "doc"])
def test_what_is_struck_in_libreoffice_is_seen_in_an_older_kind_of_file(kind):
    content = by_libreoffice(filled_word(), "docx", kind)["strike"]
    reader = readers(NO_WORDS)[FileFormat.WORD]
    raw = reader.read(reader.inspect(libreoffice.converted(content, kind, "docx")), the_form())
    assert UNSURE in [(f.code, f.item) for f in raw.findings]
    assert "lab_hb_dx" not in {answer.address for answer in raw.answers if answer.text}
