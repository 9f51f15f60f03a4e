"""Open returned office packages (Word, Excel) without believing them.

The directory of a zip is a claim: sizes are counted as bytes come out, names and ranges are
checked, and XML is parsed only after a look for what makes parsers swell. What a part says
is the formats' work.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from intake.model.errors import UnreadableFile, over_limit
from intake.model.finding_codes import FindingCode

MAX_BYTES = 32 << 20
MAX_MEMBERS = 400
MAX_PART = 24 << 20
MAX_TOTAL = 64 << 20
MAX_MARKS = 1_500_000
"""Signs ``<`` in one part, about half as many elements; more would swell when parsed."""
_STEP = 65_536
_LOCAL_HEADER = 30
_ENCRYPTED = 1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DOCTYPE = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C|E\x00?N\x00?T)", re.IGNORECASE)
_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']{1,40})["']""")
_ENCODINGS = {b"utf-8", b"us-ascii", b"ascii", b"utf8"}
_TWO_BYTES = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_ACTIVE = re.compile(r"vbaproject|activex|/embeddings/|/ctrlprops/", re.IGNORECASE)
_ACTIVE_TYPE = re.compile(r"macroenabled|vbaproject|activex|oleobject|controlprop", re.IGNORECASE)
"""What content types call the same, wherever it stands."""
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = (  # "Strict Open XML" names the same things by other addresses
    (
        b"http://purl.oclc.org/ooxml/officeDocument/",
        b"http://schemas.openxmlformats.org/officeDocument/2006/",
    ),
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
    ),
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/",
        b"http://schemas.openxmlformats.org/drawingml/2006/",
    ),
)
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError,
    ValueError, struct.error,
)  # fmt: skip
"""All that zipfile raises on damaged members."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part says of another: its kind and its name in the package."""

    kind: str
    """The last word of the relationship's type, e.g. ``footer``."""
    target: str


class Package:
    """An opened package. Parts are inflated when asked, never beyond the limits."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Keep the archive, whose directory has been checked."""
        self._archive = archive
        self._inflated = 0
        self._stored = {_plain_name(n).casefold(): n for n in archive.namelist() if _is_part(n)}
        self.names = frozenset(_plain_name(name) for name in self._stored.values())

    def part(self, name: str) -> bytes | None:
        """Return the bytes of a part, None when there is none. Raises UnreadableFile."""
        stored = self._stored.get(name.casefold())
        if stored is None:
            return None
        pieces, size = [], 0
        try:
            with self._archive.open(stored) as member:
                while piece := member.read(_STEP):
                    size += len(piece)
                    self._count(size, len(piece))
                    pieces.append(piece)
        except _BROKEN as error:
            raise UnreadableFile(FindingCode.FILE_DAMAGED) from error
        return b"".join(pieces)

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of an XML part, None when there is none. Raises UnreadableFile."""
        content = self.part(name)
        return None if content is None else parsed(content)

    def relations(self, name: str = "") -> dict[str, Relation]:
        """Return what a part (or the package) is related to inside the package, by id."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for entry in [] if root is None else root.iter(_RELATION):
            if entry.get("TargetMode") != "External":
                stated = entry.get("Target", "").replace("\\", "/")
                target = posixpath.normpath(posixpath.join("/", folder, stated))
                kind = entry.get("Type", "").rsplit("/", 1)[-1]
                found[entry.get("Id", "")] = Relation(kind, target.lstrip("/"))
        return found

    @cached_property
    def main(self) -> str:
        """Return the name of the main part, empty when the package names none."""
        return self.of_kind("officeDocument")

    def of_kind(self, kind: str) -> str:
        """Return the name of the part of a kind that the package itself names, else empty."""
        kinds = {relation.kind: relation.target for relation in self.relations().values()}
        name = kinds.get(kind, "")
        return name if name.casefold() in self._stored else ""

    @cached_property
    def content_types(self) -> Mapping[str, str]:
        """Return the declared content type of each part that has its own, by name."""
        root = self.xml("[Content_Types].xml")
        entries = [] if root is None else root.iter(f"{_TYPES}Override")
        return {e.get("PartName", "").lstrip("/"): e.get("ContentType", "") for e in entries}

    @cached_property
    def active(self) -> tuple[str, ...]:
        """Return what the package holds beside text: macros, embedded objects, controls."""
        names = {name for name in self.names if _ACTIVE.search(name)}
        typed = {n for n, kind in self.content_types.items() if _ACTIVE_TYPE.search(kind)}
        return tuple(sorted(names | typed))

    @cached_property
    def has_links(self) -> bool:
        """Say whether the package keeps a link to another file; it is never followed."""
        said = (*self.names, *self.content_types.values())
        return any("externallink" in text.lower() for text in said)

    def _count(self, size: int, more: int) -> None:
        self._inflated += more
        if size > MAX_PART or self._inflated > MAX_TOTAL:
            raise over_limit("size")


def open_package(content: bytes) -> Package:
    """Return the package, its directory checked. Raises UnreadableFile."""
    if len(content) > MAX_BYTES:
        raise UnreadableFile(FindingCode.FILE_TOO_LARGE, {"limit": str(MAX_BYTES >> 20)})
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN as error:
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from error
    _check_directory(archive.infolist())
    return Package(archive)


def parsed(content: bytes) -> etree._Element:
    """Return the root of an XML document that can do no harm. Raises UnreadableFile."""
    if not _is_plain(content):
        raise UnreadableFile(FindingCode.FILE_DAMAGED)
    if content.count(b"<") > MAX_MARKS:
        raise over_limit("elements")
    for strict, usual in _STRICT if b"purl.oclc.org" in content else ():
        content = content.replace(strict, usual)
    try:
        return etree.fromstring(content, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from error


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _is_plain(content: bytes) -> bool:
    """Say whether a part declares no document type and hides none in a rare encoding."""
    declared = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    is_wide = content.startswith(_TWO_BYTES)
    is_known = declared is None or declared[1].lower() in _ENCODINGS
    return (is_wide or is_known) and not _DOCTYPE.search(content)


def _check_directory(members: list[zipfile.ZipInfo]) -> None:
    """Refuse a directory that is too large, contradicts itself or leads elsewhere."""
    if len(members) > MAX_MEMBERS:
        raise over_limit("members")
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise UnreadableFile(FindingCode.FILE_PROTECTED)
    sizes = [member.file_size for member in members]
    if sum(sizes) > MAX_TOTAL or max(sizes, default=0) > MAX_PART:
        raise over_limit("size")
    names = [_plain_name(member.filename).casefold() for member in members]
    is_odd = any(_leads_out(name) for name in names) or len(set(names)) < len(names)
    if is_odd or _overlap(members) or any(m.compress_type not in _METHODS for m in members):
        raise UnreadableFile(FindingCode.FILE_DAMAGED)


def _leads_out(name: str) -> bool:
    return name.startswith("/") or ".." in name.split("/")


def _plain_name(name: str) -> str:
    """Return the name of a part as packages spell it: some programs write backslashes."""
    return name.replace("\\", "/")


def _is_part(name: str) -> bool:
    """Say whether a member is a part and not the entry of a folder."""
    return not _plain_name(name).endswith("/")


def _overlap(members: list[zipfile.ZipInfo]) -> bool:
    """Say whether two members claim the same bytes of the file."""
    spans = sorted((m.header_offset, m.compress_size) for m in members)
    ends = [start + _LOCAL_HEADER + size for start, size in spans]
    starts = [start for start, _ in spans[1:]]
    return any(end > start for end, start in zip(ends, starts, strict=False))
