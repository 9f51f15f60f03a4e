"""A full or partial ISO date as the days it can be."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass


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
    """Return the possible days of ``2015``, ``2015-03`` or ``2015-03-14``."""
    year, month, day = (*map(int, iso.split("-")), 0, 0)[:3]
    if day:
        exact = dt.date(year, month, day)
        return Days(exact, exact)
    if month:
        last = calendar.monthrange(year, month)[1]
        return Days(dt.date(year, month, 1), dt.date(year, month, last))
    return Days(dt.date(year, 1, 1), dt.date(year, 12, 31))
