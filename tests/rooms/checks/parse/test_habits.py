"""Whatever habits of writing meet in one answer, no value comes out that was not written."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.checks.parse.answer import Setting, parse_answer
from intake.checks.parse.date import parse_date
from intake.checks.parse.quantity import parse_quantity
from intake.model.definition import DataType, MissingReason
from tests.kit.forms import RECEIVED, a_unit, an_item, dm_sam, hive

SPACES = ["", " ", "\u00a0", "\u202f", "\u2009", "  "]
FIGURES = "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"
ODD = [
    "½", "¼", "²", "e3", "E-2", "x10", "^2", "%", "'", "’", "°", "/", ":",
    "?", "~", "≈", "env.", "environ", "±", "+", "-", "−", "–", "<",
    ">", "≤", "≥", "ND", "NF", "ou", "à", "g/L", "(", ")",
]  # fmt: skip
MARKS = [(space, mark) for space in (*SPACES, *".,'") for mark in ",.'٫" if space != mark]
BEFORE = ["", " ", "+", "~", "env. "]
AFTER = ["", " ", " g/L", " ?", " environ", "."]
PLAIN = an_item()
WEIGHT = an_item(unit={"fr": "g/L"}, accepted_units=(a_unit("mg/L", "0.001"),))
COUNT = an_item(unit={"fr": "G/L"})
EVERY = [item for form in (dm_sam(), hive()) for item in form.items.values()]

numbers = st.decimals(min_value=0, max_value=10**8, places=3, allow_nan=False)
texts = st.lists(
    st.sampled_from([*SPACES, *ODD, *"0123456789", *"0123456789", ",", ".", "12", "500", "000"]),
    max_size=8,
).map("".join)


def grouped(number: Decimal, space: str, mark: str) -> str:
    return f"{number:,f}".replace(",", "_").replace(".", mark).replace("_", space)


def figures_of(text: str) -> str:
    opened = text.replace("½", "5").replace("¼", "25")
    return "".join(re.findall(r"[0-9]", opened))


@given(number=numbers, data=st.data())
def test_a_number_reads_as_itself_or_not_at_all_in_every_habit(number, data):
    space, mark = data.draw(st.sampled_from(MARKS))
    before, after = data.draw(st.sampled_from(BEFORE)), data.draw(st.sampled_from(AFTER))
    text = f"{before}{grouped(number, space, mark)}{after}"
    for item in (PLAIN, WEIGHT, COUNT):
        parsed = parse_quantity(item, text)
        assert parsed.value in (None, number)
        assert parsed.value is not None or parsed.faulty


@given(number=numbers, space=st.sampled_from(SPACES[1:5]), mark=st.sampled_from(",."))
def test_the_usual_habits_are_read(number, space, mark):
    number = number.quantize(Decimal("0.1"))
    assert parse_quantity(PLAIN, grouped(number, space, mark)).value == number
    assert parse_quantity(WEIGHT, f"{number:f}{space}g/L").value == number
    assert parse_quantity(COUNT, f"{grouped(number, space, mark)}{space}x10^9/L").value == number


@given(texts)
@settings(max_examples=600)
def test_no_figure_is_in_a_number_that_was_not_in_its_text(text):
    parsed = parse_quantity(PLAIN, text)
    found = parsed.bound if parsed.bound is not None else parsed.value
    if found is None:
        return
    value = found if isinstance(found, Decimal) else Decimal(found.lstrip("<>="))
    figures = figures_of(f"{abs(value):f}")
    assert figures.strip("0") in figures_of(text)
    assert figures_of(text).strip("0") in figures.rstrip("0") + "0" * len(text)
    assert (value < 0) == (text.lstrip("<>=≤≥ \u00a0\u202f\u2009")[:1] in "-−" and value != 0)


@given(number=st.integers(0, 10**6), figures=st.sampled_from(FIGURES), data=st.data())
def test_figures_of_other_scripts_are_never_read(number, figures, data):
    text = str(number)
    at = data.draw(st.integers(0, len(text) - 1))
    odd = text[:at] + figures[int(text[at])] + text[at + 1 :]
    assert parse_quantity(PLAIN, odd).value is None
    assert parse_date(f"03/04/{odd}", RECEIVED).value is None


@given(
    day=st.integers(1, 31), month=st.integers(1, 12), year=st.integers(1900, 2030), data=st.data()
)
def test_a_date_reads_day_first_and_as_precise_as_written_or_not_at_all(day, month, year, data):
    mark = data.draw(st.sampled_from(["/", "-", ".", " ", " / ", "\u2011", "/ ", "\u202f"]))
    begin, end = (
        data.draw(st.sampled_from(["", " ", "le ", "vers ", "~", "?", "(", "début "])) for _ in "ab"
    )
    parsed = parse_date(f"{begin}{day:02d}{mark}{month:02d}{mark}{year}{end}", RECEIVED)
    assert parsed.value in (None, f"{year}-{month:02d}-{day:02d}")
    partial = parse_date(f"{begin}{month:02d}{mark}{year}{end}", RECEIVED)
    assert partial.value in (None, f"{year}-{month:02d}")


@given(text=texts | st.text(max_size=30), item=st.sampled_from(EVERY))
@settings(max_examples=600)
def test_no_answer_to_any_question_makes_the_reading_fail(text, item):
    for language in ("fr", "en"):
        if item.data_type is DataType.MULTIPLE_CHOICE:
            continue
        parsed = parse_answer(
            item, text, Setting(language=language, received=RECEIVED, picked=False)
        )
        given_ = [parsed.value, parsed.missing, parsed.bound]
        assert sum(each is not None for each in given_) <= 1
        assert not parsed.is_empty or parsed.faulty or not _visible(text)


def _visible(text: str) -> str:
    """Return what a person sees of a text: no spaces, nothing of no width."""
    return "".join(c for c in text if unicodedata.category(c)[0] not in "ZC" and c != "_")


@pytest.mark.parametrize("text", ["NF", "nf", " N.F. ", "non fait", "Non\u00a0fait", "non fait(e)"])
def test_a_reason_is_a_reason_however_it_is_spaced(text):
    item = an_item(missing=(MissingReason.NOTDONE,))
    parsed = parse_answer(item, text, Setting(language="fr", received=RECEIVED))
    assert (parsed.missing, parsed.value) == (MissingReason.NOTDONE, None)
