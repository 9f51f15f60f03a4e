"""What a cell's number format makes of a number: a date, a percentage, words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_QUIET = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""Literal text, spacing, colours, currencies and elapsed times."""
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_DIGIT = re.compile(r"[0#?](?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")
"""A digit's place, outside quotes."""
_CONDITION = re.compile(r"\[[<>=]")
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_DATES = {14: "dmy", 15: "dmy", 16: "dm", 17: "my", 22: "dmyh"}
_DATES |= dict.fromkeys((18, 19, 20, 21, 45, 46, 47), "h")
_DATES |= dict.fromkeys((*range(27, 32), 34, 35, 36, *range(50, 59)), "dmy")
"""Built-in formats by number; those of East Asian programs among them."""
_PERCENT = (9, 10)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a format shows of a number."""

    year: bool = False
    month: bool = False
    day: bool = False
    time: bool = False
    percent: bool = False
    before: str = ""
    """Words that the format prints before the number, such as ``<``."""
    after: str = ""
    """Words that the format prints after the number, such as a unit."""
    is_odd: bool = False
    """What is shown may not be the number that is stored."""

    @property
    def is_date(self) -> bool:
        """Say whether the number is shown as a date or a time of day."""
        return self.year or self.month or self.day or self.time

    @property
    def is_hour(self) -> bool:
        """Say whether the number is shown as a time of day without its date."""
        return self.time and not (self.year or self.month or self.day)


PLAIN = Shown()


@lru_cache(maxsize=512)
def shown_by(number: int, code: str = "") -> Shown:
    """Return what a built-in or custom format shows."""
    if not code:
        return Shown(percent=True) if number in _PERCENT else _of_letters(_DATES.get(number, ""))
    section = code.split(";", maxsplit=1)[0]
    quiet = _QUIET.sub("", section).lower()
    if "general" in quiet or "standard" in quiet:
        return PLAIN
    if "%" in quiet:
        return Shown(percent=True)
    clock = bool(_ELAPSED.search(section)) or "h" in quiet or "s" in quiet
    letters = "".join(letter for letter in "dy" if letter in quiet)
    if "m" in quiet and (letters or not clock):
        letters += "m"
    letters += "h" if clock else ""
    return _of_letters(letters) if letters else _with_words(code)


def _with_words(code: str) -> Shown:
    """Return the words that a format of numbers prints around them."""
    section = code.split(";", maxsplit=1)[0]
    if section.strip() == "@":
        return PLAIN
    digits = list(_DIGIT.finditer(section))
    if not digits or _CONDITION.search(code) or any(map(_words, code.split(";")[1:])):
        return Shown(is_odd=True)
    rest = section[digits[-1].end() :]
    if rest.startswith(","):
        return Shown(is_odd=True)
    return Shown(before=_words(section[: digits[0].start()]), after=_words(rest))


def _words(part: str) -> str:
    """Return what a part of a format prints as it is, without currencies and fillers."""
    found = "".join(match[1] or match[2] or "" for match in _LITERAL.finditer(part))
    return found if re.search(r"[^\s().,+-]", found) else ""


def _of_letters(letters: str) -> Shown:
    return Shown(year="y" in letters, month="m" in letters, day="d" in letters, time="h" in letters)
