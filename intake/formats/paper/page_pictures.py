"""Draw the pages of a returned file for the person who decides about it.

Runs in a limited child process: the returned file is hostile. Fields are drawn as a viewer shows
them, also those whose looks the file leaves to the viewer.
"""

from __future__ import annotations

import ctypes
import struct
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from intake.formats.paper.picture_limits import MOST_PAGES, scale_of
from intake.formats.sniff import FileKind, sniff
from intake.model.errors import UnreadableFile
from intake.model.file.picture import FieldBox, PageDots, PagePicture
from intake.model.finding_codes import FindingCode

if TYPE_CHECKING:
    import pypdfium2

DOTS = 130
"""Dots an inch: small print is read, fifteen pages are some megabytes."""
_LONGEST = 1_600
_IMAGES = (FileKind.JPEG, FileKind.PNG, FileKind.TIFF)
_GREY = 0
_EVERY_ROW_AS_IT_IS = b"\0"
_MOST_NOTES = 5_000
"""Notes and boxes of one page; a form of ours has some dozens."""
_LONGEST_NAME = 512
"""Bytes of a field's name."""


def draw_pages(content: bytes, pages: Collection[int]) -> tuple[PagePicture, ...]:
    """Return the pages of these numbers, or every page for none; few at most.

    A file that has no pages to draw gives none. Raises UnreadableFile.
    """
    return tuple(
        PagePicture(drawn.page, drawn.width, drawn.height, grey_png(drawn.columns, drawn.dots))
        for drawn in _pages(content, pages)
    )


def page_dots(content: bytes, page: int) -> PageDots | None:
    """Return one page, from 1, and the boxes on it; None where there is no such page to draw.

    Raises UnreadableFile.
    """
    return next(_pages(content, {page}), None)


def _pages(content: bytes, pages: Collection[int]) -> Iterator[PageDots]:
    kind = sniff(content).kind
    if kind is FileKind.PDF:
        yield from _pdf_pages(content, pages)
    elif kind in _IMAGES:
        yield from (one for one in _image_pages(content) if not pages or one.page in pages)


def _pdf_pages(content: bytes, pages: Collection[int]) -> Iterator[PageDots]:
    with _opened(content) as document:
        count = len(document)
        wanted = [number for number in range(1, count + 1) if not pages or number in pages]
        for number in wanted[:MOST_PAGES]:
            yield _drawn(document, number, count)


@contextmanager
def _opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF and its fields, before any page. Raises UnreadableFile."""
    import pypdfium2  # noqa: PLC0415 - loaded in the child alone

    try:
        with pypdfium2.PdfDocument(content) as document:
            document.init_forms()
            yield document
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from error


def _drawn(document: pypdfium2.PdfDocument, number: int, count: int) -> PageDots:
    page = document[number - 1]
    width, height = page.get_size()
    drawn = page.render(scale=scale_of((width, height), DOTS), grayscale=True)
    dots, stride = bytes(drawn.buffer), drawn.stride
    rows = (dots[row * stride : row * stride + drawn.width] for row in range(drawn.height))
    found = PageDots(
        page=number,
        pages=count,
        width=width,
        height=height,
        columns=drawn.width,
        dots=b"".join(rows),
        boxes=tuple(_boxes(document, page)),
    )
    drawn.close()
    page.close()
    return found


def _boxes(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[FieldBox]:
    """Yield the boxes of the fields on a page, wherever the page was turned or cut to."""
    import pypdfium2.raw as c  # noqa: PLC0415 - loaded in the child alone

    if document.formenv is None:
        return
    for index in range(min(c.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        note = c.FPDFPage_GetAnnot(page, index)
        sides = c.FS_RECTF()
        is_box = c.FPDFAnnot_GetSubtype(note) == c.FPDF_ANNOT_WIDGET
        if is_box and c.FPDFAnnot_GetRect(note, sides):
            buffer = ctypes.create_string_buffer(_LONGEST_NAME)
            text = ctypes.cast(buffer, ctypes.POINTER(c.FPDF_WCHAR))
            size = c.FPDFAnnot_GetFormFieldName(document.formenv, note, text, _LONGEST_NAME)
            if 2 < size <= _LONGEST_NAME:
                name = buffer.raw[: size - 2].decode("utf-16-le", "replace")
                corners = (sides.left, sides.bottom), (sides.right, sides.top)
                yield FieldBox(name, _as_drawn(page, *corners))
        c.FPDFPage_CloseAnnot(note)


def _as_drawn(
    page: pypdfium2.PdfPage, *corners: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top in points of the page as it is drawn."""
    import pypdfium2.raw as c  # noqa: PLC0415 - loaded in the child alone

    width, height = page.get_size()
    found = []
    for across, up in corners:
        x, y = ctypes.c_int(), ctypes.c_int()
        whole = (0, 0, round(width * 10), round(height * 10), 0)  # to a tenth of a point
        c.FPDF_PageToDevice(page, *whole, across, up, x, y)
        found.append((x.value / 10, height - y.value / 10))
    lefts, ups = sorted(one[0] for one in found), sorted(one[1] for one in found)
    return (lefts[0], ups[0], lefts[-1], ups[-1])


def _image_pages(content: bytes) -> Iterator[PageDots]:
    from intake.formats.paper.image_file import image_pages  # noqa: PLC0415 - optional part

    pages = tuple(image_pages(content, longest=_LONGEST))
    for number, page in enumerate(pages, 1):
        yield PageDots(
            page=number,
            pages=len(pages),
            width=page.width,
            height=page.height,
            columns=page.width,
            dots=page.convert("L").tobytes(),
            boxes=(),
        )


def grey_png(columns: int, dots: bytes) -> bytes:
    """Return grey dots, one byte each, as a PNG file (RFC 2083)."""
    rows = [dots[at : at + columns] for at in range(0, len(dots), columns)]
    header = struct.pack(">IIBBBBB", columns, len(rows), 8, _GREY, 0, 0, 0)
    packed = zlib.compress(b"".join(_EVERY_ROW_AS_IT_IS + row for row in rows), 6)
    parts = ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + check
