"""Where the layout drew each field: the links of a laid-out PDF, before the rewrite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Object, Pdf

from intake.formats.pdf.anchors import LINK_PREFIX
from intake.formats.pdf.rect import Rect


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
