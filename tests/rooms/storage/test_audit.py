"""The audit chain: append-only, complete, and telling when anything was changed."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from intake.model.errors import StoreUnavailable
from intake.model.query import QueryAction, QueryStep
from intake.storage.proof.audit import plain_link
from tests.rooms.storage.forms import RECEIVED, in_review, key, loaded, query, rejected, rule

FORGETTING = (
    "DELETE FROM identifying WHERE receipt IN (1, 3)",
    "DELETE FROM block WHERE receipt IN (1, 3)",
    "DELETE FROM query WHERE receipt IN (1, 3)",
    "DELETE FROM query_step WHERE receipt IN (1, 3)",
    "DELETE FROM submission WHERE receipt IN (1, 3)",
    "UPDATE receipt SET salt = NULL, body = json_remove(body, '$.findings', '$.changes') "
    "WHERE number IN (1, 3)",
)


@pytest.fixture
def filled(sql_store):
    sql_store.save(loaded("a"))
    sql_store.save(rejected("b"))
    sql_store.save(loaded("c"))
    sql_store.note("export", {"profile": "full", "rows": 1})
    sql_store.save(in_review("d", key("CD")))
    return sql_store


@pytest.fixture
def raw(filled, tmp_path):
    """A connection to the same database, for what no part of the program does."""
    with closing(sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None)) as connection:
        yield connection


def _without_triggers(raw):
    for verb in ("update", "delete"):
        raw.execute(f"DROP TRIGGER audit_no_{verb}")


def test_every_event_is_in_the_chain(raw):
    rows = raw.execute("SELECT seq, event, receipt, subject FROM audit").fetchall()

    assert rows == [
        (1, "store_created", None, None),
        (2, "receipt", 1, "REI-001"),
        (3, "receipt", 2, None),
        (4, "receipt", 3, "REI-001"),
        (5, "export", None, None),
        (6, "receipt", 4, None),
    ]


def test_each_step_of_a_query_is_an_event_with_who_and_without_words(filled, raw):
    (record,) = filled.records()
    asked = replace(query(1, rule()), record_id=record.record_id, subject=record.subject)
    words = QueryStep(
        action=QueryAction.ANSWERED, at=RECEIVED, by="Marie", sheet=2, reason="le dossier dit 12"
    )

    filled.step(replace(asked, steps=(*asked.steps, words)))

    newest = "SELECT event, receipt, subject, body FROM audit ORDER BY seq DESC LIMIT 2"
    answered, opened = raw.execute(newest).fetchall()
    assert (answered[:3], opened[:3]) == (("query", 3, "REI-001"),) * 2
    told = json.loads(answered[3])
    assert told == {
        "record_id": record.record_id,
        "query": "REI-001-1",
        "code": "R07",
        "action": "answered",
        "sheet": 2,
        "reason": {"length": 17},
        "by": "Marie",
    }
    assert set(json.loads(opened[3])["sealed"]) == {"query", "query_step"}
    assert [each.event for each in filled.history("REI-001")][-2:] == ["query", "query"]
    filled.verify()


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET body = '{}' WHERE seq = 2", "DELETE FROM audit WHERE seq = 2"]
)
def test_the_database_itself_refuses_to_change_the_chain(raw, statement):
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET body = replace(body, 'full', 'some') WHERE seq = 5",
        "UPDATE audit SET at = '2020-01-01T00:00:00+00:00' WHERE seq = 3",
        "UPDATE audit SET event = 'import' WHERE seq = 5",
        "UPDATE audit SET subject = 'REI-002' WHERE seq = 2",
        "UPDATE audit SET receipt = 7 WHERE seq = 2",
        "UPDATE audit SET hash = prev WHERE seq = 6",
        "DELETE FROM audit WHERE seq = 1",
        "DELETE FROM audit WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 6",
        "DELETE FROM audit",
        "UPDATE receipt SET body = replace(body, 'A05', 'A06') WHERE number = 1",
        "UPDATE receipt SET salt = NULL WHERE number = 1",
        "UPDATE submission SET payload = replace(payload, '12.50', '12.51') WHERE receipt = 3",
        "UPDATE identifying SET value = replace(value, 'QUZX', 'QUZY') WHERE receipt = 3",
        "DELETE FROM submission WHERE receipt = 1",
        "DELETE FROM identifying WHERE receipt = 2",
        "UPDATE receipt SET number = 5 WHERE number = 2",
        "DELETE FROM receipt WHERE number = 2",
        "DELETE FROM receipt WHERE number = 4",
        "UPDATE audit SET seq = 7 WHERE seq = 6",
    ],
)
def test_whatever_is_changed_behind_the_program_is_found(filled, raw, statement):
    filled.verify()
    _without_triggers(raw)
    assert raw.execute(statement).rowcount > 0

    with pytest.raises(StoreUnavailable, match="chain_"):
        filled.verify()


def test_a_row_made_without_the_key_is_found_by_itself(filled, raw):
    """Once, only the next row told; after the last one there is none."""
    _without_triggers(raw)
    columns = ("seq", "at", "event", "receipt", "subject", "body")
    *held, prev = raw.execute(
        "SELECT seq, at, event, receipt, subject, body, prev FROM audit WHERE seq = 6"
    ).fetchone()
    row = dict(zip(columns, held, strict=True)) | {"at": "2020-01-01T00:00:00+00:00"}
    forged = (row["at"], plain_link(prev, row))
    raw.execute("UPDATE audit SET at = ?, hash = ? WHERE seq = 6", forged)

    with pytest.raises(StoreUnavailable, match=r"chain_link.*6"):
        filled.verify()


def _forget(filled, raw):
    for statement in FORGETTING:
        raw.execute(statement)
    filled.note("forgotten", {"receipts": ["000001", "000003"]})


def test_the_store_works_and_verifies_after_answers_are_forgotten(filled, raw):
    _forget(filled, raw)

    filled.verify()
    assert list(filled.records()) == []
    assert filled.known_record("garden", "REI-001") is None
    assert [stored.receipt.source.name for stored in filled.receipts()][0::2] == ["", ""]
    assert filled.save(loaded("e", key("EF"))).subject == "REI-002"  # a number is never reused
    filled.verify()


@pytest.mark.parametrize("left", range(len(FORGETTING)))
def test_the_chain_says_forgotten_only_of_what_is_gone(filled, raw, left):
    (record,) = filled.records()
    filled.step(replace(query(1, rule()), record_id=record.record_id, subject=record.subject))
    for number, statement in enumerate(FORGETTING):
        if number != left:
            raw.execute(statement)

    with pytest.raises(ValueError, match="still there"):
        filled.note("forgotten", {"receipts": ["000001", "000003"]})


def test_what_was_forgotten_cannot_come_back(filled, raw):
    kept = raw.execute("SELECT * FROM identifying WHERE receipt = 3").fetchall()
    _forget(filled, raw)
    raw.executemany("INSERT INTO identifying VALUES (?, ?, ?, ?)", kept)

    with pytest.raises(StoreUnavailable, match=r"chain_rows.*identifying.*000003"):
        filled.verify()


def test_what_is_left_of_a_forgotten_receipt_is_sealed(filled, raw):
    _forget(filled, raw)
    raw.execute("UPDATE receipt SET outcome = 'rejected' WHERE number = 3")

    with pytest.raises(StoreUnavailable, match=r"chain_rows.*receipt.*000003"):
        filled.verify()


def test_forgetting_one_receipt_hides_no_change_of_another(filled, raw):
    _forget(filled, raw)
    raw.execute("DELETE FROM identifying WHERE receipt = 2")

    with pytest.raises(StoreUnavailable, match="000002"):
        filled.verify()


def test_the_seals_of_the_same_answers_differ(raw):
    """Nobody can tell from the chain that two files hold the same answers."""
    bodies = [json.loads(body) for (body,) in raw.execute("SELECT body FROM audit")]
    sealed = [
        body["sealed"]["submission"][number]
        for number, body in zip("134", (bodies[1], bodies[3], bodies[5]), strict=True)
    ]

    assert len(set(sealed)) == len(sealed) == 3
