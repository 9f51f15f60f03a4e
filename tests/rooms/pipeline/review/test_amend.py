"""One answer given by the coordinator in a file that waits: read anew, judged anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.model.errors import DecisionRefused, Refusal, UnreadableFile
from intake.model.file.container import Contents
from intake.model.finding_codes import FindingCode as Code
from intake.model.receipt import Correction, Outcome, ReviewAction
from intake.model.submission import Rung
from intake.pipeline.review.amend import set_answer, set_answers
from intake.pipeline.review.decisions import accept
from tests.kit.garden import a_file, changed
from tests.kit.plain_office import WHY, PlainOffice, codes


@pytest.fixture
def office():
    return PlainOffice()


@pytest.fixture
def waiting(office):
    """Return the receipt of a form whose letters are too many."""
    return office.send(changed(letters="QATAR"))


def test_a_name_too_long_is_cut_by_a_person_then_accepted(office, waiting):
    assert codes(waiting) == ["IDENTITY_TOO_LONG"]
    still = office.decide(set_answer, waiting.id, Correction("A02", "QA"), WHY)
    assert (still.id, still.outcome, codes(still)) == (waiting.id, Outcome.REVIEW, [])
    assert [(d.action, d.code) for d in still.decisions] == [(ReviewAction.SET, "A02")]
    loaded = office.decide(accept, waiting.id)
    assert (loaded.outcome, loaded.subject, loaded.hint) == (Outcome.LOADED, "ZAA-001", "ZAA · QA")
    (record,) = office.records()
    (value,) = (v for v in record.submission.values if v.item == "letters")
    assert (value.value, value.raw, value.replaced, value.rung) == (
        "QA",
        "QA",
        "QATAR",
        Rung.PERSON,
    )
    assert [d.action for d in loaded.decisions] == [ReviewAction.SET, ReviewAction.ACCEPT]
    assert office.store.reasons(waiting.id) == (WHY, "")


def test_answers_given_one_after_the_other_are_all_kept(office, waiting):
    office.decide(set_answer, waiting.id, Correction("letters", "ZZ"), WHY)
    office.decide(set_answer, waiting.id, Correction("colours", "blue"), WHY)
    office.decide(set_answer, waiting.id, Correction("visits__2__count", "4"), WHY)
    office.decide(set_answer, waiting.id, Correction("letters", "QA"), WHY)
    office.decide(accept, waiting.id)
    (record,) = office.records()
    held = record.submission.record
    assert (held["letters"], held["colours"], held["visits"][0]["count"]) == ("QA", ["blue"], 4)
    before = {v.item: v.replaced for v in record.submission.values if v.rung is Rung.PERSON}
    assert before == {"letters": "QATAR", "colours": "red", "count": ""}


@pytest.mark.parametrize(
    ("place", "text", "why"),
    [
        ("height", "haut", Refusal.NOT_UNDERSTOOD),
        ("born", "1961", Refusal.NOT_UNDERSTOOD),
        ("letters", "QATAR", Refusal.NOT_UNDERSTOOD),
        ("remark", "Mme Zarrivo", Refusal.NOT_UNDERSTOOD),
        ("colours", "green", Refusal.NOT_UNDERSTOOD),
        ("nowhere", "1", Refusal.UNKNOWN_PLACE),
        ("height", " ", Refusal.EMPTY_VALUE),
        ("agreed", "Off", Refusal.EMPTY_VALUE),
        ("visits__1__month", "m6", Refusal.PRINTED_PLACE),
        ("agreed", "no", Refusal.OBJECTED),
    ],
)
def test_an_answer_that_cannot_be_taken_changes_nothing(office, waiting, place, text, why):
    assert office.refused(set_answer, waiting.id, Correction(place, text), WHY) is why


def test_what_is_wrong_with_an_answer_is_told(office, waiting):
    with pytest.raises(DecisionRefused) as problem:
        set_answer(office.desk, waiting.id, Correction("height", "haut"), WHY)
    assert problem.value.finding.code == "NUMBER_UNREADABLE"
    assert problem.value.context == {"place": "A06"}


def test_an_answer_is_given_with_a_reason_that_names_nobody(office, waiting):
    assert (
        office.refused(set_answer, waiting.id, Correction("A02", "QA"), " ")
        is Refusal.REASON_NEEDED
    )
    named = office.refused(set_answer, waiting.id, Correction("A02", "QA"), "Vu avec Mme Zarrivo")
    assert named is Refusal.REASON_IDENTIFIES


def test_setting_an_answer_judges_the_form_anew(office):
    office.send(a_file())
    receipt = office.send(changed(letters="QATAR", height="13"))
    near = office.decide(set_answer, receipt.id, Correction("letters", "QO"), WHY)
    assert (codes(near), near.hint) == (["IDENTITY_NEAR"], "ZAA · QO")
    known = office.decide(set_answer, receipt.id, Correction("letters", "QA", "zaa-001"), WHY)
    assert codes(known) == ["REVISION"]
    loaded = office.decide(accept, receipt.id)
    assert (loaded.subject, loaded.revision) == ("ZAA-001", 2)
    assert [change.item for change in loaded.changes] == ["height"]


def test_a_file_stays_in_review_under_its_key_whatever_its_answers_say(office, waiting):
    office.send(a_file())
    still = office.decide(set_answer, waiting.id, Correction("letters", "QA", "ZAA-001"), WHY)
    assert (still.outcome, still.earlier, still.subject) == (Outcome.REVIEW, None, None)
    entry = office.store.entry(waiting.id)
    assert (entry.key.parts, entry.content != "") == (("ZAA", "QA", "1961-04-17"), True)


def test_readings_that_disagree_are_settled_by_the_answer_of_a_person(office):
    found = changed(Code.READINGS_DISAGREE)
    found = replace(found, findings=(replace(found.findings[0], item="height"),))
    receipt = office.send(found)
    assert codes(receipt) == ["READINGS_DISAGREE"]
    settled = office.decide(set_answer, receipt.id, Correction("height", "12,5"), WHY)
    assert codes(settled) == []
    assert office.decide(accept, receipt.id).outcome is Outcome.LOADED


def test_a_scan_is_typed_answer_by_answer(office):
    receipt = office.send(a_file(Code.FILE_SCANNED))
    for place, text in (("place", "ZAA"), ("letters", "QA"), ("born", "17/04/1961")):
        office.decide(set_answer, receipt.id, Correction(place, text), WHY)
    loaded = office.decide(accept, receipt.id, WHY)
    assert (loaded.outcome, loaded.subject) == (Outcome.LOADED_WITH_QUERIES, "ZAA-001")


def test_a_member_keeps_its_place_under_its_container(office):
    inside = office.member("1.pdf", changed(letters="QATAR"))
    office.send(Contents(members=(inside,)))
    still = office.decide(set_answer, "000002", Correction("letters", "QA"), WHY)
    assert still.parent == "000001"


@pytest.mark.parametrize("problem", [UnreadableFile(Code.FILE_LIMIT, {"limit": "time"})])
def test_an_original_that_can_no_longer_be_read_changes_nothing(office, waiting, problem):
    for content in office._found:
        office._found[content] = problem
    assert (
        office.refused(set_answer, waiting.id, Correction("letters", "QA"), WHY)
        is Refusal.NOTHING_READ
    )


def test_an_answer_makes_a_form_a_known_patients_only_when_that_one_is_named(office):
    office.send(a_file())
    other = office.send(changed(Code.RULE_ERROR, letters="ZZ", born="01/02/1950"))
    office.decide(set_answer, other.id, Correction("born", "17/04/1961"), WHY)
    moves = Correction("letters", "QA")
    assert office.refused(set_answer, other.id, moves, WHY) is Refusal.MOVES_PATIENT
    wrong = replace(moves, moves_to="ZAA-002")
    assert office.refused(set_answer, other.id, wrong, WHY) is Refusal.MOVES_PATIENT
    moved = office.decide(set_answer, other.id, replace(moves, moves_to=" zaa-001 "), WHY)
    assert moved.outcome is Outcome.REVIEW


def test_several_answers_are_given_at_once_or_none(office, waiting):
    both = (Correction("letters", "QA"), Correction("A06", "14"))
    wrong = (*both, Correction("nowhere", "1"))
    assert office.refused(set_answers, waiting.id, wrong, WHY) is Refusal.UNKNOWN_PLACE
    twice = (*both, Correction(both[0].place, "13"))
    assert office.refused(set_answers, waiting.id, twice, WHY) is Refusal.TWO_ANSWERS
    still = office.decide(set_answers, waiting.id, both, WHY)
    assert still.outcome is Outcome.REVIEW
    assert [decision.code for decision in still.decisions] == ["A02, A06"]
    assert office.decide(accept, waiting.id).outcome is Outcome.LOADED
