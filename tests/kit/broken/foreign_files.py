"""Small files with the structure of programs whose files are not read."""

from __future__ import annotations

import io
import plistlib
import zipfile
from collections.abc import Mapping

from intake.formats.sniff import FileKind

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR, _END, _FREE, _TABLE = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def zipped(members: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def _office(content_type: bytes, main: str) -> bytes:
    """Return an office package of one empty part, which is of this type."""
    name = main.encode()
    types = b"<Types><Override PartName='/%s' ContentType='%s'/></Types>" % (name, content_type)
    relation = b"<Relationships><Relationship Type='x/officeDocument' Target='%s'/></Relationships>"
    members = {"[Content_Types].xml": types, "_rels/.rels": relation % name, main: b"<p/>"}
    return zipped(members)


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file (version 3) with streams of at least 4096 bytes, in one folder."""
    sectors, entries = [b""], [_entry("Root Entry", 5, _END, 0)]
    table = [_TABLE]
    directory_at = 1
    body, place = [], directory_at + (len(streams) + 4) // 4
    for name, data in streams.items():
        size = max(len(data), 4096)
        count = -(-size // _SECTOR)
        entries.append(_entry(name, 2, place, size))
        body.append((place, count, data.ljust(count * _SECTOR, b"\0")))
        place += count
    count = -(-len(entries) // 4)
    table += [directory_at + n + 1 for n in range(count - 1)] + [_END]
    for start, count, _ in body:
        table += [start + n + 1 for n in range(count - 1)] + [_END]
    table += [_FREE] * (128 - len(table))
    entries += [bytes(128)] * (-len(entries) % 4)
    sectors[0] = b"".join(number.to_bytes(4, "little") for number in table)
    linked = b"".join(_linked(n, entry, len(streams)) for n, entry in enumerate(entries))
    return _header() + sectors[0] + linked + b"".join(data for _, _, data in body)


def _linked(number: int, entry: bytes, streams: int) -> bytes:
    """Chain the streams as right-hand brothers below the root."""
    right = number + 1 if 0 < number < streams else _FREE
    child = 1 if number == 0 else _FREE
    links = b"".join(n.to_bytes(4, "little") for n in (_FREE, right, child))
    return entry[:68] + links + entry[80:]


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    head = text.ljust(64, b"\0") + len(text).to_bytes(2, "little") + bytes([kind, 1])
    return head + bytes(12 + 36) + start.to_bytes(4, "little") + size.to_bytes(8, "little")


def _header() -> bytes:
    parts = [OLE, bytes(16), b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0", bytes(6)]
    numbers = [0, 1, 1, 0, 4096, _END, 0, _END, 0, 0] + [_FREE] * 108
    return b"".join(parts) + b"".join(n.to_bytes(4, "little") for n in numbers)


_IWA = {"Index/Document.iwa": b"\0\x04\0\0data", "Metadata/Properties.plist": b"bplist00"}
_SHORTCUT = b"[InternetShortcut]\r\nURL=https://forms.example.org/fiche\r\n"
_LINK = {"URL": "https://forms.example.org/fiche"}
_GOOGLE = b'{"url": "https://docs.google.com/open?id=1a", "doc_id": "1a", "email": "a@example.org"}'
_XML = b'<?xml version="1.0"?>\n'

FOREIGN: dict[str, tuple[str, bytes, FileKind, str]] = {
    "Pages": ("fiche.pages", zipped(_IWA), FileKind.IWORK, "pages"),
    "Numbers": ("fiche.numbers", zipped(_IWA), FileKind.IWORK, "numbers"),
    "Keynote": ("fiche.key", zipped(_IWA), FileKind.IWORK, "keynote"),
    "Pages without its extension": ("fiche", zipped(_IWA), FileKind.IWORK, "iwork"),
    "Pages of 2013": ("fiche.pages", zipped({"Index.zip": b"PK"}), FileKind.IWORK, "pages"),
    "Pages of 2009": (
        "fiche.pages",
        zipped({"index.xml": b"<sl:document/>", "buildVersionHistory.plist": b"<plist/>"}),
        FileKind.IWORK,
        "pages",
    ),
    "Pages folder, zipped by a mail program": (
        "fiche.pages.zip",
        zipped({f"fiche.pages/{name}": data for name, data in _IWA.items()}),
        FileKind.IWORK,
        "pages",
    ),
    "binary Excel": (
        "fiche.xlsb",
        _office(b"application/vnd.ms-excel.sheet.binary.macroEnabled.main", "xl/workbook.bin"),
        FileKind.BINARY_EXCEL,
        "xlsb",
    ),
    "PowerPoint": (
        "fiche.pptx",
        _office(
            b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
            "ppt/presentation.xml",
        ),
        FileKind.POWERPOINT,
        "powerpoint",
    ),
    "old PowerPoint with a workbook": (
        "fiche.ppt",
        compound({"PowerPoint Document": b"x", "Workbook": b"x"}),
        FileKind.POWERPOINT,
        "powerpoint",
    ),
    "Publisher": (
        "fiche.pub",
        compound({"Quill": b"x", "Contents": b"x"}),
        FileKind.PUBLISHER,
        "publisher",
    ),
    "Works": ("fiche.wps", compound({"MatOST": b"x", "CONTENTS": b"x"}), FileKind.WORKS, "works"),
    "WordPerfect": ("fiche.wpd", b"\xffWPC" + bytes(12), FileKind.WORDPERFECT, "wordperfect"),
    "OneNote": (
        "fiche.one",
        bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3") + bytes(64),
        FileKind.ONENOTE,
        "onenote",
    ),
    "Windows shortcut": ("fiche.url", _SHORTCUT, FileKind.WEB_LINK, "link"),
    "macOS shortcut": ("fiche.webloc", plistlib.dumps(_LINK), FileKind.WEB_LINK, "link"),
    "macOS binary shortcut": (
        "fiche.webloc",
        plistlib.dumps(_LINK, fmt=plistlib.FMT_BINARY),
        FileKind.WEB_LINK,
        "link",
    ),
    "Linux shortcut": (
        "fiche.desktop",
        b"[Desktop Entry]\nType=Link\nURL=https://forms.example.org\n",
        FileKind.WEB_LINK,
        "link",
    ),
    "Google shortcut": ("fiche.gdoc", _GOOGLE, FileKind.GOOGLE_LINK, "google"),
    "Word of 2003": (
        "fiche.xml",
        _XML + b'<?mso-application progid="Word.Document"?><w:wordDocument/>',
        FileKind.OFFICE_XML,
        "xml office",
    ),
    "Excel of 2003": (
        "fiche.xml",
        _XML + b'<?mso-application progid="Excel.Sheet"?><Workbook/>',
        FileKind.OFFICE_XML,
        "xml office",
    ),
    "flat OpenDocument": (
        "fiche.fodt",
        _XML + b'<office:document office:mimetype="application/vnd.oasis.opendocument.text"/>',
        FileKind.OFFICE_XML,
        "xml office",
    ),
}
"""By what it is: usual name, bytes, kind by content, the word for it."""
