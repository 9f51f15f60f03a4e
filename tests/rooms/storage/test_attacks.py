"""Twenty-two changes of the store by somebody without the key: each is seen."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest

from intake.model.errors import StoreUnavailable
from tests.rooms.storage.attacks import SEEN_BEFORE, VERIFIED_BEFORE, fill, plant
from tests.rooms.storage.conftest import put_in_place, store_in
from tests.rooms.storage.forms import key, loaded, rejected

ATTACKS = {**SEEN_BEFORE, **VERIFIED_BEFORE}
CUT = (
    "the last event removed",
    "an event removed from the middle, the chain computed anew",
    "the last receipt, its patient and its event removed",
    "a patient in the middle removed likewise",
    "all dates moved by a month",
    "an answer changed behind a forged forgetting",
)
"""Seen already when the store is opened, at no cost."""


@pytest.fixture
def database(tmp_path):
    return tmp_path / "store.sqlite"


@pytest.fixture(scope="module")
def filled_once(empty, tmp_path_factory):
    """Return a folder with a store to attack, filled once: copying it is quicker."""
    folder = shutil.copytree(empty, tmp_path_factory.mktemp("filled"), dirs_exist_ok=True)
    store = store_in(folder)
    fill(store)
    store.close()
    return folder


@pytest.fixture
def filled(filled_once, sql_store, open_store, tmp_path, key_file):
    sql_store.close()
    put_in_place(filled_once, tmp_path, key_file.parent)
    store = open_store()
    store.verify()
    return store


def _attack(database, name):
    with closing(sqlite3.connect(database, isolation_level=None)) as raw:
        plant(raw, ATTACKS[name])


def test_twenty_two_attacks_are_tried():
    assert len(ATTACKS) + 1 == 22  # the store of the day before is below


@pytest.mark.parametrize("name", ATTACKS)
def test_each_is_seen_by_a_store_that_is_open(filled, database, name):
    _attack(database, name)

    with pytest.raises(StoreUnavailable):
        filled.verify()


@pytest.mark.parametrize("name", ATTACKS)
def test_each_is_seen_by_the_next_run(filled, database, open_store, name):
    filled.close()
    _attack(database, name)

    with pytest.raises(StoreUnavailable):
        open_store().verify()


@pytest.mark.parametrize("name", CUT)
def test_a_chain_that_was_cut_or_made_anew_is_refused_at_opening(
    filled, database, open_store, name
):
    filled.close()
    _attack(database, name)

    with pytest.raises(StoreUnavailable):
        open_store()


def test_the_store_of_the_day_before_is_refused(sql_store, database, open_store, tmp_path):
    sql_store.save(loaded("a"))
    sql_store.close()
    shutil.copy(database, tmp_path / "yesterday")
    store = open_store()
    store.save(loaded("b", key("CD")))
    store.close()
    shutil.copy(tmp_path / "yesterday", database)

    with pytest.raises(StoreUnavailable, match="older_copy"):
        open_store()


def test_a_store_taken_away_is_no_new_study(filled, database, open_store):
    filled.close()
    database.unlink()

    with pytest.raises(StoreUnavailable, match="older_copy"):
        open_store()


def test_a_chain_cut_while_the_program_runs_takes_nothing_more(filled, database):
    """Else the next event would take the place of the one that was cut."""
    _attack(database, "the last event removed")

    with pytest.raises(StoreUnavailable, match="older_copy"):
        filled.save(rejected("z"))
    with pytest.raises(StoreUnavailable, match="older_copy"), filled.together():
        filled.note("export", {"profile": "analysis"})

    assert [s.receipt.id for s in filled.receipts()][-1] == "000007"


def test_rows_that_no_event_sealed_are_seen(filled, database):
    with closing(sqlite3.connect(database, isolation_level=None)) as raw:
        raw.execute("INSERT INTO identifying VALUES (2, 'born', 0, '{}')")

    with pytest.raises(StoreUnavailable, match=r"chain_rows.*identifying.*000002"):
        filled.verify()


def test_an_answer_of_no_receipt_is_seen(filled, database):
    with closing(sqlite3.connect(database, isolation_level=None)) as raw:
        raw.execute("INSERT INTO identifying VALUES (99, 'letters', 0, '\"AB\"')")

    with pytest.raises(StoreUnavailable, match=r"chain_rows.*identifying.*000099"):
        filled.verify()


def test_what_differs_is_named_and_no_answer_is(filled, database):
    with closing(sqlite3.connect(database, isolation_level=None)) as raw:
        raw.execute("DELETE FROM identifying WHERE item = '_file'")

    told = r"chain_more_rows.*identifying.*000001, 000002, .* 2$"
    with pytest.raises(StoreUnavailable, match=told):
        filled.verify()
