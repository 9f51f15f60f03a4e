"""What the chain says of the work, and what it never does."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from intake.model.receipt import Outcome, ReviewAction, ReviewDecision
from intake.storage.store import SqlStore
from tests.rooms.storage.forms import RECEIVED, definitions, in_review, key, loaded, rejected


@pytest.fixture
def database(tmp_path):
    return tmp_path / "store.sqlite"


def test_who_worked_is_in_the_chain(url, key_file, database):
    store = SqlStore(url, key_file, definitions, by="anna")
    store.save(loaded("a"))
    store.close()

    with closing(sqlite3.connect(database)) as connection:
        (body,) = connection.execute("SELECT body FROM audit WHERE seq = 2").fetchone()
    assert json.loads(body)["by"] == "anna"


def test_no_word_that_a_file_chose_is_in_the_chain(sql_store, database):
    """A stamp may say anything, a name too."""
    entry = rejected("x")
    receipt = replace(entry.receipt, form="DURANDAL Claire", version="née en 1951")
    sql_store.save(replace(entry, receipt=receipt))

    with closing(sqlite3.connect(database)) as connection:
        bodies = [body for (body,) in connection.execute("SELECT body FROM audit")]
    assert not any("DURANDAL" in body or "1951" in body for body in bodies)


def test_a_reason_that_is_noted_enters_the_chain_as_a_keyed_hash(sql_store, database):
    sql_store.note("export", {"profile": "full", "reason": "demandé par Mme Quarrivol"})

    with closing(sqlite3.connect(database)) as connection:
        (body,) = connection.execute("SELECT body FROM audit WHERE seq = 2").fetchone()
    assert "Quarrivol" not in body
    assert json.loads(body)["reason"]["length"] == 25
    assert len(json.loads(body)["reason"]["seal"]) == 64


def test_a_record_tells_what_befell_its_files(sql_store):
    sql_store.save(rejected("x"))
    held = sql_store.entry(sql_store.save(in_review("a", key())).id)
    decision = ReviewDecision(action=ReviewAction.SAME_AS, at=RECEIVED)
    receipt = replace(held.receipt, outcome=Outcome.LOADED, decisions=(decision,))
    settled = sql_store.decide(replace(held, receipt=receipt), "asked")
    sql_store.save(loaded("b", key("CD")))

    told = [
        (happened.event, happened.receipt, dict(happened.detail))
        for happened in sql_store.history("REI-001")
    ]

    accepted = {"outcome": "loaded", "revision": 1, "action": "same-as"}
    assert told == [
        ("receipt", "000002", {"outcome": "review"}),
        ("decision", "000002", accepted),
    ]
    assert sql_store.history(settled.record_id) == sql_store.history("REI-001")
    with pytest.raises(KeyError):
        sql_store.history("REI-009")


def test_the_originals_are_those_of_every_receipt_that_was_not_forgotten(sql_store, database):
    sources = [sql_store.save(entry).source for entry in (loaded("a"), rejected("b"))]
    assert list(sql_store.originals()) == sources

    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("UPDATE receipt SET salt = NULL WHERE number = 1")
    assert list(sql_store.originals()) == sources[1:]
