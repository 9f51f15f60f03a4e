"""What dates and senders may tell of a file: claims, compared and kept, never proof. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from intake.model.errors import UnreadableFile
from intake.model.file.container import Contents
from intake.model.file.dates import Written
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.receipt import SourceFile
from intake.model.submission import Inspection
from intake.pipeline.desk import StudyFacts

_YEAR_BEFORE = dt.timedelta(days=366)
_OLDEST = dt.date(2000, 1, 1)
"""Blank workbooks carry this day; archives and programs without a clock carry older ones."""
_CLOCKS_DIFFER = dt.timedelta(days=1)
"""How far a file's date may lie ahead: a clock on the wall says nothing of its zone."""
_SHARED_DOMAINS = frozenset(
    {
        *("free.fr", "laposte.net", "orange.fr", "sfr.fr", "wanadoo.fr"),
        *("gmail.com", "icloud.com", "proton.me", "protonmail.com", "yahoo.com", "yahoo.fr"),
        *("gmx.com", "gmx.fr", "hotmail.com", "hotmail.fr", "live.fr", "outlook.com", "outlook.fr"),
    }
)
"""Providers whose domain says nothing of where one works."""


def sent_at(
    facts: StudyFacts, sent: dt.datetime | None, first_seen: dt.datetime
) -> dt.datetime | None:
    """Return a message's date where it is plausible, in the zone of ``first_seen``.

    Not in the future, and not more than a year before the collection opens.
    """
    oldest = facts.opening_date - _YEAR_BEFORE if facts.opening_date else _OLDEST
    if sent is None or sent > first_seen or sent.astimezone(dt.UTC).date() < oldest:
        return None
    return sent.astimezone(first_seen.tzinfo).replace(microsecond=0)


def written_by(written: Written | None, latest: dt.datetime) -> Written | None:
    """Return a file's own date where it is plausible: a real save, not after it came."""
    if written is None or written.at.date() <= _OLDEST:
        return None
    moment = written.at if written.is_zoned else written.at.replace(tzinfo=dt.UTC)
    return written if moment <= latest + _CLOCKS_DIFFER else None


def of_message(
    source: SourceFile, found: Contents, sent: dt.datetime | None, *, is_outermost: bool
) -> SourceFile:
    """Return a container as its files know it: when it was sent, by whom, beside which words.

    ``sent`` is its own plausible date; that of the outermost message is when all was received.
    """
    return replace(
        source,
        received=sent if sent is not None and is_outermost else source.received,
        sent=sent or source.sent,
        sender=found.sender or source.sender,
        beside_text=source.beside_text or found.own_words > 0,
    )


def dated(
    source: SourceFile,
    found: Inspection | UnreadableFile | None,
    first_seen: dt.datetime,
) -> SourceFile:
    """Return a file with the date that it gives itself, else that of its archive."""
    written = found.written if isinstance(found, Inspection) else None
    return replace(source, inside=written_by(written, source.sent or first_seen) or source.inside)


def beside_it(source: SourceFile) -> tuple[Finding, ...]:
    """Return what is told of a text that came with a form: it is read by nobody here."""
    return (finding_of(FindingCode.MESSAGE_TEXT),) if source.beside_text else ()


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
