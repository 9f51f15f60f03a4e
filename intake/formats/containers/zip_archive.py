"""Zip archives: each file in them, read by counted steps whatever the archive declares."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator

from intake.formats.containers.allowance import STEP, Allowance
from intake.formats.containers.labels import label
from intake.model.container import Contents, Member
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode

_ENCRYPTED = 0x1
_SYSTEM_NAMES = {"thumbs.db", "desktop.ini"}
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, OverflowError,
    struct.error,
)  # fmt: skip


def unpack_zip(content: bytes) -> Contents:
    """Return the files of a zip archive. Raises UnreadableFile for the whole of it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
            wanted = [entry for entry in entries if not _is_of_a_system(entry.filename)]
            if any(entry.flag_bits & _ENCRYPTED for entry in wanted):
                raise UnreadableFile(FindingCode.FILE_PROTECTED)
            members = tuple(_members(archive, wanted))
    except NotImplementedError:
        raise UnreadableFile(FindingCode.FILE_NOT_YET_READ, {"kind": "zip"}) from None
    except _BROKEN:
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from None
    return Contents(members=members, ignored=len(entries) - len(wanted))


def _members(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[Member]:
    allowance = Allowance()
    for _ in entries:
        allowance.take_member()
    for position, entry in enumerate(entries, 1):
        content = _read(archive, entry, allowance)
        yield Member(label(entry.filename, position, content), content)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, allowance: Allowance) -> bytes:
    """Return a member's bytes; stops where the allowance ends, checks that none is missing."""
    pieces: list[bytes] = []
    with archive.open(entry) as stream:
        while piece := stream.read(STEP):
            allowance.take_bytes(len(piece))
            pieces.append(piece)
    content = b"".join(pieces)
    if len(content) != entry.file_size:
        raise zipfile.BadZipFile
    return content


def _is_of_a_system(name: str) -> bool:
    """Say whether a system or an editor put this file there by itself."""
    parts = name.lower().split("/")
    last = parts[-1]
    return parts[0] == "__macosx" or last.startswith((".", "~$")) or last in _SYSTEM_NAMES
