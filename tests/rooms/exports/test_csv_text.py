"""CSV bytes give back exactly the texts they were made of."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.exports.tables.table import table
from intake.exports.writers.csv import EXACT, CsvStyle, csv_bytes

SAFE = CsvStyle(safe_for_spreadsheets=True)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))


@given(st.lists(st.lists(TEXT, min_size=3, max_size=3), max_size=4))
def test_any_text_comes_back_as_it_was(rows):
    content = csv_bytes(table("t.csv", "abc", rows), EXACT)
    assert read(content) == [["a", "b", "c"], *rows]


@given(st.lists(TEXT, max_size=4))
def test_a_file_of_one_column_keeps_its_empty_lines(texts):
    content = csv_bytes(table("t.csv", ["only"], [[text] for text in texts]), EXACT)
    assert read(content) == [["only"], *([text] for text in texts)]


@given(st.lists(st.lists(st.text(st.characters()), min_size=2, max_size=2), max_size=3))
def test_any_text_even_half_a_character_makes_utf_8(rows):
    for style in (EXACT, SAFE, CsvStyle(byte_order_mark=True)):
        csv_bytes(table("t.csv", "ab", rows), style).decode("utf-8")


def test_half_a_character_is_written_as_its_escape():
    content = csv_bytes(table("t.csv", "a", [["x\ud800"]]), EXACT)
    assert content == b"a\nx\\ud800\n"


def test_lines_end_with_one_line_feed_and_quotes_are_doubled():
    content = csv_bytes(table("t.csv", "ab", [["1", 'say "a, b"']]), EXACT)
    assert content == b'a,b\n1,"say ""a, b"""\n'


def test_a_byte_order_mark_comes_first_when_asked():
    content = csv_bytes(table("t.csv", "a", []), CsvStyle(byte_order_mark=True))
    assert content == b"\xef\xbb\xbfa\n"


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-x", "@SUM(A1)", "\t=1", "\r=1", "-1+2", "-"])
def test_a_formula_is_defused_only_when_asked(text):
    rows = table("t.csv", "ab", [["1", text]])
    assert read(csv_bytes(rows, EXACT))[1][1] == text
    assert read(csv_bytes(rows, SAFE))[1][1] == "'" + text


@pytest.mark.parametrize("text", ["-12", "+3", "-0.5", "-30..12", "12", "<30", "a=b"])
def test_a_number_is_never_taken_for_a_formula(text):
    assert read(csv_bytes(table("t.csv", "ab", [["1", text]]), SAFE))[1][1] == text


def test_a_row_of_another_width_is_refused():
    with pytest.raises(ValueError, match=r"t\.csv"):
        table("t.csv", "ab", [["1"]])
