"""The tables that people query: answers, findings, open queries."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from decimal import Decimal

import pytest

from intake.model.submission import Value
from intake.privacy.private import identifying_items
from intake.storage.rows.values import value_rows
from tests.rooms.storage import forms
from tests.rooms.storage.forms import DEFINITION, asking, in_review, key, loaded, rejected


@pytest.fixture
def ask(tmp_path, sql_store):
    def rows(statement):
        with closing(sqlite3.connect(tmp_path / "store.sqlite")) as connection:
            return connection.execute(statement).fetchall()

    return rows


def test_each_answer_that_does_not_identify_is_one_row(sql_store, ask):
    sql_store.save(loaded("a"))

    rows = ask('SELECT item, item_group, "row", value, missing, bound, status FROM value')

    assert rows == [
        ("height", None, None, "12.50", None, None, "accepted"),
        ("colours", None, None, "red;none", None, None, "accepted"),
        ("remark", None, None, "voisin : M. Wqrtz \\ud800\\x00", None, None, "accepted"),
        ("filled", None, None, None, "ERR", None, "held_back"),
        ("seen", "visits", 2, "2019-03", None, None, "accepted"),
        ("seen", "visits", 3, None, None, "<2019", "accepted"),
    ]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (0, "0"),
        (Decimal(0), "0"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.10"), "0.10"),
        ((), ""),
        ("", ""),
        (None, None),
    ],
)
def test_an_answer_is_written_as_in_the_dataset(data, text):
    submission = replace(forms.submission(key()), values=(Value(item="height", value=data),))

    ((_, _, _, _, item, written, *_),) = value_rows(1, submission, frozenset())

    assert (item, written) == ("height", text)


def test_the_rows_can_be_made_again_from_what_is_stored(sql_store, ask):
    receipt = sql_store.save(loaded("a"))
    stored = ask("SELECT * FROM value ORDER BY position")

    submission = sql_store.current(receipt.record_id).submission

    assert list(value_rows(1, submission, identifying_items(DEFINITION))) == stored


def test_findings_and_queries_are_rows_each_with_their_steps(sql_store, ask):
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
    assert ask("SELECT position, code, severity FROM finding WHERE receipt = 1") == [
        (1, "DATE_UNREADABLE", "error"),
        (2, "REVISION", "note"),
        (3, "R07", "query"),
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
