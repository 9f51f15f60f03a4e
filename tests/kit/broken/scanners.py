"""Scanners and cameras: pictures of a form's pages, as a centre sends them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2
from PIL import Image, ImageChops, ImageFilter

WHITE = 255


@dataclass(frozen=True)
class Scanner:
    """How well a scanner works."""

    dots: int = 150
    turned: float = 0.0
    noise: float = 0.0
    blur: float = 0.0
    """Radius in millimetres."""
    quality: int = 90
    upside_down: bool = False

    def picture(self, page: Image.Image) -> Image.Image:
        """Return a page as this scanner sees it."""
        seen = page.rotate(self.turned, Image.Resampling.BICUBIC, fillcolor=WHITE)
        if self.blur:
            seen = seen.filter(ImageFilter.GaussianBlur(self.blur / 25.4 * self.dots))
        if self.noise:
            grain = Image.effect_noise(seen.size, self.noise)
            seen = ImageChops.add(seen, grain, 1, -128)
        if self.upside_down:
            seen = seen.rotate(180)
        return Image.open(io.BytesIO(as_jpeg(seen, self.quality)))


CLEAN = Scanner()


def page_pictures(content: bytes, scanner: Scanner = CLEAN, pages: Sequence[int] = ()):
    """Return the pages of these numbers (none: all) as a scanner sees them."""
    with pypdfium2.PdfDocument(content) as document:
        document.init_forms()
        numbers = pages or range(1, len(document) + 1)
        drawn = (
            document[number - 1].render(scale=scanner.dots / 72, grayscale=True).to_pil()
            for number in numbers
        )
        return [scanner.picture(page.convert("L")) for page in drawn]


def scanned(content: bytes, scanner: Scanner = CLEAN, pages: Sequence[int] = ()) -> bytes:
    """Return a PDF of pictures of the pages."""
    return as_pdf(page_pictures(content, scanner, pages), scanner.dots)


def as_pdf(pictures: Sequence[Image.Image], dots: int = 150) -> bytes:
    target = io.BytesIO()
    first, *others = pictures
    first.save(target, "PDF", save_all=True, append_images=others, resolution=dots)
    return target.getvalue()


def as_jpeg(picture: Image.Image, quality: int = 90) -> bytes:
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=quality)
    return target.getvalue()


def as_tiff(pictures: Sequence[Image.Image]) -> bytes:
    target = io.BytesIO()
    first, *others = pictures
    first.save(target, "TIFF", save_all=True, append_images=others)
    return target.getvalue()


def photographed(picture: Image.Image) -> bytes:
    """Return a page seen from aside on a dark table."""
    width, height = picture.size
    table = Image.new("L", (round(width * 1.2), round(height * 1.2)), 70)
    table.paste(picture, (round(width * 0.1), round(height * 0.1)))
    wide, high = table.size
    corners = (-0.04 * wide, -0.02 * high, 0.03 * wide, 1.02 * high,
               0.98 * wide, 1.05 * high, 1.03 * wide, 0.02 * high)  # fmt: skip
    seen = table.transform(table.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    return as_jpeg(seen, 80)


def with_hidden_words(content: bytes, words: str) -> bytes:
    """Return a scan with words behind its pictures, as a scanner that reads letters adds them."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            font = pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
            page.Resources.Font = pikepdf.Dictionary(F1=font)
            hidden = b"BT /F1 9 Tf 3 Tr 40 20 Td (" + words.encode("latin-1") + b") Tj ET"
            page.contents_add(hidden)
        return _saved(pdf)


def with_scanned_page(content: bytes, page: int) -> bytes:
    """Return a form to whose end the picture of one of its pages is added."""
    scan = io.BytesIO(scanned(content, pages=(page,)))
    with pikepdf.open(io.BytesIO(content)) as pdf, pikepdf.open(scan) as added:
        pdf.pages.extend(added.pages)
        return _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()
