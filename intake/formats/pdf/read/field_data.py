"""The answers of a form exported without it: FDF and XFDF. No page, no box, no form is known.

An FDF is a PDF without pages and without an index: it is given both, then read as any PDF.
An XFDF is XML and is read behind the guard. What a place holds is settled where the form is
known, by the reader.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
from lxml import etree

from intake.formats.office.zip_guard import parsed
from intake.formats.pdf.anchors import JOIN, STAMP_FIELD
from intake.formats.pdf.read.field_text import MAX_TEXT, text_of
from intake.formats.pdf.read.page_marks import MAX_DEPTH, MAX_NODES
from intake.formats.sniff import FileKind
from intake.model.errors import UnreadableFile, over_limit
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.stamp import find_stamp
from intake.model.submission import (
    FieldKind,
    FileFormat,
    FoundField,
    Inspection,
    Rung,
    StampClaim,
)
from intake.words.spelling import normal_text

_OBJECT = re.compile(rb"(?<![0-9])(\d{1,7})\s+(\d{1,5})\s+obj\b")
_ROOT = re.compile(rb"/Root\s+(\d{1,7})\s+(\d{1,5})\s+R")
_CATALOGUE = (
    b"\n%d 0 obj\n<</Type/Catalog/Pages %d 0 R/Data %s %s R>>\nendobj"
    b"\n%d 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
)
_REMARKS = "annots"
_Told = tuple[str, str, bool]
"""Name and text of a field, and whether the text can be read in one way only."""


def inspect_field_data(content: bytes, kind: FileKind) -> Inspection:
    """Return the answers that an FDF or XFDF holds. Raises UnreadableFile."""
    if kind is FileKind.XFDF:
        root = parsed(content)
        told, extra = list(_of_xml(root)), _has_remarks(root)
    else:
        told, extra = _of_fdf(content)
    stamps = [find_stamp(text) for name, text, _ in told if name == STAMP_FIELD]
    return Inspection(
        format=FileFormat.PDF,
        claims=tuple(StampClaim("field", stamp) for stamp in stamps if stamp is not None),
        fields=tuple(
            FoundField(name, text, FieldKind.TEXT, Rung.FIELD) for name, text, _ in told if name
        ),
        findings=tuple(_findings(told, extra)),
    )


def _findings(told: list[_Told], extra: int) -> Iterator[Finding]:
    yield finding_of(FindingCode.FILE_FIELD_DATA)
    twice = len(told) - len({name for name, _, _ in told})
    if twice:
        yield finding_of(FindingCode.FIELD_DUPLICATE, {"count": str(twice)})
    for name, _, is_sure in told:
        if not is_sure:
            yield finding_of(FindingCode.READINGS_DISAGREE, {"address": name})
    if extra:
        yield finding_of(FindingCode.FIELD_UNKNOWN, {"count": str(extra), "kind": "annotations"})


def _of_xml(root: etree._Element) -> Iterator[_Told]:
    """Yield name and text of each field of an XFDF, names of a tree joined by dots."""
    stack = [(child, "") for child in reversed(_named(root, "fields"))]
    while stack:
        node, above = stack.pop()
        if len(stack) > MAX_NODES:
            raise over_limit("fields")
        own = node.get("name", "") if _kind(node) == "field" else ""
        name = f"{above}.{own}" if above and own else above or own
        texts = [_text(value) for value in _named(node, "value", "value-richtext")]
        if own and texts:
            yield name, JOIN.join(dict.fromkeys(texts)), True
        stack.extend((child, name) for child in reversed(_named(node, "field")))


def _named(node: etree._Element, *kinds: str) -> list[etree._Element]:
    return [child for child in node if _kind(child) in kinds]


def _kind(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _text(node: etree._Element) -> str:
    text = "".join(str(part) for part in node.itertext())
    if len(text) > MAX_TEXT:
        raise over_limit("text")
    return normal_text(text)


def _has_remarks(root: etree._Element) -> int:
    return sum(len(found) for found in _named(root, _REMARKS))


def _of_fdf(content: bytes) -> tuple[list[_Told], int]:
    """Return name and text of each field of an FDF, and how many remarks it holds."""
    try:
        with pikepdf.open(io.BytesIO(_as_pdf(content)), suppress_warnings=True) as pdf:
            data = pdf.Root.get("/Data")
            form = data.get("/FDF") if isinstance(data, pikepdf.Dictionary) else None
            if not isinstance(form, pikepdf.Dictionary):
                raise UnreadableFile(FindingCode.FILE_DAMAGED)
            remarks = form.get("/Annots")
            count = len(remarks) if isinstance(remarks, pikepdf.Array) else 0
            return list(_of_tree(form.get("/Fields"))), count
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from error


def _of_tree(fields: object) -> Iterator[_Told]:
    waiting = [(entry, "", 0) for entry in _dictionaries(fields)][::-1]
    met = len(waiting)
    while waiting:
        node, above, depth = waiting.pop()
        own = text_of(node.get("/T")).text
        name = f"{above}.{own}" if above and own else above or own
        below = _dictionaries(node.get("/Kids"))
        met += len(below)
        if met > MAX_NODES or depth > MAX_DEPTH:
            raise over_limit("fields")
        if "/V" in node:
            reading = text_of(node.get("/V")).settled(is_shown=False)
            yield name, reading.text, reading.sure
        waiting.extend((kid, name, depth + 1) for kid in reversed(below))


def _dictionaries(listed: object) -> list[pikepdf.Dictionary]:
    entries = list(listed) if isinstance(listed, pikepdf.Array) else []
    return [entry for entry in entries if isinstance(entry, pikepdf.Dictionary)]


def _as_pdf(content: bytes) -> bytes:
    """Return an FDF as a PDF without pages, whose catalogue leads to the data."""
    roots = _ROOT.findall(content)
    if not roots:
        raise UnreadableFile(FindingCode.FILE_DAMAGED)
    number, generation = roots[-1]
    body = b"%PDF-" + content[content.index(b"%FDF-") + len(b"%FDF-") :]
    catalogue = 1 + max((int(m[1]) for m in _OBJECT.finditer(body)), default=0)
    body += _CATALOGUE % (catalogue, catalogue + 1, number, generation, catalogue + 1)
    places = {(int(m[1]), int(m[2])): m.start() for m in _OBJECT.finditer(body)}
    if len(places) > MAX_NODES:
        raise over_limit("fields")
    rows = [b"0 1\n0000000000 65535 f \n"]
    rows += [
        b"%d 1\n%010d %05d n \n" % (n, place, version)
        for (n, version), place in sorted(places.items())
    ]
    index = b"xref\n" + b"".join(rows)
    end = b"trailer\n<</Root %d 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n"
    return body + index + end % (catalogue, catalogue + 2, len(body))
