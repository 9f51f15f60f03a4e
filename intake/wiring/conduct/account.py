"""The account of messages, read back from the audit chain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from intake.model.mail.letters import Letters
from intake.model.mail.message import (
    NOTED,
    Ledger,
    MessageKind,
    MessageState,
    event_of,
    ledger_of,
)
from intake.model.receipt import Outcome
from intake.pipeline.mail.replies import is_for_a_centre
from intake.storage.store import SqlStore

_MOST_COUNTED = 200
"""Whoever answers more files than these by other means need not know how many."""


def read_ledger(store: SqlStore) -> Ledger:
    """Return every message that was ever drafted, with what became of it."""
    found = store.noted(*NOTED.values())
    return ledger_of(event_of(one.event, one.at, one.detail) for one in found)


def letters_of(ledger: Ledger) -> Letters:
    """Return what the state of the study tells of messages."""
    went = [event for event in ledger.live if event.state is MessageState.SENT]
    reminded: dict[str, list[dt.date]] = {}
    for event in went:
        if event.kind.is_reminder:
            reminded.setdefault(event.centre, []).append(event.at.date())
    return Letters(
        to_send=len(ledger.live) - len(went),
        sent={e.centre: e.at.date() for e in went if e.kind is MessageKind.PACK},
        reminders={centre: tuple(sorted(days)) for centre, days in reminded.items()},
        packed=_centres_of(ledger, MessageKind.PACK),
        reminded=_centres_of(ledger, MessageKind.HALF_WAY),
        told=ledger.told(),
    )


def unanswered(store: SqlStore, told: Mapping[str, str]) -> int:
    """Count the files whose centre no message told of them as they are; the newest ones only.

    Those that wait are told of when they are decided.
    """
    lines = store.counts.newest(_MOST_COUNTED).lines
    holders = {line.parent for line in lines}
    fresh = [
        line.receipt
        for line in lines
        if line.receipt not in holders
        and line.outcome is not Outcome.REVIEW
        # Its outcome alone, which opens no receipt; for which patient, a reply compares.
        and told.get(line.receipt, "").partition(" ")[0] != line.outcome.value
    ]
    receipts = store.receipts(fresh)
    return sum(is_for_a_centre(stored.receipt) for stored in receipts)


def _centres_of(ledger: Ledger, kind: MessageKind) -> tuple[str, ...]:
    """Return the centres to which a message of a kind was drafted or sent."""
    return tuple(sorted({event.centre for event in ledger.live if event.kind is kind}))
