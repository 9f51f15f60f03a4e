"""What an email's date and sender may tell of a file: hints, compared, never believed. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from intake.pipeline.desk import StudyFacts

_YEAR_BEFORE = dt.timedelta(days=366)
_OLDEST = dt.date(2000, 1, 1)
_SHARED_DOMAINS = frozenset(
    {
        *("free.fr", "laposte.net", "orange.fr", "sfr.fr", "wanadoo.fr"),
        *("gmail.com", "icloud.com", "proton.me", "protonmail.com", "yahoo.com", "yahoo.fr"),
        *("gmx.com", "gmx.fr", "hotmail.com", "hotmail.fr", "live.fr", "outlook.com", "outlook.fr"),
    }
)
"""Providers whose domain says nothing of where one works."""


def received_at(facts: StudyFacts, sent: dt.datetime, first_seen: dt.datetime) -> dt.datetime:
    """Return a message's date where it is plausible, else when the message was first seen.

    Not in the future, and not more than a year before the collection opens.
    """
    oldest = facts.opening_date - _YEAR_BEFORE if facts.opening_date else _OLDEST
    if sent > first_seen or sent.astimezone(dt.UTC).date() < oldest:
        return first_seen
    return sent.astimezone(first_seen.tzinfo).replace(microsecond=0)


def centres_of(sender: str, addresses: Mapping[str, str]) -> tuple[str, ...]:
    """Return the centres an address may belong to: by address, else by its own domain."""
    written = {centre: address.strip().lower() for centre, address in addresses.items()}
    same = tuple(centre for centre, address in written.items() if sender and address == sender)
    domain = _domain(sender)
    if same or not domain or domain in _SHARED_DOMAINS:
        return same
    return tuple(centre for centre, address in written.items() if _domain(address) == domain)


def _domain(address: str) -> str:
    return address.rpartition("@")[2] if "@" in address else ""
