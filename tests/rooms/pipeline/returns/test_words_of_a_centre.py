"""What a centre writes beside a question is kept, whatever became of the question since."""

from __future__ import annotations

import pytest

from intake.model.query import QueryEnd, QueryState
from intake.model.receipt import Outcome
from intake.pipeline.queries import acts
from intake.pipeline.queries.steps import Said
from tests.kit.plain_office import NOON
from tests.kit.plain_sheets import Garden

WORDS = "non, voir courrier"


@pytest.fixture
def office():
    garden = Garden()
    garden.form()
    garden.make()
    return garden


def first(office):
    return office.queries()[0]


def told(office):
    return [step.reason for step in first(office).steps if step.reason]


@pytest.mark.parametrize("act", [acts.confirm, acts.withdraw])
@pytest.mark.parametrize("mark", ["", "1"])
def test_words_about_a_question_that_was_settled_meanwhile_are_read(office, act, mark):
    act(office.store, first(office), Said(at=NOON, reason="vu"))
    receipt = office.back(_q1_why=WORDS, _q1__ok=mark)

    assert receipt.outcome.is_loaded
    assert WORDS in told(office)
    is_confirmed = mark and act is acts.withdraw
    assert (first(office).how or first(office).state) == (
        QueryEnd.CONFIRMED if is_confirmed else QueryState.ANSWERED
    )


def test_words_about_an_answer_that_a_newer_form_changed_are_kept(office):
    sheet = office.sheet[1]
    office.form(height="7", filled="20/10/2026")
    assert sheet.stamp == office.sheet[1].stamp
    office.back(height="9", _q1_why=WORDS)

    assert (told(office), first(office).how) == ([WORDS], QueryEnd.CHANGED)


def test_words_said_with_a_mark_and_sent_twice_are_said_once(office):
    office.back(_q1__ok="1", _q1_why=WORDS)
    receipt = office.back(_q1__ok="1", _q1_why=WORDS)

    assert (receipt.outcome, told(office)) == (Outcome.DUPLICATE, [WORDS])
    assert first(office).how is QueryEnd.CONFIRMED
