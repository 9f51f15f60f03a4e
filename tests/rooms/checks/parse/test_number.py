"""Numbers as written: every reading, and nothing that was not written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.checks.parse.number import parse_number
from intake.checks.parse.quantity import parse_quantity
from intake.model.definition import DataType, NumberLimits
from intake.words.spelling import plain
from tests.kit.forms import an_item


def limits(low: str | None, high: str | None) -> NumberLimits:
    return NumberLimits(Decimal(low) if low else None, Decimal(high) if high else None)


def read(text: str, **more):
    return parse_quantity(an_item(**more), text)


def code_of(text: str, **more) -> str:
    parsed = read(text, **more)
    assert parsed.value is None
    assert parsed.bound is None
    return parsed.remarks[0].code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8", "8"),
        ("8,5", "8.5"),
        ("8.5", "8.5"),
        (" 8,50 ", "8.5"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("1 234", "1234"),
        ("1\u00a0234,5", "1234.5"),
        ("12\u202f500", "12500"),
        ("12\u2009500", "12500"),
        ("1 234 567,25", "1234567.25"),
        ("1 234,567", "1234.567"),
        ("1234,567", "1234.567"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567,8", "1234567.8"),
        ("12,345,678.25", "12345678.25"),
        ("007", "7"),
        ("-3,5", "-3.5"),
        ("\u22123", "-3"),
        ("-0", "0"),
        ("4500", "4500"),
        ("1\u200b5", "15"),
        ("999999999999999", "999999999999999"),
        ("0,000000123456789", "0.000000123456789"),
    ],
)
def test_a_number_in_french_or_english_notation_is_read_exactly(text, expected):
    parsed = read(text)
    assert parsed.value == Decimal(expected)
    assert f"{parsed.value:f}" == expected
    assert parsed.remarks == ()


@pytest.mark.parametrize(
    "text",
    [
        "1.234,5",
        "1,234.5",
        "1.234.567.8",
        "1.234,567.8",
        "1.234.56",
        "0.123.456",
        "1234.567.890",
        "12 34",
        "12 3456",
        "1 2345",
        "0 500",
        "12  500",
        "12\n500",
        "12'500",
        ",5",
        "5,",
        "5.",
        "8,5,",
        "+5",
        "10-20",
        "10 à 20",
        "5 ou 6",
        "1e5",
        "10^3",
        "10 x 3",
        "1,5 × 10",
        "⅓",
        "1⅔",
        "1,5½",
        "-½",
        "٣٤",
        "12\x0034",
        "８",
        "²",
        "deux",
        "(12)",
        "=12",
        "∞",
        "NaN",
        "Infinity",
        "0x1F",
        "1_000",
    ],
)
def test_what_is_not_surely_one_number_is_refused(text):
    assert code_of(text) == "NUMBER_UNREADABLE"


@pytest.mark.parametrize(
    "text",
    [
        "~5",
        "~ 5",
        "≈5",
        "environ 5",
        "env. 5",
        "Env 5",
        "about 5",
        "5?",
        "5 ?",
        "12,5 (?)",
        "1 200 env.",
    ],
)
def test_a_number_that_is_not_certain_is_held_back_and_said(text):
    assert code_of(text) == "NUMBER_APPROXIMATE"


@pytest.mark.parametrize(
    "text",
    ["1234567890123456", "1,2345678901234567", "0," + "0" * 60 + "1", "9" * 10_000, "1" + "0" * 30],
)
def test_more_digits_than_a_json_number_carries_are_refused(text):
    assert code_of(text) == "NUMBER_TOO_LONG"


@pytest.mark.parametrize("text", ["12.500", "12,500", "1.000", "999,999", "-1.234"])
def test_a_separator_before_three_digits_is_ambiguous_without_limits(text):
    assert code_of(text) == "NUMBER_AMBIGUOUS"


def test_the_two_readings_are_told():
    (remark,) = read("12.500").remarks
    assert remark.context == {"first": "12.5", "second": "12500"}


@pytest.mark.parametrize(
    ("text", "low", "high", "expected"),
    [
        ("12.500", "1.5", "22", "12.5"),
        ("12,500", "1000", None, "12500"),
        ("1,479", "0", "100", "1.479"),
        ("0.500", None, None, "0.5"),
        ("0,500", "100", "1000", "0.5"),
    ],
)
def test_the_only_reading_within_hard_limits_is_taken(text, low, high, expected):
    assert read(text, limits=limits(low, high)).value == Decimal(expected)


def test_a_whole_number_item_is_as_careful_with_three_digits():
    whole = {"data_type": DataType.INTEGER, "limits": limits("0", "102400")}
    assert code_of("1.280", **whole) == "NUMBER_AMBIGUOUS"


def test_when_no_reading_is_within_limits_the_decimal_one_meets_them():
    assert read("85.000", limits=limits("1.5", "22")).value == Decimal(85)


@pytest.mark.parametrize(("text", "expected"), [("4", 4), ("4,0", 4), ("4.00", 4), ("1 280", 1280)])
def test_a_whole_number_may_be_written_with_zero_decimals(text, expected):
    parsed = read(text, data_type=DataType.INTEGER)
    assert parsed.value == expected
    assert isinstance(parsed.value, int)
    assert parsed.remarks == ()


def test_a_fraction_is_no_whole_number():
    assert code_of("4,5", data_type=DataType.INTEGER) == "NUMBER_NOT_WHOLE"


def french(number: Decimal) -> str:
    return f"{number:,f}".replace(",", "\u202f").replace(".", ",")


decimals = st.decimals(
    min_value=-(10**9), max_value=10**9, allow_nan=False, allow_infinity=False, places=2
)


@given(decimals)
def test_what_is_written_in_french_or_in_plain_english_reads_back(number):
    for text in (french(number), f"{number:f}"):
        parsed = read(text)
        assert parsed.value == number
        assert parsed.remarks == ()


@given(st.text(alphabet="0123456789., -<>\u202f", max_size=14))
def test_a_value_is_always_a_literal_reading_of_its_digits(text):
    parsed = read(text)
    if parsed.value is None:
        return
    literal = plain(text).replace(" ", "")
    for mark in ".,":
        literal = literal.replace(mark, "") if literal.count(mark) > 1 else literal
    assert parsed.value == Decimal(literal.replace(",", "."))
    assert Decimal(repr(float(parsed.value))) == parsed.value, "a JSON number carries it"


@given(st.text(max_size=40))
def test_no_text_makes_the_number_reader_fail(text):
    parsed = read(text, unit={"fr": "g/L"})
    assert parsed.value is None or isinstance(parsed.value, Decimal)
    parse_number(text)
