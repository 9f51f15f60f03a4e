"""Outlook messages (``.msg``): attachments, date, sender, read from the message's storages.

A message attached to a message is not a file of its own there: its attachments are given as
this message's, with its date. The reading library is an extra (``mail``); without it the file
is refused in words that name it.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import io
import struct
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from intake.formats.containers.allowance import STEP, Allowance
from intake.formats.containers.decoration import Attached
from intake.formats.containers.layers import contents_of
from intake.formats.containers.mime import Parts
from intake.model.errors import UnreadableFile, over_limit
from intake.model.file.container import Contents
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, finding_of

if TYPE_CHECKING:
    from olefile import OleFileIO

EXTRA = "crf-intake[mail]"
_DATA = 0x3701
_LONG_NAME, _SHORT_NAME, _MEDIA, _CONTENT_ID = 0x3707, 0x3704, 0x370E, 0x3712
_SENDER_SMTP, _SENDER_ADDRESS = 0x5D01, 0x0C1F
_SUBMITTED, _RECEIVED = 0x0039, 0x0E06
_BODY, _HTML = 0x1000, 0x1013
_METHOD, _PLACE = 0x3705, 0x370D
_BY_REFERENCE = {2, 3, 4, 7}
"""Attached by the address of a file: of a folder, or of a page."""
_UNICODE, _BYTES, _OBJECT, _TIME, _LONG = 0x001F, 0x0102, 0x000D, 0x0040, 0x0003
_ANSI = 0x001E
_ATTACHMENT = "__attach_version1.0_#"
_PROPERTIES = "__properties_version1.0"
_ENTRY = 16
_BEFORE_PROPERTIES, _BEFORE_EMBEDDED, _BEFORE_SMALL, _COUNT = 32, 24, 8, 20
_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_DEEPEST = 5

Path = tuple[str, ...]


def unpack_outlook(content: bytes) -> Contents:
    """Return the files attached to an Outlook message. Raises UnreadableFile."""
    try:
        from olefile import OleFileIO  # noqa: PLC0415 - an optional part
    except ModuleNotFoundError:
        context = {"kind": "msg", "extra": EXTRA}
        raise UnreadableFile(FindingCode.FILE_NOT_YET_READ, context) from None
    try:
        with OleFileIO(io.BytesIO(content)) as ole:
            return _Message(ole).contents()
    except RecursionError:
        raise over_limit("depth") from None
    except (OSError, ValueError, IndexError, KeyError, struct.error, OverflowError, TypeError):
        # What the library raises for a file that is cut or built to mislead.
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from None


class _Message:
    """One opened file, read under one allowance."""

    def __init__(self, ole: OleFileIO) -> None:
        self._ole = ole
        self._entries: list[Path] = [tuple(path) for path in ole.listdir(storages=True)]
        self._known = set(self._entries)
        self._allowance = Allowance()
        self._plain: list[str] = []
        self._pages: list[str] = []

    def contents(self) -> Contents:
        properties = self._properties(())
        parts = Parts(
            attached=tuple(self._attached(())),
            plain=tuple(self._plain),
            pages=tuple(self._pages),
            findings=self._lost(properties),
        )
        return contents_of(parts, sent=_sent(properties, _BEFORE_PROPERTIES), sender=self._sender())

    def _lost(self, properties: bytes) -> tuple[Finding, ...]:
        """Say when the message counts more attachments than it holds."""
        held = {p[0] for p in self._entries if p[0].startswith(_ATTACHMENT)}
        counted = properties[_COUNT : _COUNT + 4]
        if not properties or int.from_bytes(counted, "little") <= len(held):
            return ()
        code = FindingCode.CONTAINER_CUT
        return (finding_of(code),)

    def _attached(self, message: Path) -> Iterator[Attached]:
        """Yield what is attached to a message, and to the messages attached to it."""
        depth = len(message)
        if depth > 2 * _DEEPEST:
            raise over_limit("depth")
        self._take_text(message)
        sent = self._sent_within(message)
        for path in self._entries:
            is_here = len(path) == depth + 1 and path[:depth] == message
            if not is_here or not path[-1].startswith(_ATTACHMENT):
                continue
            within = (*path, _stream(_DATA, _OBJECT))
            if (*within, _PROPERTIES) in self._known:
                yield from self._attached(within)
            else:
                self._allowance.take_member()
                yield replace(self._attachment(path), sent=sent)

    def _attachment(self, path: Path) -> Attached:
        """Return one attachment; an embedded object has no bytes that can be read."""
        data = (*path, _stream(_DATA, _BYTES))
        is_elsewhere = data not in self._known and self._method(path) in _BY_REFERENCE
        content_id = self._text(path, _CONTENT_ID).strip("<>")
        return Attached(
            name=self._text(path, _LONG_NAME) or self._text(path, _SHORT_NAME) or None,
            media=self._text(path, _MEDIA).lower() or "application/octet-stream",
            content=self._bytes(data) if data in self._known else b"",
            is_inline=bool(content_id),
            link=(self._text(path, _PLACE) or "?") if is_elsewhere else "",
        )

    def _method(self, path: Path) -> int:
        """Return how an attachment is attached: by value, by the address of its place..."""
        return _fixed(self._properties(path), _BEFORE_SMALL, _LONG).get(_METHOD, 0)

    def _take_text(self, message: Path) -> None:
        """Keep the text of a message for its words to be counted."""
        self._plain.append(self._text(message, _BODY))
        page = (*message, _stream(_HTML, _BYTES))
        if page in self._known:
            self._pages.append(self._bytes(page).decode("utf-8", "replace"))

    def _sent_within(self, message: Path) -> dt.datetime | None:
        """Return when a message within this one was sent; None for this one."""
        return _sent(self._properties(message), _BEFORE_EMBEDDED) if message else None

    def _properties(self, path: Path) -> bytes:
        table = (*path, _PROPERTIES)
        return self._bytes(table) if table in self._known else b""

    def _text(self, path: Path, name: int) -> str:
        for kind, encoding in ((_UNICODE, "utf-16-le"), (_ANSI, "cp1252")):
            stream = (*path, _stream(name, kind))
            if stream in self._known:
                return self._bytes(stream).decode(encoding, "replace").rstrip("\0")
        return ""

    def _bytes(self, path: Path) -> bytes:
        pieces = []
        with self._ole.openstream(list(path)) as stream:
            while piece := stream.read(STEP):
                self._allowance.take_bytes(len(piece))
                pieces.append(piece)
        return b"".join(pieces)

    def _sender(self) -> str:
        written = self._text((), _SENDER_SMTP) or self._text((), _SENDER_ADDRESS)
        address = email.utils.parseaddr(written)[1].strip().lower()
        return address if "@" in address else ""


def _fixed(properties: bytes, before: int, wanted: int) -> dict[int, int]:
    """Return the numbers of one type in a table of properties, by name."""
    found: dict[int, int] = {}
    for start in range(before, len(properties) - _ENTRY + 1, _ENTRY):
        kind, name = struct.unpack_from("<HH", properties, start)
        if kind == wanted:
            found[name] = struct.unpack_from("<Q", properties, start + 8)[0]
    return found


def _sent(properties: bytes, before: int) -> dt.datetime | None:
    """Return when the message was sent, else when it came; a date of zero is unknown."""
    times = _fixed(properties, before, _TIME)
    ticks = times.get(_SUBMITTED) or times.get(_RECEIVED) or 0
    return _EPOCH + dt.timedelta(microseconds=ticks // 10) if ticks else None


def _stream(name: int, kind: int) -> str:
    return f"__substg1.0_{name:04X}{kind:04X}"
