"""A message to a centre: why it is written, what it holds, what became of it.

Who gets one is decided in ``pipeline.mail``; how it is written as a file, or sent, is for the
channels.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class MessageKind(StrEnum):
    """Why a message is written (a closed list)."""

    PACK = "pack"
    """The call, the forms, how to return them."""
    REPLY = "reply"
    """What became of what a centre sent."""
    HALF_WAY = "half-way"
    LAST_WEEK = "last-week"
    CLOSING = "closing"

    @property
    def is_reminder(self) -> bool:
        """Say whether it goes to every centre on a day of the calendar."""
        return self in (MessageKind.HALF_WAY, MessageKind.LAST_WEEK, MessageKind.CLOSING)


class MessageState(StrEnum):
    """What became of a message (a closed list)."""

    DRAFTED = "drafted"
    SENDING = "sending"
    """It was given to a server, and no answer was heard yet: its fate is unknown."""
    SENT = "sent"
    DROPPED = "dropped"
    """It was not to be sent: what it was about is due again."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file that goes with a message."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message, whole. Its text has one paragraph a line; ``**...**`` is said strongly."""

    key: str
    """Names it and its file, e.g. ``REI-half-way-20270331``; never given twice."""
    kind: MessageKind
    centre: str = ""
    to: str = ""
    """One address; empty where nobody knows one, and a person writes it in."""
    language: str
    subject: str
    text: str
    attachments: tuple[Attachment, ...] = ()
    about: tuple[str, ...] = ()
    """Of a reply: each receipt told, its outcome, its patient (``000012 loaded REI-007``)."""
    basis: str = ""
    """A digest of the settings that it rests on; with others, it says what is no longer so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEvent:
    """One thing that happened to a message, as the audit chain keeps it: no address, no text."""

    key: str
    kind: MessageKind
    centre: str
    state: MessageState
    at: dt.datetime
    about: tuple[str, ...] = ()
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every message that was ever drafted, in order, with its newest state."""

    messages: Mapping[str, MessageEvent]
    """The newest event of each message, by key."""
    first: Mapping[str, MessageEvent]
    """Its drafting."""

    @property
    def live(self) -> tuple[MessageEvent, ...]:
        """Return the messages that were not dropped."""
        return tuple(e for e in self.messages.values() if e.state is not MessageState.DROPPED)

    def of(self, kind: MessageKind, centre: str) -> tuple[MessageEvent, ...]:
        """Return the messages of a kind to a centre that were not dropped."""
        return tuple(e for e in self.live if e.kind is kind and e.centre == centre)

    def told(self) -> Mapping[str, str]:
        """Return the outcome last told of each receipt, and for which patient."""
        said: dict[str, str] = {}
        for event in self.live:
            for about in event.about:
                receipt, _, outcome = about.partition(" ")
                said[receipt] = outcome
        return said


def ledger_of(events: Iterable[MessageEvent]) -> Ledger:
    """Return what became of each message, from what happened, the oldest first."""
    first: dict[str, MessageEvent] = {}
    newest: dict[str, MessageEvent] = {}
    for event in events:
        first.setdefault(event.key, event)
        newest[event.key] = event
    return Ledger(newest, first)


NOTED: Mapping[MessageState, str] = {
    MessageState.DRAFTED: "mail_drafted",
    MessageState.SENDING: "mail_sending",
    MessageState.SENT: "mail",
    MessageState.DROPPED: "mail_dropped",
}
"""How the audit chain names each step of a message."""


def event_detail(message: Message | MessageEvent) -> Mapping[str, Any]:
    """Return what the audit chain keeps of a message."""
    return {
        "message": message.key,
        "kind": message.kind.value,
        "centre": message.centre,
        "about": list(message.about),
        "basis": message.basis,
    }


def event_of(name: str, at: dt.datetime, detail: Mapping[str, Any]) -> MessageEvent:
    """Return an event read back from the audit chain. Raises KeyError for another event."""
    states = {noted: state for state, noted in NOTED.items()}
    return MessageEvent(
        key=detail["message"],
        kind=MessageKind(detail["kind"]),
        centre=detail["centre"],
        state=states[name],
        at=at,
        about=tuple(detail["about"]),
        basis=detail.get("basis", ""),
    )
