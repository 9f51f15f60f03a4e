"""Queries of a store before 0005: verified by their old seals, then kept with their steps."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from intake.model.errors import StoreUnavailable
from intake.model.query import QueryAction, QueryEnd
from intake.storage.old_queries import BEFORE
from tests.rooms.storage.attacks import plant
from tests.rooms.storage.forms import rule, unreadable

OLD = Path(__file__).parent / "old_stores" / "v0004.sql"
"""Two revisions of a patient, a refused file, another patient; six queries, two of them closed."""
KEY = "5a" * 32
HEAD = '{"seq": 5, "hash": "b335a85f7a7549ad57259f50f2ef6c0c4b13d5172069ea1b93c7b551ab3cd5aa"}\n'


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "store.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(OLD.read_text("utf-8"))
    return path


@pytest.fixture(params=[HEAD, None], ids=["witnessed", "without a witness"])
def old(request, database, key_file, open_store):
    key_file.parent.mkdir()
    key_file.write_text(KEY)
    if request.param is not None:
        key_file.with_name("study.head.json").write_text(request.param)
    return open_store


def test_old_queries_are_kept_with_their_findings_and_steps(old):
    store = old()

    found = list(store.queries())

    assert [each.id for each in found] == [
        *[f"REI-001-{n}" for n in (1, 2, 3, 4)],
        *[f"REI-002-{n}" for n in (1, 2)],
    ]
    assert [each.finding for each in found] == [unreadable(), rule()] * 3
    assert [each.how for each in found] == [*[QueryEnd.SUPERSEDED] * 2, *[None] * 4]
    assert [each.revision for each in found] == [1, 1, 2, 2, 1, 1]
    steps = [QueryAction.OPENED, QueryAction.CLOSED]
    assert [step.action for step in found[0].steps] == steps
    store.verify()


def test_they_are_moved_once_and_the_chain_says_so(old, database):
    old().close()
    old().verify()

    with closing(sqlite3.connect(database)) as raw:
        moved = raw.execute("SELECT count(*) FROM audit WHERE event = 'queries_moved'")
        assert moved.fetchone() == (1,)
        left = raw.execute("SELECT name FROM sqlite_master WHERE name = ?", (BEFORE.name,))
        assert left.fetchone() is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE query SET state = 'closed' WHERE receipt = 4",
        "DELETE FROM query WHERE receipt = 4",
        "UPDATE query SET position = 2 WHERE id = '000004-01'",
    ],
)
def test_old_queries_that_were_changed_are_not_moved(old, database, statement):
    with closing(sqlite3.connect(database, isolation_level=None)) as raw:
        plant(raw, lambda connection: connection.execute(statement))

    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="chain_queries"):
            old()
