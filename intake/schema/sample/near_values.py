"""Small random records of only what expressions read, near the values that they name.

For seeing a condition both ways, where full records did not show it.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, assert_never

from intake.expressions.program import Program
from intake.model.definition import Family, FormDefinition, Item
from intake.model.time_of_day import is_time_of_day, minute_of_day, time_at
from intake.schema.sample.record import sample_item
from intake.schema.sample.value import minutes_allowed, within_limits


def small_record(
    definition: FormDefinition, programs: Sequence[Program], group: str | None, rng: random.Random
) -> dict[str, Any]:
    """Return a record of what programs read, with at least one row of a group when named."""
    record: dict[str, Any] = {}
    near = _Neighbours([value for program in programs for value in program.literals], rng)
    names = sorted({name for program in programs for name in program.items})
    items = [definition.items[name] for name in names]
    for item in items:
        if item.group is None:
            near.put(item, record)
    for name in sorted({str(i.group) for i in items if i.group} | ({group} if group else set())):
        rows = rng.randint(1 if name == group else 0, 3)
        record[name] = [{"_row": number} for number in range(1, rows + 1)]
        for row in record[name]:
            for item in items:
                if item.group == name:
                    near.put(item, row)
    return record


class _Neighbours:
    """Puts answers at and around the values written in an expression."""

    def __init__(self, literals: Sequence[bool | int | float | str], rng: random.Random) -> None:
        self._numbers = [v for v in literals if type(v) in (int, float)]
        self._texts = [v for v in literals if isinstance(v, str)]
        self._times = [text for text in self._texts if is_time_of_day(text)]
        self._rng = rng
        self._dates: list[str] = []

    def put(self, item: Item, holder: dict[str, Any]) -> None:
        """Put an answer of an item in a record or row: named, near, or any plausible one."""
        if self._rng.random() < 0.4:
            sample_item(item, self._rng, holder)
            return
        match item.family:
            case Family.NUMBER if self._numbers:
                self._put_number(item, holder)
            case Family.DAY:
                self._put_date(item, holder)
            case Family.TIME if self._times:
                self._put_time(item, holder)
            case Family.WORDS if self._texts:
                holder[item.name] = self._rng.choice(self._texts)
            case Family.NUMBER | Family.TIME | Family.WORDS | Family.LISTED | Family.TICKED:
                sample_item(item, self._rng, holder)
            case unknown:
                assert_never(unknown)

    def _put_number(self, item: Item, holder: dict[str, Any]) -> None:
        value = self._near_number()
        if item.is_whole:
            value = value.to_integral_value()
        if within_limits(item, value):
            holder[item.name] = int(value) if value == int(value) else float(value)

    def _near_number(self) -> Decimal:
        """Return a named number, one a step beside it, or the middle of two."""
        one, other = (Decimal(str(n)) for n in self._rng.choices(self._numbers, k=2))
        step = Decimal(self._rng.choice(["-1", "-0.01", "0", "0.01", "1"]))
        return one + step if self._rng.random() < 0.7 else (one + other) / 2

    def _put_time(self, item: Item, holder: dict[str, Any]) -> None:
        """Put a named time or one a minute beside it, within the item's limits."""
        first, last = minutes_allowed(item)
        near = minute_of_day(self._rng.choice(self._times)) + self._rng.choice([-1, 0, 1])
        holder[item.name] = time_at(min(max(near, first), last))

    def _put_date(self, item: Item, holder: dict[str, Any]) -> None:
        """Put a date at a named number of days from one already put, or from a named date."""
        known = [text for text in self._texts if len(text) == 10 and text[:4].isdigit()]
        near = [*self._dates, *known]
        if not near:
            sample_item(item, self._rng, holder)
        else:
            gap = self._rng.choice([0, *(int(n) for n in self._numbers)])
            days = self._rng.choice([-1, 1]) * gap + self._rng.choice([-1, 0, 1])
            start = dt.date.fromisoformat(self._rng.choice(near))
            holder[item.name] = (start + dt.timedelta(days=days)).isoformat()
        text = holder.get(item.name, "")
        if len(text) == 10:
            self._dates.append(text)
