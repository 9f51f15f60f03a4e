"""Letters as they are set: what fonts of signs show, what is raised, what cannot be seen."""

from __future__ import annotations

import pytest

from intake.formats.office.lettering import UNKNOWN_SIGN, Face, is_unseen, of_font
from intake.formats.office.theme import tinted


@pytest.mark.parametrize(
    ("font", "text", "shown"),
    [
        ("Symbol", "m", "µ"),
        ("Symbol", "\uf06d", "µ"),
        ("Symbol", "a b", "α β"),
        ("symbol", "³ 40, £ 2", "≥ 40, ≤ 2"),
        ("Symbol", "12,5", "12,5"),
        ("Wingdings", "\uf0fe", "☑"),
        ("Wingdings 2", "R", "☑"),
        ("Wingdings", "J", UNKNOWN_SIGN),
        ("Webdings", "a", UNKNOWN_SIGN),
        ("Arial", "m³", "m³"),
        ("Arial", "\uf06d", UNKNOWN_SIGN),
        ("", "é \u2265 \U0001f600", "é \u2265 \U0001f600"),
    ],
)
def test_a_font_shows_its_signs_or_one_that_nobody_takes_for_empty(font, text, shown):
    assert of_font(font, text) == shown


def test_what_is_raised_or_lowered_is_no_figure_of_a_number():
    assert Face(level="superscript").shown("12") == "¹²"
    assert Face(level="subscript").shown("12") == "₁₂"
    assert Face(level="superscript", font="Symbol").shown("m2") == "µ²"


@pytest.mark.parametrize(
    ("colour", "ground", "unseen"),
    [
        ("FFFFFF", "", True),
        ("FFFEFDFC", "", True),
        ("FFFFFF", "143D54", False),
        ("143D54", "143D54", True),
        ("DDDDDD", "FFFFFF", False),
        ("", "", False),
        ("auto", "FFFFFF", False),
    ],
)
def test_letters_of_the_colour_behind_them_are_unseen(colour, ground, unseen):
    assert is_unseen(colour, ground) is unseen


def test_a_colour_of_a_theme_is_lightened_and_darkened():
    assert tinted("000000", 0.5) == "808080"
    assert tinted("FFFFFF", -0.5) == "808080"
    assert tinted("auto", 0.5) == ""
