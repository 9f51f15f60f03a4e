"""What Stata and SPSS take: lengths, names, missing values. What is cut or renamed is noted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from intake.exports.tables.value_table import MISSING_CODES
from intake.exports.writers.lost import Lost

_NO_NAME = re.compile(r"[^A-Za-z0-9_]")
_SPSS_WORDS = ("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with")
_STATA_WORDS = (
    *("_all", "_b", "byte", "_coef", "_cons", "double", "float", "if", "in", "int", "long"),
    *("_n", "_pi", "_pred", "_rc", "_skip", "str", "strl", "using"),
)
_STATA_STORAGE = re.compile(r"str\d+", re.IGNORECASE)
_RESERVED = frozenset((*_SPSS_WORDS, *_STATA_WORDS))
"""Words of either language that no column may have as its name."""
HIGHEST = -99_999_901.0
"""The first of the numbers that stand for reasons in SPSS; no answer is near them."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long, in characters or in bytes, what a program takes may be."""

    name: int
    label: int
    answer: int
    text: int
    in_bytes: bool
    has_letters: bool
    """Missing values are letters; else numbers of a range."""


STATA = Bounds(name=32, label=80, answer=32_000, text=10**9, in_bytes=False, has_letters=True)
SPSS = Bounds(name=64, label=256, answer=120, text=32_767, in_bytes=True, has_letters=False)


@dataclass(slots=True)
class Limits:
    """The limits of one program for one file, the names used so far, and what is lost."""

    bounds: Bounds
    file: str
    lost: Lost
    _used: set[str] = field(default_factory=set)

    def name(self, name: str) -> str:
        """Return a name that the program takes and that no other column has."""
        most = self.bounds.name
        fit = _NO_NAME.sub("_", name)[:most].rstrip("_") or "x"
        is_taken = fit.lower() in _RESERVED or _STATA_STORAGE.fullmatch(fit)
        fit = f"x{fit[: most - 1]}" if is_taken or not fit[0].isalpha() else fit
        told, number = fit, 1
        while told.lower() in self._used:
            number += 1
            told = f"{fit[: most - len(str(number)) - 1]}_{number}"
        self._used.add(told.lower())
        if told != name:
            self.lost.note(self.file, name, "its name", told, 0)
        return told

    def label(self, column: str, text: str) -> str:
        """Return the words of a column, cut where they are too long."""
        return self._cut(column, text, self.bounds.label, "its label")

    def answer(self, column: str, text: str) -> str:
        """Return the words of an answer, cut where they are too long."""
        return self._cut(column, text, self.bounds.answer, "the label of an answer")

    def text(self, column: str, text: str) -> str:
        """Return a text, cut where it is too long; what is cut is counted, never told."""
        told = self._fit(text, self.bounds.text)
        if told != text:
            self.lost.note(self.file, column, "a text too long for the program", "its beginning")
        return told

    def is_reason(self, number: float) -> bool:
        """Say whether a number would be taken for a reason."""
        return not self.bounds.has_letters and number <= HIGHEST

    def reason(self, reason: str) -> float | str:
        """Return the missing value that stands for a reason."""
        rank = MISSING_CODES.index(reason)
        return "abcdefghij"[rank] if self.bounds.has_letters else HIGHEST - rank

    def _cut(self, column: str, text: str, most: int, what: str) -> str:
        told = self._fit(text, most)
        if told != text:
            self.lost.note(self.file, column, what, told)
        return told

    def _fit(self, text: str, most: int) -> str:
        if not self.bounds.in_bytes:
            return text[:most]
        return text.encode()[:most].decode(errors="ignore")


RANGE: Mapping[str, float] = {"lo": HIGHEST - len(MISSING_CODES) + 1, "hi": HIGHEST}
"""All the numbers that stand for reasons."""
