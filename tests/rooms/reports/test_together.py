"""One wrong date is one question on a receipt, whatever else it puts out of order."""

from __future__ import annotations

import re

from intake.reports.receipt.remarks import Remarks
from intake.words.catalogue import Words
from tests.kit.forms import check, dm_sam
from tests.kit.office.office import demo_answers

DAY_ZERO = "mas_dx_date"


def questions(answers):
    """Return the questions that a receipt asks about some answers, and the findings behind."""
    found = check({**answers, "form_date": "01/03/2021"}).findings
    return Remarks(found, dm_sam(), Words("fr")).asked, found


def in_2006(texts):
    """Return the answers with every full date of the episode ten years earlier."""
    return {
        name: text.replace("2016", "2006") if re.fullmatch(r"\d\d/\d\d/2016", text) else text
        for name, text in texts.items()
    }


def test_a_day_zero_out_of_its_limits_gathers_the_rules_that_it_breaks():
    asked, found = questions(demo_answers(**{DAY_ZERO: "12/05/2006"}))

    assert len(found) > 5
    assert [question.code for question in asked] == ["L01"]


def test_dates_out_of_their_limits_are_shown_under_day_zero_and_named_there():
    answers = demo_answers()
    asked, found = questions(in_2006(answers))
    outside = {f.item for f in found if f.code == "DATE_OUT_OF_RANGE"}
    (zero,) = [question for question in asked if question.code == "L01"]

    assert len(outside) > 4
    assert len(zero.names) == 1 + len({(f.item, f.row) for f in found if f.item in outside})
    assert any("autres dates" in remark.words.sentence for remark in zero.remarks)
    assert {question.code for question in asked} == {"L01", "D02"}


def test_a_date_out_of_its_limits_stays_alone_where_day_zero_is_within():
    asked, found = questions(demo_answers(lab_dx_date="12/05/2006", bm_date="13/05/2006"))

    assert [f.item for f in found if f.code == "DATE_OUT_OF_RANGE"] == ["lab_dx_date", "bm_date"]
    assert {question.code for question in asked} >= {"Q01", "R02"}
