"""A study moved to another database: nothing is lost, changed or half there."""

from __future__ import annotations

import multiprocessing
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from intake.model.errors import StoreUnavailable
from intake.storage import copying
from intake.storage.copying import copy_store
from intake.storage.store import SqlStore
from tests.kit.servers.postgres import SERVER
from tests.rooms.storage.attacks import fill
from tests.rooms.storage.conftest import NOON
from tests.rooms.storage.copier import copy_and_die
from tests.rooms.storage.forms import definitions, key, loaded, rejected

HAS_FORK_SERVER = "forkserver" in multiprocessing.get_all_start_methods()
PROGRAMS = multiprocessing.get_context("forkserver" if HAS_FORK_SERVER else "spawn")


@pytest.fixture
def server_address(request):
    server = request.getfixturevalue("server")
    name = server.new()
    yield server.url(name)
    server.drop(name)


@pytest.fixture(params=["file", pytest.param("server", marks=SERVER)])
def target(request, tmp_path):
    if request.param == "server":
        return request.getfixturevalue("server_address")
    return f"sqlite:///{tmp_path}/copy.sqlite"


@pytest.fixture
def source(sql_store, url):
    """Return the address of a store with something in every table, a file inside a later one."""
    fill(sql_store)
    with sql_store.together():
        container = sql_store.reserve()
        inside = rejected("inside")
        sql_store.save(replace(inside, receipt=replace(inside.receipt, parent=container)))
        outside = rejected("outside")
        sql_store.save(replace(outside, receipt=replace(outside.receipt, id=container)))
    sql_store.mark_delivered("000001")
    return url


@pytest.fixture
def opened(key_file):
    stores = []

    def open_one(address):
        stores.append(SqlStore(address, key_file, definitions, lambda: NOON))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


def _copy(source, target, key_file):
    return copy_store(source, target, key_file, lambda: NOON)


def _told(store):
    """Return all that a store tells."""
    asked = (store.records(), store.receipts(), store.queries(), store.undelivered())
    return (store.head, *(list(each) for each in asked), store.counts.tally("garden"))


def test_a_copy_tells_what_the_store_tells_and_goes_on_where_it_ends(
    source, target, key_file, opened, sql_store
):
    copied = _copy(source, target, key_file)

    copy = opened(target)
    assert (copied.receipts, copied.records, copied.head) == (9, 4, sql_store.head)
    assert _told(copy) == _told(sql_store)
    assert copy.holds(copied.head)
    assert copy.save(loaded("new")).revision == 3
    copy.verify()
    with pytest.raises(StoreUnavailable, match="older_copy"):
        opened(source)  # the old store is refused from now on


def test_a_copy_can_be_copied_back(source, target, key_file, tmp_path, opened):
    back = f"sqlite:///{tmp_path}/back.sqlite"
    _copy(source, target, key_file)

    _copy(target, back, key_file)

    assert _told(opened(back)) == _told(opened(source))
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as one:
        first = sorted(one.iterdump())
    with closing(sqlite3.connect(tmp_path / "back.sqlite")) as one:
        assert sorted(one.iterdump()) == first


def test_nothing_is_copied_over_something(source, target, key_file):
    _copy(source, target, key_file)

    with pytest.raises(StoreUnavailable, match="not_empty"):
        _copy(source, target, key_file)
    with pytest.raises(StoreUnavailable, match=r"not_empty|in_use"):
        _copy(source, source, key_file)


def test_a_store_that_was_changed_is_not_copied(source, target, key_file, tmp_path):
    with closing(sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None)) as raw:
        raw.execute("UPDATE submission SET filling_date = '2001-01-01' WHERE receipt = 3")

    with pytest.raises(StoreUnavailable, match="chain_rows"):
        _copy(source, target, key_file)
    with pytest.raises(StoreUnavailable, match="no_store"):
        _copy(target, f"sqlite:///{tmp_path}/third.sqlite", key_file)


def test_a_row_that_arrives_otherwise_undoes_the_copy(source, target, key_file, monkeypatch):
    kept = copying._rows

    def changed(connection, table):
        rows = kept(connection, table)
        is_source = connection.engine.url.database.endswith("/store.sqlite")
        for row in rows:
            if table.name == "receipt" and is_source and "delivered" in row:
                row["delivered"] = row["delivered"] and row["delivered"] + "Z"
            yield row

    monkeypatch.setattr(copying, "_require_equal", _equal_to_the_true(kept))
    monkeypatch.setattr(copying, "_rows", changed)
    with pytest.raises(StoreUnavailable, match=r"copy_differs .* receipt"):
        _copy(source, target, key_file)

    monkeypatch.undo()
    assert _copy(source, target, key_file).receipts == 9


def _equal_to_the_true(rows):
    """Compare as the program does, with rows that nothing changed on their way."""
    compare = copying._require_equal

    def compared(*given):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(copying, "_rows", rows)
            compare(*given)

    return compared


@pytest.mark.slow
def test_a_copy_that_is_killed_left_nothing_and_is_run_again(source, target, key_file, opened):
    program = PROGRAMS.Process(target=copy_and_die, args=(source, target, key_file))
    program.start()
    program.join(60)
    assert program.exitcode == -9

    assert _copy(source, target, key_file).receipts == 9
    opened(target).verify()


def test_what_is_not_there_is_not_copied_and_not_made(tmp_path, key_file, source):
    nowhere = tmp_path / "nowhere.sqlite"

    with pytest.raises(StoreUnavailable, match=r"no_store.*nowhere"):
        _copy(f"sqlite:///{nowhere}", f"sqlite:///{tmp_path}/copy.sqlite", key_file)

    assert not nowhere.exists()
    assert not (tmp_path / "copy.sqlite").exists()


def test_a_store_is_copied_with_its_own_key_only(tmp_path, key_file, source, target):
    key_file.write_text("ab" * 32)

    with pytest.raises(StoreUnavailable, match="key_other"):
        _copy(source, target, key_file)


def test_a_new_file_is_its_owners_alone(tmp_path, source, key_file):
    _copy(source, f"sqlite:///{tmp_path}/copy.sqlite", key_file)

    assert Path(tmp_path / "copy.sqlite").stat().st_mode & 0o077 == 0


def test_a_patient_of_the_copy_is_recognised(source, target, key_file, opened):
    _copy(source, target, key_file)

    assert opened(target).save(loaded("again", key("CD"))).subject == "REI-002"
