"""Say what kind of file some bytes are, by their content, never by their name.

Cheap and safe on hostile bytes: nothing is decompressed but the beginning of the two or three
members in which a zip says what it is.
Reading the file is the work of the formats.
"""

from __future__ import annotations

import binascii
import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath


class FileKind(StrEnum):
    """The kinds of files people send."""

    EMPTY = "empty"
    PDF = "pdf"
    FDF = "fdf"
    """The answers of a PDF form, exported without it."""
    XFDF = "xfdf"
    """The same as XML."""
    WORD = "word"
    EXCEL = "excel"
    WRITER = "odt"
    CALC = "ods"
    ZIP = "zip"
    OLD_WORD = "doc"
    OLD_EXCEL = "xls"
    OUTLOOK = "msg"
    PROTECTED_OFFICE = "protected office"
    """A Word or Excel file encrypted with a password."""
    EMAIL = "email"
    SIGNED = "signed"
    """What a signature, or an encryption, wraps (CMS): ``smime.p7m``."""
    TNEF = "winmail"
    """Attachments packed as Outlook packs them for itself: ``winmail.dat``."""
    IWORK = "iwork"
    """Of Apple's Pages, Numbers or Keynote."""
    BINARY_EXCEL = "xlsb"
    POWERPOINT = "powerpoint"
    PUBLISHER = "publisher"
    WORKS = "works"
    WORDPERFECT = "wordperfect"
    ONENOTE = "onenote"
    OFFICE_XML = "xml office"
    """Word, Excel or OpenDocument as one XML text."""
    WEB_LINK = "link"
    """A shortcut to a page: it holds no form."""
    GOOGLE_LINK = "google"
    """A shortcut to a document of Google."""
    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    HEIC = "heic"
    RTF = "rtf"
    HTML = "html"
    TEXT = "text"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A kind of file and the extensions it usually has, in lower case with their dot."""

    kind: FileKind
    extensions: tuple[str, ...] = ()


_EXTENSIONS: dict[FileKind, tuple[str, ...]] = {
    FileKind.PDF: (".pdf",),
    FileKind.FDF: (".fdf",),
    FileKind.XFDF: (".xfdf", ".xml"),
    FileKind.WORD: (".docx", ".docm", ".dotx", ".dotm"),
    FileKind.EXCEL: (".xlsx", ".xlsm", ".xltx", ".xltm"),
    FileKind.WRITER: (".odt", ".ott"),
    FileKind.CALC: (".ods", ".ots"),
    FileKind.ZIP: (".zip",),
    FileKind.OLD_WORD: (".doc", ".dot"),
    FileKind.OLD_EXCEL: (".xls", ".xlt"),
    FileKind.OUTLOOK: (".msg", ".oft"),
    FileKind.PROTECTED_OFFICE: (".docx", ".xlsx", ".docm", ".xlsm"),
    FileKind.EMAIL: (".eml",),
    FileKind.SIGNED: (".p7m", ".p7s", ".p7c", ".p7b"),
    FileKind.TNEF: (".dat", ".tnef"),
    FileKind.JPEG: (".jpg", ".jpeg", ".jpe"),
    FileKind.PNG: (".png",),
    FileKind.TIFF: (".tif", ".tiff"),
    FileKind.HEIC: (".heic", ".heif"),
    FileKind.RTF: (".rtf", ".doc"),
    FileKind.IWORK: (".pages", ".numbers", ".key"),
    FileKind.BINARY_EXCEL: (".xlsb",),
    FileKind.POWERPOINT: (".pptx", ".ppt", ".pptm", ".pps", ".ppsx"),
    FileKind.PUBLISHER: (".pub",),
    FileKind.WORKS: (".wps",),
    FileKind.WORDPERFECT: (".wpd",),
    FileKind.ONENOTE: (".one",),
    FileKind.OFFICE_XML: (".xml", ".fodt", ".fods", ".doc", ".xls"),
    FileKind.WEB_LINK: (".url", ".webloc", ".desktop"),
    FileKind.GOOGLE_LINK: (".gdoc", ".gsheet"),
    FileKind.HTML: (".html", ".htm", ".xhtml", ".xls", ".doc"),
    FileKind.TEXT: (".txt", ".csv", ".json", ".md", ".log"),
}
_MAGIC: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", FileKind.PDF),
    (b"%FDF-", FileKind.FDF),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"II*\x00", FileKind.TIFF),
    (b"MM\x00*", FileKind.TIFF),
    (b"{\\rtf", FileKind.RTF),
    (b"\x78\x9f\x3e\x22", FileKind.TNEF),
    (b"\xffWPC", FileKind.WORDPERFECT),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", FileKind.ONENOTE),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (  # a message comes first: its attachments hold the names of the others
    ("__properties_version1.0", FileKind.OUTLOOK),
    ("EncryptedPackage", FileKind.PROTECTED_OFFICE),
    ("WordDocument", FileKind.OLD_WORD),
    ("PowerPoint Document", FileKind.POWERPOINT),
    ("Quill\x00", FileKind.PUBLISHER),
    ("MatOST", FileKind.WORKS),
    ("Workbook", FileKind.OLD_EXCEL),
    ("Book\x00", FileKind.OLD_EXCEL),
)
_OFFICE_TYPES = (  # the binary kind comes first: it calls itself a workbook too
    (b"ms-excel.sheet.binary", FileKind.BINARY_EXCEL),
    (b"wordprocessingml", FileKind.WORD),
    (b"ms-word", FileKind.WORD),
    (b"spreadsheetml", FileKind.EXCEL),
    (b"ms-excel", FileKind.EXCEL),
    (b"presentationml", FileKind.POWERPOINT),
    (b"ms-powerpoint", FileKind.POWERPOINT),
)
"""What the content type of an office package's main part holds."""
_CONTENT_TYPES, _ROOT_RELATIONS = "[content_types].xml", "_rels/.rels"
_ENTRY = re.compile(rb"<(?:\w+:)?(?:Override|Default|Relationship)\b[^>]*>")
_ATTRIBUTE = re.compile(rb"""(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_MAIN = b"/officedocument"
_MOST_TOLD = 1 << 18
"""Bytes of a member that says what the package is."""
_IWORK_PARTS = ("Index/Document.iwa", "Index.zip", "buildVersionHistory.plist")
_CMS = re.compile(
    rb"\x30(?:[\x00-\x80]|[\x81-\x88].{1,8}?)\x06"
    rb"(?:\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07[\x02-\x06]|\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01)",
    re.DOTALL,
)
_CMS_LETTERS = re.compile(rb"(?:-----BEGIN (?:PKCS ?#?7|CMS)[A-Z ]*-----\s+)?(MI[A-Za-z0-9+/]{30})")
_LINKS = (b"[internetshortcut]", b"[desktop entry]")
_XFDF = re.compile(rb"(<\?xml[^>]*>)?\s*(<!--.*?-->\s*)*<(\w+:)?xfdf[\s>]", re.DOTALL)
_GOOGLE = re.compile(rb'\{\s*"[^{}]*("doc_id"|https://(docs|drive)\.google\.com/)')
_OFFICE_XML = (b"<w:worddocument", b"<office:document", b'progid="word.', b'progid="excel.')
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"}
_HEADER = re.compile(rb"[!-9;-~]{1,76}:")
_MAIL_HEADERS = {b"from", b"to", b"date", b"subject", b"received", b"message-id", b"mime-version"}
_MAIL_HEADERS |= {b"return-path", b"delivered-to", b"content-type"}
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_BOM = b"\xef\xbb\xbf"
_BLANK = b"\x00\t\n\r "
_START = 1024
_SAMPLE = 65_536


def sniff(content: bytes) -> Sniffed:
    """Return what the bytes are. Never raises."""
    kind = _kind(content)
    return Sniffed(kind, _EXTENSIONS.get(kind, ()))


def _kind(content: bytes) -> FileKind:
    start = content[:_START]
    if not content.strip(_BLANK):
        return FileKind.EMPTY
    if start.startswith(b"PK"):
        return _zip_kind(content)
    if start.startswith(_OLE):
        return _ole_kind(content)
    return _by_magic(start) or _loose_kind(content)


def _by_magic(start: bytes) -> FileKind | None:
    letters = _CMS_LETTERS.match(start.lstrip())
    if _CMS.match(binascii.a2b_base64(letters[1]) if letters else start):
        return FileKind.SIGNED
    if start[4:8] == b"ftyp" and start[8:12] in _HEIC_BRANDS:
        return FileKind.HEIC
    if start.startswith(b"bplist00") and b"URL" in start:
        return FileKind.WEB_LINK
    return next((kind for magic, kind in _MAGIC if start.startswith(magic)), None)


def _loose_kind(content: bytes) -> FileKind:
    """Return the kind of a file that has no fixed first bytes."""
    if _is_mail(content):
        return FileKind.EMAIL
    return FileKind.PDF if b"%PDF-" in content[:_START] else _text_kind(content)


def _zip_kind(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.replace("\\", "/"): name for name in archive.namelist()}
            declared = _told(archive, names.get("mimetype", ""), 100)
            office = _office_kind(archive, {name.lower(): name for name in archive.namelist()})
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        return FileKind.ZIP  # cut or damaged; the unpacker says so
    if declared.startswith(_OPEN_DOCUMENT):
        by_type = {b"text": FileKind.WRITER, b"spreadsheet": FileKind.CALC}
        bare = declared.removeprefix(_OPEN_DOCUMENT).removesuffix(b"-template")
        return by_type.get(bare, FileKind.UNKNOWN)
    return office or (FileKind.IWORK if _is_iwork(names) else FileKind.ZIP)


def _office_kind(archive: zipfile.ZipFile, names: Mapping[str, str]) -> FileKind | None:
    """Return the kind of an office package by its main part, wherever that part stands.

    The package's relations name the part, its list of content types says what it is.
    """
    stored = {name.replace("\\", "/"): real for name, real in names.items()}
    types = _entries(_told(archive, stored.get(_CONTENT_TYPES, "")))
    relations = _entries(_told(archive, stored.get(_ROOT_RELATIONS, "")))
    mains = {
        b"/" + entry.get(b"target", b"").lstrip(b"/").lower()
        for entry in relations
        if entry.get(b"type", b"").lower().endswith(_MAIN)
    }
    kinds = [t.get(b"contenttype", b"") for t in types if t.get(b"partname", b"").lower() in mains]
    if not kinds:  # a part without a type of its own has that of its extension
        ends = {main.rpartition(b".")[2] for main in mains}
        kinds = [t.get(b"contenttype", b"") for t in types if t.get(b"extension") in ends]
    told = b" ".join(kinds).lower()
    return next((kind for mark, kind in _OFFICE_TYPES if mark in told), None)


def _entries(told: bytes) -> list[dict[bytes, bytes]]:
    """Return the attributes of each entry of a list, their names in lower case."""
    return [
        {name.lower(): double or single for name, double, single in _ATTRIBUTE.findall(entry)}
        for entry in _ENTRY.findall(told)
    ]


def _is_iwork(names: Collection[str]) -> bool:
    """Say whether the members are those of an Apple document, as a file or a zipped folder."""
    folders = {name.partition("/")[0] for name in names}
    top = folders.pop() + "/" if len(folders) == 1 else ""
    is_folder = PurePosixPath(top).suffix.lower() in _EXTENSIONS[FileKind.IWORK]
    inside = {name.removeprefix(top) for name in names} if is_folder else set(names)
    return any(part in inside for part in _IWORK_PARTS)


def _told(archive: zipfile.ZipFile, name: str, most: int = _MOST_TOLD) -> bytes:
    """Return the beginning of a member as UTF-8, empty where there is none."""
    if not name:
        return b""
    try:
        with archive.open(name) as member:
            found = member.read(most)
    except (zipfile.BadZipFile, RuntimeError, zlib.error, NotImplementedError, EOFError):
        return b""
    is_wide = found.startswith((b"\xff\xfe", b"\xfe\xff"))
    return found.decode("utf-16", "replace").encode() if is_wide else found


def _ole_kind(content: bytes) -> FileKind:
    for name, kind in _OLE_STREAMS:
        if name.encode("utf-16-le") in content:
            return kind
    return FileKind.UNKNOWN


def _is_mail(content: bytes) -> bool:
    """Say whether the first lines are message headers, two of them well known."""
    known: set[bytes] = set()
    for line in content[:_SAMPLE].removeprefix(_BOM).lstrip(b"\r\n").splitlines()[:60]:
        if not line.strip():
            break
        if line[:1] in b" \t" or (not known and line.startswith(b"From ")):
            continue
        if not _HEADER.match(line):
            return False
        known.add(line.split(b":", 1)[0].lower())
    return len(known & _MAIL_HEADERS) >= 2


def _text_kind(content: bytes) -> FileKind:
    sample = content[:_SAMPLE]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = sample.decode("utf-16", errors="replace").encode()
    else:
        text = sample.removeprefix(_BOM)
    if b"\x00" in text:
        return FileKind.UNKNOWN
    head = text.lstrip()[:_START].lower()
    special = _special_text(head)
    if special is not None:
        return special
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in head:
        return FileKind.HTML
    odd = sum(byte < 9 or 13 < byte < 32 or byte == 127 for byte in text)
    return FileKind.TEXT if odd * 100 <= len(text) and _is_words(text) else FileKind.UNKNOWN


def _special_text(head: bytes) -> FileKind | None:
    """Return what a text in lower case is when a program wrote it for itself."""
    is_plist = head.startswith(b"<?xml") and b"<plist" in head and b"<key>url</key>" in head
    if head.startswith(_LINKS) or is_plist:
        return FileKind.WEB_LINK
    if _GOOGLE.match(head):
        return FileKind.GOOGLE_LINK
    if _XFDF.match(head):
        return FileKind.XFDF
    is_office = head.startswith(b"<") and any(mark in head for mark in _OFFICE_XML)
    return FileKind.OFFICE_XML if is_office else None


def _is_words(text: bytes) -> bool:
    """Say whether the bytes are UTF-8, or an older encoding of mostly plain letters."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(text)  # a cut last letter is no fault
    except UnicodeDecodeError:
        return sum(byte > 127 for byte in text) * 5 < len(text)
    return True
