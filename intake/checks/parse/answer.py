"""One answer of one item: which parser reads it, in what order.

Missing reasons come first where they may be written; then the item's own type.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import assert_never

from intake.checks.parse.choice import export_text, option_for_reason, parse_choice
from intake.checks.parse.date import parse_date
from intake.checks.parse.letters import parse_letters
from intake.checks.parse.parsed import Parsed, unread
from intake.checks.parse.quantity import parse_quantity
from intake.checks.parse.reason import as_reason, find_reason
from intake.checks.parse.time import parse_time
from intake.model.definition import Family, Item
from intake.model.finding_codes import FindingCode
from intake.words.spelling import entered, is_unsure

_LONGEST = 500
"""Nothing but a text is longer; hostile lengths are not worth reading."""
_MOST = 10_000
"""Of what is written, edges included: more is not even trimmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the reading of one answer depends on, beside the item and the text."""

    language: str
    """Of the form."""
    received: dt.date
    letters: bool = False
    """The item holds identifying letters."""
    picked: bool = True
    """The text was picked from a list, not typed."""
    own_units: Collection[str] | None = None
    """Spellings of the unit asked, when another answer gives it."""


def parse_answer(item: Item, text: str, setting: Setting) -> Parsed:
    """Return what one text says as the answer to one item (not a multiple choice)."""
    unreadable = _unreadable(item)
    if unreadable is not None and len(text) > _MOST:
        return unread(unreadable)
    written = entered(text)
    if len(written) > _LONGEST and unreadable is not None:
        return unread(unreadable)
    parsed = _parsed(item, written, setting)
    if parsed.faulty and parsed.is_empty and is_unsure(written):
        return unread(FindingCode.TEXT_UNSEEN)
    return parsed


def _parsed(item: Item, written: str, setting: Setting) -> Parsed:
    if item.is_listed:
        return _choice(item, export_text(written), setting)
    if not written:
        return Parsed()
    if setting.letters:
        return parse_letters(item, written)
    if item.missing or not item.is_free_text:
        reason = find_reason(written, setting.language)
        if reason is not None:
            return as_reason(item, reason)
    return _typed(item, written, setting)


def _unreadable(item: Item) -> FindingCode | None:
    """Return what is said of an answer that is far too long; None where long is usual."""
    match item.family:
        case Family.LISTED | Family.TICKED:
            return FindingCode.CHOICE_UNKNOWN
        case Family.NUMBER:
            return FindingCode.NUMBER_UNREADABLE
        case Family.DAY:
            return FindingCode.DATE_UNREADABLE
        case Family.TIME:
            return FindingCode.TIME_UNREADABLE
        case Family.WORDS:
            return None
        case unknown:
            assert_never(unknown)


def _typed(item: Item, written: str, setting: Setting) -> Parsed:
    match item.family:
        case Family.NUMBER:
            return parse_quantity(item, written, setting.own_units)
        case Family.DAY:
            return parse_date(written, setting.received)
        case Family.TIME:
            return parse_time(written)
        case Family.WORDS:
            return Parsed(value=written)
        case Family.LISTED | Family.TICKED:
            raise AssertionError("a choice is read by its codes")
        case unknown:
            assert_never(unknown)


def _choice(item: Item, text: str, setting: Setting) -> Parsed:
    if not text:
        return Parsed()
    reason = find_reason(text, setting.language)
    surely_code = setting.picked or reason is None
    chosen = parse_choice(item, text, by_code=surely_code)
    if chosen is not None:
        return chosen
    if reason is None:
        return unread(FindingCode.CHOICE_UNKNOWN)
    return option_for_reason(item, reason) or as_reason(item, reason)
