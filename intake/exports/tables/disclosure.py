"""What each profile may disclose: one place, asked by every file of the dataset.

``analysis`` holds no identity, no free text, no calendar date; ``full`` holds everything.
An answer of a form version decides for all versions: once withheld, always withheld.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from intake.model.definition import FormDefinition, Item, MissingReason
from intake.model.submission import Value


class Profile(StrEnum):
    """Who the files are for: the statistician, or the keeper of the source data."""

    ANALYSIS = "analysis"
    FULL = "full"


class Disclosure(StrEnum):
    """How an item's answers are shown."""

    OPEN = "open"
    DAYS = "days"
    """A date, shown as days from the form's day zero."""
    WITHHELD = "withheld"


# Three digits after each separator: a date written with dots or spaces is no number.
_NUMBER = r"(?:\d{1,3}(?:[ .,'’]\d{3})+|\d+)(?:[.,]\d+)?"
_WRITTEN_NUMBER = re.compile(
    rf"[<>≤≥=~+\-\s]*(?P<number>{_NUMBER})\s*(?P<unit>\D.*)?", re.ASCII | re.DOTALL
)
_MOST_DIGITS = 7
"""More may be a date run together, a telephone or a file number."""


def disclosure(definition: FormDefinition, item: Item, profile: Profile) -> Disclosure:
    """Return how one item is shown in a profile."""
    if profile is Profile.FULL:
        return Disclosure.OPEN
    identity = (*definition.identity.items, definition.identity.centre)
    if item.identifying or item.is_free_text or item.name in identity:
        return Disclosure.WITHHELD
    return Disclosure.DAYS if item.is_date else Disclosure.OPEN


def raw_text(value: Value, item: Item, shown: Disclosure, profile: Profile) -> str:
    """Return the text as entered, as far as the profile may show it."""
    if profile is Profile.FULL:
        return value.raw
    if shown is not Disclosure.OPEN:
        return ""
    if value.missing not in (None, MissingReason.ERR):
        return value.raw  # one of the closed list of words for a missing reason
    return value.raw if is_plain_answer(item, value.raw) else ""


def is_plain_answer(item: Item, text: str) -> bool:
    """Say whether a text is a number with its unit, a code or a label of the item.

    Anything may be typed in any place, a name or a birth date too: other texts stay in
    the source base.
    """
    folded = _folded(text)
    if item.is_choice:
        return all(part.strip() in _choice_words(item) for part in folded.split(";"))
    match = _WRITTEN_NUMBER.fullmatch(folded)
    if match is None or sum(map(str.isdigit, match["number"])) > _MOST_DIGITS:
        return False
    return not match["unit"] or match["unit"] in _unit_words(item)


def _choice_words(item: Item) -> set[str]:
    words = {"", "_", "1", "0"}
    for option in item.options:
        words |= {_folded(option.code), *map(_folded, option.title.values())}
    return words


def _unit_words(item: Item) -> set[str]:
    symbols = (*item.unit.values(), *(unit.symbol for unit in item.accepted_units))
    return {"%", *map(_folded, symbols)}


def _folded(text: str) -> str:
    """Return a text for comparison: no case, superscripts and special spaces as plain ones."""
    return unicodedata.normalize("NFKC", text).casefold().strip()
