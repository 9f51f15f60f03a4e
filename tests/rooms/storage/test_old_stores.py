"""A store of a version that linked without a key: proved by its own rules, then sealed anew."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from intake.model.errors import StoreUnavailable
from intake.model.record import Clues
from intake.storage.store import SqlStore
from tests.rooms.storage.attacks import plant
from tests.rooms.storage.forms import FORM, definitions, key, loaded

OLD = Path(__file__).parent / "old_stores" / "v0002.sql"
"""Two revisions of a patient, a refused file, a form accepted with a reason, one that waits."""
KEY = "5a" * 32


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "store.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(OLD.read_text("utf-8"))
    return path


@pytest.fixture
def old(database, key_file, open_store):
    """Return what opens the old store with its key."""
    key_file.parent.mkdir()
    key_file.write_text(KEY)
    return open_store


def _change(database, statement):
    def attack(raw):
        assert raw.execute(statement).rowcount > 0

    with closing(sqlite3.connect(database, isolation_level=None)) as raw:
        plant(raw, attack)


def test_an_old_store_opens_with_all_it_holds(old, key_file):
    store = old()

    assert [record.subject for record in store.records()] == ["REI-001", "REI-002"]
    assert len(list(store.receipts())) == 5
    assert store.reasons("000004") == ("seen with the centre",)
    store.verify()
    assert key_file.with_name("study.head.json").exists()


def test_an_old_store_is_counted_and_listed(old):
    store = old()

    assert [one.subject for one in store.counts.patients(FORM)] == ["REI-001", "REI-002"]
    assert sum(one.count for one in store.counts.tally(FORM).files) == 5
    assert [one.is_superseded for one in store.counts.newest(100).lines].count(True) == 1


def test_patients_and_revisions_of_an_old_store_are_recognised(old, database):
    store = old()

    (known,) = store.candidates(Clues(FORM, key())).records
    assert [form.receipt for form in known.forms] == ["000001", "000003"]
    assert store.repeats("000001") == ()
    with closing(sqlite3.connect(database)) as raw:
        assert raw.execute("SELECT count(*) FROM lookup").fetchone() == (5,)
    store.verify()


def test_an_old_store_goes_on_and_is_sealed_once(old, database):
    old().save(loaded("z", key("ZZ")))
    again = old()

    assert again.save(loaded("y", key("CD"), "3.00")).revision == 2
    again.verify()
    with closing(sqlite3.connect(database)) as raw:
        events = [event for (event,) in raw.execute("SELECT event FROM audit ORDER BY seq")]
    assert events[:7] == ["store_created", *["receipt"] * 3, "export", "receipt", "receipt"]
    assert set(events[8:-2]) == {"sealed_anew"}
    assert events[-2:] == ["receipt", "receipt"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET body = replace(body, 'full', 'some')",
        "DELETE FROM audit WHERE seq = 3",
        "UPDATE submission SET payload = replace(payload, '12.50', '12.51')",
        "UPDATE identifying SET value = replace(value, 'QUZX', 'QUZY')",
        "UPDATE receipt SET body = replace(body, 'A05', 'A06')",
        "UPDATE decision SET reason = 'another'",
        "DELETE FROM decision",
    ],
)
def test_an_old_store_that_its_own_rules_refuse_is_not_sealed(old, database, statement):
    _change(database, statement)

    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="chain_"):
            old()
    with closing(sqlite3.connect(database)) as raw:
        assert raw.execute("SELECT count(*) FROM audit WHERE event = 'sealed_anew'").fetchone() == (
            0,
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET body = replace(body, 'full', 'some') WHERE seq = 5",
        "UPDATE record SET subject = 'REI-009' WHERE subject = 'REI-001'",
        "DELETE FROM identifying",
        "UPDATE decision SET reason = 'another'",
    ],
)
def test_what_was_sealed_anew_is_held_to_the_new_rules(old, database, statement):
    old().close()
    _change(database, statement)

    with pytest.raises(StoreUnavailable, match="chain_"):
        old().verify()


def test_the_old_store_put_back_after_it_was_sealed_anew_is_refused(old, database):
    old().close()
    database.unlink()
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(OLD.read_text("utf-8"))

    with pytest.raises(StoreUnavailable, match="older_copy"):
        old()


def test_an_old_store_needs_its_own_key(database, url, key_file):
    key_file.parent.mkdir()
    key_file.write_text("ab" * 32)

    with pytest.raises(StoreUnavailable, match="key_other"):
        SqlStore(url, key_file, definitions)
