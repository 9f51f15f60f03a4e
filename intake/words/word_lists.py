"""The word lists of the checks: missing reasons, ticks, months, units, identity words.

They belong to languages and to forms in general, never to one study. Each is a small JSON
file beside this module, read once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from intake.model.definition import MissingReason
from intake.words.spelling import fold

_PRINTED_OTHERWISE = "en"
ReasonTable = Mapping[str, MissingReason]


@cache
def _load(name: str) -> dict[str, Any]:
    text = (files("intake.words") / "data" / f"{name}.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content


@cache
def reasons(language: str) -> ReasonTable:
    """Return folded words to missing reason for a form's language.

    Abbreviations count in their own language only (``ND`` is "not done" in English and
    ambiguous in French); words in full count in every language. A form in a language without
    abbreviations here prints the English ones, and they count.
    """
    table = _load("reasons")
    found: dict[str, MissingReason] = {}
    for spoken in table.values():
        _add(found, spoken["words"])
    _add(found, table.get(language, table[_PRINTED_OTHERWISE])["codes"])
    return found


def _add(found: dict[str, MissingReason], words: Mapping[str, list[str]]) -> None:
    for reason, spellings in words.items():
        found.update({fold(spelling): MissingReason(reason) for spelling in spellings})


@cache
def ticks() -> Mapping[str, bool]:
    """Return folded marks to ticked or not."""
    table = _load("ticks")
    yes = {fold(mark): True for mark in table["yes"]}
    return yes | {fold(mark): False for mark in table["no"]}


@cache
def months() -> Mapping[str, int]:
    """Return folded month names and abbreviations to their number."""
    return {fold(name): int(number) for number, names in _load("months").items() for name in names}


@cache
def same_units() -> Mapping[str, str]:
    """Return spellings of a unit's part that mean the same, folded, to the one compared."""
    same: dict[str, str] = _load("units")["same"]
    return same


@cache
def unit_names() -> Mapping[str, str]:
    """Return other names of whole units, without spaces or case, to the exact symbol."""
    return {name.casefold(): symbol for name, symbol in _load("units")["names"].items()}


@cache
def units_written_as(way: str) -> frozenset[str]:
    """Return the units, as compared, whose numbers are written in a way of their own."""
    return frozenset(_load("units")["written as"][way])


@cache
def hedges() -> tuple[str, ...]:
    """Return the folded words and signs that make a number uncertain, the longest first."""
    return tuple(sorted(map(fold, _load("units")["hedges"]), key=len, reverse=True))


@cache
def identity_words(kind: str) -> Mapping[str, tuple[str, ...]]:
    """Return the words of one kind (titles, phrases, file_words) by language."""
    table = _load("identity_words")
    return {
        language: tuple(words[kind]) for language, words in table.items() if isinstance(words, dict)
    }


@cache
def identity_list(kind: str) -> frozenset[str]:
    """Return a list that belongs to no language: measures, extensions."""
    return frozenset(_load("identity_words")[kind])
