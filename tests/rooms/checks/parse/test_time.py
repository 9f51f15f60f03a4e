"""Times of day as people write them: certain, or asked; never completed, never rounded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.checks.parse.time import parse_time
from intake.model.time_of_day import LAST_MINUTE, is_time_of_day, minute_of_day, time_at


def code(text: str) -> str:
    parsed = parse_time(text)
    assert parsed.value is None
    return parsed.remarks[0].code


@pytest.mark.parametrize(
    "text",
    [
        "8:05",
        "08:05",
        "8h05",
        "08h05",
        "8H05",
        "8 h 05",
        "08\u00a0h\u202f05",
        "8 : 05",
        "08:05:00",
        "8h05min",
        "8 h 05 mn",
        "8:05 am",
        "8:05 a.m.",
        "  8:05 ",
    ],
)
def test_a_time_reads_the_same_however_it_is_written(text):
    parsed = parse_time(text)
    assert (parsed.value, parsed.remarks) == ("08:05", ())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0:00", "00:00"),
        ("00h00", "00:00"),
        ("23:59", "23:59"),
        ("20h30", "20:30"),
        ("8:05 pm", "20:05"),
        ("12:05 am", "00:05"),
        ("12:05 pm", "12:05"),
    ],
)
def test_the_day_has_twenty_four_hours(text, value):
    assert parse_time(text).value == value


@pytest.mark.parametrize(
    "text",
    [
        "8h",
        "8 heures",
        "8 pm",
        "08.05",
        "8,05",
        "8.5",
        "08 05",
        "0805",
        "2015",
        "805",
        "8:5",
        "8h5",
        "24:00",
        "24h",
        "24h00",
        "24:00:00",
    ],
)
def test_what_may_mean_two_times_is_asked(text):
    assert code(text) == "TIME_AMBIGUOUS"


@pytest.mark.parametrize(
    "text",
    [
        "25:10",
        "24:01",
        "8:75",
        "08:05:30",
        "13:05 pm",
        "0:05 am",
        "30h",
        "42.5",
        "-8:05",
        "8:05-9:10",
        "vers 8h05",
        "~ 8:05",
        "8:05 ?",
        "midi",
        "matin",
        "8",
        "10/05",
        "2016-03-14",
        "0.336805555555556",
        "Mme Durand 08:05",
        "8:0५",
    ],
)
def test_what_is_no_time_is_unreadable(text):
    assert code(text) == "TIME_UNREADABLE"


@given(st.integers(0, LAST_MINUTE))
def test_every_minute_of_the_day_reads_back(minute):
    text = time_at(minute)
    assert is_time_of_day(text)
    assert minute_of_day(text) == minute
    assert parse_time(text).value == text
    assert parse_time(text.replace(":", " h ")).value == text


@given(st.text(max_size=12))
def test_nothing_but_a_time_of_day_is_ever_stored(text):
    value = parse_time(text).value
    assert value is None or is_time_of_day(str(value))


@pytest.mark.parametrize("text", ["8:05", "24:00", "08:60", "08:05:00", "08:05\n", ""])
def test_only_the_stored_form_is_a_time_of_day(text):
    assert not is_time_of_day(text)
    with pytest.raises(ValueError, match="no time of day"):
        minute_of_day(text)
