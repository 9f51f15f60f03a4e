"""The date that a file gives as that of its last save, from the notations of the formats.

No file is opened here. What a date means beside others, and whether it can be true, is decided
by the pipeline.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from intake.model.file.dates import DateSource, Written

_ISO = re.compile(r"\s*(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?\s*")
_PDF = re.compile(
    r"\s*(?:D:)?(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?\s*(?:(Z)|([+-])(\d\d)'?(\d\d)?)?"
)


def iso_date(text: str, source: DateSource) -> Written | None:
    """Return the date written as ISO 8601, as office programs and XMP do."""
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    zone = "+00:00" if match[2] == "Z" else (match[2] or "")
    return _written(f"{match[1]}{zone}", source)


def pdf_date(text: str) -> Written | None:
    """Return the date in the notation of PDF: ``D:20261117102000+01'00'``."""
    match = _PDF.match(text)
    if match is None or match[4] is None:  # a day alone tells no order
        return None
    year, month, day, hour, minute, second = (part or "00" for part in match.groups()[:6])
    zone = "+00:00" if match[7] else f"{match[8]}{match[9]}:{match[10] or '00'}"
    zone = zone if match[7] or match[8] else ""
    return _written(f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone}", DateSource.PDF)


def latest(dates: Iterable[Written | None]) -> Written | None:
    """Return the latest of several dates of one file; of a date twice, the zoned one."""
    known = [date for date in dates if date is not None]
    return max(known, key=lambda d: (_as_if_universal(d.at), d.is_zoned), default=None)


def _written(iso: str, source: DateSource) -> Written | None:
    try:
        return Written(dt.datetime.fromisoformat(iso), source)
    except ValueError:
        return None


def _as_if_universal(at: dt.datetime) -> dt.datetime:
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)
