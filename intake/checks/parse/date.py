"""Dates as French and English clinicians write them, with the precision they were given.

Day before month always; never swapped, never completed. A named month may come first in
English. A day or month written as unknown (``xx/03/2015``) leaves a month or a year. What may
be two periods (``2011/12``, ``11/12 2015``) or a day of the week (``mar 15 2016``) is asked.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from intake.checks.parse.parsed import Parsed, unread
from intake.model.finding_codes import FindingCode
from intake.words.spelling import fold, plain
from intake.words.word_lists import months, weekdays

_SEPARATED = re.compile(r"\s*[/.\-\u2010-\u2013\u2212]\s*|\s+")
_DAY = re.compile(r"(\d{1,2})(?:er|e|st|nd|rd|th)?", re.ASCII)
_UNKNOWN = re.compile(r"x+|\?+|_+|nd|nsp|unk")
_EMPTY_DAY = re.compile(r"^(?:\.\.|--|__)\s*(?=[/.\- ])")
_COMPACT = re.compile(r"\d{8}", re.ASCII)
_NUMBER = re.compile(r"\d+", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1800, 2199
_MONTHS = 12
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2212"
_MARK = rf"\s*[{_HYPHENS}/.]\s*"
_MARKS = re.compile(rf"(?<=\d)({_MARK})(?=\d)", re.ASCII)
_GAP = rf"(?:{_MARK}|\s+)"
_YEAR_FIRST = re.compile(rf"(\d{{4}}){_GAP}(\d{{2}})", re.ASCII)
"""``2011/12``: a month, or two years."""
_THREE = re.compile(rf"(\d{{1,4}})({_GAP})(\d{{1,2}})({_GAP})(\d{{1,4}})", re.ASCII)
"""``11/12 2015``: a day, or two months."""
_MONTH_FIRST = re.compile(rf"([a-z]+)\.?{_GAP}\d{{1,2}}\b(?!$)", re.ASCII)
"""``mar 15 2016``: March, or Tuesday (mardi) 15."""

Parts = tuple[str | None, str | None, str]
"""Day, month and year as written; None where unknown or not given."""


def parse_date(text: str, received: dt.date) -> Parsed:
    """Return the ISO date as precise as written: ``2015``, ``2015-03``, ``2015-03-14``."""
    written = plain(text)
    if _may_be_two(fold(written)):
        return unread(FindingCode.DATE_AMBIGUOUS)
    parts = _parts(written)
    if parts is None:
        return unread(FindingCode.DATE_UNREADABLE)
    day, month, year = parts
    if len(year) == 2 and day is None:
        return unread(FindingCode.DATE_AMBIGUOUS)
    if len(year) == 2:
        return _short_year(parts, received)
    return _iso(day, month, year)


def _iso(day: str | None, month: str | None, year: str) -> Parsed:
    numbers = [int(part) for part in (year, month, day) if part is not None]
    try:
        dt.date(*[*numbers, 1, 1][:3])
    except ValueError:
        return unread(FindingCode.DATE_IMPOSSIBLE)
    if not _FIRST_YEAR <= numbers[0] <= _LAST_YEAR:
        return unread(FindingCode.DATE_IMPOSSIBLE)
    return Parsed(value="-".join([year, *(f"{number:02d}" for number in numbers[1:])]))


def _short_year(parts: Parts, received: dt.date) -> Parsed:
    """Hold the date back; offer the latest century that is not in the future."""
    day, month, year = parts
    century = received.year // 100 * 100
    full = century + int(year)
    candidate = _iso(day, month, str(full if full <= received.year else full - 100))
    if candidate.value is None:
        return candidate
    return unread(FindingCode.DATE_SHORT_YEAR, offered=str(candidate.value))


def _parts(text: str) -> Parts | None:
    """Return day, month and year, or None when the text is no date."""
    if _COMPACT.fullmatch(text):
        return _compact(text)
    words = _words(text)
    if words is None or not 1 <= len(words) <= 3:
        return None
    if words[0] in months() and len(words) == 3:
        words = [words[1], words[0], words[2]]
    if len(words) > 1 and len(words[0]) == 4 and words[0].isdigit():
        words = words[::-1] if all(w.isdigit() for w in words) else []
    return _named(words)


def _words(text: str) -> list[str] | None:
    folded = re.sub(r"^le\s+", "", fold(text)).rstrip()
    folded = _EMPTY_DAY.sub("?", folded)
    folded = re.sub(r"(?<=[a-z])\.(?=[\s/\-]|$)", "", folded)
    if folded[:1].isalpha():
        folded = re.sub(r"(?<=\d),(?= )", "", folded)
    words = _SEPARATED.split(folded)
    return None if "" in words or not _even(folded) else words


def _even(text: str) -> bool:
    """Refuse two different figures' separators in one date, such as ``14/03.2015``."""
    marks = {mark.strip() for mark in _MARKS.findall(text)}
    return len({"-" if mark in _HYPHENS else mark for mark in marks if mark}) <= 1


def _may_be_two(text: str) -> bool:
    """Say whether a folded text is as well two months, two years or a day of the week."""
    years = _YEAR_FIRST.fullmatch(text)
    if years is not None:
        return int(years[1]) % 100 < int(years[2]) <= _MONTHS
    month = _MONTH_FIRST.match(text)
    if month is not None:
        return month[1] in months() and month[1] in weekdays()
    three = _THREE.fullmatch(text)
    return three is not None and _paired(*three.groups())


def _paired(first: str, gap: str, second: str, other_gap: str, last: str) -> bool:
    """Say whether signs join two of three numbers that could each be a month."""
    months_of = (second, last) if len(first) > 2 else (first, second)
    return bool(gap.strip()) != bool(other_gap.strip()) and max(map(int, months_of)) <= _MONTHS


def _named(words: Sequence[str]) -> Parts | None:
    """Return the parts of words in the order day, month, year."""
    if not words or not _is_year(words[-1]):
        return None
    year = words[-1]
    if len(words) == 1:
        return (None, None, year) if len(year) == 4 else None
    month = _month(words[-2])
    if month is None and not _UNKNOWN.fullmatch(words[-2]):
        return None
    if len(words) == 2:
        return (None, month, year)
    return _with_day(words[0], month, year)


def _with_day(word: str, month: str | None, year: str) -> Parts | None:
    day = _DAY.fullmatch(word)
    if day is None:
        return (None, month, year) if _UNKNOWN.fullmatch(word) else None
    return None if month is None else (day[1], month, year)


def _month(word: str) -> str | None:
    if word in months():
        return str(months()[word])
    return word if _NUMBER.fullmatch(word) and len(word) <= 2 else None


def _is_year(word: str) -> bool:
    return bool(_NUMBER.fullmatch(word)) and len(word) in (2, 4)


def _compact(text: str) -> Parts | None:
    """Return the only plausible reading of eight figures, day first or year first."""
    for day, month, year in (
        (text[:2], text[2:4], text[4:]),
        (text[6:], text[4:6], text[:4]),
    ):
        if _FIRST_YEAR <= int(year) <= _LAST_YEAR and int(month) <= 12:
            return (day, month, year)
    return None
