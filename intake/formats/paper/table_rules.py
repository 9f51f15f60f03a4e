"""The lines drawn on a page around the cells of its tables, as PDFium sees them."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as c

from intake.formats.pdf.rect import Rect
from intake.model.errors import over_limit

THIN = 1.6
"""Points: what is thicker is a bar or the ground of a cell."""
_LONG = 5.0
_MOST = 20_000
"""Drawn objects of one page."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The thin lines of one page."""

    level: tuple[Rect, ...]
    upright: tuple[Rect, ...]

    def band(self, across: float, up: float) -> tuple[float, float] | None:
        """Return bottom and top of the cell around a point; None where no line bounds it."""
        heights = [rule.bottom for rule in self.level if rule.left <= across <= rule.right]
        below = [height for height in heights if height <= up]
        above = [height for height in heights if height > up]
        return (max(below), min(above)) if below and above else None

    def columns(self, across: float, up: float) -> tuple[float | None, float | None]:
        """Return the nearest upright lines on both sides of a heading, drawn below it."""
        near = [rule for rule in self.upright if rule.bottom <= up]
        left = [rule.right for rule in near if rule.right <= across]
        right = [rule.left for rule in near if rule.left > across]
        return max(left, default=None), min(right, default=None)


def table_rules(page: pypdfium2.PdfPage) -> Rules:
    """Return the thin lines of a page. Raises FILE_LIMIT."""
    if c.FPDFPage_CountObjects(page.raw) > _MOST:
        raise over_limit("pages")
    paths = page.get_objects(filter=[c.FPDF_PAGEOBJ_PATH])
    rects = [Rect(*path.get_bounds()) for path in paths]
    return Rules(
        level=tuple(r for r in rects if r.height <= THIN and r.width >= _LONG),
        upright=tuple(r for r in rects if r.width <= THIN and r.height >= _LONG),
    )
