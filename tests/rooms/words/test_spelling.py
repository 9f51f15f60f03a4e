"""One spelling for texts: read from a file, stored, compared."""

from __future__ import annotations

import pytest

from intake.words.spelling import entered, fold, is_readable, look_alike, normal_text, plain


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
