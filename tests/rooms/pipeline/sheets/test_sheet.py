"""A sheet asks what is open, at the form's own addresses, and nothing that is private."""

from __future__ import annotations

from intake.model.address import MAX_LENGTH, places_by_address
from intake.model.definition import DataType
from intake.model.errors import Refusal
from intake.model.query import QueryState
from tests.kit.plain_sheets import Garden, sheet_of


def made(**changed):
    office = Garden()
    office.form(**changed)
    office.make()
    return office


def test_each_question_is_headed_by_why_it_is_asked_and_followed_by_the_answers_it_names():
    office = made()

    assert [item.name for item in office.sheet[0].single_items] == [
        "agreed", "_q3_why", "_q1", "height", "_q1_why", "_q2", "visits__1__count", "_q2_why",
    ]  # fmt: skip
    assert [item.code for item in office.sheet[0].single_items] == [
        "A05", "n°1b", "n°2", "A06", "n°2b", "n°3", "B02.1", "n°3b",
    ]  # fmt: skip


def test_a_place_has_the_address_that_it_has_on_the_form():
    office = made()
    addresses = places_by_address(office.sheet[0])

    assert {"height", "visits__1__count", "_q1__ok", "_q2__ok"} <= set(addresses)
    assert all(len(address) <= MAX_LENGTH for address in addresses)


def test_a_missing_answer_is_asked_and_not_confirmed():
    office = made()
    agreed, why = office.sheet[0].single_items[:2]

    assert "_q3__ok" not in places_by_address(office.sheet[0])
    assert agreed.hint["fr"] == "Question 1 sur 3. Cette réponse est nécessaire."
    assert why.beside is None


def test_a_row_is_named_by_what_is_printed_on_it():
    office = made()
    count = next(i for i in office.sheet[0].single_items if i.name == "visits__1__count")

    assert count.label["fr"] == "count (m3)"
    assert (count.group, count.required, count.relevant) == (None, None, None)


def test_the_answers_received_stand_in_their_places():
    assert made().sheet[1].prefill == {"height": "12,5", "visits__1__count": "40"}


def test_an_answer_that_is_held_back_stands_as_it_was_written_and_cannot_be_confirmed():
    office = made(height="douze")

    assert "_q1__ok" not in places_by_address(office.sheet[0])
    assert "height" not in office.sheet[1].prefill  # words in a number's place may be a name

    office = made(height="12,5,7")
    assert office.sheet[1].prefill["height"] == "12,5,7"


def test_an_answer_that_may_not_be_repeated_is_left_out_and_that_is_said():
    office = made(height="douze")
    height = next(i for i in office.sheet[0].single_items if i.name == "height")

    assert "Non répétée ici" in height.hint["fr"]


def test_nothing_on_a_sheet_is_required_hidden_or_checked_against_rules():
    definition = made().sheet[0]

    assert definition.rules == definition.derived == ()
    assert all(i.required is None and i.relevant is None for i in definition.single_items)
    assert definition.languages == ("fr",)


def test_a_sheet_says_which_patient_by_number_letters_and_filling_date_only():
    office = made()
    letters = "ZAA\N{NO-BREAK SPACE}·\N{NO-BREAK SPACE}QA"

    assert office.sheet[0].title == {"fr": f"ZAA-001 ({letters}), 08/10/2026"}
    assert "1961" not in repr(office.sheet[1])


def test_the_box_that_confirms_has_its_words_beside_it():
    items = {item.name: item for item in made().sheet[0].single_items}

    assert items["_q1"].data_type is DataType.MULTIPLE_CHOICE
    assert [option.code for option in items["_q1"].options] == ["ok"]
    assert items["_q1_why"].beside == "_q1"


def test_making_a_sheet_asks_its_queries_and_keeps_it():
    office = made()

    assert {query.state for query in office.queries()} == {QueryState.ASKED}
    assert {query.steps[-1].sheet for query in office.queries()} == {1}
    assert list(office.kept) == ["ZAA-001-Q1.pdf"]


def test_the_next_sheet_asks_what_is_still_open_under_its_own_number():
    office = made()
    office.back(_q1__ok="1")
    made_again = office.make()

    assert (made_again.name, made_again.questions) == ("ZAA-001-Q2.pdf", 2)
    assert office.sheet[1].stamp.sheet.text == "ZAA-001 R2 Q2"
    assert "_q1__ok" not in places_by_address(office.sheet[0])


def test_a_sheet_is_made_again_from_what_it_asked_after_its_queries_went_on():
    office = made()
    first = office.sheet[0]
    office.back(_q1__ok="1", height="")

    assert sheet_of(office).definition == first


def test_a_record_of_which_nothing_is_asked_has_no_sheet():
    office = made()
    office.back(_q1__ok="1", _q2__ok="1", agreed="yes")

    assert office.refused(lambda _: office.make()) == Refusal.NOTHING_ASKED
