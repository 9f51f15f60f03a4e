"""Which centre gets which message, and why; which does not, and why not.

Pure: the centres, what was heard of them, what was written before, and the day. A message is
named by what it is for, and what was named once is never due again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import assert_never

from intake.model.mail.message import Ledger, MessageKind
from intake.study.centres import Centre
from intake.study.model import Calendar

_AGAIN = "~"
_LAST_WEEK = dt.timedelta(days=7)


class Why(StrEnum):
    """Why a message is due, or is not (a closed list)."""

    NEW = "new"
    SILENT = "silent"
    ANSWERED = "answered"
    CLOSED = "closed"
    RECEIVED = "received"
    ALREADY = "already"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    UNDECIDED = "undecided"
    UNLISTED = "unlisted"

    @property
    def is_due(self) -> bool:
        """Say whether a message is due for this reason."""
        match self:
            case Why.NEW | Why.SILENT | Why.ANSWERED | Why.CLOSED | Why.RECEIVED:
                return True
            case Why.ALREADY | Why.TOO_EARLY | Why.TOO_LATE | Why.UNDECIDED | Why.UNLISTED:
                return False
            case unknown:
                assert_never(unknown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One message that is due, or that is not."""

    key: str
    kind: MessageKind
    centre: str
    """Id of a listed centre; empty where who sent something is in no list."""
    to: str
    why: Why
    letter: str = ""
    """Name of its template."""
    day: dt.date | None = None
    """Of the earlier message, or when it becomes due."""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """What a centre has sent so far."""

    received: int = 0
    """Patients in the dataset."""
    open: int = 0
    """Of how many of them something is still asked."""
    files: int = 0
    """Whatever became of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """The centres, what was heard of them and written to them, on one day."""

    centres: Sequence[Centre]
    calendar: Calendar
    ledger: Ledger
    today: dt.date
    heard: Mapping[str, Heard] = field(default_factory=dict)
    """By centre id."""
    own: Container[str] = ()
    """The study's own addresses, in small letters: what came from there was only passed on."""


def packs_due(conduct: Conduct, version: str) -> Iterator[Due]:
    """Yield the pack of each centre: one for each version of the form, until the closing date."""
    closes = conduct.calendar.closes
    is_over = conduct.calendar.is_late(conduct.today)
    why, day = (Why.TOO_LATE, closes) if is_over else (Why.NEW, None)
    yield from _unless_known(
        conduct,
        (
            _due(f"{centre.id}-{MessageKind.PACK}-{version}", MessageKind.PACK, centre, why, day)
            for centre in conduct.centres
        ),
    )
    yield from _unlisted(conduct, MessageKind.PACK)


def reminders_due(conduct: Conduct, kind: MessageKind) -> Iterator[Due]:
    """Yield the reminder of each centre: one for each closing date that is told."""
    yield from _unless_known(conduct, (_reminder(conduct, kind, one) for one in conduct.centres))
    yield from _unlisted(conduct, kind)


def _reminder(conduct: Conduct, kind: MessageKind, centre: Centre) -> Due:
    key = f"{centre.id}-{kind}-{conduct.calendar.closes:%Y%m%d}"
    begins, ends = _days(kind, conduct.calendar)
    if conduct.today < begins:
        return _due(key, kind, centre, Why.TOO_EARLY, begins)
    if ends is not None and conduct.today > ends:
        return _due(key, kind, centre, Why.TOO_LATE, ends)
    return _due(key, kind, centre, _tone(kind, conduct.heard.get(centre.id, Heard())))


def _days(kind: MessageKind, calendar: Calendar) -> tuple[dt.date, dt.date | None]:
    """Return the first and last day on which a reminder is due."""
    match kind:
        case MessageKind.HALF_WAY:
            return calendar.reminder_date, calendar.closes
        case MessageKind.LAST_WEEK:
            return calendar.closes - _LAST_WEEK, calendar.closes
        case MessageKind.CLOSING:
            return calendar.closes + dt.timedelta(days=1), None
        case MessageKind.PACK | MessageKind.REPLY:
            raise ValueError(f"{kind} is no reminder")
        case unknown:
            assert_never(unknown)


def _tone(kind: MessageKind, heard: Heard) -> Why:
    if kind is MessageKind.CLOSING:
        return Why.CLOSED
    return Why.ANSWERED if heard.received or heard.files else Why.SILENT


def _due(key: str, kind: MessageKind, centre: Centre, why: Why, day: dt.date | None = None) -> Due:
    is_warm = kind is MessageKind.HALF_WAY and why is Why.ANSWERED
    letter = f"{kind}-answered" if is_warm else kind.value
    return Due(
        key=key, kind=kind, centre=centre.id, to=centre.email, why=why, letter=letter, day=day
    )


def _unless_known(conduct: Conduct, found: Iterable[Due]) -> Iterator[Due]:
    """Yield what is due, unless the same was drafted and not dropped."""
    # What was made again after it was dropped is the same message.
    live = {event.key.partition(_AGAIN)[0]: event.key for event in conduct.ledger.live}
    for due in found:
        earlier = live.get(due.key)
        if earlier is None:
            yield replace(due, key=free_key(conduct.ledger.messages, due.key))
            continue
        drafted = conduct.ledger.first[earlier].at.date()
        yield replace(due, key=earlier, why=Why.ALREADY, day=drafted)


def _unlisted(conduct: Conduct, kind: MessageKind) -> Iterator[Due]:
    """Yield what went to a centre that is not in the list any more: renamed, it gets all twice."""
    listed = {centre.id for centre in conduct.centres}
    for event in conduct.ledger.live:
        if event.kind is kind and event.centre not in listed:
            day = conduct.ledger.first[event.key].at.date()
            why = Why.UNLISTED
            yield Due(key=event.key, kind=kind, centre=event.centre, to="", why=why, day=day)


def free_key(taken: Container[str], key: str) -> str:
    """Return a key that names no message yet: what was dropped keeps its own."""
    number, free = 2, key
    while free in taken:
        free = f"{key}{_AGAIN}{number}"
        number += 1
    return free
