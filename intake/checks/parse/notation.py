"""Ways to write a quantity by hand that a person reads without doubt, and those in doubt.

``39°5`` for a temperature, ``1/320`` for a titre, ``72½``, ``9,5 x10^9/L``; which units they
belong to is in ``words/data/signs.toml``. What is only about a number (``~ 40``, ``40 ?``) is
known here too, so that it is said, never read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from intake.checks.parse.number import WrittenNumber, parse_number
from intake.checks.parse.unit import unit_key
from intake.words.spelling import fold
from intake.words.word_lists import hedges, units_written_as

_DEGREES = re.compile(r"(\d{1,3})[°\u00ba\u02da](\d)(?=\s*(?:[°\u00ba\u02da]|[cC]?$))", re.ASCII)
_TITRE = re.compile(r"1\s*[/:]\s*(?=[1-9])", re.ASCII)
_HALVES = {"½": "5", "¼": "25", "¾": "75"}
_AND_A_HALF = re.compile(r"(?:(\d) ?|^)([½¼¾])", re.ASCII)
_FIGURES = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_POWER = re.compile(
    rf"(?P<number>.*\d)(?:\s*[x×*·]\s*|\s+)10(?:\^(?P<plain>\d{{1,2}})|(?P<raised>[{_FIGURES}]{{1,2}}))"
    r"\s*(?P<unit>/.+)",
    re.ASCII | re.DOTALL,
)
_RAISED = str.maketrans(_FIGURES, "0123456789")


def read_number(text: str, own: Collection[str], *, sign: str) -> WrittenNumber | None:
    """Return the number that a plain text begins with, and the unit that follows it.

    ``own`` are the spellings of the question's unit. A titre behind ``<`` is one below the
    first that was tried, as every laboratory prints it; behind ``>`` people mean either.
    """
    if _has(own, "decimal degrees"):
        text = _DEGREES.sub(r"\1,\2", text, count=1)
    text = _AND_A_HALF.sub(_opened, text, count=1)
    if _has(own, "titres") and not sign.startswith(">") and (titre := _TITRE.match(text)):
        text = text[titre.end() :]
    power = _POWER.fullmatch(text)
    if power is None:
        return parse_number(text)
    number = parse_number(power["number"])
    if number is None or number.rest:
        return None
    exponent = power["plain"] or power["raised"].translate(_RAISED)
    return replace(number, rest=f"10^{exponent}{power['unit']}")


def _opened(found: re.Match[str]) -> str:
    return f"{found[1] or 0},{_HALVES[found[2]]}"


def is_hedged(text: str) -> bool:
    """Say whether a text is one number with a word or sign that takes its certainty away."""
    folded = fold(text)
    found = (_without(folded, hedge) for hedge in hedges())
    return any(parse_number(rest) is not None for rest in found if rest)


def _without(text: str, hedge: str) -> str:
    """Return a text without a hedge before or after it, empty when there is none."""
    if text.startswith(hedge):
        return text.removeprefix(hedge).strip()
    return text.removesuffix(hedge).strip() if text.endswith(hedge) else ""


def _has(own: Iterable[str], way: str) -> bool:
    return any(unit_key(symbol) in units_written_as(way) for symbol in own if symbol)
