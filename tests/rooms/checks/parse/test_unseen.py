"""What a person sees is what is read: characters that are not drawn, or not everywhere."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.checks.parse.answer import Setting, parse_answer
from intake.checks.parse.parsed import Parsed
from intake.model.definition import DataType, Item
from tests.kit.forms import RECEIVED, an_item, dm_sam

NUMBER = an_item()
DATE = an_item(DataType.PARTIAL_DATE)
LETTERS = an_item(DataType.TEXT, min_length=2, max_length=2)
LEFT_TO_RIGHT = "\u200e\u202a\u202c\u202d\u2066\u2068\u2069"
RIGHT_TO_LEFT = "\u200f\u061c\u202b\u2067"
NO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\ufe0f"
SOFT_HYPHEN = "\u00ad"
TURNS = "\u202e"
SEEN = [(NUMBER, "9,1", Decimal("9.1")), (NUMBER, "8\u202f450", Decimal(8450))]
SEEN += [(DATE, "21/03/2016", "2016-03-21"), (LETTERS, "QA", "QA")]


def read(item: Item, text: str, language: str = "fr") -> Parsed:
    letters = item is LETTERS
    return parse_answer(item, text, Setting(language=language, received=RECEIVED, letters=letters))


def said(item: Item, text: str) -> list[str]:
    parsed = read(item, text)
    assert parsed.value is None
    return [each.code for each in parsed.remarks]


@given(seen=st.sampled_from(SEEN), data=st.data())
def test_marks_that_nobody_sees_change_no_answer(seen, data):
    item, text, expected = seen
    for mark in data.draw(st.lists(st.sampled_from(LEFT_TO_RIGHT + NO_WIDTH), max_size=6)):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + mark + text[at:]
    assert read(item, text).value == expected


@pytest.mark.parametrize("mark", RIGHT_TO_LEFT)
def test_a_mark_from_right_to_left_around_one_word_is_harmless(mark):
    for item, text, expected in SEEN:
        if "\u202f" not in text:
            assert read(item, f"{mark}{text}{mark}\u202c").value == expected


@pytest.mark.parametrize("mark", RIGHT_TO_LEFT + TURNS)
@pytest.mark.parametrize(
    ("item", "around"), [(DATE, "21 03{}2016"), (NUMBER, "1{},5"), (DATE, "{}03 04 2016")]
)
def test_a_mark_that_turns_what_is_seen_is_asked(mark, item, around):
    assert said(item, around.format(mark)) == ["TEXT_UNSEEN"]


@pytest.mark.parametrize(("item", "text"), [(NUMBER, "62"), (DATE, "21/03/2016"), (LETTERS, "QA")])
def test_an_override_is_asked_wherever_it_stands(item, text):
    for at in range(len(text)):
        assert said(item, text[:at] + TURNS + text[at:]) == ["TEXT_UNSEEN"]


@pytest.mark.parametrize("text", ["5-10", "2,1-3", "9-10", "21-34", "-5", "1-2,5"])
def test_a_hyphen_that_most_programs_draw_joins_no_figures(text):
    assert said(NUMBER, text.replace("-", SOFT_HYPHEN)) == ["TEXT_UNSEEN"]


@given(figures=st.lists(st.integers(0, 999).map(str), min_size=2, max_size=4))
def test_no_soft_hyphen_is_ever_within_a_number(figures):
    assert read(NUMBER, SOFT_HYPHEN.join(figures)).value is None
    assert read(NUMBER, "\u2062".join(figures)).value is None


def test_a_soft_hyphen_in_a_word_or_a_date_changes_neither():
    assert read(LETTERS, f"Q{SOFT_HYPHEN}A").value == "QA"
    assert read(DATE, "21-03-2016".replace("-", SOFT_HYPHEN)).value == "2016-03-21"
    sex = dm_sam().items["sex"]
    assert read(sex, f"Fémi{SOFT_HYPHEN}nin").value == "f"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Œu", "OE"),
        ("œ", "OE"),
        ("Æl", "AE"),
        ("Ĳs", "IJ"),
        ("ßa", "SS"),
        ("ﬁn", "FI"),
        ("Ło", "LO"),
    ],
)
def test_a_letter_that_is_two_gives_the_first_letters_asked(text, expected):
    parsed = read(LETTERS, text)
    assert parsed.value == expected
    assert [each.code for each in parsed.remarks] == ["IDENTITY_FOLDED"]


@pytest.mark.parametrize("text", ["Œuv", "ABC", "Œuvre"])
def test_too_many_letters_as_written_are_still_too_many(text):
    assert said(LETTERS, text) == ["IDENTITY_TOO_LONG"]
