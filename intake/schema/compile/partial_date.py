"""The format ``partial-date``: ISO 8601 truncated from the right.

``2019``, ``2019-03``, ``2019-03-14``. A day that no calendar holds is refused.
"""

from __future__ import annotations

import datetime as dt
import re

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def is_partial_date(text: str) -> bool:
    """Say whether the text is a year, a month or a day that exists."""
    found = _SHAPE.fullmatch(text)
    if found is None:
        return False
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def is_full_date(text: str) -> bool:
    """Say whether the text is a day that exists, written ``2019-03-14``."""
    return len(text) == 10 and is_partial_date(text)
