"""What a cell's number format makes of what is stored: a date, a percentage, words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from intake.formats.excel.read.number_section import Section, section_of

_QUIET = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""Literal text, spacing, colours, currencies and elapsed times."""
_SEPARATOR = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
"""Parts the sections of a format, outside quotes."""
_CONDITION = re.compile(r"\[[<>=]")
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_TURNED = re.compile(r"(?<!m)m{1,2}(?!m)[^a-z]*d{1,2}(?!d)|y[^a-z]*(?<!d)d{1,2}(?!d)[^a-z]*m")
"""A month in figures before its day, or a day before its month behind the year."""
_ISO = re.compile(r"y[^a-z]*m{1,2}[^a-z]*d")
_DATES = {14: "dmy", 15: "dmy", 16: "dm", 17: "my", 22: "dmyh"}
_DATES |= dict.fromkeys((18, 19, 20, 21, 45, 46, 47), "h")
_DATES |= dict.fromkeys((*range(27, 32), 34, 35, 36, *range(50, 59)), "dmy")
"""Built-in formats by number; those of East Asian programs among them."""
_NUMBERS = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_ALL_SECTIONS = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """What a format shows of a number or a text."""

    year: bool = False
    month: bool = False
    day: bool = False
    time: bool = False
    is_turned: bool = False
    """Month and day stand in figures, the month first."""
    sections: tuple[Section, ...] = ()
    """For positive numbers, negative ones, zero, texts; none for dates and plain cells."""
    is_odd: bool = False
    """Which section counts depends on conditions: what is shown is not known."""

    @property
    def is_date(self) -> bool:
        """Say whether the number is shown as a date or a time of day."""
        return self.year or self.month or self.day or self.time

    @property
    def is_hour(self) -> bool:
        """Say whether the number is shown as a time of day without its date."""
        return self.time and not (self.year or self.month or self.day)

    def number_section(self, value: Decimal) -> Section | None:
        """Return the section that shows a number, None where it is shown as it is."""
        numbers = [s for s in self.sections[: _ALL_SECTIONS - 1] if not s.is_text]
        if not numbers:
            return self.sections[0] if len(self.sections) == 1 else None
        place = 1 if value < 0 else 2 if value == 0 else 0
        return numbers[place if place < len(numbers) else 0]

    @property
    def text_section(self) -> Section | None:
        """Return the section that shows a text, None where it is shown as it is."""
        if len(self.sections) == _ALL_SECTIONS:
            return self.sections[-1]
        return next((section for section in self.sections if section.is_text), None)

    def shows_sign(self, value: Decimal) -> bool:
        """Say whether a negative number is shown as one."""
        if value >= 0 or len([s for s in self.sections if not s.is_text]) == 1:
            return True
        section = self.number_section(value)
        return section is None or bool(set("-−(") & set(section.before))


PLAIN = Shown()


@lru_cache(maxsize=512)
def shown_by(number: int, code: str = "") -> Shown:
    """Return what a built-in or custom format shows."""
    if not code and number in _DATES:
        return _of_letters(_DATES[number])
    code = code or _NUMBERS.get(number, "")
    if not code:
        return PLAIN
    first = _SEPARATOR.split(code)[0]
    quiet = _QUIET.sub("", first).lower()
    if "general" not in quiet and "standard" not in quiet and "%" not in quiet:
        letters = _date_letters(first, quiet)
        if letters:
            is_turned = bool(_TURNED.search(quiet)) and not _ISO.search(quiet)
            return _of_letters(letters, is_turned=is_turned)
    sections = tuple(map(section_of, _SEPARATOR.split(code)[:_ALL_SECTIONS]))
    return Shown(sections=sections, is_odd=bool(_CONDITION.search(code)))


def _date_letters(section: str, quiet: str) -> str:
    """Return which parts of a date a section shows: ``d``, ``m``, ``y``, ``h``."""
    clock = bool(_ELAPSED.search(section)) or "h" in quiet or "s" in quiet
    letters = "".join(letter for letter in "dy" if letter in quiet)
    if "m" in quiet and (letters or not clock):
        letters += "m"
    return letters + ("h" if clock else "")


def _of_letters(letters: str, *, is_turned: bool = False) -> Shown:
    return Shown(
        year="y" in letters,
        month="m" in letters,
        day="d" in letters,
        time="h" in letters,
        is_turned=is_turned,
    )
