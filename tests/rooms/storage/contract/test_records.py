"""What every store promises about a record's revisions, asked of the real one and of the fake."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.model.finding import Finding, Severity
from intake.model.query import Query, QueryAction, QueryStep
from intake.model.receipt import Outcome, ReviewAction, ReviewDecision
from intake.model.record import Clues, Entry
from tests.rooms.storage.forms import FORM, RECEIVED, asking, duplicate, in_review, key, loaded


def told(entry: Entry, action: ReviewAction, **more: object) -> Entry:
    decision = ReviewDecision(action=action, at=RECEIVED)
    return replace(
        entry,
        receipt=replace(entry.receipt, decisions=(*entry.receipt.decisions, decision), **more),
    )


def undone(entry: Entry) -> Entry:
    return told(
        entry,
        ReviewAction.UNDO,
        outcome=Outcome.REVIEW,
        record_id=None,
        subject=None,
        revision=None,
    )


def revisions(store):
    return [(r.subject, r.revision, r.receipt) for r in store.records()]


def test_an_entry_saved_with_a_decision_keeps_its_reason(store):
    correction = replace(told(loaded("a"), ReviewAction.CORRECT), reason="asked")
    receipt = store.save(correction)

    assert store.reasons(receipt.id) == ("asked",)
    store.verify()


def test_what_is_kept_of_a_loaded_receipt_comes_back_whole(store):
    entry = replace(loaded("a"), likeness="like")
    receipt = store.save(entry)

    assert store.kept(receipt.id) == replace(entry, receipt=receipt)
    with pytest.raises(KeyError):
        store.kept("000009")


def test_the_receipts_of_a_record_are_told_with_what_repeats_it(store):
    first = store.save(loaded("a"))
    store.save(loaded("b", key("QUZZ")))
    second = store.save(loaded("c"))

    assert store.receipts_of(first.record_id) == (first, second)


def test_a_withdrawn_record_is_no_current_one_and_is_still_known(store):
    receipt = store.save(loaded("a"))
    store.decide(told(store.kept(receipt.id), ReviewAction.WITHDRAW), "asked")

    assert list(store.records()) == []
    with pytest.raises(KeyError):
        store.current(receipt.record_id)
    known = store.known_record(FORM, "REI-001")
    assert (known.revision, known.current.is_withdrawn) == (1, True)
    store.verify()


def test_a_withdrawn_record_comes_back_as_the_revision_it_was(store):
    receipt = store.save(loaded("a"))
    before = list(store.records())
    store.decide(told(store.kept(receipt.id), ReviewAction.WITHDRAW))
    store.decide(told(store.kept(receipt.id), ReviewAction.UNDO))

    assert list(store.records()) == before
    store.verify()


def test_a_form_loaded_over_a_withdrawn_record_is_its_next_revision(store):
    receipt = store.save(loaded("a"))
    store.decide(told(store.kept(receipt.id), ReviewAction.WITHDRAW))
    store.save(loaded("b"))

    assert revisions(store) == [("REI-001", 2, "000002")]
    store.verify()


def test_the_revision_before_an_undone_one_is_current_again(store):
    store.save(loaded("a"))
    second = store.save(loaded("b"))
    store.decide(undone(store.kept(second.id)))

    assert revisions(store) == [("REI-001", 1, "000001")]
    assert store.entry(second.id).submission is not None
    assert store.known_record(FORM, "REI-001").revision == 2
    assert store.save(loaded("c")).revision == 3
    store.verify()


def test_an_undone_revision_may_move_a_query_to_the_one_before(store):
    first = store.save(asking(loaded("a")))
    second = store.save(loaded("b"))
    asked = next(iter(store.queries(first.record_id)))
    moved = replace(asked, revision=7)
    store.decide(replace(undone(store.kept(second.id)), queries=(moved,)))

    assert next(iter(store.queries(first.record_id))) == moved
    store.verify()


def test_a_record_of_which_nothing_is_left_keeps_its_numbers_and_goes_on_counting(store):
    receipt = store.save(loaded("a"))
    store.decide(undone(store.kept(receipt.id)))

    assert store.known_record(FORM, "REI-001") is None
    assert store.record_under(FORM, key()) == (receipt.record_id, 1)
    assert store.record_under(FORM, key("QUZZ")) == ("", 0)
    again = store.save(loaded("b"))
    assert (again.subject, again.revision) == ("REI-001", 2)
    store.verify()


def test_after_an_objection_nothing_is_left_but_that(store):
    first = store.save(loaded("a"))
    second = store.save(loaded("b"))
    store.save(loaded("c", key("QUZZ")))
    query = Query(
        number=1,
        finding=Finding(code="R01", severity=Severity.QUERY, context={"entered": "12"}),
        revision=1,
        steps=(QueryStep(action=QueryAction.OPENED, at=RECEIVED, reason="said"),),
        record_id=first.record_id,
        subject=first.subject,
    )
    store.step(query)
    for receipt in (first, second):
        emptied = told(Entry(receipt=receipt), ReviewAction.OBJECTION, outcome=Outcome.REJECTED)
        store.decide(emptied)

    assert [r.subject for r in store.records()] == ["REI-002"]
    assert store.kept(first.id).submission is None
    assert store.candidates(Clues(FORM, key())).objected == ("REI-001",)
    assert store.candidates(Clues(FORM, key("QUZZ"))).objected == ()
    (left,) = store.queries()
    assert (left.finding.context, left.steps[0].reason) == ({}, "")
    store.verify()


def test_a_loaded_receipt_takes_no_other_decision(store):
    receipt = store.save(loaded("a"))

    with pytest.raises(ValueError, match="not in review"):
        store.decide(told(store.kept(receipt.id), ReviewAction.ACCEPT))


def test_what_left_since_a_receipt_came_is_known(store):
    first = store.save(loaded("a"))
    store.note("export", {"profile": "analysis"})
    second = store.save(loaded("b"))

    assert (store.has_left(first.id), store.has_left(second.id)) == (True, False)
    store.decide(told(store.kept(first.id), ReviewAction.WITHDRAW))
    assert (store.has_left(first.id), store.has_left(first.id, revision=1)) == (False, True)


def test_another_event_is_no_export(store):
    receipt = store.save(loaded("a"))
    store.note("verified", {})
    store.save(in_review("b", key("QUZZ")))
    store.save(duplicate("a", receipt.id))

    assert not store.has_left(receipt.id, revision=1)
