"""One spelling for texts: read from a file, stored, compared."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.words.spelling import (
    entered,
    fewer_marks,
    fold,
    is_readable,
    look_alike,
    normal_text,
    plain,
    without_accents,
)


def test_a_file_s_text_has_one_line_end_one_micro_sign_and_says_what_it_could_not_read() -> None:
    assert normal_text("a\r\nb\rc") == "a\nb\nc"
    assert normal_text("5 \u03bcg") == "5 \u00b5g"
    assert normal_text("e\u0301") == "é"
    assert not is_readable(normal_text("a\x00b"))
    assert is_readable(normal_text("a\tb"))


def test_what_is_stored_is_what_was_typed_without_its_edges() -> None:
    assert entered("\u00a0 ½ œuf\u2028suite \n") == "½ œuf\nsuite"
    assert plain("a\u00a0b\u200bc") == "a bc"


@pytest.mark.parametrize(("one", "other"), [("Été", "ete"), ("Œuf", "oeuf"), ("l’an", "L'AN")])
def test_folding_forgives_accents_case_and_quotes(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("m²", "m2"), ("ＡＢ", "ab"), ("é  a", "e a")])
def test_what_looks_alike_is_one_text(one: str, other: str) -> None:
    assert look_alike(one) == look_alike(other)


def test_folding_makes_no_number_that_was_not_written_looking_alike_does() -> None:
    assert fold("½") == "½"
    assert fold("m²") != fold("m2")
    assert look_alike("x²") == "x2"


HEAPED = "a" + "\u0301\u0323\u0316\u0f73" * 25_000


@pytest.mark.parametrize("spell", [normal_text, entered, plain, fold, look_alike, without_accents])
def test_a_heap_of_marks_costs_no_more_than_its_length(spell) -> None:
    started = time.process_time()
    assert "\u0301" not in spell(HEAPED)
    assert time.process_time() - started < 2


def test_thirty_marks_are_writing_and_one_more_is_none() -> None:
    assert fewer_marks("e" + "\u0323" * 30) == "e" + "\u0323" * 30
    assert fewer_marks("e" + "\u0323" * 31 + "f") == "e\ufffdf"
    assert entered("e" + "\u0323\u0301" * 40) == "e\ufffd"


def test_marks_that_only_their_decomposition_tells_are_marks_too() -> None:
    assert fewer_marks("\u0f40" + "\u0f73" * 31) == "\u0f40\ufffd"


@given(st.text(max_size=200))
def test_a_text_without_heaps_is_left_as_it_is(text) -> None:
    assert fewer_marks(text) == text
