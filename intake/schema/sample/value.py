"""One random valid answer of one item, in record shape (JSON types, ISO dates)."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from decimal import Decimal
from typing import assert_never

from intake.expressions.days import interval
from intake.model.definition import DataType, Item, Option
from intake.model.time_of_day import LAST_MINUTE, minute_of_day, time_at
from intake.schema.sample.text import sample_matching

JsonValue = str | int | float | list[str]
_TODAY = "2024-12-31"
"""Stands for the day of reception, so that samples need no clock."""
_LETTERS = "abcdefghijklmnopqrstuvwxyzéèàçœ"
_SPREAD = Decimal(1000)
_STEPS = [Decimal("0.1"), Decimal("0.01"), Decimal(1)]


def sample_value(  # noqa: PLR0911 - one return a type
    item: Item, rng: random.Random, *, reasons: bool = False
) -> JsonValue:
    """Return a valid answer; codes that give a missing reason only when asked for."""
    match item.data_type:
        case DataType.INTEGER:
            return int(_number(item, rng, Decimal(1)))
        case DataType.DECIMAL:
            return float(_number(item, rng, rng.choice(_STEPS)))
        case DataType.DATE:
            return _date(item, rng)
        case DataType.PARTIAL_DATE:
            return _partial_date(item, rng)
        case DataType.TIME:
            return time_at(rng.randint(*minutes_allowed(item)))
        case DataType.SINGLE_CHOICE:
            return rng.choice(_offered(item, reasons=reasons)).code
        case DataType.MULTIPLE_CHOICE:
            return _codes(item, rng, reasons=reasons)
        case DataType.TEXT:
            return _text(item, rng)
        case unknown:
            assert_never(unknown)


def within_limits(item: Item, value: Decimal) -> bool:
    """Say whether a number lies within the item's hard limits."""
    low, high = item.limits.low, item.limits.high
    return (low is None or value >= low) and (high is None or value <= high)


def minutes_allowed(item: Item) -> tuple[int, int]:
    """Return the first and the last minute of the day that the hard limits allow."""
    first = item.times.earliest or time_at(0)
    last = item.times.latest or time_at(LAST_MINUTE)
    return minute_of_day(first), minute_of_day(max(first, last))


def _number(item: Item, rng: random.Random, step: Decimal) -> Decimal:
    low = item.limits.low if item.limits.low is not None else Decimal(0)
    high = item.limits.high if item.limits.high is not None else low + _SPREAD
    edges = [each for each in (low, high, item.soft.low, item.soft.high) if each is not None]
    way = rng.random()
    if way < 0.15:
        value = rng.choice(edges)
    elif way < 0.5:  # small numbers are as frequent as large ones
        value = low + (high - low) * Decimal(10.0 ** rng.uniform(-4, 0))
    else:
        value = low + (high - low) * Decimal(rng.random())
    rounded = value.quantize(step) if value not in edges else value
    if rounded != int(rounded) and item.is_whole:
        rounded = Decimal(int(value))
    return rounded if within_limits(item, rounded) else low


def _date(item: Item, rng: random.Random) -> str:
    return dt.date.fromordinal(rng.randint(*_days(item))).isoformat()


def _partial_date(item: Item, rng: random.Random) -> str:
    day = _date(item, rng)
    wanted = day[: rng.choice([4, 7, 10, 10])]
    first, last = _days(item)
    start, end, _ = interval(wanted)
    return wanted if start >= first and end <= last else day


def _days(item: Item) -> tuple[int, int]:
    """Return the first and the last day that the limits allow."""
    first = dt.date.fromisoformat(_day(item.dates.earliest, "1950-01-01"))
    last = dt.date.fromisoformat(_day(item.dates.latest, _TODAY))
    return first.toordinal(), max(first, last).toordinal()


def _day(limit: str | None, otherwise: str) -> str:
    return otherwise if limit is None else _TODAY if limit == "today" else limit


def _offered(item: Item, *, reasons: bool) -> list[Option]:
    return [o for o in item.options if reasons or o.reason is None] or list(item.options)


def _codes(item: Item, rng: random.Random, *, reasons: bool) -> list[str]:
    options = _offered(item, reasons=reasons)
    alone = [o for o in options if o.exclusive or o.reason is not None]
    together = [o for o in options if o not in alone]
    if not together or (alone and rng.random() < 0.3):
        return [rng.choice(alone).code]
    return _some(together, rng)


def _some(options: Sequence[Option], rng: random.Random) -> list[str]:
    picked = set(rng.sample(range(len(options)), rng.randint(1, min(4, len(options)))))
    return [option.code for index, option in enumerate(options) if index in picked]


def _text(item: Item, rng: random.Random) -> str:
    if item.pattern is not None:
        return sample_matching(item.pattern, rng)
    least = item.min_length or 1
    most = min(item.max_length or least + 40, least + 40)
    letters = rng.choices(_LETTERS + "  ", k=rng.randint(least, most))
    return "".join(letters).strip().ljust(least, "x")
