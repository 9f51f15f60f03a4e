"""The word lists of the checks: missing reasons, ticks, months, days, units, identity words.

They belong to languages and to forms in general, never to one study: ``data`` holds one
TOML file a language, and ``signs.toml`` for what is written alike in all. Read once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from intake.model.definition import MissingReason
from intake.words.messages import FALLBACK
from intake.words.spelling import fold, look_alike

_SIGNS = "signs"
ReasonTable = Mapping[str, MissingReason]


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    """Return the lists by language, and those of no language."""
    folder = files("intake.words") / "data"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return {
        name.removesuffix(".toml"): tomllib.loads((folder / name).read_text(encoding="utf-8"))
        for name in names
    }


def _spoken() -> Mapping[str, Mapping[str, Any]]:
    return {language: lists for language, lists in _tables().items() if language != _SIGNS}


def _every(*path: str) -> Iterator[Any]:
    """Yield what stands at a path in each file that has it."""
    for lists in _tables().values():
        found: Any = lists
        for name in path:
            found = found.get(name, {})
        if found:
            yield found


@cache
def reasons(language: str) -> ReasonTable:
    """Return folded words to missing reason for a form's language.

    Abbreviations count in their own language only (``ND`` is "not done" in English and
    ambiguous in French); words in full count in every language. A form in a language without
    abbreviations here prints the English ones, and they count.
    """
    spoken = _spoken()
    found: dict[str, MissingReason] = {}
    for lists in spoken.values():
        _add(found, lists["reasons"]["words"])
    _add(found, spoken.get(language, spoken[FALLBACK])["reasons"]["codes"])
    return found


def _add(found: dict[str, MissingReason], words: Mapping[str, list[str]]) -> None:
    for reason, spellings in words.items():
        found.update({fold(spelling): MissingReason(reason) for spelling in spellings})


@cache
def ticks() -> Mapping[str, bool]:
    """Return folded marks to ticked or not."""
    yes = {fold(mark): True for marks in _every("ticks", "yes") for mark in marks}
    return yes | {fold(mark): False for marks in _every("ticks", "no") for mark in marks}


@cache
def months() -> Mapping[str, int]:
    """Return folded month names and abbreviations to their number."""
    return {
        fold(name): number
        for year in _every("months")
        for number, names in enumerate(year, start=1)
        for name in names
    }


@cache
def weekdays() -> frozenset[str]:
    """Return folded names and abbreviations of the days of the week."""
    return frozenset(fold(name) for names in _every("weekdays") for name in names)


@cache
def same_units() -> Mapping[str, str]:
    """Return spellings of a unit's part that mean the same, folded, to the one compared."""
    return {name: unit for same in _every("units", "same") for name, unit in same.items()}


@cache
def unit_names() -> Mapping[str, str]:
    """Return other names of whole units, without spaces or case, to the exact symbol."""
    return {
        name.casefold(): symbol
        for names in _every("units", "names")
        for name, symbol in names.items()
    }


@cache
def unit_multiples(unit: str) -> Mapping[str, str]:
    """Return other units of time to their factor in one, all as compared."""
    found = _every("units", "multiples", unit)
    return {name: factor for each in found for name, factor in each.items()}


@cache
def units_written_as(way: str) -> frozenset[str]:
    """Return the units, as compared, whose numbers are written in a way of their own."""
    return frozenset(unit for units in _every("units", "written", way) for unit in units)


@cache
def known_units() -> frozenset[str]:
    """Return what parts of units are known, as compared: ``mg``, ``l``, ``mm3``, ``jours``."""
    return frozenset(
        look_alike(unit)
        for unit in (
            *(unit for units in _every("units", "known") for unit in units),
            *same_units(),
            *same_units().values(),
        )
    )


@cache
def hedges() -> tuple[str, ...]:
    """Return the folded words and signs that make a number uncertain, the longest first."""
    written = {fold(hedge) for hedges in _every("hedges") for hedge in hedges}
    return tuple(sorted(written, key=lambda hedge: (-len(hedge), hedge)))


@cache
def identity_words(kind: str) -> Mapping[str, tuple[str, ...]]:
    """Return the words of one kind (titles, phrases, kin...) by language."""
    return {language: tuple(lists["identity"][kind]) for language, lists in _spoken().items()}


@cache
def identity_list(kind: str) -> frozenset[str]:
    """Return what is one list for all languages: measures, extensions, file_words."""
    return frozenset(word for words in _every("identity", kind) for word in words)


@cache
def column_names() -> Mapping[str, str]:
    """Return how people name the columns of a table of centres, folded, to the column meant."""
    found: dict[str, str] = {}
    for columns in _every("columns"):
        for column, words in columns.items():
            found |= {fold(word): column for word in (column, *words)}
    return found
