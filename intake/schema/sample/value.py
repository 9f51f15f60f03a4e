"""One random valid answer of one item, in record shape (JSON types, ISO dates)."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from decimal import Decimal

from intake.expressions.days import interval
from intake.model.definition import DataType, Item, Option
from intake.schema.sample.text import sample_matching

JsonValue = str | int | float | list[str]
_TODAY = "2024-12-31"
"""Stands for the day of reception, so that samples need no clock."""
_LETTERS = "abcdefghijklmnopqrstuvwxyzéèàçœ"
_SPREAD = Decimal(1000)


def sample_value(item: Item, rng: random.Random, *, reasons: bool = False) -> JsonValue:
    """Return a valid answer; codes that give a missing reason only when asked for."""
    if item.data_type is DataType.INTEGER:
        return int(_number(item, rng, Decimal(1)))
    if item.data_type is DataType.DECIMAL:
        return float(_number(item, rng, rng.choice([Decimal("0.1"), Decimal("0.01"), Decimal(1)])))
    if item.is_date:
        return _date(item, rng)
    if item.is_choice:
        return _codes(item, rng, reasons=reasons)
    return _text(item, rng)


def within_limits(item: Item, value: Decimal) -> bool:
    """Say whether a number lies within the item's hard limits."""
    low, high = item.limits.low, item.limits.high
    return (low is None or value >= low) and (high is None or value <= high)


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
    if rounded != int(rounded) and item.data_type is DataType.INTEGER:
        rounded = Decimal(int(value))
    return rounded if within_limits(item, rounded) else low


def _date(item: Item, rng: random.Random) -> str:
    first = dt.date.fromisoformat(_day(item.dates.earliest, "1950-01-01"))
    last = max(first, dt.date.fromisoformat(_day(item.dates.latest, _TODAY)))
    day = dt.date.fromordinal(rng.randint(first.toordinal(), last.toordinal())).isoformat()
    if item.data_type is DataType.DATE:
        return day
    wanted = day[: rng.choice([4, 7, 10, 10])]
    start, end, _ = interval(wanted)
    inside = start >= first.toordinal() and end <= last.toordinal()
    return wanted if inside else day


def _day(limit: str | None, otherwise: str) -> str:
    return otherwise if limit is None else _TODAY if limit == "today" else limit


def _codes(item: Item, rng: random.Random, *, reasons: bool) -> JsonValue:
    options = [o for o in item.options if reasons or o.reason is None] or list(item.options)
    if item.data_type is DataType.SINGLE_CHOICE:
        return rng.choice(options).code
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
