"""What each profile of the dataset may disclose: one place, asked by every file of it.

``analysis`` holds no identity, no free text, no calendar date, and nothing that links a row
to the form or the receipt it came with: those lie in mailboxes. ``full`` holds everything.
An answer of a form version decides for all versions: once withheld, always withheld.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Never, assert_never

from intake.model.definition import DataType, FormDefinition, Item, MissingReason
from intake.model.finding import Finding, Location
from intake.model.submission import Value
from intake.privacy.answer_text import Reader, looks_like_answer
from intake.privacy.private import is_private

_OF_THE_FORM = frozenset({"section", "low", "high", "limit", "count", "unit"})
"""Context that comes from the schema or counts; it quotes no answer."""
_NAME = re.compile(r"[A-Za-z_]\w*")


class Profile(StrEnum):
    """Who the files are for: the statistician, or the keeper of the source data."""

    ANALYSIS = "analysis"
    FULL = "full"

    @property
    def tells_centre(self) -> bool:
        """Say whether the centre, and the patient's number in it, may be told."""
        return self is Profile.FULL

    @property
    def tells_paperwork(self) -> bool:
        """Say whether the returned file and its receipt may be told."""
        return self is Profile.FULL


class Disclosure(StrEnum):
    """How an item's answers are shown, the most open first."""

    OPEN = "open"
    DAYS = "days"
    """A date, shown as days from the form's day zero."""
    WITHHELD = "withheld"


def disclosure(definition: FormDefinition, item: Item, profile: Profile) -> Disclosure:
    """Return how one item is shown in a profile."""
    match profile:
        case Profile.FULL:
            return Disclosure.OPEN
        case Profile.ANALYSIS:
            return _in_analysis(definition, item)
        case _:
            assert_never(profile)


def is_computed_told(definition: FormDefinition, expression: str, profile: Profile) -> bool:
    """Say whether what an expression computes may be told.

    A delay up to the day of filling dates everything for who has the receipt. What is
    computed from such a delay is not told either.
    """
    return profile is Profile.FULL or not _reads_filling_date(definition, expression)


def _reads_filling_date(definition: FormDefinition, expression: str) -> bool:
    computed = {derived.name: derived.expression for derived in definition.derived}
    pending, seen = [expression], set[str]()
    while pending:
        names = set(_NAME.findall(pending.pop())) - seen
        seen |= names
        pending += [computed[name] for name in names & computed.keys()]
    filling = definition.identity.filling_date
    return not seen.isdisjoint({filling, f"day_{filling}"})


def least_open(ways: Iterable[Disclosure]) -> Disclosure:
    """Return the strictest of some ways. Raises ValueError for none."""
    return max(ways, key=list(Disclosure).index)


def told_raw(value: Value, item: Item, shown: Disclosure, profile: Profile) -> str:
    """Return the text as entered, as far as the profile may show it."""
    if profile is Profile.FULL:
        return value.raw
    if shown is not Disclosure.OPEN:
        return ""
    if value.missing not in (None, MissingReason.ERR):
        return value.raw  # one of the closed list of words for a missing reason
    return value.raw if looks_like_answer(value.raw, item, Reader.ANALYST) else ""


def told_location(location: Location | None, profile: Profile) -> Location | None:
    """Return where a value stands. Anyone can rename a sheet, after a patient too."""
    if location is None or profile is Profile.FULL:
        return location
    return replace(location, sheet=None)


def told_finding(finding: Finding, definition: FormDefinition, profile: Profile) -> Finding:
    """Return a finding with no text in its context that might tell who or when."""
    if profile is Profile.FULL:
        return finding
    items = [definition.items.get(name) for name in finding.all_items]
    known = [item for item in items if item is not None]
    shown = {disclosure(definition, item, profile) for item in known}
    may_quote = len(known) == len(items) and shown == {Disclosure.OPEN}
    context = {
        name: text
        for name, text in finding.context.items()
        if name in _OF_THE_FORM or (may_quote and _is_plain(text, known))
    }
    return replace(finding, context=context)


def _is_plain(text: str, items: Iterable[Item]) -> bool:
    return any(looks_like_answer(text, item, Reader.ANALYST) for item in items)


def _in_analysis(definition: FormDefinition, item: Item) -> Disclosure:
    identity = definition.identity
    if is_private(item, definition) or item.name in (identity.centre, identity.filling_date):
        return Disclosure.WITHHELD
    kind = item.data_type
    match kind:
        case DataType.INTEGER | DataType.DECIMAL | DataType.TIME:
            return Disclosure.OPEN
        case DataType.SINGLE_CHOICE | DataType.MULTIPLE_CHOICE:
            return Disclosure.OPEN
        case DataType.DATE | DataType.PARTIAL_DATE:
            return Disclosure.DAYS
        case DataType.TEXT:
            return Disclosure.WITHHELD
        case unknown:
            return _withheld(unknown)


def _withheld(_unknown: Never) -> Disclosure:
    return Disclosure.WITHHELD
