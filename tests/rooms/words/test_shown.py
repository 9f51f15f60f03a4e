"""Names as they may be shown anywhere, and bytes of any text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.words.shown import as_shown, utf8


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("fiche é (2).pdf", "fiche é (2).pdf"),
        ("fich\udce9.pdf", "fich\ufffd.pdf"),
        ("a\x1b]0;x\x07b", "a\ufffd]0;x\ufffdb"),
        ("fdp.\u202eehcif", "fdp.\ufffdehcif"),
        ("a\nb\0", "a\ufffdb\ufffd"),
        ("  ", "\ufffd"),
        (". .", ". ."),
        ("", ""),
    ],
)
def test_what_moves_hides_or_breaks_text_is_replaced_where_it_stands(name, shown):
    assert as_shown(name) == shown


@given(st.binary(max_size=255))
def test_any_name_of_bytes_can_be_written_and_moves_no_cursor(name):
    shown = as_shown(name.decode("utf-8", "surrogateescape"))
    assert utf8(shown).decode() == shown
    assert all(unicodedata.category(c) not in ("Cc", "Cf", "Cs") for c in shown)


def test_any_text_has_bytes():
    assert utf8("a\udce9\ud800é") == "a\ufffd\ufffdé".encode()
