"""How dark a part of a page is: what tells a mark from an empty box.

Pages are drawn in grey at 150 dots an inch; darkness is a share of black, 0 to 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pypdfium2

from intake.formats.pdf.rect import Rect
from intake.model.errors import over_limit

DOTS = 150
_SCALE = DOTS / 72
_LARGEST = 60 * _SCALE * 72
"""Dots along a side: no paper of a clinic is larger than 60 inches."""
_WHITE = 255
_BLACK = bytes(dot < 128 for dot in range(256))


@dataclass(frozen=True, slots=True)
class Paper:
    """One page as drawn: a byte for each dot, rows from the top."""

    width: int
    height: int
    stride: int
    dots: bytes = field(repr=False)

    def darkness(self, rect: Rect) -> float:
        """Return the mean darkness inside a rectangle in points; 0 outside the page."""
        rows = list(self._rows(rect))
        count = sum(len(row) for row in rows)
        return 1 - sum(sum(row) for row in rows) / (_WHITE * count) if count else 0.0

    def black(self, rect: Rect, holes: Iterable[Rect] = ()) -> int:
        """Return how many dots inside a rectangle and outside its holes are rather black."""
        rows = [bytearray(row.translate(_BLACK)) for row in self._rows(rect)]
        left, top = max(round(rect.left * _SCALE), 0), max(self._row(rect.top), 0)
        for hole in holes:
            first, last = (round(side * _SCALE) - left for side in (hole.left, hole.right))
            for row in rows[
                max(self._row(hole.top) - top, 0) : max(self._row(hole.bottom) - top, 0)
            ]:
                row[max(first, 0) : max(last, 0)] = bytes(len(row[max(first, 0) : max(last, 0)]))
        return sum(row.count(1) for row in rows)

    def _row(self, height: float) -> int:
        return round(self.height - height * _SCALE)

    def _rows(self, rect: Rect) -> Iterator[bytes]:
        left, right = _limits(rect.left * _SCALE, rect.right * _SCALE, self.width)
        bottom, top = (self.height - side * _SCALE for side in (rect.bottom, rect.top))
        first, last = _limits(top, bottom, self.height)
        for row in range(first, last):
            yield self.dots[row * self.stride + left : row * self.stride + max(left, right)]


def papers(
    document: pypdfium2.PdfDocument, *, draw_fields: bool, pages: Iterable[int] | None = None
) -> Iterator[Paper]:
    """Yield each page as drawn, with what is laid over it or without. Raises FILE_LIMIT.

    ``pages`` are the numbers of those wanted, from 1; all without.
    """
    for number in range(1, len(document) + 1) if pages is None else pages:
        page = document[number - 1]
        if max(page.get_size()) * _SCALE > _LARGEST:
            raise over_limit("pages")
        drawn = page.render(
            scale=_SCALE, grayscale=True, may_draw_forms=False, draw_annots=draw_fields
        )
        yield Paper(drawn.width, drawn.height, drawn.stride, bytes(drawn.buffer))
        drawn.close()
        page.close()


def _limits(low: float, high: float, end: int) -> tuple[int, int]:
    return max(round(low), 0), min(round(high), end)
