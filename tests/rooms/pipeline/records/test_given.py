"""Answers of a person laid over those of a file; what the file said stays beside them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.checks.checker import checker_for
from intake.model.errors import DecisionRefused, Refusal
from intake.model.finding import Location
from intake.model.finding_codes import FindingCode as Code
from intake.model.finding_codes import finding_of
from intake.model.submission import Rung
from intake.pipeline.records.given import (
    GivenAnswer,
    already_given,
    find_place,
    given_at,
    with_given,
    with_what_the_file_says,
)
from tests.kit.fakes.forms import PlainReader
from tests.kit.garden import GARDEN, changed
from tests.kit.plain_office import NOON


def as_sent(**answered):
    return PlainReader().read(changed(**answered), GARDEN)


def given(name, text):
    return given_at(find_place(GARDEN, name), text)


def texts(raw):
    return {answer.address: (answer.text, answer.rung) for answer in raw.answers}


def refused(work, *arguments):
    with pytest.raises(DecisionRefused) as problem:
        work(*arguments)
    return problem.value.why


@pytest.mark.parametrize("name", ["height", "HEIGHT", "A06", "a06"])
def test_a_question_is_found_by_its_address_or_its_visible_code(name):
    assert find_place(GARDEN, name).item.name == "height"


def test_a_question_of_a_row_is_found_in_that_row():
    place = find_place(GARDEN, "visits__2__count")
    assert (place.item.name, place.row) == ("count", 2)


def test_a_multiple_choice_is_one_question():
    assert find_place(GARDEN, "colours").option is None


def test_a_name_of_no_question_and_a_printed_answer_are_refused():
    assert refused(find_place, GARDEN, "nowhere") is Refusal.UNKNOWN_PLACE
    assert refused(find_place, GARDEN, "visits__1__month") is Refusal.PRINTED_PLACE


@pytest.mark.parametrize("text", ["", " ", "\u00a0"])
def test_an_answer_says_something(text):
    assert refused(given, "height", text) is Refusal.EMPTY_VALUE


def test_options_are_named_by_code_one_by_one_and_each_must_exist():
    assert given("colours", " red ;blue").text == "red;blue"
    assert refused(given, "colours", "red; green") is Refusal.NOT_UNDERSTOOD


def test_a_given_answer_takes_the_place_of_the_files():
    raw = with_given(GARDEN, as_sent(), [given("height", "14")])
    assert texts(raw)["height"] == ("14", Rung.PERSON)
    assert texts(raw)["place"] == ("ZAA", Rung.FIELD)
    assert [answer.address for answer in raw.answers].count("height") == 1


def test_a_given_choice_takes_off_every_tick_of_the_file():
    raw = with_given(GARDEN, as_sent(), [given("colours", "blue;none")])
    ticks = {name: found for name, found in texts(raw).items() if "colours" in name}
    assert ticks == {
        "colours__blue": ("1", Rung.PERSON),
        "colours__none": ("1", Rung.PERSON),
    }


def test_what_was_in_doubt_about_the_answer_no_longer_is_and_other_doubts_stay():
    about_height = replace(finding_of(Code.READINGS_DISAGREE), item="height")
    about_row = replace(finding_of(Code.ANSWER_UNSURE), item="count", row=1)
    raw = replace(as_sent(), findings=(about_height, about_row))
    assert with_given(GARDEN, raw, [given("height", "14")]).findings == (about_row,)
    other_row = GivenAnswer(item="count", row=2, text="3")
    assert with_given(GARDEN, raw, [other_row]).findings == (about_height, about_row)


def test_a_given_answer_stands_where_its_question_stands_in_the_file():
    raw = replace(as_sent(height=""), places={"height": Location(page=4)})
    (answer,) = (
        a for a in with_given(GARDEN, raw, [given("height", "14")]).answers if a.address == "height"
    )
    assert answer.location == Location(page=4)


def test_what_the_file_says_stays_beside_each_answer_of_a_person():
    raw = as_sent(colours__blue="1")
    over = with_given(GARDEN, raw, [given("height", "14"), given("colours", "none")])
    read = checker_for(GARDEN).check(over, language="fr", received=NOON.date())
    told = with_what_the_file_says(GARDEN, read, raw)
    before = {value.item: value.replaced for value in told.values}
    assert (before["height"], before["colours"], before["place"]) == ("12,5", "red;blue", None)
    assert {g.item: g.text for g in already_given(told)} == {"height": "14", "colours": "none"}


def test_a_question_that_the_file_left_empty_says_nothing_before():
    raw = as_sent(height="")
    over = with_given(GARDEN, raw, [given("height", "14")])
    read = checker_for(GARDEN).check(over, language="fr", received=NOON.date())
    told = with_what_the_file_says(GARDEN, read, raw)
    assert next(v.replaced for v in told.values if v.item == "height") == ""
