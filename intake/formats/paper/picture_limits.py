"""How many pages and dots of a scan or photo are looked at."""

from __future__ import annotations

DOTS = 200
"""Dots an inch at which the pages of a PDF are searched for their code."""
MOST_PAGES = 60
MOST_DOTS = 100_000_000
"""Dots of one picture; a sheet of twice A4 at 600 dots an inch has 70 million."""
_LONGEST_SIDE = 4_000


def scale_of(size: tuple[float, float], dots: int) -> float:
    """Return dots a point for a page of a size in points, less for a very large page."""
    return min(dots / 72, _LONGEST_SIDE / max(*size, 1.0))
