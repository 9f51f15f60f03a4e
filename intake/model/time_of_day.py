"""A time of day as it is stored: ``08:05``, from ``00:00`` to ``23:59``.

No seconds and no zone: a form asks what the clock on the wall said.
"""

from __future__ import annotations

import re

PATTERN = r"([01]\d|2[0-3]):[0-5]\d"
LAST_MINUTE = 24 * 60 - 1
_STORED = re.compile(PATTERN, re.ASCII)


def is_time_of_day(text: str) -> bool:
    """Say whether a text is a stored time of day."""
    return _STORED.fullmatch(text) is not None


def minute_of_day(text: str) -> int:
    """Return the minutes since midnight of a stored time. Raises ValueError for another text."""
    if not is_time_of_day(text):
        raise ValueError(f"{text!r} is no time of day")
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def time_at(minute: int) -> str:
    """Return the stored time of a minute of the day, 0 to ``LAST_MINUTE``."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
