"""What every store promises about a person's decision, asked of the real one and of the fake."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.model.errors import StoreUnavailable
from intake.model.receipt import Outcome, ReviewAction, ReviewDecision
from intake.model.record import Clues, Entry
from tests.rooms.storage.forms import (
    FORM,
    RECEIVED,
    duplicate,
    in_review,
    key,
    loaded,
    rejected,
)


def decided(entry: Entry, outcome: Outcome, action: ReviewAction, **more: object) -> Entry:
    decision = ReviewDecision(action=action, at=RECEIVED)
    receipt = replace(entry.receipt, outcome=outcome, decisions=(decision,), **more)
    return replace(entry, receipt=receipt)


def test_what_is_held_comes_back_as_it_was_saved(store):
    entry = in_review("a", key())
    receipt = store.save(entry)

    assert store.entry(receipt.id) == replace(entry, receipt=receipt)
    assert store.entry("1") == store.entry("000001")


def test_only_what_is_held_is_given_with_its_answers(store):
    receipts = [store.save(entry) for entry in (loaded("a"), rejected("b"))]

    assert [store.entry(r.id) for r in receipts] == [Entry(receipt=r) for r in receipts]


@pytest.mark.parametrize("name", ["000007", "x", "", "0"])
def test_an_unknown_receipt_has_no_entry(store, name):
    with pytest.raises(KeyError):
        store.entry(name)


def test_an_accepted_entry_becomes_a_record(store):
    held = store.entry(store.save(in_review("a", key())).id)

    receipt = store.decide(decided(held, Outcome.LOADED, ReviewAction.ACCEPT), "asked")

    assert (receipt.id, receipt.subject, receipt.revision) == ("000001", "REI-001", 1)
    (record,) = store.records()
    assert record.submission == held.submission
    assert store.candidates(Clues(FORM, key())).waiting == ()
    assert [stored.receipt for stored in store.receipts()] == [receipt]
    assert store.reasons(receipt.id) == ("asked",)
    store.verify()


def test_an_entry_can_become_a_revision_of_a_record_with_another_key(store):
    first = store.save(loaded("a"))
    held = store.entry(store.save(in_review("b", key("QUZZ"))).id)

    receipt = store.decide(
        decided(held, Outcome.LOADED, ReviewAction.SAME_AS, record_id=first.record_id)
    )

    assert (receipt.record_id, receipt.revision) == (first.record_id, 2)
    (known,) = store.candidates(Clues(FORM, key())).records
    assert known.keys == (key("QUZZ"), key())
    assert [form.by_person for form in known.forms] == [False, True]
    store.verify()


def test_a_key_that_never_changed_is_known_once(store):
    store.save(loaded("a"))
    store.save(loaded("b", height="13"))

    (known,) = store.candidates(Clues(FORM, key())).records
    assert known.keys == (key(),)


def test_what_is_rejected_is_no_longer_held(store):
    held = store.entry(store.save(in_review("a", key())).id)

    receipt = store.decide(
        decided(Entry(receipt=held.receipt), Outcome.REJECTED, ReviewAction.REJECT), "why"
    )

    assert store.entry(receipt.id) == Entry(receipt=receipt)
    assert store.candidates(Clues(FORM, key())).waiting == ()
    assert store.receipt_for(receipt.source.sha256) is None
    store.verify()


def test_bytes_that_a_patient_objected_to_stay_known(store):
    held = store.entry(store.save(in_review("a", key())).id)

    receipt = store.decide(
        decided(Entry(receipt=held.receipt), Outcome.REJECTED, ReviewAction.OBJECTION)
    )

    assert store.receipt_for(receipt.source.sha256) == receipt
    assert store.entry(receipt.id).submission is None


def test_a_decided_receipt_is_delivered_again(store):
    receipt = store.save(in_review("a", key()))
    store.mark_delivered(receipt.id)

    decided_on = store.decide(
        decided(store.entry(receipt.id), Outcome.REVIEW, ReviewAction.SET), "typed"
    )

    assert store.undelivered() == (decided_on,)
    assert store.entry(receipt.id).submission is not None


def test_each_decision_keeps_its_reason(store):
    held = store.entry(store.save(in_review("a", key())).id)
    first = decided(held, Outcome.REVIEW, ReviewAction.SET)
    store.decide(first, "one")
    again = ReviewDecision(action=ReviewAction.SET, at=RECEIVED, code="A05")
    both = replace(first.receipt, decisions=(*first.receipt.decisions, again))

    store.decide(replace(first, receipt=both), "two")

    assert store.reasons("000001") == ("one", "two")
    store.verify()


@pytest.mark.parametrize("entry", [loaded("a"), rejected("a")])
def test_what_is_not_in_review_is_not_decided_on(store, entry):
    receipt = store.save(entry)
    again = replace(entry, receipt=receipt)

    with pytest.raises(ValueError, match="review"):
        store.decide(decided(again, Outcome.REVIEW, ReviewAction.SET))


def test_a_repeat_can_be_emptied_with_what_it_repeats(store):
    store.save(in_review("a", key()))
    repeat = store.save(duplicate("a", "000001"))

    entry = decided(Entry(receipt=repeat), Outcome.DUPLICATE, ReviewAction.OBJECTION, hint="")

    assert store.decide(entry).hint == ""
    store.verify()


def test_a_decision_that_fails_changes_nothing(store):
    receipt = store.save(in_review("a", key()))
    held = store.entry(receipt.id)

    with pytest.raises(ValueError, match="does not exist"):
        store.decide(decided(held, Outcome.LOADED, ReviewAction.SAME_AS, record_id="nobody"))

    assert store.entry(receipt.id) == held
    assert store.reasons(receipt.id) == ()
    store.verify()


def test_a_receipt_put_back_as_it_was_before_the_decision_is_found(sql_store):
    receipt = sql_store.save(in_review("a", key()))
    with sql_store._database.reading() as connection:
        (before,) = connection.exec_driver_sql("select body, salt from receipt").fetchall()
    sql_store.decide(
        decided(sql_store.entry(receipt.id), Outcome.LOADED, ReviewAction.ACCEPT), "asked"
    )
    with sql_store._database.writing() as connection:
        connection.exec_driver_sql("update receipt set body = ?, salt = ?", tuple(before))

    with pytest.raises(StoreUnavailable, match=r"chain_rows.*000001"):
        sql_store.verify()
