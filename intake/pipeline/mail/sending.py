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


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message to hand over; no content where its draft is gone."""

    key: str
    to: str
    content: bytes
    is_outdated: bool = False


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of one message, and why it was refused."""

    key: str
    fate: Fate
    why: MailRefused | None = None


class Account(Protocol):
    """Where each step of a message is kept."""

    def claim(self, key: str) -> bool:
        """Note that a message is about to leave, durably; False where it may not, or has."""
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
    is_first = True
    for parcel in parcels:
        fate = _unsendable(parcel)
        if fate is not None:
            yield Handed(parcel.key, fate)
            continue
        if not is_first:
            pause()
        is_first = False
        handed = _hand_over(parcel, sender, postman, account)
        yield handed
        if handed.fate is Fate.UNSURE or (handed.why and not handed.why.why.is_of_one_message):
            return


def _unsendable(parcel: Parcel) -> Fate | None:
    if parcel.is_outdated:
        return Fate.OUTDATED
    if not parcel.content:
        return Fate.NO_DRAFT
    return None if parcel.to else Fate.NO_ADDRESS


def _hand_over(parcel: Parcel, sender: str, postman: Postman, account: Account) -> Handed:
    if not account.claim(parcel.key):
        return Handed(parcel.key, Fate.TAKEN)
    try:
        postman.deliver(sender, parcel.to, parcel.content)
    except MailRefused as refused:
        account.stayed(parcel.key)
        return Handed(parcel.key, Fate.REFUSED, refused)
    except MailUnsure:
        return Handed(parcel.key, Fate.UNSURE, MailRefused(MailFault.UNREACHABLE, server=""))
    account.went(parcel.key)
    return Handed(parcel.key, Fate.SENT)
