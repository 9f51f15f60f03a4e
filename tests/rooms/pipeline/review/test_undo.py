"""Taking back a loading or a decision: the revision before it is current again."""

from __future__ import annotations

import pytest

from intake.model.errors import Refusal
from intake.model.query import QueryState
from intake.model.receipt import Correction, Outcome, ReviewAction
from intake.model.submission import Rung
from intake.pipeline.review.amend import set_answer
from intake.pipeline.review.correct import correct
from intake.pipeline.review.decisions import accept, same_as
from intake.pipeline.review.merge import merge
from intake.pipeline.review.refuse import reject
from intake.pipeline.review.undo import undo
from tests.kit.garden import changed
from tests.kit.plain_office import WHY, PlainOffice, codes


@pytest.fixture
def office():
    made = PlainOffice()
    made.send(changed(height="haut", remark="au nord"))
    return made


def states(office):
    return [(q.finding.code, q.state) for q in office.store.queries()]


def held(office):
    (record,) = office.records()
    return record.revision, record.submission.record.get("height")


def test_a_correction_that_is_undone_is_gone(office):
    before = office.records()
    receipt = office.decide(correct, "ZAA-001", [Correction("height", "13")], WHY)
    gone = office.decide(undo, receipt.id, WHY)
    assert office.records() == before
    assert (gone.outcome, gone.decisions[-1].action) == (Outcome.REJECTED, ReviewAction.UNDO)
    assert (gone.changes, gone.subject) == ((), "ZAA-001")
    assert office.store.kept(gone.id).submission is None
    assert states(office) == [("NUMBER_UNREADABLE", QueryState.ASKED)]


def test_a_revision_that_is_undone_waits_and_the_one_before_is_current(office):
    receipt = office.send(changed(height="14", filled="09/10/2026"))
    assert held(office) == (2, 14)
    assert states(office) == [("NUMBER_UNREADABLE", QueryState.CLOSED)]
    undone = office.decide(undo, receipt.id)
    assert (undone.outcome, undone.record_id, undone.revision) == (Outcome.REVIEW, None, None)
    assert codes(undone) == ["REVISION", "UNDONE"]
    assert held(office) == (1, None)
    assert states(office) == [("NUMBER_UNREADABLE", QueryState.ASKED)]


def test_a_number_of_a_revision_is_never_given_twice(office):
    receipt = office.send(changed(height="14", filled="09/10/2026"))
    office.decide(undo, receipt.id)
    assert office.decide(accept, receipt.id).revision == 3
    assert held(office) == (3, 14)


def test_the_first_revision_that_is_undone_leaves_a_number_and_no_answers(office):
    office.decide(undo, "000001")
    assert office.records() == []
    assert [state for _, state in states(office)] == [QueryState.CLOSED]
    again = office.decide(accept, "000001")
    assert (again.subject, again.revision) == ("ZAA-001", 2)
    assert [state for _, state in states(office)] == [QueryState.CLOSED, QueryState.ASKED]


def test_what_a_person_decided_waits_again_with_the_answers_given(office):
    near = office.send(changed(letters="QO", height="", filled="09/10/2026"))
    assert near.outcome is Outcome.REVIEW
    office.decide(set_answer, near.id, Correction("height", "15"), WHY)
    office.decide(same_as, near.id, "ZAA-001")
    undone = office.decide(undo, near.id)
    assert "IDENTITY_NEAR" in codes(undone)
    values = {v.item: v for v in office.store.entry(near.id).submission.values}
    assert (str(values["height"].value), values["height"].rung) == ("15", Rung.PERSON)
    assert held(office) == (1, None)


def test_a_merge_that_is_undone_leaves_the_corrections_alone(office):
    partial = changed(height="14", agreed="", colours__red="", remark="", filled="09/10/2026")
    receipt = office.send(partial)
    assert codes(receipt)[-1] == "REVISION_PARTIAL"
    office.decide(merge, receipt.id)
    office.decide(undo, receipt.id)
    kept = office.store.entry(receipt.id).submission
    assert "remark" not in {value.item for value in kept.values}


def test_a_refusal_is_undone_and_the_file_waits_as_it_did(office):
    near = office.send(changed(letters="QO", filled="09/10/2026"))
    office.decide(reject, near.id, WHY)
    undone = office.decide(undo, near.id)
    assert (undone.outcome, codes(undone)) == (Outcome.REVIEW, codes(near))
    assert office.store.entry(near.id).submission is not None


def test_only_the_current_revision_is_undone(office):
    office.send(changed(height="14", filled="09/10/2026"))
    assert office.refused(undo, "000001") is Refusal.NOT_CURRENT


@pytest.mark.parametrize("number", ["000009", "x"])
def test_an_unknown_receipt_is_not_undone(office, number):
    assert office.refused(undo, number) is Refusal.UNKNOWN_RECEIPT


def test_what_waits_or_was_refused_by_the_program_is_not_undone(office):
    near = office.send(changed(letters="QO", filled="09/10/2026"))
    assert office.refused(undo, near.id) is Refusal.NOT_UNDONE
    nothing = office.send(b"bruit")
    assert office.refused(undo, nothing.id) is Refusal.NOT_UNDONE


def test_nothing_is_undone_once_data_that_rest_on_it_were_exported(office):
    office.store.note("export", {"profile": "analysis"})
    assert office.refused(undo, "000001") is Refusal.ALREADY_SENT
    later = office.send(changed(height="14", filled="09/10/2026"))
    office.decide(undo, later.id)
    assert held(office) == (1, None)
