"""Letters and figures that identify a patient, folded to capitals A-Z and 0-9.

A letter that is two (``Œ``) is opened; where that makes one too many, the first ones asked are
kept: they are the first letters of the name either way. Nothing here is ever quoted.
"""

from __future__ import annotations

import re

from intake.checks.parse.parsed import Parsed, remark, unread
from intake.checks.parse.pattern import fits_pattern
from intake.model.definition import Item
from intake.model.finding_codes import FindingCode
from intake.words.spelling import plain, without_accents

_JOINING = re.compile("[\\s'\u2018\u2019`\u00b4.\\-\u2010-\u2015\u2212]")
_DOUBLE = re.compile("[ŒœÆæĲĳßẞﬀ-ﬆ]")
_LETTERS = re.compile(r"[A-Z0-9]+")


def fold_letters(text: str) -> str:
    """Return the text as capitals, without accents, spaces, hyphens and apostrophes."""
    return _JOINING.sub("", without_accents(plain(text)).upper())


def parse_letters(item: Item, text: str) -> Parsed:
    """Return the letters asked, a note when they were folded, or a fault."""
    written = plain(text)
    letters = _first(fold_letters(text), _DOUBLE.findall(written), item.max_length)
    if not _LETTERS.fullmatch(letters):
        return unread(FindingCode.TEXT_PATTERN)
    if item.max_length is not None and len(letters) > item.max_length:
        return unread(FindingCode.IDENTITY_TOO_LONG)
    if item.min_length is not None and len(letters) < item.min_length:
        return unread(FindingCode.TEXT_LENGTH)
    if not fits_pattern(item, letters):
        return unread(FindingCode.TEXT_PATTERN)
    notes = (remark(FindingCode.IDENTITY_FOLDED),) if letters != written else ()
    return Parsed(value=letters, remarks=notes)


def _first(letters: str, doubles: list[str], most: int | None) -> str:
    """Return the letters asked of those that only an opened letter makes too many."""
    if most is None or not doubles or len(letters) - _added(doubles) > most:
        return letters
    return letters[:most]


def _added(doubles: list[str]) -> int:
    return sum(len(fold_letters(each)) - 1 for each in doubles)
