"""A query sheet that comes back: what becomes of its answers, of its queries, of the sheet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.model.computed import Rule
from intake.model.errors import DecisionRefused, Refusal
from intake.model.finding import Severity
from intake.model.finding_codes import FindingCode as Code
from intake.model.finding_codes import finding_of
from intake.model.query import QueryEnd, QueryState
from intake.model.receipt import Correction, Outcome
from intake.model.submission import Rung
from intake.pipeline.returns.deliver import definition_of
from intake.pipeline.review import amend, decisions, merge, refuse
from intake.pipeline.review.correct import correct
from intake.pipeline.review.withdraw import withdraw
from tests.kit.garden import a_file
from tests.kit.plain_office import WHY, codes
from tests.kit.plain_sheets import ANSWERS, ODD, Garden, seen


@pytest.fixture
def office():
    """Return an office that asked a sheet about one record: two numbers and a missing answer."""
    garden = Garden()
    garden.form()
    garden.make()
    return garden


def record(office):
    (stored,) = office.records()
    return stored


def height(office):
    return record(office).submission.record["height"]


def states(office):
    """Return where each query stands, by number."""
    return {query.number: query.how or query.state for query in office.queries()}


HEIGHT, COUNT, AGREED = 1, 2, 3
"""The queries by number."""


def test_a_mark_alone_confirms_and_the_question_is_only_told_from_then_on(office):
    receipt = office.back(_q1__ok="1")

    assert receipt.outcome is Outcome.LOADED_WITH_QUERIES
    assert states(office)[HEIGHT] is QueryEnd.CONFIRMED
    told = [f for f in receipt.findings if f.item == "height"]
    assert [(f.code, f.severity) for f in told] == [(Code.RANGE_SOFT, Severity.NOTE)]
    assert height(office) == 12.5


def test_a_sheet_is_a_revision_of_its_record_with_what_changed(office):
    receipt = office.back(height="9")

    assert (receipt.subject, receipt.revision) == ("ZAA-001", 2)
    assert [(c.code, c.before, c.after) for c in receipt.changes] == [("A06", "12.5", "9")]
    assert height(office) == 9


def test_an_answer_given_anew_closes_its_question_by_the_sheet(office):
    receipt = office.back(height="9", _q1_why="relu")
    closed = office.queries()[HEIGHT - 1]

    assert closed.how is QueryEnd.CHANGED
    assert [(s.action.value, s.sheet, s.receipt, s.reason) for s in closed.steps[3:]] == [
        ("answered", 1, receipt.id, "relu"),
        ("closed", 1, receipt.id, ""),
    ]


def test_an_answer_that_is_odd_too_opens_a_question_of_its_own(office):
    office.back(height="80")

    assert states(office)[HEIGHT] is QueryEnd.CHANGED
    newest = office.queries()[-1]
    assert (newest.number, newest.state) == (4, QueryState.ASKED)
    assert newest.finding.all_items == ("height",)


def test_a_sheet_changes_only_what_it_asks(office):
    before = record(office).submission
    office.back(height="9")
    after = record(office).submission

    others = [value for value in before.values if value.item != "height"]
    kept = [value for value in after.values if value.item != "height"]
    assert [(v.key, v.value, v.rung, v.location) for v in kept] == [
        (v.key, v.value, v.rung, v.location) for v in others
    ]
    assert next(v for v in after.values if v.item == "height").origin is None


def test_a_row_of_a_group_is_answered_at_its_own_address(office):
    office.back(visits__1__count="4")

    rows = record(office).submission.record["visits"]
    assert [(row["_row"], row["count"]) for row in rows] == [(1, 4), (2, 5)]


def test_what_is_not_answered_is_still_asked(office):
    office.back(_q1__ok="1")

    assert states(office)[COUNT] is QueryState.ASKED
    assert states(office)[AGREED] is QueryState.ASKED


def test_all_questions_answered_leave_a_record_in_order(office):
    receipt = office.back(_q1__ok="1", visits__1__count="4", agreed="yes")

    assert receipt.outcome is Outcome.LOADED
    assert all(query.is_closed for query in office.queries())


def test_words_alone_answer_and_change_nothing(office):
    receipt = office.back(_q1_why="mesuré deux fois")

    assert receipt.outcome is Outcome.LOADED_WITH_QUERIES
    assert states(office)[HEIGHT] is QueryState.ANSWERED
    assert office.queries()[HEIGHT - 1].steps[-1].reason == "mesuré deux fois"
    assert "mesuré" not in repr(receipt)


def test_a_mark_beside_another_answer_is_not_applied_and_is_said(office):
    receipt = office.back(_q1__ok="1", height="9")

    assert height(office) == 12.5
    assert states(office)[HEIGHT] is QueryState.ANSWERED
    assert [f.item for f in receipt.findings if f.code == Code.SHEET_UNCLEAR] == ["height"]


def test_what_stands_in_a_box_to_tick_and_is_no_mark_is_said(office):
    receipt = office.back(_q1__ok="peut-être", _q2__ok="1")

    assert states(office)[HEIGHT] is QueryState.ANSWERED
    assert [f.item for f in receipt.findings if f.code == Code.SHEET_UNCLEAR] == ["height"]


def test_what_a_reader_doubts_of_an_answer_on_a_sheet_is_asked(office):
    _, request = office.sheet
    plain = seen(request.stamp, {**request.prefill, "height": "9"})
    doubt = replace(finding_of(Code.ANSWER_UNSURE), item="height")
    office.send(replace(plain, findings=(*plain.findings, doubt)))

    (stored,) = office.records()
    said = [finding.item for finding in stored.submission.findings if finding.code == doubt.code]
    assert (height(office), said) == (9, ["height"])


def test_an_answer_that_was_taken_away_is_not_lost(office):
    receipt = office.back(height="", _q2__ok="1")

    assert height(office) == 12.5
    assert [f.item for f in receipt.findings if f.code == Code.SHEET_UNCLEAR] == ["height"]


def test_what_a_sheet_leaves_unclear_is_no_new_question(office):
    office.back(_q1__ok="1", height="9")

    assert len(office.queries()) == 3


def test_the_same_number_written_another_way_changes_nothing(office):
    office.back(height="12.50", _q1__ok="1")

    assert states(office)[HEIGHT] is QueryEnd.CONFIRMED


def test_a_sheet_sent_back_as_it_was_made_is_empty(office):
    receipt = office.back()

    assert receipt.outcome is Outcome.REJECTED
    assert codes(receipt) == [Code.FORM_EMPTY]


@pytest.mark.parametrize(
    "said",
    [{"_q1__ok": "1"}, {"height": "9"}, {"_q1_why": "relu"}, {"_q1__ok": "1", "agreed": "yes"}],
)
def test_a_sheet_that_comes_twice_says_nothing_new(office, said):
    first = office.back(**said)
    again = office.back(**said)

    assert (again.outcome, again.earlier) == (Outcome.DUPLICATE, first.id)
    assert record(office).revision == 2


def test_a_sheet_later_than_a_newer_form_leaves_what_the_form_changed(office):
    office.form(height="11", agreed="yes")
    receipt = office.back(height="9", visits__1__count="4")

    assert height(office) == 11
    assert [f.item for f in receipt.findings if f.code == Code.SHEET_LATE] == ["height"]
    assert record(office).submission.record["visits"][0]["count"] == 4


def test_a_mark_on_an_answer_that_a_newer_form_changed_confirms_nothing(office):
    office.form(height="11")
    receipt = office.back(_q1__ok="1")

    assert Code.SHEET_LATE in codes(receipt)
    assert states(office)[HEIGHT] is QueryEnd.CHANGED
    assert states(office)[4] is QueryState.ASKED


def test_a_sheet_that_says_what_a_newer_form_said_is_nothing_new(office):
    office.form(height="9")
    receipt = office.back(height="9")

    assert receipt.outcome is Outcome.DUPLICATE


def test_a_sheet_of_no_record_waits_for_a_person(office):
    stamp = office.sheet[1].stamp
    other = replace(stamp, sheet=replace(stamp.sheet, subject="ZAA-009"))
    receipt = office.send(seen(other, {"height": "9"}))

    assert receipt.outcome is Outcome.REVIEW
    assert codes(receipt) == [Code.SHEET_UNKNOWN]
    assert office.refused(decisions.accept, receipt.id, WHY) == Refusal.NOTHING_READ


@pytest.mark.parametrize("part", [{"number": 7}, {"revision": 9}])
def test_a_sheet_that_was_never_made_waits_for_a_person(office, part):
    stamp = office.sheet[1].stamp
    receipt = office.send(seen(replace(stamp, sheet=replace(stamp.sheet, **part)), {"height": "9"}))

    assert codes(receipt) == [Code.SHEET_UNKNOWN]


def test_a_confirmed_answer_is_not_asked_again_by_the_next_form(office):
    office.back(_q1__ok="1")
    receipt = office.form(agreed="yes")

    assert [f.severity for f in receipt.findings if f.item == "height"] == [Severity.NOTE]
    assert states(office)[HEIGHT] is QueryEnd.CONFIRMED


def test_a_printed_sheet_is_held_with_its_answers_and_loaded_once_a_person_agrees(office):
    receipt = office.back(Code.FILE_PRINTED, rung=Rung.PRINTED_TEXT, _q1__ok="1", agreed="yes")
    assert receipt.outcome is Outcome.REVIEW
    assert record(office).revision == 1

    loaded = office.decide(decisions.accept, receipt.id, WHY)

    assert (loaded.outcome, loaded.revision) == (Outcome.LOADED_WITH_QUERIES, 2)
    assert states(office)[HEIGHT] is QueryEnd.CONFIRMED
    agreed = next(v for v in record(office).submission.values if v.item == "agreed")
    assert agreed.rung is Rung.PRINTED_TEXT


def test_a_scanned_sheet_is_typed_by_its_printed_codes_then_loaded(office):
    receipt = office.back(Code.FILE_SCANNED)
    assert office.refused(decisions.accept, receipt.id, WHY) == Refusal.NOTHING_READ

    office.decide(amend.set_answer, receipt.id, Correction("n°2", "Confirmé tel quel"), WHY)
    office.decide(amend.set_answer, receipt.id, Correction("A05", "yes"), WHY)
    loaded = office.decide(decisions.accept, receipt.id, WHY)

    assert loaded.revision == 2
    assert states(office)[HEIGHT] is QueryEnd.CONFIRMED
    assert states(office)[COUNT] is QueryState.ASKED
    agreed = next(v for v in record(office).submission.values if v.item == "agreed")
    assert (agreed.value, agreed.rung) == ("yes", Rung.PERSON)


@pytest.mark.parametrize(
    "decision",
    [
        lambda desk, number: decisions.same_as(desk, number, "ZAA-001", WHY),
        lambda desk, number: decisions.split(desk, number, WHY),
        lambda desk, number: merge.merge(desk, number, "", WHY),
    ],
)
def test_whose_a_sheet_is_is_not_a_persons_to_say(office, decision):
    receipt = office.back(Code.FILE_PRINTED, _q1__ok="1")

    assert office.refused(decision, receipt.id) == Refusal.IS_A_SHEET


def test_a_held_sheet_that_says_nothing_new_any_more_is_not_loaded(office):
    held = office.back(Code.FILE_PRINTED, rung=Rung.PRINTED_TEXT, _q1__ok="1")
    office.back(_q1__ok="1")

    assert office.refused(decisions.accept, held.id, WHY) == Refusal.ALREADY_LOADED


def test_a_held_sheet_whose_record_was_withdrawn_has_no_questions_any_more(office):
    held = office.back(Code.FILE_PRINTED, rung=Rung.PRINTED_TEXT, _q1__ok="1")
    office.decide(withdraw, "ZAA-001", WHY)

    assert definition_of(office.desk.study.forms, held) is None
    assert office.refused(decisions.accept, held.id, WHY) == Refusal.NOTHING_READ


def test_a_held_sheet_may_be_refused(office):
    held = office.back(Code.FILE_PRINTED, _q1__ok="1")
    office.decide(refuse.reject, held.id, WHY)

    assert states(office)[HEIGHT] is QueryState.ASKED


def test_an_answer_that_cannot_be_read_is_held_back_and_asked_again(office):
    receipt = office.back(height="12,5,7")

    assert receipt.outcome is Outcome.LOADED_WITH_QUERIES
    assert "height" not in record(office).submission.record
    assert states(office)[HEIGHT] is QueryEnd.CHANGED
    assert any(q.finding.item == "height" and not q.is_closed for q in office.queries())


def test_a_form_sent_after_a_sheet_and_older_than_it_waits(office):
    office.has_dates = True
    older = office.bytes_of(a_file(entered={**ANSWERS, "height": "3", "agreed": "yes"}))
    office.back(height="9")

    assert office.send(older).outcome is Outcome.REVIEW
    assert height(office) == 9


def test_a_sheet_whose_record_cannot_be_written_again_waits(office, monkeypatch):
    def refusing(*_arguments):
        raise DecisionRefused(Refusal.NOT_MERGED, place="A06")

    monkeypatch.setattr("intake.pipeline.returns.sheets.overlay", refusing)
    receipt = office.back(_q1__ok="1")

    assert receipt.outcome is Outcome.REVIEW
    assert Code.SHEET_NOT_LAID in codes(receipt)


def test_a_mark_is_late_where_an_answer_that_no_sheet_shows_is_another_since():
    """The letters belong to the question and stand on no sheet."""
    words = {"fr": "Vérifier ?", "en": "Check?"}
    rule = Rule(
        id="R01",
        severity=Severity.QUERY,
        when="height > 12.0",
        items=("height", "letters"),
        message=words,
    )
    garden = Garden(replace(ODD, rules=(rule,)))
    garden.form(visits__1__count="4", agreed="yes")
    garden.make()
    (number,) = (q.number for q in garden.queries() if q.finding.code == "R01")
    garden.decide(correct, "ZAA-001", [Correction("A02", "QB")], WHY)
    receipt = garden.back(**{f"_q{number}__ok": "1"})

    assert Code.SHEET_LATE in codes(receipt)
    assert QueryEnd.CONFIRMED not in states(garden).values()


def test_words_outside_the_places_of_a_sheet_are_said(office):
    receipt = office.back(Code.TEXT_ELSEWHERE, _q1__ok="1")

    assert Code.TEXT_ELSEWHERE in codes(receipt)
    assert states(office)[HEIGHT] is QueryEnd.CONFIRMED


@pytest.fixture
def ruled():
    """Return an office whose two questions both name the height."""
    rule = Rule(
        id="R01",
        severity=Severity.QUERY,
        when='height > 10.0 && "red" in colours',
        items=("colours", "height"),
        message={"fr": "Grande et rouge ?", "en": "Tall and red?"},
    )
    garden = Garden(replace(ODD, rules=(rule,)))
    garden.form(visits__1__count="4", agreed="yes")
    garden.make()
    return garden


def test_a_place_that_two_questions_name_is_asked_once_and_named_in_the_other(ruled):
    items = {item.name: item for item in ruled.sheet[0].single_items}

    assert list(items) == ["_q1", "height", "_q1_why", "_q2", "colours", "_q2_why"]


def test_an_answer_is_left_where_one_of_the_questions_that_name_it_is_in_doubt(ruled):
    receipt = ruled.back(_q1__ok="1", height="9")

    assert height(ruled) == 12.5
    assert [f.code for f in receipt.findings].count(Code.SHEET_UNCLEAR) == 2


def test_one_answer_may_close_two_questions(ruled):
    ruled.back(height="9")

    assert set(states(ruled).values()) == {QueryEnd.CHANGED}


def test_another_choice_of_several_is_an_answer(ruled):
    ruled.back(colours__red="", colours__blue="1")

    assert record(ruled).submission.record["colours"] == ["blue"]


@pytest.mark.parametrize("named", [{"revision": 2}, {"number": 2}, {"subject": "ZAA-002"}])
def test_a_stamp_that_was_changed_makes_a_sheet_unknown(office, named):
    _, asked = office.sheet
    office.form(height="7", filled="20/10/2026")
    office.form(letters="XW", born="02/02/1944")
    own = replace(asked.stamp, sheet=replace(asked.stamp.sheet, **named))
    receipt = office.send(seen(own, {**asked.prefill, "_q2__ok": "1"}))

    assert (receipt.outcome, codes(receipt)) == (Outcome.REVIEW, [Code.SHEET_UNKNOWN])
