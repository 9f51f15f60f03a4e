"""Where the layout drew each field: the links of a laid-out PDF, before the rewrite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Object, Pdf

from intake.formats.pdf.anchors import LINK_PREFIX


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in points, from the page's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Return the width in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return the height in points."""
        return self.top - self.bottom

    def overlaps(self, other: Rect) -> bool:
        """Say whether two rectangles share more than an edge."""
        across = min(self.right, other.right) - max(self.left, other.left)
        up = min(self.top, other.top) - max(self.bottom, other.bottom)
        return across > 0.1 and up > 0.1


@dataclass(frozen=True, slots=True)
class DrawnPlace:
    """One place of a field on a page (a radio group has one per answer)."""

    target: str
    page: int
    """From 1."""
    rect: Rect
    annotation: Object


def drawn_places(pdf: Pdf) -> Iterator[DrawnPlace]:
    """Yield the places of fields in reading order."""
    for number, page in enumerate(pdf.pages, start=1):
        for annotation in page.get("/Annots", Array()):
            action = annotation.get("/A", Dictionary())
            uri = str(action.get("/URI", ""))
            if uri.startswith(LINK_PREFIX):
                left, bottom, right, top = (float(value) for value in annotation.Rect)
                rect = Rect(left, bottom, right, top)
                yield DrawnPlace(uri.removeprefix(LINK_PREFIX), number, rect, annotation)
