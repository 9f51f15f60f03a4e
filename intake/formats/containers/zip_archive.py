"""Zip archives: each file in them, read by counted steps whatever the archive declares."""

from __future__ import annotations

import datetime as dt
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator

from intake.formats.containers.allowance import STEP, Allowance
from intake.formats.containers.labels import label
from intake.model.errors import UnreadableFile
from intake.model.file.container import Contents, Member, most_unpacked
from intake.model.file.dates import DateSource, Written
from intake.model.finding_codes import FindingCode

_ENCRYPTED, _UTF_8 = 0x1, 0x800
_FOLDER = 0x10
"""Among the attributes that DOS gives a file."""
_TIMES, _HEAD = 0x5455, 4
"""The field in which a program keeps the moment of a save, in seconds, and its head."""
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_SYSTEM_NAMES = {"thumbs.db", "desktop.ini"}
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, OverflowError,
    struct.error,
)  # fmt: skip


def unpack_zip(content: bytes) -> Contents:
    """Return the files of a zip archive. Raises UnreadableFile for the whole of it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not _is_folder(entry)]
            wanted = [entry for entry in entries if not _is_of_a_system(entry.filename)]
            if any(entry.flag_bits & _ENCRYPTED for entry in wanted):
                raise UnreadableFile(FindingCode.FILE_PROTECTED)
            members = tuple(_members(archive, wanted, most_unpacked(len(content))))
    except NotImplementedError:
        raise UnreadableFile(FindingCode.FILE_NOT_YET_READ, {"kind": "zip"}) from None
    except _BROKEN:
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from None
    return Contents(members=members, ignored=len(entries) - len(wanted))


def _members(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], most: int
) -> Iterator[Member]:
    allowance = Allowance(total=most)
    for _ in entries:
        allowance.take_member()
    for position, entry in enumerate(entries, 1):
        content = _read(archive, entry, allowance)
        name = label(_name(entry), position, content)
        yield Member(name, content, _written(entry))


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


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    """Say whether an entry is a folder, also as some programs of Windows write it."""
    is_marked = bool(entry.external_attr & _FOLDER) and entry.file_size == 0
    return is_marked or entry.filename.endswith(("/", "\\"))


def _name(entry: zipfile.ZipInfo) -> str:
    """Return a name whose letters are UTF-8 without saying so, or of an old Windows."""
    if entry.flag_bits & _UTF_8:
        return entry.filename
    try:
        written = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError:
        return written.decode("cp850")


def _written(entry: zipfile.ZipInfo) -> Written | None:
    """Return the date of a file in the archive: the moment if it is there, else the clock's."""
    extra = entry.extra
    while len(extra) >= _HEAD:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == _TIMES and size >= 5 and extra[_HEAD] & 1:
            (seconds,) = struct.unpack_from("<i", extra, _HEAD + 1)
            return Written(_EPOCH + dt.timedelta(seconds=seconds), DateSource.ENTRY)
        extra = extra[_HEAD + size :]
    try:
        return Written(dt.datetime(*entry.date_time), DateSource.ENTRY)
    except ValueError:
        return None


def _is_of_a_system(name: str) -> bool:
    """Say whether a system or an editor put this file there by itself."""
    parts = name.lower().replace("\\", "/").split("/")
    last = parts[-1]
    return parts[0] == "__macosx" or last.startswith((".", "~$")) or last in _SYSTEM_NAMES
