"""Email messages as saved by mail programs (``.eml``): attachments, date, sender.

The text of the message is never read. A forwarded message is a member, byte for byte but
for its line ends; a form inside it is found when that member is opened in turn.
"""

from __future__ import annotations

import binascii
import datetime as dt
import email
import email.utils
import io
import quopri
import re
from collections.abc import Iterator
from email.errors import CloseBoundaryNotFoundDefect, MessageError
from email.generator import BytesGenerator
from email.header import decode_header, make_header
from email.message import Message
from email.policy import Compat32

from intake.formats.containers.allowance import Allowance
from intake.formats.containers.decoration import Attached, is_decoration
from intake.formats.containers.labels import label
from intake.model.container import Contents, Member
from intake.model.errors import UnreadableFile, over_limit
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, finding_of

_BOM = b"\xef\xbb\xbf"
_SECOND_IN_A_MAILBOX = re.compile(rb"\n\r?\nFrom [^\n]*\d{4}\r?\n[!-9;-~]+:")
_REFERENCE = re.compile(rb"cid:([^\s\"'<>)]{1,200})", re.IGNORECASE)
_MESSAGES = {"message/rfc822", "message/global"}
_LONGEST_HEADER = 2000
_WRONG_HEADER = (MessageError, LookupError, ValueError, TypeError, OverflowError)
"""What the library lets through for a header that no program should have written."""


class _Verbatim(Compat32):
    """Give headers as they stand and write them back unchanged.

    The library's newer policies parse each header into objects, which fails on some of the
    headers met in real mail and rewrites others.
    """

    def header_fetch_parse(self, name: str, value: str) -> str:
        """Return a header as it was received, 8-bit bytes escaped."""
        return value

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return a header as it was received."""
        return f"{name}: {value}{self.linesep}".encode("ascii", "surrogateescape")


def unpack_email(content: bytes) -> Contents:
    """Return the files attached to a message. Raises UnreadableFile."""
    text = content.removeprefix(_BOM).lstrip(b"\r\n")
    if text.startswith(b"From ") and _SECOND_IN_A_MAILBOX.search(text):
        raise UnreadableFile(FindingCode.FILE_NOT_YET_READ, {"kind": "mbox"})
    try:
        return _unpacked(text)
    except RecursionError:
        raise over_limit("depth") from None
    except _WRONG_HEADER:
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from None


def _unpacked(text: bytes) -> Contents:
    policy = _Verbatim(linesep="\r\n" if b"\r\n" in text[:_LONGEST_HEADER] else "\n")
    message = email.message_from_bytes(text, policy=policy)
    parts = list(_leaves(message))
    allowance = Allowance()
    attached = []
    for part in parts:
        found = _attached(part, _references(parts))
        if found is not None:
            allowance.take_member()
            attached.append(found)
    kept = [part for part in attached if not is_decoration(part)]
    members = (Member(label(p.name, n, p.content), p.content) for n, p in enumerate(kept, 1))
    return Contents(
        members=tuple(members),
        ignored=len(attached) - len(kept),
        sent=_sent(message),
        sender=_sender(message),
        findings=_cut(message),
    )


def _leaves(part: Message) -> Iterator[Message]:
    """Yield the parts that are not made of parts; a forwarded message is one."""
    if part.is_multipart() and part.get_content_maintype() != "message":
        for inner in part.get_payload():
            if isinstance(inner, Message):
                yield from _leaves(inner)
    else:
        yield part


def _references(parts: list[Message]) -> frozenset[str]:
    pages = (_decoded(part) for part in parts if part.get_content_type() == "text/html")
    return frozenset(
        found.decode("latin-1") for page in pages for found in _REFERENCE.findall(page)
    )


def _attached(part: Message, references: frozenset[str]) -> Attached | None:
    """Return a part as something attached; None for the message's own text."""
    media, name = part.get_content_type(), _name(part)
    disposition = part.get_content_disposition()
    if part.get_content_maintype() == "text" and name is None and disposition != "attachment":
        return None
    if part.get_content_maintype() == "message" and media in _MESSAGES:
        return Attached(name, media, _forwarded(part))
    content_id = str(part.get("Content-ID", "")).strip().strip("<>")
    is_inline = disposition == "inline" or content_id in references
    return Attached(name, media, _decoded(part), is_inline)


def _name(part: Message) -> str | None:
    """Return the declared name, decoded; as it stands where it cannot be."""
    try:
        written = part.get_filename()
    except _WRONG_HEADER:
        return ""
    if written is None:
        return None
    readable = _readable(written)
    try:
        return str(make_header(decode_header(readable)))
    except _WRONG_HEADER:
        return readable


def _readable(header: str) -> str:
    """Return a header with the bytes that should not be there as UTF-8, else as Windows'."""
    try:
        written = header.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return header.encode("utf-8", "replace").decode()
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError:
        return written.decode("cp1252", "replace")


def _decoded(part: Message) -> bytes:
    """Return a part's bytes; a part of parts as it is written."""
    if part.is_multipart():
        inside = part.get_payload()
        return b"".join(_written(inner) for inner in inside if isinstance(inner, Message))
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _forwarded(part: Message) -> bytes:
    """Return the bytes of the message that a part holds."""
    written = _decoded(part)
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding == "quoted-printable":
        return quopri.decodestring(written)
    if encoding != "base64":
        return written
    try:  # the standard forbids it, some servers do it
        return binascii.a2b_base64(written)
    except binascii.Error:
        return written


def _written(message: Message) -> bytes:
    target = io.BytesIO()
    BytesGenerator(target, mangle_from_=False, policy=message.policy).flatten(message)
    return target.getvalue()


def _sent(message: Message) -> dt.datetime | None:
    try:
        sent = email.utils.parsedate_to_datetime(message.get("Date", "")[:_LONGEST_HEADER])
    except _WRONG_HEADER:
        return None
    return sent if sent.tzinfo else sent.replace(tzinfo=dt.UTC)


def _sender(message: Message) -> str:
    written = message.get("From", "")[:_LONGEST_HEADER]
    return email.utils.parseaddr(_readable(written))[1].strip().lower()


def _cut(message: Message) -> tuple[Finding, ...]:
    """Say when the end of a message is missing: files may be missing with it."""
    defects = (defect for part in message.walk() for defect in part.defects)
    if not any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in defects):
        return ()
    code = FindingCode.CONTAINER_CUT
    return (finding_of(code),)
