"""From the parts of a message to the files it brings: wrappings opened, decoration put aside.

What is signed, or packed as only Outlook does, is opened as if it stood in the message
itself: its files are the message's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from intake.formats.containers import message_text, tnef
from intake.formats.containers.allowance import Allowance
from intake.formats.containers.decoration import Attached, is_decoration
from intake.formats.containers.labels import label
from intake.formats.containers.mime import Parts, parsed, parts_of, reading
from intake.formats.containers.signed import is_entity, signed_content
from intake.formats.sniff import FileKind, sniff
from intake.model.errors import UnreadableFile, over_limit
from intake.model.file.container import Contents, Member
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, finding_of

MOST_LAYERS = 5
"""Signatures and packings around one another."""
_PGP = b"-----BEGIN PGP MESSAGE-----"


@dataclass
class _Opened:
    """What was found so far in a message and in the layers within it."""

    allowance: Allowance
    attached: list[Attached] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def contents_of(parts: Parts, *, sent: dt.datetime | None = None, sender: str = "") -> Contents:
    """Return the files of a message and what it says of itself. Raises UnreadableFile."""
    opened = _Opened(Allowance())
    with reading():
        _open(parts, opened, 0)
    here = [part for part in opened.attached if not part.link]
    kept = [part for part in here if not is_decoration(part)]
    members = (
        Member(label(part.name, number, part.content), part.content, sent=part.sent)
        for number, part in enumerate(kept, 1)
    )
    own = message_text.own_text(opened.plain, opened.pages)
    counted = {"count": str(own.words)}
    told = [finding_of(FindingCode.MESSAGE_TEXT, counted)] if own.words else []
    return Contents(
        members=tuple(members),
        ignored=len(here) - len(kept),
        own_words=own.words,
        sent=sent,
        sender=sender,
        findings=(*_once(opened.findings), *_linked(opened, own.platforms), *told),
        reply=own.reply,
    )


def unpack_signed(content: bytes) -> Contents:
    """Return what a signed file holds: one file, or those of a message. Raises UnreadableFile."""
    inner = signed_content(content)
    if not is_entity(inner):
        inner_name = label(None, 1, inner)
        note = finding_of(FindingCode.MESSAGE_SIGNED)
        return Contents(members=(Member(inner_name, inner),), findings=(note,))
    return contents_of(Parts(attached=(Attached(None, "application/pkcs7-mime", content),)))


def unpack_tnef(content: bytes) -> Contents:
    """Return the files of a ``winmail.dat``. Raises UnreadableFile."""
    return contents_of(Parts(attached=tuple(tnef.files_of(content))))


def _open(parts: Parts, opened: _Opened, depth: int) -> None:
    if depth > MOST_LAYERS:
        raise over_limit("depth")
    opened.plain += parts.plain
    opened.pages += parts.pages
    opened.findings += parts.findings
    for part in parts.attached:
        opened.allowance.take_member()
        inner = _inner(part, opened)
        if inner is None:
            opened.attached.append(part)
        else:
            _open(inner, opened, depth + 1)


def _inner(part: Attached, opened: _Opened) -> Parts | None:
    """Return what a part wraps; None for a file that is to be opened in turn."""
    if part.content.startswith(tnef.MAGIC):
        return _of_tnef(part)
    if part.content.lstrip().startswith(_PGP):
        return Parts(findings=(finding_of(FindingCode.MESSAGE_ENCRYPTED),))
    if part.media == "multipart/signed" and is_entity(part.content):
        opened.allowance.take_bytes(len(part.content))
        return parts_of(parsed(part.content))
    if sniff(part.content).kind is not FileKind.SIGNED:
        return None
    return _of_signed(part, opened)


def _of_tnef(part: Attached) -> Parts | None:
    try:
        return Parts(attached=tuple(tnef.files_of(part.content)))
    except UnreadableFile:
        return None  # its own receipt says that it is damaged


def _of_signed(part: Attached, opened: _Opened) -> Parts | None:
    try:
        content = signed_content(part.content)
    except UnreadableFile as problem:
        is_encrypted = problem.code is FindingCode.MESSAGE_ENCRYPTED
        return Parts(findings=(finding_of(problem.code),)) if is_encrypted else None
    if not is_entity(content):
        return None
    opened.allowance.take_bytes(len(content))
    opened.findings.append(finding_of(FindingCode.MESSAGE_SIGNED))
    return parts_of(parsed(content))


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield each finding once: layer upon layer may say the same."""
    told: list[Finding] = []
    for finding in findings:
        if finding not in told:
            told.append(finding)
            yield finding


def _linked(opened: _Opened, platforms: Iterable[str]) -> Iterator[Finding]:
    """Yield that a file is elsewhere and only its address came."""
    links = [part.link for part in opened.attached if part.link]
    named = (*message_text.linked_platforms(links), *platforms)
    if not links and not named:
        return
    known = ", ".join(name for name in dict.fromkeys(named) if name != "?")
    yield finding_of(FindingCode.MESSAGE_LINK, {"place": known} if known else {})
