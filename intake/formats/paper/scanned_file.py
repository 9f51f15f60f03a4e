"""The codes printed on the pages of a form, read from pictures of them.

Runs in a limited child process: the returned file is hostile. A code that cannot be read at
first is looked for again in each corner, twice as large and sharpened.
"""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter

from intake.formats.paper.image_file import image_pages
from intake.formats.paper.picture_limits import DOTS, MOST_PAGES, scale_of
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode
from intake.model.stamp import find_token

_FORMATS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_LONGEST = 3_600
"""Dots along a side of a picture that is searched; a sheet at 300 dots an inch."""
_SHARPEN = ImageFilter.UnsharpMask(radius=2, percent=200, threshold=0)
_CORNER = (0.45, 0.32)
"""Share of the width and the height in which a corner's code is looked for."""
_SMALL = 1_400
"""A picture no longer than this is enlarged as a whole."""


def read_scanned(content: bytes, *, is_pdf: bool) -> tuple[str, ...]:
    """Return the code of each page, empty where none can be read. Raises UnreadableFile."""
    pages = _pdf_pages(content) if is_pdf else _image_pages(content)
    return tuple(_code(page) for page in pages)


def _image_pages(content: bytes) -> Iterator[Image.Image]:
    return (page.convert("L") for page in image_pages(content, longest=_LONGEST))


def _pdf_pages(content: bytes) -> Iterator[Image.Image]:
    try:
        with pypdfium2.PdfDocument(content) as document:
            for number in range(min(len(document), MOST_PAGES)):
                page = document[number]
                drawn = page.render(scale=scale_of(page.get_size(), DOTS), grayscale=True)
                yield drawn.to_pil().convert("L")
                drawn.close()
                page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from error


def _code(page: Image.Image) -> str:
    return next((code for part in _parts(page) if (code := _read(part))), "")


def _parts(page: Image.Image) -> Iterator[Image.Image]:
    """Yield the page, then what may show its code better."""
    yield page
    width, height = page.size
    wide, high = round(width * _CORNER[0]), round(height * _CORNER[1])
    for left in (width - wide, 0):
        for top in (0, height - high):
            yield _enlarged(page.crop((left, top, left + wide, top + high)))
    if max(page.size) <= _SMALL:
        yield _enlarged(page)


def _enlarged(part: Image.Image) -> Image.Image:
    size = (part.width * 2, part.height * 2)
    return part.resize(size, Image.Resampling.BICUBIC).filter(_SHARPEN)


def _read(part: Image.Image) -> str:
    found = zxingcpp.read_barcodes(part, formats=_FORMATS)
    return next((one.text.strip() for one in found if find_token(one.text)), "")
