"""The text of one cell, whatever shape its value was stored in. No form is known here.

Numbers become their shortest decimal text, real dates ISO text; what a program may have
changed on the way is said.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation

from intake.formats.excel.read.number_format import PLAIN, Shown
from intake.model.errors import over_limit
from intake.model.finding_codes import FindingCode
from intake.words.spelling import normal_text

MAX_TEXT = 100_000
"""Characters of one value; more is an attack or an accident, and stops the reading."""
DIGITS = Context(prec=15)
"""What a program shows of a number at most; digits beyond are noise of its arithmetic."""
TRUE, FALSE = "TRUE", "FALSE"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FIRST_SERIAL, _LAST_SERIAL = 61, 2_958_465
"""Before the first, programs count a day that never was; the last is the end of 9999."""
_LIKELY = (18_000, 60_000)
"""Days of a bare number that may be a date: 1949 to 2064."""
_YEARS = (1900, 2100)
_EPOCH = dt.date(1899, 12, 30)
_EPOCH_1904 = 1462
_NOISE = Decimal("0.001")
"""Of a minute: what a part of a day may be off by."""
_WHOLE_DATE = len("2015-03-12")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T.*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CellText:
    """What one cell says, the date or time of day it may be, and what was noticed."""

    text: str
    date: str = ""
    time: str = ""
    codes: tuple[FindingCode, ...] = ()
    oddities: frozenset[str] = frozenset()
    """How it is set, where that is to be asked about: ``struck``, ``hidden``."""


def plain_text(text: str) -> str:
    """Return a stored text as it was typed. Raises FILE_LIMIT when it is too long."""
    if len(text) > MAX_TEXT:
        raise over_limit("text")
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return normal_text(text)


def number(raw: str, shown: Shown = PLAIN, *, from_1904: bool = False) -> CellText:
    """Return a stored number as text, or as the date that its cell shows."""
    value = _decimal(raw)
    if value is None:
        return CellText(plain_text(raw), codes=(FindingCode.CELL_ERROR,))
    if shown.is_date:
        return _dated(value, number_text(value), shown, from_1904=from_1904)
    rounded = DIGITS.plus(value)
    section = shown.number_section(rounded)
    if section is None:
        return CellText(number_text(value), _likely_date(value, from_1904=from_1904))
    is_true = section.is_true_to(rounded) and shown.shows_sign(rounded) and not shown.is_odd
    codes = () if is_true else (FindingCode.CELL_SHOWN_OTHERWISE,)
    if section.percents == 1:
        text = f"{number_text(value * 100)} %"
        return CellText(plain_text(section.words(text)) if is_true else text, codes=codes)
    text = number_text(value)
    words = plain_text(section.words(text)) if is_true else text
    date = _likely_date(value, from_1904=from_1904) if words == text else ""
    return CellText(words, date, codes=codes)


def shown_text(text: str, shown: Shown = PLAIN) -> CellText:
    """Return a stored text with the words that its cell's format prints around it."""
    section = shown.text_section
    if section is None or not text:
        return CellText(text)
    if not section.is_text:  # a fourth section without a place for the text: it is not shown
        return CellText(text, codes=(FindingCode.CELL_SHOWN_OTHERWISE,))
    return CellText(normal_text(section.words(text)))


def day(raw: str, shown: Shown = PLAIN) -> CellText:
    """Return a date stored as ISO text."""
    match = _ISO.fullmatch(raw.strip())
    if match is None:
        return CellText(plain_text(raw), codes=(FindingCode.CELL_DATE_UNSURE,))
    return _shown_date(match[1], shown)


def number_text(value: Decimal) -> str:
    """Return the shortest decimal text of a number: no exponent, no noise, no final zeros."""
    text = f"{DIGITS.plus(value):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _decimal(raw: str) -> Decimal | None:
    try:
        value = float(raw)
        exact = Decimal(repr(value))
    except (ValueError, OverflowError, InvalidOperation):
        return None
    return exact if math.isfinite(value) and abs(exact.adjusted()) < 40 else None


def _dated(value: Decimal, text: str, shown: Shown, *, from_1904: bool) -> CellText:
    """Return what a number shown as a date stands for."""
    if value == value.to_integral_value() and _YEARS[0] <= value <= _YEARS[1]:
        return CellText(text, text, codes=(FindingCode.CELL_DATE_CONVERTED,))
    iso = _iso(value, from_1904=from_1904)
    if not iso or not shown.year:
        hour = _hour(value) if shown.is_hour else ""
        whole = hour if _is_whole_minute(value) else ""
        codes = (FindingCode.CELL_DATE_UNSURE,)
        return CellText(iso or hour or text, time=whole, codes=codes)
    return _shown_date(iso, shown)


def _shown_date(iso: str, shown: Shown) -> CellText:
    """Return a date no more precise than its cell shows it: 2015-03 in ``mmm-yy``."""
    if shown.is_date and not shown.day:
        iso = iso[:7] if shown.month else iso[:4]
    month, day = iso[5:7], iso[8:10]
    if shown.is_turned and len(iso) == _WHOLE_DATE and day <= "12" and day != month:
        return CellText(iso, iso, codes=(FindingCode.CELL_DATE_TURNED,))
    return CellText(iso, iso, codes=(FindingCode.CELL_DATE_CONVERTED,))


def _hour(value: Decimal) -> str:
    """Return a part of a day as the time that its cell shows, empty for any other number."""
    if not 0 <= value < 1:
        return ""
    minutes = min(round(value * 1440), 1439)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _is_whole_minute(value: Decimal) -> bool:
    """Say whether a part of a day holds no seconds, but for the noise of its arithmetic."""
    minutes = value * 1440
    return abs(minutes - round(minutes)) < _NOISE


def _likely_date(value: Decimal, *, from_1904: bool) -> str:
    shifted = value + (_EPOCH_1904 if from_1904 else 0)
    likely = _LIKELY[0] <= shifted <= _LIKELY[1]
    return _iso(value, from_1904=from_1904) if likely else ""


def _iso(value: Decimal, *, from_1904: bool) -> str:
    """Return the day of a serial number, empty when there is none to be sure of."""
    serial = math.floor(value) + (_EPOCH_1904 if from_1904 else 0)
    if value < 0 or not _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        return ""
    return (_EPOCH + dt.timedelta(days=serial)).isoformat()
