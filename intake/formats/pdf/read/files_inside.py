"""The files that a PDF holds: attachments, attached notes, the documents of a portfolio.

Each is a returned file of its own. The form that they came with is written again without
them, as the first of these files: it is read like any other form.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator

import pikepdf

from intake.formats.pdf.read.field_text import text_of
from intake.formats.pdf.read.inspection import is_mended
from intake.formats.pdf.read.page_marks import all_annotations
from intake.formats.pdf.read.second import ask_pdfium
from intake.model.errors import UnreadableFile, over_limit
from intake.model.file.container import MOST_BYTES, MOST_MEMBERS
from intake.model.finding_codes import FindingCode
from intake.model.stamp import find_stamp

_MOST_NODES = 2_000
"""Nodes of the tree of names; a portfolio of a hundred files has a few."""
_MOST_BYTES = 64 << 20
"""Of one file inside."""
_STEP = 1 << 20
NamedFile = tuple[str, bytes]


def files_inside(content: bytes) -> tuple[NamedFile, ...]:
    """Return the files that a PDF holds with the names it gives them; none for most.

    The first is the form itself, without a name, unless the PDF only holds the others
    together. Raises UnreadableFile. A PDF that opens only mended, or not at all, is left to
    its reader: written again it would look whole.
    """
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            found = list(_specifications(pdf))
            if not found:
                return ()
            if len(found) > MOST_MEMBERS:
                raise over_limit("members")
            held = tuple(_named(found))
            if is_mended(pdf, content):
                return ()
            is_cover = _is_a_cover(pdf) and not _is_a_page_of_a_form(content)
            return held if is_cover else (("", _without_files(pdf)), *held)
    except (pikepdf.PasswordError, pikepdf.PdfError):
        return ()


def _is_a_cover(pdf: pikepdf.Pdf) -> bool:
    """Say whether a PDF is a portfolio: a cover page that says that it holds files."""
    form = pdf.Root.get("/AcroForm")
    listed = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    has_fields = isinstance(listed, pikepdf.Array) and len(listed) > 0
    return "/Collection" in pdf.Root and not has_fields and len(pdf.pages) <= 1


def _is_a_page_of_a_form(content: bytes) -> bool:
    """Say whether what would be a cover is a scan, or bears a stamp: somebody answered on it."""
    seen = ask_pdfium(content, whole_text=True)
    if seen is None:
        return True
    return bool(seen.pictures) or any(find_stamp(text) for text in seen.texts)


def _specifications(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Yield each file's dictionary once: from the tree of names, the document, the pages."""
    met: set[tuple[int, int]] = set()
    associated = pdf.Root.get("/AF")
    attached = (entry.get("/FS") for entry, _ in all_annotations(pdf))
    for source in (_in_tree(pdf), _each(associated), attached):
        for entry in source:
            held = entry.get("/EF") if isinstance(entry, pikepdf.Dictionary) else None
            stream = _stream(held) if isinstance(held, pikepdf.Dictionary) else None
            if stream is None or stream.objgen in met or not isinstance(entry, pikepdf.Dictionary):
                continue
            met.add(stream.objgen)
            yield entry


def _each(listed: object) -> Iterator[object]:
    yield from listed if isinstance(listed, pikepdf.Array) else ()


def _in_tree(pdf: pikepdf.Pdf) -> Iterator[object]:
    names = pdf.Root.get("/Names")
    root = names.get("/EmbeddedFiles") if isinstance(names, pikepdf.Dictionary) else None
    waiting: list[object] = [root]
    seen = 0
    while waiting:
        node = waiting.pop()
        seen += 1
        if seen > _MOST_NODES:
            raise over_limit("depth")
        if isinstance(node, pikepdf.Dictionary):
            yield from list(_each(node.get("/Names")))[1::2]
            waiting.extend(list(_each(node.get("/Kids")))[:_MOST_NODES])


def _stream(held: pikepdf.Dictionary) -> pikepdf.Stream | None:
    streams = (held.get(key) for key in ("/UF", "/F", "/Unix", "/Mac", "/DOS"))
    return next((one for one in streams if isinstance(one, pikepdf.Stream)), None)


def _named(found: list[pikepdf.Dictionary]) -> Iterator[NamedFile]:
    total = 0
    for entry in found:
        held = entry.get("/EF")
        stream = _stream(held) if isinstance(held, pikepdf.Dictionary) else None
        content = _content(stream) if stream is not None else b""
        total += len(content)
        if total > MOST_BYTES:
            raise over_limit("size")
        name = entry.get("/UF") or entry.get("/F")
        yield text_of(name).text if isinstance(name, pikepdf.String) else "", content


def _content(stream: pikepdf.Stream) -> bytes:
    """Return a file's bytes, unpacked by steps. Raises FILE_LIMIT, FILE_DAMAGED."""
    kind = stream.get("/Filter")
    names = list(kind) if isinstance(kind, pikepdf.Array) else [kind]
    if names != [pikepdf.Name.FlateDecode]:
        return stream.read_bytes()
    unpacker, raw, found = zlib.decompressobj(), stream.read_raw_bytes(), bytearray()
    try:
        while raw and not unpacker.eof and len(found) <= _MOST_BYTES:
            found += unpacker.decompress(raw, _STEP)
            raw = unpacker.unconsumed_tail
    except zlib.error as error:
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from error
    if len(found) > _MOST_BYTES:
        raise over_limit("size")
    return bytes(found)


def _without_files(pdf: pikepdf.Pdf) -> bytes:
    """Return the same form without the files it holds; the same bytes each time."""
    for key in ("/AF", "/Collection"):
        if key in pdf.Root:
            del pdf.Root[key]
    names = pdf.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary) and "/EmbeddedFiles" in names:
        del names["/EmbeddedFiles"]
    for page in pdf.pages:
        listed = page.obj.get("/Annots")
        if isinstance(listed, pikepdf.Array):
            page.obj.Annots = pikepdf.Array([e for e in listed if not _is_attached(e)])
    target = io.BytesIO()
    pdf.save(target, encryption=False, deterministic_id=True)
    return target.getvalue()


def _is_attached(entry: pikepdf.Object) -> bool:
    """Say whether an entry is a note that holds a file, as its own file says by then."""
    if not isinstance(entry, pikepdf.Dictionary) or "/FS" not in entry:
        return False
    held = entry["/FS"].get("/EF") if isinstance(entry["/FS"], pikepdf.Dictionary) else None
    return isinstance(held, pikepdf.Dictionary) and _stream(held) is not None
