"""What is written is what is read back, for every dataclass the store keeps."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.model.finding import Finding
from intake.model.receipt import Receipt, SourceFile
from intake.model.record import PatientKey
from intake.model.submission import Submission, Value
from intake.storage.database.codec import canonical, decode, dumps, encode, loads

any_text = st.text(st.characters(), max_size=8)  # unpaired surrogates and NUL included
decimals = st.decimals(allow_nan=False, allow_infinity=False)
offsets = st.integers(-14 * 60, 14 * 60).map(lambda m: dt.timezone(dt.timedelta(minutes=m)))
times = st.datetimes(dt.datetime(1990, 1, 2), dt.datetime(2090, 1, 1), timezones=offsets)
data = st.none() | any_text | st.integers() | decimals | st.tuples(any_text, any_text)
scalars = any_text | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
names = st.text("abc_", min_size=1, max_size=4)
rows = st.lists(st.dictionaries(names, scalars, max_size=3), max_size=2)
records = st.dictionaries(names, scalars | rows | st.lists(any_text, max_size=2), max_size=4)
texts = st.dictionaries(st.sampled_from(["fr", "en"]), any_text, max_size=2)

findings = st.builds(
    Finding,
    code=any_text,
    context=texts,
    message=st.none() | texts,
    items=st.lists(names, max_size=2).map(tuple),
)
values = st.builds(Value, item=names, value=data, raw=any_text)
submissions = st.builds(
    Submission,
    values=st.lists(values, max_size=3).map(tuple),
    findings=st.lists(findings, max_size=2).map(tuple),
    record=records,
)
sources = st.builds(SourceFile, received=times, name=any_text, token=any_text)
receipts = st.builds(
    Receipt, source=sources, findings=st.lists(findings, max_size=2).map(tuple), hint=any_text
)
keys = st.builds(PatientKey, parts=st.lists(any_text, max_size=3).map(tuple))

relaxed = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@relaxed
@given(submissions | receipts | keys)
def test_whatever_is_written_is_read_back(written):
    text = dumps(written)

    assert loads(type(written), text) == written
    assert text.isascii()


@given(decimals)
def test_a_decimal_keeps_its_digits(number):
    value = Value(item="a", value=number)

    assert loads(Value, dumps(value)).value.as_tuple() == number.as_tuple()


@pytest.mark.parametrize(
    "answer", [0, "0", Decimal("0"), Decimal("0.00"), "", ("0",), (), "1E+2", None]
)
def test_an_answer_keeps_its_type(answer):
    back = loads(Value, dumps(Value(item="a", value=answer))).value

    assert (type(back), str(back)) == (type(answer), str(answer))


@given(times)
def test_a_time_keeps_its_offset(moment):
    source = SourceFile("a", "b", 1, moment)

    assert loads(SourceFile, dumps(source)).received.isoformat() == moment.isoformat()


def test_the_same_object_is_always_the_same_text():
    assert canonical({"b": [1, 2.5], "a": "é"}) == '{"a":"\\u00e9","b":[1,2.5]}'


def test_numbers_that_json_does_not_know_are_refused():
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": float("nan")})


@dataclass(frozen=True)
class Older:
    name: str
    note: str | None = None


@dataclass(frozen=True)
class Newer:
    name: str
    note: str | None = "not asked then"
    pages: int = 7


def test_a_field_added_later_is_read_with_its_default():
    assert decode(Newer, encode(Older("a"))) == Newer("a", note=None, pages=7)


def test_a_field_this_version_does_not_know_is_refused():
    with pytest.raises(TypeError, match="pages"):
        decode(Older, encode(Newer("a")))


@dataclass(frozen=True)
class Ambiguous:
    value: tuple[int, ...] | tuple[str, ...]


@dataclass(frozen=True)
class Unknown:
    value: complex


@pytest.mark.parametrize("kind", [Ambiguous, Unknown])
def test_a_type_that_could_be_misread_is_refused(kind):
    with pytest.raises(TypeError, match="read back"):
        decode(kind, {"value": [1]})


def test_an_object_that_is_not_data_is_refused():
    with pytest.raises(TypeError, match="cannot be stored"):
        encode(json)
