"""What a stamp says in print and in a page's code is what is read there again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.model.stamp import FormStamp, PageToken, SheetStamp, find_stamp, find_token

FORM = FormStamp("garden", "1.0.0", "fr", "3FA9C210", "REI")
SHEET = replace(FORM, sheet=SheetStamp("REI-007", 2, 1))


def test_a_sheet_says_whose_it_is_after_the_form():
    assert SHEET.text == "GARDEN 1.0.0 · fr · REI · 3FA9C210 · REI-007 R2 Q1"
    assert SHEET.footer(1, 2) == f"{SHEET.text} · 1/2"


@pytest.mark.parametrize("stamp", [FORM, SHEET, replace(SHEET, centre=None)])
def test_a_footer_is_read_as_the_stamp_it_was_printed_of(stamp):
    assert find_stamp(f"page\n{stamp.footer(1, 2)}\nend") == stamp


@pytest.mark.parametrize("rest", ["REI-007 R2", "REI-007 Q1", "REI-007 R2 Q1a", "someone R2 Q1"])
def test_what_is_no_whole_part_of_a_sheet_is_none(rest):
    assert find_stamp(f"{FORM.text} · {rest}") == FORM


def test_the_code_of_a_page_says_the_same_and_fits_its_square():
    assert FORM.token(3) == "3FA9C210FR03"
    assert find_token(FORM.token(3)) == PageToken("3FA9C210", "fr", 3)
    assert find_token(SHEET.token(1)) == PageToken("3FA9C210", "fr", 1, SHEET.sheet)
    assert len(SHEET.token(1)) <= 29  # letters and figures of a code of version 2, level Q


@pytest.mark.parametrize("text", ["", "3FA9C210FR", "3FA9C210FR01/", "3FA9C210FR01/REI-007/2"])
def test_another_code_says_nothing(text):
    assert find_token(text) is None
