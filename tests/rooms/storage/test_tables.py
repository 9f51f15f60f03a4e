"""The tables as people query them."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.rooms.storage.forms import asking, in_review, key, loaded, rejected


@pytest.fixture
def ask(tmp_path, sql_store):
    def rows(statement):
        with closing(sqlite3.connect(tmp_path / "store.sqlite")) as connection:
            return connection.execute(statement).fetchall()

    return rows


def test_queries_are_rows_each_with_their_steps(sql_store, ask):
    sql_store.save(asking(loaded("a")))
    sql_store.save(asking(loaded("b"), 2))

    assert ask("SELECT number, receipt, code, state, how, revision FROM query") == [
        (1, 1, "DATE_UNREADABLE", "closed", "superseded", 1),
        (2, 1, "R07", "closed", "superseded", 1),
        (3, 2, "DATE_UNREADABLE", "open", None, 2),
        (4, 2, "R07", "open", None, 2),
    ]
    assert ask("SELECT number, position, receipt, action, how FROM query_step ORDER BY 1, 2") == [
        (1, 1, 1, "opened", None),
        (1, 2, 1, "closed", "superseded"),
        (2, 1, 1, "opened", None),
        (2, 2, 1, "closed", "superseded"),
        (3, 1, 2, "opened", None),
        (4, 1, 2, "opened", None),
    ]


def test_a_revision_sets_aside_the_answers_of_its_own_patient_only(sql_store, ask):
    for entry in (loaded("a"), loaded("b", key("CD")), loaded("c")):
        sql_store.save(entry)

    kept = ask("SELECT receipt, revision, state FROM submission ORDER BY receipt")
    assert kept == [(1, 1, "superseded"), (2, 1, "current"), (3, 2, "current")]


def test_nothing_is_asked_about_what_is_not_loaded(sql_store, ask):
    sql_store.save(in_review("a", key()))
    sql_store.save(rejected("b"))

    assert ask("SELECT * FROM query") == []
    assert ask("SELECT receipt, record_id, revision, state FROM submission") == [
        (1, None, None, "held")
    ]


def test_a_file_received_twice_is_one_file(sql_store, ask):
    sql_store.save(rejected("a"))
    sql_store.save(loaded("a"))

    assert ask("SELECT count(*) FROM file") == [(1,)]
