"""A full or partial ISO date as the days it can be.

``interval`` gives (first day, last day, precision), days as proleptic ordinals: what
expressions know, so that `<` does not exist on dates. ``days_of`` gives the same days as
dates, to compare with limits. Nothing here knows CEL or a form.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

DAY, MONTH, YEAR = 1, 2, 3
PRECISION_NAMES = {DAY: "day", MONTH: "month", YEAR: "year"}

Interval = tuple[int, int, int]
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Days:
    """First and last possible day of a date."""

    first: dt.date
    last: dt.date

    @property
    def is_one(self) -> bool:
        """Say whether the day is known."""
        return self.first == self.last


def days_of(iso: str) -> Days:
    """Return the possible days of an ISO date. Raises ValueError when it is no date."""
    first, last, _ = interval(iso)
    return Days(dt.date.fromordinal(first), dt.date.fromordinal(last))


@lru_cache(maxsize=1024)  # a record that may be many asks for its dates thousands of times
def interval(text: str) -> Interval:
    """Return the days an ISO date stands for. Raises ValueError when it is no date."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not an ISO date (2019, 2019-03 or 2019-03-14)")
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or month is None:
        whole = year or 0
        return _ordinal(whole, 1, 1), _ordinal(whole, 12, 31), YEAR
    if day is None:
        first = _ordinal(year, month, 1)
        return first, first + calendar.monthrange(year, month)[1] - 1, MONTH
    only = _ordinal(year, month, day)
    return only, only, DAY


def completed(days: Interval) -> int:
    """Return one day for a date: itself, the 15th of its month, or 1 July of its year."""
    first, _, precision = days
    start = dt.date.fromordinal(first)
    if precision == YEAR:
        return start.replace(month=7, day=1).toordinal()
    return start.replace(day=15).toordinal() if precision == MONTH else first


def whole_years(start: int, end: int) -> int:
    """Return the birthdays passed from one day to another (29 February counts in March)."""
    born, now = dt.date.fromordinal(start), dt.date.fromordinal(end)
    return now.year - born.year - ((now.month, now.day) < (born.month, born.day))


def _ordinal(year: int, month: int, day: int) -> int:
    return dt.date(year, month, day).toordinal()
