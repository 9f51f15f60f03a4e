"""Long texts stand packed in the store, and are the same texts to whoever asks and seals."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy.dialects import sqlite

from intake.storage.database.packed import Packed
from tests.rooms.storage.forms import key, loaded, submission

PACKED = Packed()
DIALECT = sqlite.dialect()


@pytest.mark.parametrize("text", [None, "", "{}", '{"a":"z:b"}', '{"a":"' + "abc" * 2000 + '"}'])
def test_a_text_comes_back_as_it_was_given(text):
    stored = PACKED.process_bind_param(text, DIALECT)

    assert PACKED.process_result_value(stored, DIALECT) == text
    assert stored is None or len(stored) <= len(text)


def test_a_text_of_an_older_version_is_read_as_it_stands():
    assert PACKED.process_result_value('{"a":1}' * 1000, DIALECT) == '{"a":1}' * 1000


def test_long_answers_are_packed_and_a_change_of_them_is_seen(sql_store, tmp_path):
    long = replace(submission(key()), derived={"remark": "abc" * 3000})
    receipt = sql_store.save(replace(loaded("a"), submission=long))

    with closing(sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None)) as raw:
        (stored,) = raw.execute("SELECT payload FROM submission").fetchone()
        assert stored.startswith("z:")
        assert len(stored) < 3000
        assert sql_store.current(receipt.record_id).submission == long
        sql_store.verify()
        plain = PACKED.process_result_value(stored, DIALECT)
        raw.execute("UPDATE submission SET payload = ?", (plain,))
    sql_store.verify()  # packed or not, it is the text that is sealed


def test_copies_that_older_versions_kept_are_gone(sql_store, tmp_path):
    sql_store.save(loaded("a"))

    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as raw:
        tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}
    assert tables.isdisjoint({"value", "finding"})
