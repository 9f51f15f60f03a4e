"""What a file that holds files gave: an email, an archive.

The members are bytes with a name each; what becomes of them is decided by the pipeline. The
sender and the date are claims of the message, kept as provenance.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from intake.model.file.dates import Written
from intake.model.finding import Finding

MOST_MEMBERS = 200
MOST_BYTES = 200 << 20
"""Both for one container while it is unpacked, and for all that one returned file holds."""
_MOST_TIMES, _ALWAYS = 100, 1 << 20


def most_unpacked(size: int) -> int:
    """Return how many bytes a file may hold: no form is packed to a hundredth."""
    return min(MOST_BYTES, max(_ALWAYS, _MOST_TIMES * size))


@dataclass(frozen=True, slots=True)
class Member:
    """One file found in another; its name is a label, never a path."""

    name: str
    content: bytes = field(repr=False)
    written: Written | None = None
    """The date that an archive gives for the file."""
    sent: dt.datetime | None = None
    """When the message was sent that holds the file within the one that was opened."""


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """One line of a message that answers a question: its code, and what is said of it."""

    code: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """Answers that a message holds as lines, and the numbers that it names."""

    names: tuple[str, ...]
    """Of patients and of receipts."""
    lines: tuple[ReplyLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The files held by an email or an archive, in their order there."""

    members: tuple[Member, ...]
    ignored: int = 0
    """Images of signatures, certificates, cards, system files: never forms."""
    own_words: int = 0
    """How many words the sender of a message wrote beside its files."""
    sent: dt.datetime | None = None
    """Aware; the date that the message gives itself."""
    sender: str = field(default="", repr=False)
    """Address that the message gives as its author's; identifying, never logged."""
    findings: tuple[Finding, ...] = ()
    reply: Reply | None = None
    """Answers in the words of the message itself."""
