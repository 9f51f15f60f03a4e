"""Draw the pages of a returned file for the person who decides about it.

Runs in a limited child process: the returned file is hostile.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Collection, Iterator

from intake.formats.paper.picture_limits import MOST_PAGES, scale_of
from intake.formats.sniff import FileKind, sniff
from intake.model.errors import UnreadableFile
from intake.model.file.picture import PagePicture
from intake.model.finding_codes import FindingCode

DOTS = 130
"""Dots an inch: small print is read, fifteen pages are some megabytes."""
_LONGEST = 1_600
_IMAGES = (FileKind.JPEG, FileKind.PNG, FileKind.TIFF)
_GREY = 0
_EVERY_ROW_AS_IT_IS = b"\0"


def draw_pages(content: bytes, pages: Collection[int]) -> tuple[PagePicture, ...]:
    """Return the pages of these numbers, or every page for none; few at most.

    A file that has no pages to draw gives none. Raises UnreadableFile.
    """
    kind = sniff(content).kind
    if kind is FileKind.PDF:
        return tuple(_pdf_pages(content, pages))
    return tuple(_image_pages(content)) if kind in _IMAGES else ()


def _pdf_pages(content: bytes, pages: Collection[int]) -> Iterator[PagePicture]:
    import pypdfium2  # noqa: PLC0415 - loaded in the child alone

    try:
        with pypdfium2.PdfDocument(content) as document:
            every = range(1, len(document) + 1)
            wanted = [number for number in every if not pages or number in pages]
            for number in wanted[:MOST_PAGES]:
                page = document[number - 1]
                width, height = page.get_size()
                drawn = page.render(scale=scale_of((width, height), DOTS), grayscale=True)
                dots, stride = bytes(drawn.buffer), drawn.stride
                rows = [dots[r * stride : r * stride + drawn.width] for r in range(drawn.height)]
                yield PagePicture(number, width, height, _png(drawn.width, rows))
                drawn.close()
                page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from error


def _png(width: int, rows: list[bytes]) -> bytes:
    """Return grey rows as a PNG file (RFC 2083)."""
    header = struct.pack(">IIBBBBB", width, len(rows), 8, _GREY, 0, 0, 0)
    packed = zlib.compress(b"".join(_EVERY_ROW_AS_IT_IS + row for row in rows), 6)
    parts = ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + check


def _image_pages(content: bytes) -> Iterator[PagePicture]:
    from intake.formats.paper.image_file import image_pages  # noqa: PLC0415 - optional part

    for number, page in enumerate(image_pages(content, longest=_LONGEST), 1):
        target = io.BytesIO()
        page.save(target, "PNG")
        yield PagePicture(number, page.width, page.height, target.getvalue())
