"""Times of day as people write them, 24 hours: ``8:05``, ``08h05``, ``8 h 05``, ``8:05 pm``.

Certain only with two figures for the minutes and a sign that belongs to hours. Nothing is
completed (``8h``) and nothing rounded (``8:05:30``); what a person could also have meant
otherwise (``08.05`` is 8.05 hours too, ``0805`` a year's beginning, ``24:00`` either
midnight) is asked.
"""

from __future__ import annotations

import re

from intake.checks.parse.parsed import Parsed, unread
from intake.model.finding_codes import FindingCode
from intake.words.spelling import fold

_CERTAIN = re.compile(
    r"(?P<hour>\d{1,2})\s?[:h]\s?(?P<minute>\d{2})(?::00|\s?mi?n)?(?:\s?(?P<half>[ap])\.?\s?m\.?)?",
    re.ASCII,
)
_TWO_WAYS = re.compile(
    r"(?:[01]?\d|2[0-4])(?:\s?(?:h|hours?|heures?|o'clock|[ap]\.?\s?m\.?)|\s?[.,]\s?\d{1,2}|\s\d{2}"
    r"|\s?[:h]\s?\d|\d{2})",
    re.ASCII,
)
_MIDNIGHT = re.compile(r"24\s?(?:[:h.]\s?(?:00(?::00)?)?)?", re.ASCII)
_NOON = 12


def parse_time(text: str) -> Parsed:
    """Return the time that was written, as ``08:05``."""
    folded = fold(text)
    found = _CERTAIN.fullmatch(folded)
    if found is None or _MIDNIGHT.fullmatch(folded):
        could_be = _TWO_WAYS.fullmatch(folded) or _MIDNIGHT.fullmatch(folded)
        return unread(FindingCode.TIME_AMBIGUOUS if could_be else FindingCode.TIME_UNREADABLE)
    hour = _hour(int(found["hour"]), found["half"])
    minute = int(found["minute"])
    if hour is None or minute > 59:
        return unread(FindingCode.TIME_UNREADABLE)
    return Parsed(value=f"{hour:02d}:{minute:02d}")


def _hour(hour: int, half: str | None) -> int | None:
    """Return the hour of 24, None for one that no clock shows."""
    if half is None:
        return hour if hour < 24 else None
    if not 1 <= hour <= _NOON:
        return None
    return hour % _NOON + (_NOON if half == "p" else 0)
