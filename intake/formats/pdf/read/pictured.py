"""Which pages of a PDF are pictures: scans, photos, pages printed as an image.

Told by the share of the page that images cover, not by missing words: a scanner that
recognises letters hides them behind its picture. Nothing is decoded here.
"""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw as c

SHARE = 0.6
"""A page is a picture when images cover more of it than this."""
_MOST_IMAGES = 5_000
"""Images looked at on one page; a scan in strips has a few hundred."""
_DEEPEST = 4

Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1, 0, 0, 1, 0, 0)


def is_picture(page: pypdfium2.PdfPage) -> bool:
    """Say whether images cover most of a page that has no field."""
    if _has_field(page):
        return False
    width, height = page.get_size()
    covered = 0.0
    for number, image in enumerate(page.get_objects([c.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEPEST)):
        covered += _area(_on_page(image), width * height)
        if number >= _MOST_IMAGES or covered > SHARE * width * height:
            break
    return bool(covered > SHARE * width * height)


def _on_page(image: pypdfium2.PdfObject) -> Matrix:
    """Return how the unit square of an image lies on the page, through the forms around it."""
    lies = _UNIT
    drawn: pypdfium2.PdfObject | None = image
    while drawn is not None:
        lies = _after(lies, tuple(drawn.get_matrix().get()))
        drawn = drawn.container
    return lies


def _after(first: Matrix, then: tuple[float, ...]) -> Matrix:
    a, b, d, e, x, y = first
    p, q, r, s, u, v = then
    return (
        a * p + b * r, a * q + b * s,
        d * p + e * r, d * q + e * s,
        x * p + y * r + u, x * q + y * s + v,
    )  # fmt: skip


def _area(lies: Matrix, page: float) -> float:
    """Return the area of an image, which can hide no more than its page."""
    a, b, d, e, _, _ = lies
    return min(abs(a * e - b * d), page)


def _has_field(page: pypdfium2.PdfPage) -> bool:
    for index in range(c.FPDFPage_GetAnnotCount(page.raw)):
        annotation = c.FPDFPage_GetAnnot(page.raw, index)
        kind = c.FPDFAnnot_GetSubtype(annotation)
        c.FPDFPage_CloseAnnot(annotation)
        if kind == c.FPDF_ANNOT_WIDGET:
            return True
    return False
