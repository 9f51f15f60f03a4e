"""The end of the chain is kept beside the key: read at each opening, never ahead of the store."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from intake.model.errors import StoreUnavailable
from intake.storage.database import sqlite
from tests.rooms.storage.forms import key, loaded, rejected


@pytest.fixture
def note(key_file):
    return key_file.with_name("study.head.json")


@pytest.fixture
def database(tmp_path):
    return tmp_path / "store.sqlite"


def _seq(note):
    return json.loads(note.read_text())["seq"]


def _events(database):
    with closing(sqlite3.connect(database)) as connection:
        return [event for (event,) in connection.execute("SELECT event FROM audit ORDER BY seq")]


def test_each_transaction_is_witnessed(sql_store, note):
    seen = [_seq(note)]
    sql_store.save(loaded("a"))
    seen.append(_seq(note))
    with sql_store.together():
        sql_store.save(rejected("b"))
        sql_store.save(rejected("c"))
        seen.append(_seq(note))
    seen.append(_seq(note))
    sql_store.mark_delivered("000001")

    assert (seen, _seq(note)) == ([1, 2, 2, 4], 4)
    assert sql_store.head.startswith("4-")


def test_what_is_undone_is_not_witnessed(sql_store, note):
    with contextlib.suppress(ZeroDivisionError), sql_store.together():
        sql_store.save(loaded("a"))
        raise ZeroDivisionError

    assert _seq(note) == 1


def test_a_run_cut_off_before_it_told_the_witness_is_followed(sql_store, note, open_store):
    before = note.read_text()
    sql_store.save(loaded("a"))
    sql_store.save(rejected("b"))
    note.write_text(before)

    open_store().verify()

    assert _seq(note) == 3


@pytest.mark.parametrize("held", [None, "", "{", "[]", '{"seq": "x", "hash": ""}'])
def test_a_lost_witness_has_the_whole_store_verified_and_the_chain_says_so(
    sql_store, note, open_store, database, held
):
    sql_store.save(loaded("a"))
    note.unlink() if held is None else note.write_text(held)

    open_store()

    assert _events(database) == ["store_created", "receipt", "witnessed"]
    assert _seq(note) == 3


def test_a_changed_store_is_not_witnessed_again(sql_store, note, open_store, database):
    sql_store.save(loaded("a"))
    sql_store.close()
    note.unlink()
    with closing(sqlite3.connect(database, isolation_level=None)) as raw:
        raw.execute("UPDATE record SET subject = 'REI-002'")

    with pytest.raises(StoreUnavailable, match=r"chain_rows.*record"):
        open_store()

    assert not note.exists()


def test_a_backup_put_back_on_purpose_is_taken_when_the_note_is_removed(
    sql_store, note, open_store, database, tmp_path
):
    sql_store.save(loaded("a"))
    sql_store.close()
    shutil.copy(database, tmp_path / "backup")
    store = open_store()
    store.save(loaded("b"))
    store.close()
    shutil.copy(tmp_path / "backup", database)
    with pytest.raises(StoreUnavailable, match="older_copy"):
        open_store()
    note.unlink()

    assert open_store().save(loaded("b")).revision == 2


def test_a_new_store_cut_off_before_its_first_transaction_ended_begins_again(
    sql_store, database, open_store
):
    sql_store.close()
    database.unlink()

    assert open_store().save(loaded("a")).id == "000001"


def test_a_note_that_cannot_be_written_is_said_and_nothing_is_lost(sql_store, note, open_store):
    note.unlink()
    note.mkdir()

    with pytest.raises(StoreUnavailable, match=r"not_written.*study\.head\.json"):
        sql_store.save(loaded("a"))
    note.rmdir()

    assert [stored.receipt.id for stored in open_store().receipts()] == ["000001"]


def test_a_head_that_was_printed_is_found_again(sql_store):
    sql_store.save(loaded("a"))
    printed = sql_store.head
    sql_store.save(rejected("b"))

    assert sql_store.holds(printed)
    assert sql_store.holds(f" {printed.upper()} ")
    for other in (
        "",
        "2",
        "2-",
        "2-9f",
        "1" + printed,
        printed[:-1] + "zz",
        "9" * 30 + "-" + "0" * 12,
    ):
        assert not sql_store.holds(other)


def test_opening_and_saving_take_no_more_steps_in_a_larger_store(
    sql_store, open_store, monkeypatch
):
    steps = []
    monkeypatch.setattr(sqlite, "_on_connect", _counting(sqlite._on_connect, steps))
    taken = []
    for count in (2, 20):
        for number in range(count):
            content = f"{number} of {count}"
            sql_store.save(loaded(content, key(f"A{chr(65 + number)}", place=f"C{count}")))
        steps.clear()
        open_store().save(loaded(f"last of {count}", key(place=f"L{count}")))
        taken.append(len(steps))

    assert taken[0] == taken[1]


def _counting(on_connect, steps):
    """Return what counts the steps of each connection, a step being one of the database's own."""

    def connect(connection, record):
        on_connect(connection, record)
        connection.set_progress_handler(lambda: steps.append(1) or 0, 1)

    return connect
