"""The tables of formats and containers, and the one function that opens a returned file.

``open_file`` runs in a limited child: it decides by content, never by name, what a file is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePath

from intake.formats.containers.email_message import unpack_email
from intake.formats.containers.labels import label
from intake.formats.containers.layers import unpack_signed, unpack_tnef
from intake.formats.containers.outlook import unpack_outlook
from intake.formats.containers.zip_archive import unpack_zip
from intake.formats.excel.read.reader import ExcelReader
from intake.formats.office.protection import is_locked, unlock_office
from intake.formats.pdf.read.reader import (
    FieldDataReader,
    PdfReader,
    files_inside,
    unlock_pdf,
)
from intake.formats.sniff import FileKind, Sniffed, sniff
from intake.formats.word.read.reader import WordReader
from intake.formats.wording.first_page import StudyWords
from intake.model.errors import UnreadableFile
from intake.model.file.container import Contents, Member
from intake.model.file.password import Password
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.submission import FileFormat, Inspection
from intake.ports import FormReader, FormWriter

READERS: Mapping[FileFormat, FormReader] = {
    FileFormat.PDF: PdfReader(),
    FileFormat.WORD: WordReader(),
    FileFormat.EXCEL: ExcelReader(),
}
_BY_KIND: Mapping[FileKind, FormReader] = {
    FileKind.PDF: READERS[FileFormat.PDF],
    FileKind.WORD: READERS[FileFormat.WORD],
    FileKind.EXCEL: READERS[FileFormat.EXCEL],
    FileKind.FDF: FieldDataReader(FileKind.FDF),
    FileKind.XFDF: FieldDataReader(FileKind.XFDF),
}
_UNPACKERS: Mapping[FileKind, Callable[[bytes], Contents]] = {
    FileKind.EMAIL: unpack_email,
    FileKind.OUTLOOK: unpack_outlook,
    FileKind.SIGNED: unpack_signed,
    FileKind.TNEF: unpack_tnef,
    FileKind.ZIP: unpack_zip,
}
_UNREAD: Mapping[FileKind, FindingCode] = {
    FileKind.EMPTY: FindingCode.FILE_EMPTY,
    FileKind.PROTECTED_OFFICE: FindingCode.FILE_PROTECTED,
    FileKind.UNKNOWN: FindingCode.FILE_UNKNOWN,
    FileKind.TEXT: FindingCode.FILE_UNKNOWN,
    FileKind.HTML: FindingCode.FILE_UNKNOWN,
    FileKind.IWORK: FindingCode.FILE_FOREIGN,
    FileKind.BINARY_EXCEL: FindingCode.FILE_FOREIGN,
    FileKind.POWERPOINT: FindingCode.FILE_FOREIGN,
    FileKind.PUBLISHER: FindingCode.FILE_FOREIGN,
    FileKind.WORKS: FindingCode.FILE_FOREIGN,
    FileKind.WORDPERFECT: FindingCode.FILE_FOREIGN,
    FileKind.ONENOTE: FindingCode.FILE_FOREIGN,
    FileKind.OFFICE_XML: FindingCode.FILE_FOREIGN,
    FileKind.WEB_LINK: FindingCode.FILE_FOREIGN,
    FileKind.GOOGLE_LINK: FindingCode.FILE_FOREIGN,
    FileKind.HEIC: FindingCode.FILE_PHOTO_KIND,
}
_LOCKED_OFFICE = (FileKind.PROTECTED_OFFICE, FileKind.OLD_WORD, FileKind.OLD_EXCEL)
_NAMED = {".pages": "pages", ".numbers": "numbers", ".key": "keynote"}
"""The programs of one kind that only the name tells apart; used for words alone."""


def readers(study: StudyWords) -> Mapping[FileFormat, FormReader]:
    """Return the readers by format, which know what the study prints on first pages."""
    return {
        FileFormat.PDF: READERS[FileFormat.PDF],
        FileFormat.WORD: WordReader(study),
        FileFormat.EXCEL: ExcelReader(study),
    }


def writers() -> Mapping[FileFormat, FormWriter]:
    """Return the writers by format; their layout engines are loaded only now."""
    from intake.formats.excel.write.writer import ExcelWriter  # noqa: PLC0415 - for forms only
    from intake.formats.pdf.write.writer import PdfWriter  # noqa: PLC0415 - 80 MB, for forms only
    from intake.formats.word.write.writer import WordWriter  # noqa: PLC0415 - for forms only

    return {
        FileFormat.PDF: PdfWriter(),
        FileFormat.WORD: WordWriter(),
        FileFormat.EXCEL: ExcelWriter(),
    }


def open_file(content: bytes, name: str) -> Inspection | Contents:
    """Return all that a form says, or the files that a container holds. Raises UnreadableFile.

    Members are not opened.
    """
    seen = sniff(content)
    unpack = _UNPACKERS.get(seen.kind)
    if unpack is None:
        inspection = _inspected(content, name, seen)
        held = _held_files(content, name) if inspection.holds_files else ()
        return Contents(members=held) if held else inspection
    contents = unpack(content)
    return replace(contents, findings=(*contents.findings, *_odd_name(seen, name)))


def _held_files(content: bytes, name: str) -> tuple[Member, ...]:
    """Return the files that a PDF holds, the form among them; none where it cannot be parted."""
    return tuple(
        Member(label(told or name, position, inside), inside)
        for position, (told, inside) in enumerate(files_inside(content), 1)
    )


def unlock_file(content: bytes, password: Password) -> bytes:
    """Return a protected file's bytes as its program saves them without password.

    Raises UnreadableFile: FILE_PROTECTED when the password is not the file's,
    FILE_NOT_YET_READ for a kind that cannot be unlocked here, FILE_DAMAGED.
    """
    kind = sniff(content).kind
    if kind is FileKind.PDF:
        return unlock_pdf(content, password)
    if kind in _LOCKED_OFFICE:
        return unlock_office(content, password)
    raise UnreadableFile(FindingCode.FILE_NOT_YET_READ, {"kind": kind.value})


def inspect_file(content: bytes, name: str) -> Inspection:
    """Return all that a file says. Raises UnreadableFile.

    A name whose extension does not fit the content is noted, not believed.
    """
    return _inspected(content, name, sniff(content))


def _inspected(content: bytes, name: str, seen: Sniffed) -> Inspection:
    reader = _BY_KIND.get(seen.kind)
    if reader is None and is_locked(content, seen.kind.value):
        raise UnreadableFile(FindingCode.FILE_PROTECTED, {"kind": seen.kind.value})
    if reader is None:
        code = _UNREAD.get(seen.kind, FindingCode.FILE_NOT_YET_READ)
        raise UnreadableFile(code, {"kind": _kind_in_words(seen, name)})
    inspection = reader.inspect(content)
    return replace(inspection, findings=(*inspection.findings, *_odd_name(seen, name)))


def _kind_in_words(seen: Sniffed, name: str) -> str:
    """Return the name of a kind, of its program where the file's name says which."""
    if seen.kind is not FileKind.IWORK:
        return seen.kind.value
    return _NAMED.get(PurePath(name.removesuffix(".zip")).suffix.lower(), seen.kind.value)


def _odd_name(seen: Sniffed, name: str) -> tuple[Finding, ...]:
    """Note that a name's extension is not one of its content's."""
    suffix = PurePath(name).suffix.lower()
    if suffix in seen.extensions:
        return ()
    context = {"kind": seen.kind.value, "extension": suffix or "-"}
    return (finding_of(FindingCode.FILE_EXTENSION, context),)
