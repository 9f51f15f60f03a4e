"""Which lines of a message answer a question, and whom the message names."""

from __future__ import annotations

import pytest

from intake.formats.containers.message_text import own_text
from intake.formats.containers.reply import reply_in
from intake.model.file.container import ReplyLine

NAMED = "Patient REI-007, accusé n° 000123"


@pytest.mark.parametrize(
    ("line", "code", "text"),
    [
        ("R05 : confirmé tel quel", "R05", "confirmé tel quel"),
        ("R05: 299", "R05", "299"),
        ("- q29 = 140 mmol/L", "Q29", "140 mmol/L"),
        ("S12.6 : 11/2017", "S12.6", "11/2017"),
    ],
)
def test_a_line_that_begins_with_a_code_is_an_answer(line, code, text):
    found = reply_in([line], [NAMED])
    assert found.lines == (ReplyLine(code, text),)
    assert found.names == ("REI-007", "000123")


@pytest.mark.parametrize(
    "line",
    [
        "Bonjour,",
        "Tél. : 03 26 00 00 00",
        "R05 est exact",
        "R05 :",
        "Réponse R05 : 299",
        "R05 : " + "x" * 200,
    ],
)
def test_any_other_line_is_none(line):
    assert reply_in([line], [NAMED]) is None


def test_a_message_that_names_nobody_answers_nothing():
    assert reply_in(["R05 : 299"], ["Bonjour, R05 : 299"]) is None


def test_what_a_reply_quotes_names_the_patient_but_answers_nothing():
    text = "Q29 : 140\n\nLe 3 nov. 2026 à 10:00, Étude a écrit :\n> REI-007\n> Q30 : 12\n"
    found = own_text([text], []).reply
    assert found.names == ("REI-007",)
    assert [line.code for line in found.lines] == ["Q29"]


def test_nothing_shows_what_a_line_says():
    assert "140" not in repr(reply_in(["Q29 : 140"], [NAMED]))


def test_of_a_message_of_more_lines_than_any_form_has_questions_none_is_taken():
    assert len(reply_in(["Q29 : 140"] * 400, [NAMED]).lines) == 400
    assert reply_in(["Q29 : 140"] * 401, [NAMED]) is None
