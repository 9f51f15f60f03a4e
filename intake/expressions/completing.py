"""The day assumed for a partial date, moved inside its own interval to keep known orders.

The 15th of a month, 1 July of a year; then the nearest day that is not before nor after
what the form says (``x-complete``). Sharper dates are settled first and bound the others.
Nothing is stored: this serves computations only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from intake.expressions.days import DAY, Interval, completed, interval
from intake.model.definition import FormDefinition, Item

Days = Mapping[str, int]
Spans = Mapping[str, Interval]


class Completer:
    """Completes the dates of one form. Holds the orders that its items declare."""

    def __init__(self, definition: FormDefinition) -> None:
        """Note each order from both sides: a date after another has the other before it."""
        dates = [item for item in definition.items.values() if item.is_date]
        self._dates = {
            group: [d for d in dates if d.group == group] for group in (None, *definition.groups)
        }
        self._after: dict[str, set[str]] = defaultdict(set)
        self._before: dict[str, set[str]] = defaultdict(set)
        for item in dates:
            for name in item.not_before:
                self._order(name, item.name)
            for name in item.not_after:
                self._order(item.name, name)
        self.form_dates = tuple(item.name for item in self._dates[None])

    def form_days(self, record: Mapping[str, Any]) -> Days:
        """Return the day of each date outside groups; rows do not move them."""
        return self._days(_intervals(self._dates[None], record), {})

    def row_days(self, group: str, row: Mapping[str, Any], form: Days) -> Days:
        """Return the day of each date of one row, given those of the form."""
        return self._days(_intervals(self._dates.get(group, ()), row), form)

    def spans(self, group: str | None, holder: Mapping[str, Any], form: Mapping[str, Any]) -> Spans:
        """Return the days that each partial date of a holder can be, in the known orders."""
        own = _intervals(self._dates.get(group, ()), holder)
        found = {**_intervals(self._dates[None], form), **own}
        return {name: self._span(name, found) for name, days in own.items() if days[2] != DAY}

    def _span(self, name: str, found: Mapping[str, Interval]) -> Interval:
        first, last, precision = found[name]
        low = max([first, *_ends(self._after[name], {}, found, 0)])
        high = min([last, *_ends(self._before[name], {}, found, 1)])
        return (low, high, precision) if low <= high else (first, last, precision)

    def _order(self, first: str, second: str) -> None:
        self._before[first].add(second)
        self._after[second].add(first)

    def _days(self, found: Mapping[str, Interval], around: Days) -> dict[str, int]:
        """Settle the sharpest dates first; those not settled yet bound by their own ends."""
        done: dict[str, int] = {}
        for name in sorted(found, key=lambda each: found[each][2]):
            days = found[name]
            if days[2] == DAY:
                done[name] = days[0]
                continue
            known = {**around, **done}
            low = max(_ends(self._after[name], known, found, 0), default=days[0])
            high = min(_ends(self._before[name], known, found, 1), default=days[1])
            wanted = min(max(completed(days), low), high)
            done[name] = min(max(wanted, days[0]), days[1])
        return done


def _ends(names: set[str], known: Days, found: Mapping[str, Interval], side: int) -> Iterator[int]:
    for name in names:
        if name in known:
            yield known[name]
        elif name in found:
            yield found[name][side]


def _intervals(items: Iterable[Item], holder: Mapping[str, Any]) -> dict[str, Interval]:
    found = {}
    for item in items:
        text = holder.get(item.name)
        if isinstance(text, str):
            try:
                found[item.name] = interval(text)
            except ValueError:  # said where its value is read
                continue
    return found
