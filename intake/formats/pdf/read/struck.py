"""Lines drawn through an answer in the picture of its own box: a person sees it struck.

Programs that fill a form draw borders and dividing lines there, along the sides and upright,
or nothing at all. Which text a picture shows is told in ``drawn``.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from intake.formats.pdf.read.field_text import bounded_bytes
from intake.model.errors import UnreadableFile

_MOST_BYTES = 60_000
_STROKES = frozenset({"S", "s", "B", "B*", "b", "b*"})
_SPOKEN = frozenset(name.encode() for name in _STROKES)
_PAINTS = _STROKES | {"f", "F", "f*", "n"}
_SHORTEST = 4.0
"""Points across below which a line strikes nothing."""
_EDGE = 0.15
"""Share of a box's height, above and below, in which its borders are."""

_Point = tuple[float, float]


def is_struck(widget: pikepdf.Dictionary) -> bool:
    """Say whether the picture of a box has a line across its middle."""
    looks = widget.get("/AP")
    picture = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    if not isinstance(picture, pikepdf.Stream):
        return False
    try:
        if _SPOKEN.isdisjoint(bounded_bytes(picture, _MOST_BYTES).split()):
            return False
        low, high = sorted(float(side) for side in picture.BBox.as_list()[1::2])
        edge = (high - low) * _EDGE
        middles = [(y + end_y) / 2 for (_, y), (_, end_y) in _lines(picture)]
    except (UnreadableFile, pikepdf.PdfError, AttributeError, TypeError, ValueError):
        return False
    return any(low + edge < middle < high - edge for middle in middles)


def _lines(picture: pikepdf.Stream) -> Iterator[tuple[_Point, _Point]]:
    """Yield the straight lines that are drawn and go across more than up."""
    at, path = (0.0, 0.0), list[tuple[_Point, _Point]]()
    for order in pikepdf.parse_content_stream(picture):
        operator = str(order.operator)
        if operator in ("m", "l"):
            x, y = (float(number) for number in order.operands)
            path += [(at, (x, y))] if operator == "l" else []
            at = (x, y)
        elif operator in _PAINTS:
            yield from (line for line in path if operator in _STROKES and _goes_across(*line))
            path = []


def _goes_across(start: _Point, end: _Point) -> bool:
    across, up = abs(end[0] - start[0]), abs(end[1] - start[1])
    return across >= max(up, _SHORTEST)
