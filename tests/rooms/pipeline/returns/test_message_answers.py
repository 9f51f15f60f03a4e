"""Answers written as lines of a message: proposed to a person, taken with one act."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from intake.model.computed import Rule
from intake.model.errors import Refusal
from intake.model.file.container import Contents, Reply, ReplyLine
from intake.model.finding import Finding, Severity
from intake.model.finding_codes import FindingCode as Code
from intake.model.query import Query, QueryAction, QueryEnd, QueryState, QueryStep
from intake.model.receipt import Correction, Outcome
from intake.model.submission import Rung, StampClaim
from intake.pipeline.queries import acts
from intake.pipeline.queries.steps import Said
from intake.pipeline.returns.message_answers import _confirmed
from intake.pipeline.review import amend, decisions, refuse
from tests.kit.garden import RENAMED, a_file, stamp
from tests.kit.plain_office import NOON, WHY, codes
from tests.kit.plain_sheets import ANSWERS, ODD, Garden


@pytest.fixture
def office():
    garden = Garden()
    garden.form()
    return garden


def message(*lines, names=("ZAA-001",)):
    """Return a message without files whose sender wrote these lines: a code and a text each."""
    said = tuple(ReplyLine(code, text) for code, text in lines)
    return Contents(members=(), own_words=9, reply=Reply(names, said))


def height(office):
    (stored,) = office.records()
    return stored.submission.record["height"]


def states(office):
    return {query.number: query.how or query.state for query in office.queries()}


def test_a_line_is_proposed_and_changes_nothing_before_a_person_agrees(office):
    receipt = office.send(message(("A06", "9")), "reponse.eml")

    assert receipt.outcome is Outcome.REVIEW
    assert Code.MESSAGE_ANSWERS in codes(receipt)
    assert height(office) == 12.5
    assert [v.raw for v in office.store.entry(receipt.id).submission.values] == ["9"]


def test_one_act_takes_every_line(office):
    receipt = office.send(
        message(("A06", "confirmé tel quel"), ("B02.1", "4"), ("A05", "yes")), "reponse.eml"
    )
    loaded = office.decide(decisions.accept, receipt.id, "")

    assert (loaded.outcome, loaded.subject, loaded.revision) == (Outcome.LOADED, "ZAA-001", 2)
    assert states(office) == {1: QueryEnd.CONFIRMED, 2: QueryEnd.CHANGED, 3: QueryEnd.CHANGED}
    (stored,) = office.records()
    value = next(v for v in stored.submission.values if v.item == "agreed")
    assert (value.value, value.rung) == ("yes", Rung.PERSON)


def test_the_code_of_what_asks_confirms_that_question():
    office = Garden()
    office.form(visits__1__count="4")
    receipt = office.send(message(("RANGE_SOFT", "Confirmed as is.")), "reponse.eml")
    office.decide(decisions.accept, receipt.id, "")

    assert states(office)[1] is QueryEnd.CONFIRMED


def test_a_code_of_two_questions_confirms_neither(office):
    before = states(office)
    receipt = office.send(message(("RANGE_SOFT", "Confirmed as is.")), "reponse.eml")

    assert Code.MESSAGE_ANSWERS not in codes(receipt)
    assert states(office) == before


def test_a_question_that_was_asked_since_is_not_confirmed_by_an_older_message(office):
    receipt = office.send(message(("A06", "confirmé tel quel")), "reponse.eml")
    sent = receipt.source.received
    (stored,) = office.records()
    asked = QueryStep(action=QueryAction.OPENED, at=sent + dt.timedelta(minutes=1), by="Ana")
    finding = Finding(code=Code.STUDY_QUESTION, severity=Severity.QUERY, item="height")
    late = Query(number=9, finding=finding, revision=1, steps=(asked,))
    office.store.step(replace(late, record_id=stored.record_id, subject=stored.subject))
    office.decide(decisions.accept, receipt.id, "")

    assert (states(office)[1], states(office)[9]) == (QueryEnd.CONFIRMED, QueryState.OPEN)


def test_a_receipt_names_the_record_as_well(office):
    receipt = office.send(message(("A06", "9"), names=("000001",)), "reponse.eml")

    assert receipt.outcome is Outcome.REVIEW


@pytest.mark.parametrize("names", [("ZAA-009",), ("000099",), ("ZAA-001", "ZAA-002")])
def test_a_message_of_no_record_or_of_two_is_not_read(office, names):
    office.form(letters="XW", born="02/02/1944")
    receipt = office.send(message(("A06", "9"), names=names), "reponse.eml")

    assert Code.MESSAGE_ANSWERS not in codes(receipt)
    assert receipt.outcome is Outcome.REJECTED


@pytest.mark.parametrize("line", [("Z99", "9"), ("A02", "QB"), ("B01.1", "m6")])
def test_a_line_of_no_question_or_of_who_the_patient_is_is_not_taken(office, line):
    receipt = office.send(message(line), "reponse.eml")

    assert Code.MESSAGE_ANSWERS not in codes(receipt)


def test_an_answer_that_cannot_be_read_is_refused_and_nothing_changes(office):
    receipt = office.send(message(("A06", "douze"), ("A05", "yes")), "reponse.eml")

    assert office.refused(decisions.accept, receipt.id, "") == Refusal.NOT_UNDERSTOOD
    assert states(office)[3] is QueryState.ASKED


def test_a_missing_answer_is_not_confirmed(office):
    receipt = office.send(message(("A05", "confirmé")), "reponse.eml")

    assert office.refused(decisions.accept, receipt.id, "") == Refusal.CONFIRMS_MISSING


def test_a_message_may_be_refused_and_its_patient_is_not_chosen(office):
    receipt = office.send(message(("A06", "9")), "reponse.eml")

    assert office.refused(decisions.same_as, receipt.id, "ZAA-001", WHY) == Refusal.IS_A_SHEET
    assert office.refused(amend.set_answer, receipt.id, Correction("A06", "8"), WHY)
    office.decide(refuse.reject, receipt.id, WHY)
    assert height(office) == 12.5


def test_a_message_with_files_is_what_its_files_are(office):
    inside = office.member("fiche.pdf", a_file(entered={}))
    held = message(("A06", "9"))
    receipt = office.send(Contents(members=(inside,), own_words=9, reply=held.reply), "reponse.eml")

    assert Code.MESSAGE_ANSWERS not in codes(receipt)


@pytest.mark.parametrize("text", ["9", "confirmé"])
def test_a_line_about_an_answer_that_a_newer_form_changed_is_not_taken(office, text):
    receipt = office.send(message(("A06", text)), "reponse.eml")
    office.form(height="70", filled="20/10/2026")

    assert office.refused(decisions.accept, receipt.id, "") == Refusal.MESSAGE_LATE
    assert height(office) == 70


def test_a_line_about_an_answer_that_is_as_it_was_is_taken_after_a_newer_form(office):
    receipt = office.send(message(("A06", "9")), "reponse.eml")
    office.form(visits__1__count="50", filled="20/10/2026")
    office.decide(decisions.accept, receipt.id, "")

    assert height(office) == 9


def test_a_message_about_an_older_version_of_the_form_is_not_taken():
    office = Garden()
    office.versions = (ODD, RENAMED)
    office.form()
    receipt = office.send(message(("A06", "9")), "reponse.eml")
    named = {**ANSWERS, "size": "14", "filled": "20/10/2026"}
    for gone in ("height", "colours__red"):
        named.pop(gone, None)
    newest = StampClaim("field", stamp(version="1.1.0", fingerprint="0A1B2C3F"))
    office.send(a_file(entered=named, claims=(newest,)))

    assert office.refused(decisions.accept, receipt.id, "") == Refusal.MESSAGE_LATE


@pytest.mark.parametrize("second", ["8", "confirmé"])
def test_two_lines_that_say_different_things_of_one_question_are_not_taken(office, second):
    receipt = office.send(message(("A06", "9"), ("A06", second)), "reponse.eml")

    assert office.refused(decisions.accept, receipt.id, "") == Refusal.TWO_ANSWERS


def test_a_rule_is_not_confirmed_beside_another_answer_to_one_of_its_questions():
    rule = Rule(
        id="R01",
        severity=Severity.QUERY,
        when='height > 10.0 && "red" in colours',
        items=("colours", "height"),
        message={"fr": "Grande et rouge ?", "en": "Tall and red?"},
    )
    office = Garden(replace(ODD, rules=(rule,)))
    office.form()
    receipt = office.send(message(("R01", "confirmé"), ("A06", "9")), "reponse.eml")

    assert office.refused(decisions.accept, receipt.id, "") == Refusal.TWO_ANSWERS
    assert (height(office), QueryEnd.CONFIRMED in states(office).values()) == (12.5, False)


def test_a_line_that_confirms_what_nobody_asks_is_not_proposed(office):
    receipt = office.send(message(("B02.2", "confirmé")), "reponse.eml")

    assert Code.MESSAGE_ANSWERS not in codes(receipt)


def test_what_was_settled_since_changes_nothing(office):
    receipt = office.send(message(("A06", "confirmé")), "reponse.eml")
    acts.confirm(office.store, next(office.store.queries()), Said(at=NOON))

    assert office.refused(decisions.accept, receipt.id, "") == Refusal.NOTHING_CHANGES


def asks(item, code, items=()):
    """Return what is open: a query by its code, about a question and perhaps others."""
    step = QueryStep(action=QueryAction.OPENED, at=NOON)
    finding = Finding(code=code, severity=Severity.QUERY, item=item, items=items)
    return Query(number=1, finding=finding, revision=1, steps=(step,))


@pytest.mark.parametrize(
    ("open_queries", "place"),
    [
        ([asks("height", "R1")], "height"),
        ([asks("remark", "A06")], "remark"),
        ([asks("height", "R1"), asks("remark", "A06")], None),
        ([asks("height", "A06")], "height"),
        ([asks("remark", "R1")], None),
    ],
)
def test_a_code_that_a_question_and_a_rule_share_confirms_only_what_is_meant_for_sure(
    open_queries, place
):
    found = _confirmed(ODD, open_queries, ReplyLine("A06", "confirmé"))

    assert (found.item.name if found else None) == place
