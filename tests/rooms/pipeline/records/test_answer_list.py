"""A table of codes and answers, as spreadsheets of all kinds save it."""

from __future__ import annotations

import pytest

from intake.model.errors import DecisionRefused, Refusal
from intake.model.receipt import Correction
from intake.pipeline.records.answer_list import answers_of

BOTH = (Correction("A06", "12,5"), Correction("A07", "red;blue"))


@pytest.mark.parametrize(
    "text",
    [
        'A06;12,5\nA07;"red;blue"\n',
        'code;réponse;remarque\r\nA06;12,5\r\n\r\nA07;"red;blue";vu\r\n',
        'Code,answer\nA06,"12,5"\nA07,red;blue\n',
        "A06\t12,5\nA07\tred;blue\n;\n"[:-2],
        ' A06 ; 12,5 \nA07;"red;blue"',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_is_read_however_it_was_saved(text, encoding):
    assert answers_of(text.encode(encoding)) == BOTH


@pytest.mark.parametrize(
    ("text", "line"), [("", "1"), ("code;valeur\n", "1"), ("A06;1\nA07\n", "2"), (";1\n", "1")]
)
def test_a_line_without_code_and_answer_is_named(text, line):
    with pytest.raises(DecisionRefused) as problem:
        answers_of(text.encode())
    assert (problem.value.why, problem.value.context["line"]) == (Refusal.NOT_A_TABLE, line)


def test_an_empty_answer_in_a_table_is_a_slip_and_empties_nothing():
    with pytest.raises(DecisionRefused) as problem:
        answers_of(b"A06;\n")
    assert (problem.value.why, problem.value.context["place"]) == (Refusal.EMPTY_VALUE, "A06")


@pytest.mark.parametrize(
    "text",
    [
        "A06,12,5\n",
        "A07;red;blue\n",
        "A06;12,5;vu\n",
        "code,answer,remark\nA06,12,5\n",
        "code;réponse\nA07;red;blue\n",
    ],
)
def test_an_answer_that_the_separating_sign_cuts_in_two_is_not_taken_by_half(text):
    with pytest.raises(DecisionRefused) as problem:
        answers_of(text.encode())
    assert problem.value.why is Refusal.NOT_A_TABLE


def test_an_answer_of_two_lines_stays_one_of_two_lines():
    (answer,) = answers_of(b'A08;"un\ndeux"\n')
    assert answer.text == "un\ndeux"
