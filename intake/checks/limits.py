"""Limits of one value alone: numbers, dates, lengths, patterns, exclusive options.

A named message of the schema takes the place of the generic ones. A conversion that would
explain a value out of its limits is offered, never made.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from intake.checks.parse.number import exact_decimal
from intake.checks.parse.parsed import Parsed, Remark, fault, remark, unread
from intake.checks.parse.pattern import fits_pattern
from intake.checks.parse.quantity import rounded, within
from intake.checks.parse.unit import convert
from intake.expressions.days import Days, days_of
from intake.model.definition import (
    DataType,
    DateLimits,
    Item,
    NumberLimits,
    RangeMessage,
    TimeLimits,
)
from intake.model.finding import Finding, Severity
from intake.model.finding_codes import FindingCode

_BOUND = re.compile(r"(<=|>=|<|>)(.+)")


def check_limits(  # noqa: PLR0911 - one return a type
    item: Item, parsed: Parsed, received: dt.date
) -> Parsed:
    """Return the answer with what its limits have to say of it."""
    if parsed.faulty or parsed.missing is not None or parsed.is_empty:
        return parsed
    match item.data_type:
        case DataType.INTEGER | DataType.DECIMAL:
            return parsed.noting(*_number_remarks(item, parsed))
        case DataType.DATE:
            return _check_day(item, parsed, received)
        case DataType.PARTIAL_DATE:
            return _check_date(item, parsed, received)
        case DataType.TIME:
            return parsed.noting(*_time_remarks(item, str(parsed.value)))
        case DataType.MULTIPLE_CHOICE:
            return parsed.noting(*_exclusive_remarks(item, parsed))
        case DataType.TEXT:
            return parsed.noting(*_text_remarks(item, str(parsed.value)))
        case DataType.SINGLE_CHOICE:
            return parsed
        case unknown:
            assert_never(unknown)


def _number_remarks(item: Item, parsed: Parsed) -> list[Remark]:
    symbol, number = _amount(parsed)
    side = _outside(symbol, number, item.limits) or _number_outside(number, item.limits)
    if side:
        return [_hard(item, number, side)]
    if _outside(symbol, number, item.soft):
        return [remark(FindingCode.RANGE_SOFT, **_offer(item, number))]
    return []


def _amount(parsed: Parsed) -> tuple[str, Decimal]:
    match = _BOUND.fullmatch(parsed.bound or "")
    if match:
        return match[1], Decimal(match[2])
    return "", Decimal(str(parsed.value))


def _number_outside(number: Decimal, limits: NumberLimits) -> str:
    if within(number, limits):
        return ""
    return "below" if limits.low is not None and number < limits.low else "above"


def _outside(symbol: str, number: Decimal, limits: NumberLimits) -> str:
    """Say on which side a number, or everything a bound allows, lies outside the limits."""
    if not symbol:
        return _number_outside(number, limits)
    low, high = limits.low, limits.high
    if symbol.startswith("<") and low is not None:
        return "below" if number < low or (number == low and symbol == "<") else ""
    if symbol.startswith(">") and high is not None:
        return "above" if number > high or (number == high and symbol == ">") else ""
    return ""


def _hard(item: Item, number: Decimal, side: str) -> Remark:
    named = item.range_message
    context = _limit_context(item.limits) | _offer(item, number)
    if named is not None and named.side in (side, "outside"):
        return _named(named, context)
    code = FindingCode.UNIT_SUSPECTED if "offered" in context else FindingCode.RANGE_HARD
    return fault(code, **context)


def _limit_context(limits: NumberLimits) -> dict[str, str]:
    sides = {"low": limits.low, "high": limits.high}
    return {name: f"{limit:f}" for name, limit in sides.items() if limit is not None}


def _offer(item: Item, number: Decimal) -> dict[str, str]:
    """Return the one conversion that would make the number an ordinary one, or nothing."""
    usual = item.soft if item.soft != NumberLimits() else item.limits
    found: dict[str, str] = {}
    for unit in item.accepted_units:
        converted = convert(Fraction(number), unit)
        if converted is None or converted == number:
            continue
        exact = exact_decimal(converted)
        text = f"{exact:f}" if exact is not None else rounded(converted)
        if within(Decimal(text), usual):
            found[text] = unit.symbol
    if len(found) != 1:
        return {}
    ((text, symbol),) = found.items()
    return {"offered": text, "offered_from": symbol}


def _check_day(item: Item, parsed: Parsed, received: dt.date) -> Parsed:
    if not days_of(str(parsed.value)).is_one:
        return unread(FindingCode.DATE_INCOMPLETE)
    return _check_date(item, parsed, received)


def _check_date(item: Item, parsed: Parsed, received: dt.date) -> Parsed:
    return parsed.noting(*_date_remarks(item, days_of(str(parsed.value)), received))


def _date_remarks(item: Item, days: Days, received: dt.date) -> list[Remark]:
    side = _date_outside(days, item.dates, received)
    if side:
        return [_hard_date(item, side, received)]
    found = []
    if _date_outside(days, item.soft_dates, received):
        found.append(remark(FindingCode.DATE_UNUSUAL))
    if item.day_wanted and not days.is_one:
        found.append(remark(FindingCode.DAY_WANTED))
    return found


def _hard_date(item: Item, side: str, received: dt.date) -> Remark:
    context = _date_context(item.dates, received)
    named = item.range_message
    if named is None or named.side not in (side, "outside"):
        return fault(FindingCode.DATE_OUT_OF_RANGE, **context)
    return _named(named, context)


def _time_remarks(item: Item, text: str) -> list[Remark]:
    side = _time_outside(text, item.times)
    if side:
        limits = {"earliest": item.times.earliest, "latest": item.times.latest}
        context = {name: limit for name, limit in limits.items() if limit is not None}
        named = item.range_message
        if named is not None and named.side in (side, "outside"):
            return [_named(named, context)]
        return [fault(FindingCode.TIME_OUT_OF_RANGE, **context)]
    is_unusual = _time_outside(text, item.soft_times)
    return [remark(FindingCode.TIME_UNUSUAL)] if is_unusual else []


def _time_outside(text: str, limits: TimeLimits) -> str:
    """Say on which side of the limits a stored time lies; as texts, they are in order."""
    if limits.earliest is not None and text < limits.earliest:
        return "below"
    return "above" if limits.latest is not None and text > limits.latest else ""


def _named(named: RangeMessage, context: dict[str, str]) -> Remark:
    said = Finding(code=named.id, severity=Severity.ERROR, context=context, message=named.text)
    return Remark(finding=said, holds=True)


def _date_outside(days: Days, limits: DateLimits, received: dt.date) -> str:
    """Say on which side of the limits every day lies that the date can be."""
    earliest, latest = (_limit(text, received) for text in (limits.earliest, limits.latest))
    if earliest is not None and days.last < earliest:
        return "below"
    return "above" if latest is not None and days.first > latest else ""


def _limit(text: str | None, received: dt.date) -> dt.date | None:
    if text is None:
        return None
    return received if text == "today" else dt.date.fromisoformat(text)


def _date_context(limits: DateLimits, received: dt.date) -> dict[str, str]:
    sides = {"earliest": limits.earliest, "latest": limits.latest}
    found = {name: _limit(text, received) for name, text in sides.items()}
    return {name: day.isoformat() for name, day in found.items() if day is not None}


def _exclusive_remarks(item: Item, parsed: Parsed) -> list[Remark]:
    codes = parsed.value if isinstance(parsed.value, tuple) else ()
    alone = {option.code for option in item.options if option.exclusive}
    return [fault(FindingCode.CHOICE_EXCLUSIVE)] if len(codes) > 1 and alone & set(codes) else []


def _text_remarks(item: Item, text: str) -> list[Remark]:
    low, high = item.min_length, item.max_length
    if (low is not None and len(text) < low) or (high is not None and len(text) > high):
        sides = {"low": low, "high": high}
        context = {name: str(limit) for name, limit in sides.items() if limit is not None}
        return [fault(FindingCode.TEXT_LENGTH, **context)]
    if not fits_pattern(item, text):
        return [fault(FindingCode.TEXT_PATTERN)]
    return []
