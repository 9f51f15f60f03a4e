"""Opening a store: new, known, upgraded, or refused with a sentence."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, make_url
from sqlalchemy.engine.interfaces import CacheStats
from sqlalchemy.exc import OperationalError

from intake.model.errors import StoreUnavailable
from intake.storage.database import opening
from intake.storage.database.sqlite import explain
from intake.storage.database.tables import metadata
from intake.storage.store import SqlStore
from tests.rooms.storage.forms import definitions, loaded, rejected


@pytest.fixture
def database(tmp_path):
    return tmp_path / "store.sqlite"


def _open(url, key_file):
    return SqlStore(url, key_file, definitions)


def test_the_migrations_make_the_tables_the_program_uses(sql_store):
    options = {"compare_type": True, "compare_server_default": True}
    with sql_store._database.reading() as connection:
        context = MigrationContext.configure(connection, opts=options)

        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_one_named(sql_store):
    config = Config()
    config.set_main_option("script_location", str(opening.MIGRATIONS))

    assert ScriptDirectory.from_config(config).get_heads() == [opening.NEWEST]


def test_a_store_keeps_what_it_holds_when_opened_again(open_store):
    receipt = open_store().save(loaded("a"))

    again = open_store()

    assert again.current(receipt.record_id).receipt == receipt.id
    assert again.save(loaded("b")).revision == 2
    again.verify()


def test_what_was_compiled_for_one_store_serves_the_next(open_store):
    open_store().verify()
    asked = []

    def note(*arguments):
        asked.append(arguments[4].cache_hit)

    next_one = open_store()
    event.listen(next_one._database.engine, "before_cursor_execute", note)
    next_one.verify()

    assert CacheStats.CACHE_HIT in asked
    assert CacheStats.CACHE_MISS not in asked


def test_a_migration_that_fails_leaves_no_half_made_store(monkeypatch, url, key_file, database):
    with monkeypatch.context() as patched:
        patched.setattr(
            "intake.storage.database.sqlite.append_only", lambda _table: ("no such SQL",)
        )
        with pytest.raises(Exception, match="no"):
            _open(url, key_file)
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)

    _open(url, key_file).save(loaded("a"))


def test_the_database_is_durable_and_keeps_references(sql_store):
    with sql_store._database.reading() as connection:

        def pragma(name):
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

        assert pragma("journal_mode") == "wal"
        assert pragma("synchronous") == 2  # FULL
        assert pragma("foreign_keys") == 1


def test_a_missing_folder_is_said(tmp_path, key_file):
    with pytest.raises(StoreUnavailable, match=r"no_folder.*nowhere"):
        _open(f"sqlite:///{tmp_path}/nowhere/store.sqlite", key_file)

    assert not key_file.exists()


def test_a_file_that_is_not_a_database_is_said(database, url, key_file):
    database.write_bytes(b"%PDF-1.7 and much more than that" * 20)

    with pytest.raises(StoreUnavailable, match="not_a_store"):
        _open(url, key_file)


def test_a_database_of_another_program_is_left_alone(database, url, key_file):
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE invoice (number)")

    with pytest.raises(StoreUnavailable, match="something_else"):
        _open(url, key_file)

    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("invoice",)]


def test_a_store_of_a_newer_version_is_refused(open_store, database, url, key_file):
    open_store()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()

    with pytest.raises(StoreUnavailable, match="newer"):
        _open(url, key_file)


def test_a_store_that_another_program_holds_is_said(open_store, database, url, key_file):
    open_store()
    impatient = _open(f"{url}?timeout=0.05", key_file)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreUnavailable, match="in_use"):
            impatient.save(rejected("a"))

        assert impatient.undelivered() == ()  # reading goes on
    assert impatient.save(rejected("a")).id == "000001"
    impatient.close()


def test_a_store_that_cannot_be_written_is_said(open_store, database, key_file):
    receipt = open_store().save(loaded("a"))
    store = _open(f"sqlite:///file:{database}?mode=ro&uri=true", key_file)

    with pytest.raises(StoreUnavailable, match="read_only"):
        store.save(rejected("b"))

    assert store.current(receipt.record_id).receipt == receipt.id
    store.close()


def test_a_damaged_database_is_said(open_store, database, url, key_file):
    store = open_store()
    for number in range(30):
        store.save(loaded(str(number)))
    store.close()
    content = bytearray(database.read_bytes())
    content[4096 * 3 :] = b"\xff" * (len(content) - 4096 * 3)
    database.write_bytes(content)

    with pytest.raises(StoreUnavailable, match="damaged"):
        list(_open(url, key_file).records())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("SQLITE_FULL", "disk_full"),
        ("SQLITE_IOERR_FSYNC", "disk_silent"),
        ("SQLITE_BUSY_SNAPSHOT", "in_use"),
        ("SQLITE_CORRUPT_VTAB", "damaged"),
    ],
)
def test_a_fault_of_the_disk_is_told_in_words(name, words):
    fault = sqlite3.OperationalError("not shown")
    fault.sqlite_errorname = name
    told = explain(OperationalError("SELECT", {}, fault), make_url("sqlite:///a/store.sqlite"))

    assert re.search(words, str(told))
    assert "a/store.sqlite" in str(told)


def test_a_fault_of_the_program_is_not_dressed_up(sql_store):
    with pytest.raises(OperationalError, match="no such table"), sql_store._database.reading() as c:
        c.exec_driver_sql("SELECT * FROM nowhere")


@pytest.mark.parametrize(
    ("address", "words"),
    [("archive/store.sqlite", "bad_address"), ("oracle://host/store", "unsupported.*oracle")],
)
def test_an_address_that_cannot_be_used_is_said(address, words, key_file):
    with pytest.raises(StoreUnavailable, match=words):
        _open(address, key_file)


def test_a_new_store_makes_its_key(open_store, key_file):
    open_store()

    assert len(key_file.read_text().strip()) == 64


def test_a_new_store_takes_the_key_that_is_there(url, key_file, open_store):
    key_file.parent.mkdir()
    key_file.write_text("ab" * 32)

    open_store()

    assert key_file.read_text() == "ab" * 32


def test_a_missing_key_is_never_replaced(open_store, url, key_file):
    open_store()
    key_file.unlink()

    with pytest.raises(StoreUnavailable, match="key_missing"):
        _open(url, key_file)

    assert not key_file.exists()


def test_the_key_of_another_store_is_refused(open_store, url, key_file):
    open_store()
    key_file.write_text("ab" * 32)

    with pytest.raises(StoreUnavailable, match="key_other"):
        _open(url, key_file)
