"""Which of two forms of one patient is the newer, by what the forms and their messages say.

The order in which files are processed, and what a file system says of them, never count.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from intake.model.file.dates import FormDates, Written

_ZONES_APART = dt.timedelta(hours=14)
"""How far a clock on a wall may be from universal time."""
_LAST_MONTH = 12


class Order(StrEnum):
    """What one form is beside another."""

    NEWER = "newer"
    OLDER = "older"
    UNKNOWN = "unknown"


def order_of(form: FormDates, other: FormDates) -> Order:
    """Say whether a form is newer or older than another: the first dates that differ decide.

    The date of filling, then that of the message, then that inside the file. A date that only
    one of them has decides nothing, nor does one that may be the same (a month and its day).
    """
    for verdict in (_by_filling(form, other), _by_message(form, other), _by_file(form, other)):
        if verdict is not Order.UNKNOWN:
            return verdict
    return Order.UNKNOWN


def order_among(form: FormDates, dates: Iterable[FormDates]) -> Order:
    """Compare a form with answers that came several times: all these dates must agree."""
    verdicts = {order_of(form, each) for each in dates}
    return verdicts.pop() if len(verdicts) == 1 else Order.UNKNOWN


def _by_filling(form: FormDates, other: FormDates) -> Order:
    if form.filled is None or other.filled is None:
        return Order.UNKNOWN
    first, last = _days(form.filled)
    other_first, other_last = _days(other.filled)
    if first > other_last:
        return Order.NEWER
    return Order.OLDER if last < other_first else Order.UNKNOWN


def _by_message(form: FormDates, other: FormDates) -> Order:
    if form.sent is None or other.sent is None:
        return Order.UNKNOWN
    return _order(form.sent - other.sent)


def _by_file(form: FormDates, other: FormDates) -> Order:
    if form.saved is None or other.saved is None:
        return Order.UNKNOWN
    apart = _moment(form.saved) - _moment(other.saved)
    if form.saved.is_zoned != other.saved.is_zoned and abs(apart) <= _ZONES_APART:
        return Order.UNKNOWN
    return _order(apart)


def _order(apart: dt.timedelta) -> Order:
    if not apart:
        return Order.UNKNOWN
    return Order.NEWER if apart > dt.timedelta() else Order.OLDER


def _moment(written: Written) -> dt.datetime:
    return written.at if written.is_zoned else written.at.replace(tzinfo=dt.UTC)


def _days(date: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that an ISO date, whole or not, may mean."""
    year, month, day = (*(int(part) for part in date.split("-")), 0, 0)[:3]
    latest = month or _LAST_MONTH
    last = day or calendar.monthrange(year, latest)[1]
    return dt.date(year, month or 1, day or 1), dt.date(year, latest, last)
