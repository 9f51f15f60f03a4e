"""Sending messages one by one: each once, whatever happens in between.

That a message is about to leave is noted, durably, before it is handed over. Cut off after
that, its fate is unknown: it is named, and never sent again unless a person says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from intake.model.errors import MailFault, MailRefused, MailUnsure
from intake.ports import Postman


class Fate(StrEnum):
    """What became of a message that was to be sent (a closed list)."""

    SENT = "sent"
    REFUSED = "refused"
    UNSURE = "unsure"
    TAKEN = "taken"
    """Another run is sending it, or sent it in the meantime."""
    NO_ADDRESS = "no_address"
    NO_DRAFT = "no_draft"
    OUTDATED = "outdated"
    """Something that it tells was decided otherwise since."""


_STAYED = (Fate.TAKEN, Fate.OUTDATED)
"""Of what was to be handed over: the server heard nothing of it."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message to hand over; no content where its draft is gone."""

    key: str
    to: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of one message, and why it was refused."""

    key: str
    fate: Fate
    why: MailRefused | None = None


class Account(Protocol):
    """Where each step of a message is kept."""

    def claim(self, key: str) -> Fate | None:
        """Note that a message is about to leave, durably; return what keeps it where it may not.

        Asked right before: while the run waited, another may have sent it, or a person decided.
        """
        ...

    def went(self, key: str) -> None:
        """Note that a message left."""
        ...

    def stayed(self, key: str) -> None:
        """Note that a message did not leave: it is to be sent as before."""
        ...


def send_each(
    parcels: Iterable[Parcel],
    sender: str,
    postman: Postman,
    account: Account,
    pause: Callable[[], None],
) -> Iterator[Handed]:
    """Hand over message after message, and say what became of each.

    Stops after a fault that is not of one message alone, or when the connection was lost.
    """
    has_called = False
    for parcel in parcels:
        fate = _unsendable(parcel)
        if fate is not None:
            yield Handed(parcel.key, fate)
            continue
        if has_called:
            pause()
        handed = _hand_over(parcel, sender, postman, account)
        has_called = handed.fate not in _STAYED
        yield handed
        if handed.fate is Fate.UNSURE or (handed.why and not handed.why.why.is_of_one_message):
            return


def _unsendable(parcel: Parcel) -> Fate | None:
    if not parcel.content:
        return Fate.NO_DRAFT
    return None if parcel.to else Fate.NO_ADDRESS


def _hand_over(parcel: Parcel, sender: str, postman: Postman, account: Account) -> Handed:
    kept = account.claim(parcel.key)
    if kept is not None:
        return Handed(parcel.key, kept)
    try:
        postman.deliver(sender, parcel.to, parcel.content)
    except MailRefused as refused:
        account.stayed(parcel.key)
        return Handed(parcel.key, Fate.REFUSED, refused)
    except MailUnsure:
        return Handed(parcel.key, Fate.UNSURE, MailRefused(MailFault.UNREACHABLE, server=""))
    account.went(parcel.key)
    return Handed(parcel.key, Fate.SENT)
