"""A number as written in French or English: every literal reading, never a guess.

Comma or point for decimals, spaces for thousands in groups of three, ASCII digits only. Points
or commas separate thousands where they stand twice or more (``1.234.567``). One separator
before exactly three digits gives two readings; who knows the limits chooses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

MOST_DIGITS = 15
"""More significant digits do not survive a float, hence a JSON number."""
_LONGEST = 40
_NUMBER = re.compile(
    r"(?P<sign>[-\u2212]?)"
    r"(?P<whole>[1-9]\d{0,2}(?:(?: \d{3})+|(?:\.\d{3}){2,}|(?:,\d{3}){2,})|\d+)"
    r"(?:(?P<separator>[.,])(?P<fraction>\d+))?(?P<rest>.*)",
    re.ASCII | re.DOTALL,
)
_CONTINUES = re.compile(r"[\d.,'’+\-\u2212*^x×]", re.ASCII)
"""What may not follow a number: it would be part of it."""
_SEPARATORS = re.compile("[ .,]")


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """The readings of a number, the decimal one first, and the text that follows it."""

    readings: tuple[Decimal, ...]
    rest: str
    too_long: bool = False


def parse_number(text: str) -> WrittenNumber | None:
    """Return what a plain text says, or None when it does not begin with one number."""
    match = _NUMBER.fullmatch(text)
    if match is None or _CONTINUES.match(match["rest"].lstrip()):
        return None
    if match["separator"] and match["separator"] in match["whole"]:
        return None
    whole, fraction = _SEPARATORS.sub("", match["whole"]), match["fraction"] or ""
    rest = match["rest"].strip()
    if _digits(whole, fraction) > MOST_DIGITS or len(whole + fraction) > _LONGEST:
        return WrittenNumber((), rest, too_long=True)
    sign = "-" if match["sign"] else ""
    readings = [Decimal(f"{sign}{whole}.{fraction or 0}")]
    if len(fraction) == 3 and len(match["whole"]) <= 3 and whole[0] != "0":
        readings.append(Decimal(f"{sign}{whole}{fraction}"))
    return WrittenNumber(tuple(tidy(reading) for reading in readings), rest)


def tidy(number: Decimal) -> Decimal:
    """Return the same number with no trailing zero, no exponent and no negative zero."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Decimal("0" if text in ("-0", "") else text)


def exact_decimal(number: Fraction) -> Decimal | None:
    """Return a fraction as a decimal of at most fifteen digits, or None if it is not one."""
    for places in range(MOST_DIGITS + 1):
        scaled = number * 10**places
        if scaled.denominator == 1:
            if abs(scaled.numerator) >= 10**MOST_DIGITS:
                return None
            return tidy(Decimal(scaled.numerator).scaleb(-places))
    return None


def _digits(whole: str, fraction: str) -> int:
    """Count significant digits; zeros before the first or after the last do not count."""
    return len((whole.lstrip("0") + fraction.rstrip("0")).lstrip("0"))
