r"""Random text that fits a pattern, for the simple patterns that forms use.

Understands literals, classes, ``\d \w \s .``, groups, alternatives and counts; anything
else is refused by name, so that a form's author learns it when checking.
"""

from __future__ import annotations

import random
import re
import string
from dataclasses import dataclass

_ESCAPED = {"d": string.digits, "w": string.ascii_letters + string.digits, "s": " "}
_ANY = string.ascii_letters + string.digits
_COUNT = re.compile(r"\{(\d+)(,(\d*))?\}")
_MOST = 3
"""Extra repetitions where a pattern sets no upper count."""


class UnsupportedPattern(Exception):
    """A pattern richer than this sampler understands."""


def sample_matching(pattern: str, rng: random.Random) -> str:
    """Return a text that matches the whole pattern. Raises UnsupportedPattern."""
    text = _Reader(pattern.removeprefix("^").removesuffix("$"), rng).alternatives()
    if re.fullmatch(pattern, text, re.ASCII) is None:
        raise UnsupportedPattern(pattern)
    return text


@dataclass
class _Reader:
    """Reads the pattern once, from left to right, choosing as it goes."""

    pattern: str
    rng: random.Random
    at: int = 0

    def alternatives(self) -> str:
        choices = [self._sequence()]
        while self._take("|"):
            choices.append(self._sequence())
        if self.at < len(self.pattern) and self.pattern[self.at] != ")":
            raise UnsupportedPattern(self.pattern)
        return self.rng.choice(choices)

    def _sequence(self) -> str:
        parts = []
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            start = self.at
            first = self._atom()
            after, end = self._count()
            parts += [first] if after else []
            for _ in range(after - 1):
                self.at = start
                parts.append(self._atom())
            self.at = end
        return "".join(parts)

    def _atom(self) -> str:
        sign = self._next()
        if sign == "(":
            for mark in ("?:", "?"):
                if self._take(mark) and mark == "?":
                    raise UnsupportedPattern(self.pattern)
            inside = self.alternatives()
            if not self._take(")"):
                raise UnsupportedPattern(self.pattern)
            return inside
        if sign == "[":
            return self.rng.choice(self._class())
        if sign == "\\":
            return self.rng.choice(self._escape())
        if sign in "^$*+?{":
            raise UnsupportedPattern(self.pattern)
        return self.rng.choice(_ANY) if sign == "." else sign

    def _class(self) -> str:
        if self._take("^"):
            raise UnsupportedPattern(self.pattern)
        members = ""
        while not self._take("]"):
            sign = self._next()
            if sign == "\\":
                members += self._escape()
            elif self.pattern[self.at : self.at + 1] == "-" and self._peek(1) not in ("]", ""):
                self.at += 1
                members += "".join(map(chr, range(ord(sign), ord(self._next()) + 1)))
            else:
                members += sign
        return members

    def _escape(self) -> str:
        sign = self._next()
        if sign.isalnum() and sign not in _ESCAPED:
            raise UnsupportedPattern(self.pattern)
        return _ESCAPED.get(sign, sign)

    def _count(self) -> tuple[int, int]:
        """Return a chosen number of repetitions and where the pattern goes on."""
        low, high = 1, 1
        match = _COUNT.match(self.pattern, self.at)
        if match is not None:
            self.at = match.end()
            low = int(match[1])
            high = low if match[2] is None else int(match[3] or low + _MOST)
        else:
            for sign, counts in (("?", (0, 1)), ("*", (0, _MOST)), ("+", (1, 1 + _MOST))):
                if self._take(sign):
                    low, high = counts
                    break
        return self.rng.randint(low, high), self.at

    def _next(self) -> str:
        if self.at >= len(self.pattern):
            raise UnsupportedPattern(self.pattern)
        self.at += 1
        return self.pattern[self.at - 1]

    def _take(self, text: str) -> bool:
        if not self.pattern.startswith(text, self.at):
            return False
        self.at += len(text)
        return True

    def _peek(self, ahead: int) -> str:
        return self.pattern[self.at + ahead : self.at + ahead + 1]
