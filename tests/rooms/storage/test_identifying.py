"""What tells who a patient is stands in one table, and nowhere else."""

from __future__ import annotations

import logging
import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from intake.privacy.private import identifying_items
from intake.storage.database.codec import canonical, encode
from intake.storage.rows.separation import join_submission, split_submission
from tests.rooms.storage import forms
from tests.rooms.storage.forms import DEFINITION, duplicate, in_review, key, loaded, rejected

CANARIES = ("QUZX", "1951-07-29", "29/07/1951", "quzx", "Jqxwy", "QU/ZX", "Vvzkj", "<V")
FREE_TEXT = "Wqrtz"


@pytest.fixture
def filled(sql_store):
    for entry in (
        loaded("a"),
        loaded("b"),
        in_review("c", key()),
        in_review("d", None),
        rejected("e"),
        duplicate("f", "000001"),
    ):
        sql_store.mark_delivered(sql_store.save(entry).id)
    return sql_store


def _tables(tmp_path):
    """Return the text of every table."""
    found = defaultdict(str)
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as connection:
        for line in connection.iterdump():
            if line.startswith("INSERT INTO"):
                found[line.split('"')[1]] += line
    return found


@pytest.mark.parametrize("canary", CANARIES)
def test_identifying_texts_are_in_one_table_only(filled, tmp_path, canary):
    holding = {name for name, content in _tables(tmp_path).items() if canary in content}

    assert holding == {"identifying"}


def test_free_text_is_not_in_the_chain(filled, tmp_path):
    holding = {name for name, content in _tables(tmp_path).items() if FREE_TEXT in content}

    assert holding == {"submission"}


def test_nothing_of_the_answers_is_logged(open_store, caplog):
    caplog.set_level(logging.DEBUG)
    store = open_store()
    store.save(loaded("a"))
    list(store.records())

    assert not [word for word in (*CANARIES, FREE_TEXT) if word in caplog.text]


def test_an_error_of_the_database_shows_no_answer(sql_store, tmp_path):
    refuse = "BEFORE INSERT ON identifying BEGIN SELECT RAISE(ABORT, 'refused'); END"
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as connection:
        connection.execute(f"CREATE TRIGGER failing {refuse}")

    with pytest.raises(IntegrityError, match="refused") as caught:
        sql_store.save(loaded("b"))

    assert not [word for word in (*CANARIES, FREE_TEXT) if word in str(caught.value)]
    assert list(sql_store.receipts()) == []


def test_identity_items_are_kept_apart_even_when_not_flagged():
    assert identifying_items(DEFINITION) == {"letters", "born", "place", "visitor"}


def test_a_submission_of_an_unknown_form_is_refused(sql_store):
    entry = loaded("a")
    unknown = replace(entry, submission=replace(entry.submission, version="9.9.9"))

    with pytest.raises(ValueError, match="unknown form version"):
        sql_store.save(unknown)

    assert list(sql_store.receipts()) == []


def test_two_values_for_one_place_are_refused(sql_store):
    entry = loaded("a")
    twice = (*entry.submission.values, entry.submission.values[0])

    with pytest.raises(ValueError, match="two values"):
        sql_store.save(replace(entry, submission=replace(entry.submission, values=twice)))


@given(st.frozensets(st.sampled_from(sorted(DEFINITION.items))))
def test_splitting_any_items_and_joining_gives_the_submission_back(names):
    whole = forms.submission(key())

    payload, taken = split_submission(whole, names)

    assert join_submission(payload, taken) == whole


def test_the_payload_holds_no_trace_of_what_was_split():
    names = frozenset({"height", "visitor"})
    payload, taken = split_submission(forms.submission(key()), names)

    text = canonical(payload)
    assert "12.5" not in text
    assert "Vvzkj" not in text
    assert set(taken) == {("height", 0), ("visitor", 2), ("_record", 0)}
    assert encode(forms.submission(key())) != payload
