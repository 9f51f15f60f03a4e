"""A number, a bound or a number with its unit, brought exactly into the item's unit.

A written unit that is listed and exact converts; an inexact one, or a result that is not a
decimal, does not. Limits are used here only to choose between the readings of ``12.500``.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from intake.checks.parse.notation import is_hedged, read_number
from intake.checks.parse.number import WrittenNumber, exact_decimal
from intake.checks.parse.parsed import Parsed, Remark, fault, remark, unread
from intake.checks.parse.unit import convert, find_unit
from intake.model.definition import AcceptedUnit, Item, NumberLimits
from intake.model.finding_codes import FindingCode
from intake.words.spelling import plain

_BOUND = re.compile(r"(<=|=<|>=|≤|≥|⩽|⩾|<|>)\s*(.*)", re.DOTALL)
_SYMBOLS = {"=<": "<=", "≤": "<=", "⩽": "<=", "≥": ">=", "⩾": ">="}
_UNIT_LIKE = re.compile(r"(?!e\d)(?:[^\W\d_]|[°%/])(?!.*[\s,;:]-?\d)", re.DOTALL)
_OFFERED = Context(prec=4)


@dataclass(frozen=True, slots=True)
class _Written:
    """The parts of an answer to a number item."""

    symbol: str
    number: WrittenNumber
    unit: AcceptedUnit | None


def parse_quantity(item: Item, text: str, own_units: Collection[str] | None = None) -> Parsed:
    """Return the number or bound that was written, in the item's unit.

    ``own_units`` are the spellings of the unit asked; by default the item's own.
    """
    body = plain(text)
    bound = _BOUND.fullmatch(body)
    symbol = _SYMBOLS.get(bound[1], bound[1]) if bound else ""
    own = item.unit.values() if own_units is None else own_units
    number = read_number(bound[2] if bound else body, own, sign=symbol)
    if is_hedged(body):
        return unread(FindingCode.NUMBER_APPROXIMATE)
    if number is None:
        code = FindingCode.BOUND_UNREADABLE if bound else FindingCode.NUMBER_UNREADABLE
        return unread(code)
    unit = find_unit(item, number.rest, own)
    if unit is None:
        return _unknown_unit(item, number.rest)
    if number.too_long:
        return unread(FindingCode.NUMBER_TOO_LONG)
    return _one_reading(item, _Written(symbol, number, None if isinstance(unit, str) else unit))


def within(number: Decimal, limits: NumberLimits) -> bool:
    """Say whether a number lies within limits, both included."""
    low, high = limits.low, limits.high
    return (low is None or number >= low) and (high is None or number <= high)


def _unknown_unit(item: Item, rest: str) -> Parsed:
    if not _UNIT_LIKE.match(rest) or (not item.unit and not item.unit_item):
        return unread(FindingCode.NUMBER_UNREADABLE)
    return unread(FindingCode.UNIT_UNKNOWN)


def _one_reading(item: Item, written: _Written) -> Parsed:
    """Choose the only possible reading, in the item's unit, or say why there is none."""
    unit = written.unit
    if unit is not None and not unit.exact:
        return _inexact(written.number, unit)
    exact = [_in_unit(reading, unit) for reading in written.number.readings]
    converted = [number for number in exact if number is not None]
    if unit is not None and len(converted) < len(exact):
        return _inexact(written.number, unit)
    possible = [number for number in converted if within(number, item.limits)]
    if len(possible) > 1:
        first, second = (f"{number:f}" for number in converted)
        return unread(FindingCode.NUMBER_AMBIGUOUS, first=first, second=second)
    return _finish(item, written, possible[0] if possible else converted[0])


def _in_unit(reading: Decimal, unit: AcceptedUnit | None) -> Decimal | None:
    if unit is None:
        return reading
    converted = convert(Fraction(reading), unit)
    return None if converted is None else exact_decimal(converted)


def _inexact(number: WrittenNumber, unit: AcceptedUnit) -> Parsed:
    """Hold the value back; offer the converted one, rounded, when there is one reading."""
    context = {"unit_written": unit.symbol}
    if len(number.readings) == 1:
        about = convert(Fraction(number.readings[0]), unit)
        if about is not None:
            context["offered"] = rounded(about)
    return Parsed(remarks=(fault(FindingCode.UNIT_INEXACT, **context),))


def rounded(number: Fraction) -> str:
    """Return a number to four significant digits, to be offered and never stored."""
    about = _OFFERED.divide(Decimal(number.numerator), Decimal(number.denominator))
    return f"{about.normalize():f}"


def _finish(item: Item, written: _Written, number: Decimal) -> Parsed:
    whole = number == number.to_integral_value()
    if item.is_whole and not whole:
        return unread(FindingCode.NUMBER_NOT_WHOLE)
    notes: list[Remark] = []
    if written.unit is not None and (written.unit.factor, written.unit.offset) != ("1", "0"):
        value = f"{written.symbol}{number:f}"
        notes.append(remark(FindingCode.UNIT_CONVERTED, value=value))
    if written.symbol:
        bound = f"{written.symbol}{number:f}"
        notes.append(remark(FindingCode.BOUND_KEPT, value=bound))
        return Parsed(bound=bound, remarks=tuple(notes))
    value_kept = int(number) if item.is_whole else number
    return Parsed(value=value_kept, remarks=tuple(notes))
