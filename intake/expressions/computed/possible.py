"""The records that a record with partial dates may be, each date given one of its days.

What must not rest on an assumed day (``d_juvenile``) is computed of each, and known where all
agree. Tried are the ends of a date, the day assumed for it, and the days about which the
others can change an answer; nothing between two of these can.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from intake.expressions.completing import Completer
from intake.expressions.days import Interval, completed, interval
from intake.model.definition import FormDefinition

MOST_RECORDS = 256
"""More are not tried: then nothing is said."""
_LONGEST = 400
"""Numbers written in an expression are days up to this one."""


@dataclass(frozen=True, slots=True)
class _Partial:
    """A partial date of a record, or of one of its rows, and the days that it can be."""

    name: str
    group: str | None
    index: int
    span: Interval


def possible_records(
    completer: Completer,
    definition: FormDefinition,
    record: Mapping[str, Any],
    dates: Collection[str],
    marks: Iterable[float],
) -> list[Mapping[str, Any]]:
    """Return the records to try for some date items; none when no date is partial.

    ``marks`` are the numbers that the expressions hold. Raises OverflowError when there are
    too many.
    """
    partial = list(_partial(completer, definition, record, dates))
    if not partial:
        return []
    ends, away = _ends(definition, record, dates), _away(marks)
    tried = [_days(each, ends, away) for each in partial]
    if math.prod(map(len, tried)) > MOST_RECORDS:
        tried = [_days(each, {}, away) for each in partial]
    if math.prod(map(len, tried)) > MOST_RECORDS:
        raise OverflowError("too many partial dates")
    return list(_given(record, partial, tried))


def _partial(
    completer: Completer,
    definition: FormDefinition,
    record: Mapping[str, Any],
    dates: Collection[str],
) -> Iterator[_Partial]:
    for group in {definition.items[name].group: None for name in sorted(dates)}:
        holders = [record] if group is None else record.get(group, ())
        for index, holder in enumerate(holders):
            spans = completer.spans(group, holder, record)
            yield from (_Partial(n, group, index, spans[n]) for n in sorted(dates) if n in spans)


def _ends(
    definition: FormDefinition, record: Mapping[str, Any], dates: Collection[str]
) -> Mapping[tuple[str, int], tuple[int, int]]:
    """Return the first and last day of each date, by name and place of its holder."""
    found: dict[tuple[str, int], tuple[int, int]] = {}
    for name in dates:
        group = definition.items[name].group
        for index, holder in enumerate([record] if group is None else record.get(group, ())):
            try:
                found[name, index] = interval(str(holder.get(name)))[:2]
            except ValueError:  # nothing, or said where its value is read
                continue
    return found


def _away(marks: Iterable[float]) -> set[int]:
    """Return how many days from another date an answer may change."""
    steps = {0, *(int(mark) for mark in marks if 0 < mark <= _LONGEST)}
    return {sign * step + beside for sign in (-1, 1) for step in steps for beside in (-1, 0, 1)}


def _days(
    date: _Partial, ends: Mapping[tuple[str, int], tuple[int, int]], away: set[int]
) -> list[int]:
    low, high, _ = date.span
    assumed = min(max(completed(date.span), low), high)
    others = {day for at, pair in ends.items() if at != (date.name, date.index) for day in pair}
    near = {day + days for day in others for days in away}
    return sorted({low, assumed, high, *(day for day in near if low <= day <= high)})


def _given(
    record: Mapping[str, Any], partial: list[_Partial], tried: list[list[int]]
) -> Iterator[Mapping[str, Any]]:
    """Yield the record with each partial date given one of its days.

    Rows that say the same are the same object, so that they are read once.
    """
    made: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    for days in itertools.product(*tried):
        texts = [dt.date.fromordinal(day).isoformat() for day in days]
        changed: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
        given: dict[str, Any] = dict(record)
        for date, text in zip(partial, texts, strict=True):
            if date.group is None:
                given[date.name] = text
            else:
                changed[date.group, date.index][date.name] = text
        for (group, index), more in changed.items():
            if given[group] is record[group]:
                given[group] = list(record[group])
            key = (group, index, *more.values())
            if key not in made:
                made[key] = {**record[group][index], **more}
            given[group][index] = made[key]
        yield given


def without_dates(record: Mapping[str, Any], dates: Collection[str]) -> Mapping[str, Any]:
    """Return a record in which some dates are not known."""
    kept = {name: value for name, value in record.items() if name not in dates}
    for name, value in kept.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            kept[name] = [without_dates(row, dates) for row in value]
    return kept
