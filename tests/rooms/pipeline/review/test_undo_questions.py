"""What is undone and what was asked: questions stand as they did, and no sheet goes astray."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.model.computed import Rule
from intake.model.errors import DecisionRefused
from intake.model.file.container import Contents, Reply, ReplyLine
from intake.model.finding import Severity
from intake.model.finding_codes import FindingCode as Code
from intake.model.query import QueryEnd, QueryState
from intake.model.receipt import Correction, Outcome
from intake.pipeline.queries import acts
from intake.pipeline.queries.steps import Said
from intake.pipeline.review.correct import correct
from intake.pipeline.review.decisions import accept
from intake.pipeline.review.recheck import recheck_records
from intake.pipeline.review.refuse import reject
from intake.pipeline.review.undo import undo
from intake.pipeline.review.withdraw import withdraw
from tests.kit.plain_office import NOON, WHY, codes
from tests.kit.plain_sheets import ODD, Garden

LATER = "20/10/2026"


@pytest.fixture
def office():
    garden = Garden()
    garden.form()
    return garden


def ends(office):
    return {query.number: query.how or query.state for query in office.queries()}


def height(office):
    (stored,) = office.records()
    return stored.submission.record["height"]


def test_what_an_undone_sheet_confirmed_or_said_is_asked_again(office):
    office.make()
    receipt = office.back(_q1__ok="1", _q3_why="relu")
    undone = office.decide(undo, receipt.id)

    assert Code.IDENTITY_INCOMPLETE not in codes(undone)
    assert list(ends(office).values()) == [QueryState.ASKED] * 3
    office.decide(accept, receipt.id, WHY)
    assert (ends(office)[1], ends(office)[3]) == (QueryEnd.CONFIRMED, QueryState.ANSWERED)
    assert len(office.queries()) == 3


def test_what_was_confirmed_stays_so_when_a_correction_that_came_back_to_it_is_undone(office):
    first = next(office.store.queries())
    acts.confirm(office.store, first, Said(at=NOON))
    office.decide(correct, "ZAA-001", [Correction("A06", "9")], WHY)
    again = office.decide(correct, "ZAA-001", [Correction("A06", "12,5")], WHY)
    office.decide(undo, again.id)
    office.decide(undo, "000002")

    assert (height(office), ends(office)[1], len(office.queries())) == (
        12.5, QueryEnd.CONFIRMED, 3,
    )  # fmt: skip
    (stored,) = office.records()
    assert ("height", None) in stored.confirmed


def test_what_newer_rules_asked_of_the_revision_before_is_asked_again(office):
    tall = {"fr": "Haut ?", "en": "Tall?"}
    rule = Rule(
        id="R01", severity=Severity.QUERY, when="height > 11.0", items=("height",), message=tall
    )
    newest = replace(ODD, version="1.1.0", fingerprint="0A1B2C3E", rules=(rule,))
    office.versions = (ODD, newest)
    list(recheck_records(office.desk, newest, ask_new=False, keeps=True))
    newer = office.form(height="14", filled=LATER)
    office.decide(undo, newer.id)

    asked = {query.finding.code: query.state for query in office.queries()}
    assert asked["R01"] is QueryState.OPEN


def test_what_is_said_of_a_sheet_asks_nothing_when_the_next_revision_is_undone(office):
    office.make()
    sheet = office.back(height="9", _q1__ok="1")
    assert Code.SHEET_UNCLEAR in codes(sheet)
    newer = office.form(height="14", filled=LATER)
    office.decide(undo, newer.id)

    assert Code.SHEET_UNCLEAR not in [query.finding.code for query in office.queries()]


def test_a_question_that_is_open_under_another_number_is_not_asked_again(office):
    first = next(office.store.queries())
    office.decide(undo, "000001")
    office.decide(accept, "000001", WHY)
    (closed, *_) = (query for query in office.store.queries() if query.number == first.number)

    with pytest.raises(DecisionRefused) as problem:
        acts.reopen(office.store, office.desk.study.forms, closed, Said(at=NOON, reason="vu"))
    assert problem.value.context["query"] != closed.id


def test_a_sheet_made_after_a_revision_was_undone_is_about_the_one_before(office):
    newer = office.form(height="14", filled=LATER)
    office.decide(undo, newer.id)
    office.make()
    receipt = office.back(_q1__ok="1")

    assert (receipt.outcome.is_loaded, ends(office)[1]) == (True, QueryEnd.CONFIRMED)


def test_a_sheet_that_was_refused_is_decided_on_as_if_it_came_now(office):
    office.make()
    office.decide(withdraw, "ZAA-001", WHY)
    receipt = office.back(height="9")
    office.decide(undo, "000001")
    office.decide(reject, receipt.id, WHY)
    again = office.decide(undo, receipt.id)

    assert (again.outcome.is_loaded, again.subject, height(office)) == (True, "ZAA-001", 9)


def test_a_message_whose_lines_were_taken_waits_again_with_them(office):
    reply = Reply(("ZAA-001",), (ReplyLine("A06", "9"), ReplyLine("B02.1", "confirmé")))
    receipt = office.send(Contents(members=(), own_words=4, reply=reply), "reponse.eml")
    office.decide(accept, receipt.id)
    undone = office.decide(undo, receipt.id)

    assert (undone.outcome, height(office)) == (Outcome.REVIEW, 12.5)
    assert (undone.revision, undone.record_id, undone.changes) == (None, None, ())
    assert set(ends(office).values()) == {QueryState.ASKED}
    again = office.decide(accept, receipt.id)
    assert (again.revision, height(office), len(office.queries())) == (3, 9, 3)
    assert ends(office)[2] is QueryEnd.CONFIRMED


def test_a_message_that_was_refused_waits_again_with_its_lines(office):
    reply = Reply(("ZAA-001",), (ReplyLine("A06", "9"),))
    receipt = office.send(Contents(members=(), own_words=4, reply=reply), "reponse.eml")
    office.decide(reject, receipt.id, WHY)
    again = office.decide(undo, receipt.id)

    assert (again.outcome, Code.MESSAGE_ANSWERS in codes(again)) == (Outcome.REVIEW, True)
    assert office.decide(accept, receipt.id).revision == 2
    assert height(office) == 9


def test_a_sheet_of_an_undone_form_is_never_laid_over_another_form(office):
    office.make()
    office.decide(undo, "000001")
    office.decide(reject, "000001", WHY)
    office.form(height="7", filled=LATER)
    receipt = office.back(_q2__ok="1")

    assert (receipt.outcome, codes(receipt)) == (Outcome.REVIEW, [Code.SHEET_UNKNOWN])
    assert height(office) == 7
