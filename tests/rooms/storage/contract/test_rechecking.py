"""What every store promises of newer rules, asked of the real one and of the fake."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.model.finding import Finding, Severity
from tests.rooms.storage.forms import loaded

SAID = (Finding(code="R09", severity=Severity.QUERY, item="height", message={"fr": "Haut ?"}),)


def rechecked(store, record_id):
    """Keep what newer rules say of a record, with answers that must not be kept."""
    held = store.current(record_id).submission
    said = replace(held, findings=SAID, rechecked="1.1.0", values=(), record={})
    store.recheck(record_id, said, {"appeared": 1, "gone": 2, "reworded": 0})
    return held


def test_only_what_is_said_changes(store):
    receipt = store.save(loaded("a"))
    held = rechecked(store, receipt.record_id)
    now = store.current(receipt.record_id)
    assert now.submission == replace(held, findings=SAID, rechecked="1.1.0")
    assert store.entry(receipt.id).receipt == receipt
    assert store.kept(receipt.id).submission == now.submission


def test_the_earlier_revision_keeps_what_was_said_of_it(store):
    first = store.save(loaded("a"))
    store.save(loaded("b", height="13.00"))
    rechecked(store, first.record_id)
    known = store.known_record("garden", first.subject)
    assert [form.submission.rechecked for form in known.forms] == [None, "1.1.0"]


def test_the_next_revision_begins_anew(store):
    first = store.save(loaded("a"))
    rechecked(store, first.record_id)
    store.save(loaded("b", height="13.00"))
    assert store.current(first.record_id).submission.rechecked is None


def test_a_record_that_does_not_exist_is_a_key_error(store):
    receipt = store.save(loaded("a"))
    said = store.current(receipt.record_id).submission
    with pytest.raises(KeyError):
        store.recheck("0" * 16, said, {})


def test_the_chain_tells_it_without_an_answer_and_still_verifies(sql_store):
    receipt = sql_store.save(loaded("a"))
    rechecked(sql_store, receipt.record_id)
    sql_store.verify()
    happened = list(sql_store.history(receipt.subject))[-1]
    assert (happened.event, happened.receipt) == ("rechecked", receipt.id)
    assert happened.detail["revision"] == 1
