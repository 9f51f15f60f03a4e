"""A receipt that is written asks its questions: from then on they are asked, once."""

from __future__ import annotations

import datetime as dt

import pytest

from intake.model.finding_codes import FindingCode as Code
from intake.model.query import QueryAction, QueryState
from intake.model.receipt import Correction
from intake.pipeline.queries import acts
from intake.pipeline.queries.steps import Said
from intake.pipeline.review.correct import correct
from intake.pipeline.review.decisions import accept
from intake.pipeline.review.recheck import recheck_records
from intake.pipeline.review.undo import undo
from intake.pipeline.review.withdraw import withdraw
from tests.kit.garden import a_file
from tests.kit.plain_office import NOON, WHY
from tests.kit.plain_sheets import ANSWERS, ODD, Garden
from tests.rooms.pipeline.queries.test_versions import NEW

LATER = NOON + dt.timedelta(days=1)
HEIGHT, COUNT, AGREED = 1, 2, 3
"""The queries by number."""


@pytest.fixture
def office():
    made = Garden()
    made.drop("fiche.pdf", a_file(entered=ANSWERS))
    return made


def steps(office, number=HEIGHT):
    query = next(query for query in office.queries() if query.number == number)
    return [(step.action.value, step.receipt, step.sheet) for step in query.steps]


def states(office):
    return [query.state for query in office.queries()]


OPENED, TOLD = ("opened", "000001", None), ("asked", "000001", None)


def test_every_question_of_a_receipt_is_asked_by_it_when_it_is_written(office):
    office.now = LATER
    office.run()

    assert [steps(office, number) for number in (1, 2, 3)] == [[OPENED, TOLD]] * 3
    assert office.queries()[0].last(QueryAction.ASKED).at == LATER


def test_a_receipt_that_cannot_be_written_asks_nothing_until_it_is(office):
    office.outbox.closed.add("000001")
    office.run()
    assert set(states(office)) == {QueryState.OPEN}

    office.outbox.closed.clear()
    office.run()
    office.run()
    assert steps(office) == [OPENED, TOLD]


def test_what_is_asked_and_that_it_was_delivered_are_kept_together_or_not_at_all(
    office, monkeypatch
):
    def cut(_receipt):
        raise KeyboardInterrupt

    with monkeypatch.context() as power:
        power.setattr(office.store, "mark_delivered", cut)
        with pytest.raises(KeyboardInterrupt):
            office.run()
    assert set(states(office)) == {QueryState.OPEN}

    office.run()
    assert steps(office) == [OPENED, TOLD]


def test_a_question_that_was_asked_is_not_asked_by_the_next_receipt_too(office):
    office.run()
    office.form(remark="un mot")
    office.make()
    office.back(_q2__ok="1")

    assert steps(office) == [OPENED, TOLD, ("asked", "000002", 1)]


def test_what_waits_asks_nothing_until_it_is_loaded():
    office = Garden()
    held = office.send(a_file(Code.STAMP_MISSING, entered=ANSWERS))
    assert office.queries() == []
    office.decide(accept, held.id, WHY)
    assert set(states(office)) == {QueryState.ASKED}


def test_what_no_receipt_tells_is_asked_by_nobody_yet(office):
    """Newer rules and a person ask without a file: the next sheet puts it to the centre."""
    office.run()
    office.versions = (ODD, NEW)
    list(recheck_records(office.desk, NEW, ask_new=False, keeps=True))

    codes = {q.finding.code for q in office.queries() if q.state is QueryState.OPEN}
    assert codes == {"R51", "R52"}


def test_a_receipt_of_older_answers_asks_nothing_about_newer_ones(office):
    """The first receipt is written after the second form was loaded."""
    office.outbox.closed |= {"000001", "000002"}
    office.run()
    office.form(height="70", filled="20/10/2026")
    office.outbox.closed = {"000002"}
    office.run()

    newer = next(query for query in office.queries() if query.number > AGREED)
    assert (newer.finding.item, newer.state) == ("height", QueryState.OPEN)


def test_what_is_undone_leaves_a_question_asked_as_it_was(office):
    office.run()
    office.make()
    again = office.decide(correct, "ZAA-001", [Correction("A06", "9")], WHY)
    office.decide(undo, again.id)

    assert steps(office)[-3:] == [
        ("closed", again.id, None),
        ("reopened", again.id, None),
        ("asked", "000001", 1),
    ]
    assert office.back(_q1__ok="1").outcome.is_loaded


def test_what_a_person_noted_of_a_centre_stands_again_when_a_revision_is_undone(office):
    office.run()
    acts.answer(office.store, office.queries()[0], Said(at=NOON, reason="ils regardent"))
    newer = office.form(height="9", filled="20/10/2026")
    office.decide(undo, newer.id)

    query = office.queries()[0]
    assert (query.state, query.steps[-1].reason) == (QueryState.ANSWERED, "ils regardent")


def test_a_record_that_was_withdrawn_comes_back_with_its_questions_asked(office):
    office.run()
    acts.withdraw(office.store, office.queries()[1], Said(at=NOON, reason="inutile"))
    office.decide(withdraw, "ZAA-001", WHY)
    office.decide(undo, "000001")

    assert states(office) == [QueryState.ASKED, QueryState.CLOSED, QueryState.ASKED]
    assert steps(office).count(TOLD) == 2
