"""Office files that need a password to be opened. For a limited child.

The library that decrypts them is an extra (``protected``); without it the file is refused in
words that name it. OpenDocument files with a password are not decrypted.
"""

from __future__ import annotations

import io
import logging
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from intake.model.errors import UnreadableFile
from intake.model.file.password import Password
from intake.model.finding_codes import FindingCode

if TYPE_CHECKING:
    from msoffcrypto.format.base import BaseOfficeFile

EXTRA = "crf-intake[protected]"
_SECTOR = 512
_WORD = b"\xec\xa5"
"""How the main stream of an old Word file begins; its flags stand ten bytes further."""
_WORD_ENCRYPTED = 0x0100
_WORKBOOK = b"\x09\x08"
"""The first record of an old workbook; an encrypted one has its key's record soon after."""
_RECORD = struct.Struct("<HH")
_FILE_PASS, _FIRST_RECORDS = 0x2F, 8


_MOST_MANIFEST = 1 << 20
_DAMAGE = (
    OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError,
    OverflowError, struct.error, ExpatError,
)  # fmt: skip
"""What the library raises for a file that is cut or built to mislead."""


def unlock_office(content: bytes, password: Password) -> bytes:
    """Return the same Word or Excel file without protection.

    Raises UnreadableFile: FILE_PROTECTED for another password, FILE_NOT_YET_READ without the
    library, FILE_DAMAGED.
    """
    try:
        import msoffcrypto  # noqa: PLC0415 - an optional part
        from msoffcrypto import exceptions as refusals  # noqa: PLC0415 - the same part
    except ModuleNotFoundError:
        raise UnreadableFile(FindingCode.FILE_NOT_YET_READ, {"extra": EXTRA}) from None
    logging.getLogger("msoffcrypto").setLevel(logging.WARNING)  # it would log keys
    if not password.text:
        raise UnreadableFile(FindingCode.FILE_PROTECTED)
    damage = (refusals.DecryptionError, refusals.FileFormatError, refusals.ParseError, *_DAMAGE)
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(content))
        try:
            _give(office, password)
        except refusals.InvalidKeyError:
            raise UnreadableFile(FindingCode.FILE_PROTECTED) from None
        return _decrypted(office)
    except damage:
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from None


def is_locked(content: bytes, kind: str) -> bool:
    """Say whether an old or OpenDocument file needs a password to be opened.

    ``kind`` is the kind by content: ``doc``, ``xls``, ``odt``, ``ods``. Never raises.
    """
    if kind in ("odt", "ods"):
        return _is_locked_package(content)
    starts = range(_SECTOR, len(content), _SECTOR)
    if kind == "doc":
        flags = (content[at + 10 : at + 12] for at in starts if content.startswith(_WORD, at))
        return any(int.from_bytes(found, "little") & _WORD_ENCRYPTED for found in flags)
    if kind == "xls":
        return any(_has_key(content, at) for at in starts if content.startswith(_WORKBOOK, at))
    return False


def _give(office: BaseOfficeFile, password: Password) -> None:
    """Try the password; the old formats check it without being asked."""
    checked = {"verify_password": True} if office.format == "ooxml" else {}
    office.load_key(password=password.text, **checked)


def _decrypted(office: BaseOfficeFile) -> bytes:
    """Return the file without protection, what guards it against changes verified."""
    target = io.BytesIO()
    checked = {"verify_integrity": True} if office.format == "ooxml" else {}
    office.decrypt(target, **checked)
    return target.getvalue()


def _has_key(content: bytes, at: int) -> bool:
    """Say whether a workbook's first records hold the one that comes with encryption."""
    for _ in range(_FIRST_RECORDS):
        if at + _RECORD.size > len(content):
            return False
        kind, size = _RECORD.unpack_from(content, at)
        if kind == _FILE_PASS:
            return True
        at += _RECORD.size + size
    return False


def _is_locked_package(content: bytes) -> bool:
    """Say whether the list of an OpenDocument file's parts tells of their encryption."""
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as package,
            package.open("META-INF/manifest.xml") as manifest,
        ):
            return b"encryption-data" in manifest.read(_MOST_MANIFEST)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, ValueError, zlib.error, EOFError):
        return False
