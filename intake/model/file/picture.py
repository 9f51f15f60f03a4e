"""Pictures of returned pages, for a person who looks at them beside what was read."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page of a returned file as drawn."""

    page: int
    """From 1."""
    width: float
    """Points; of an image file, dots."""
    height: float
    png: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """Return the picture's file name."""
        return f"page-{self.page:02d}.png"


@dataclass(frozen=True, slots=True)
class FieldBox:
    """One box of a field on a drawn page."""

    name: str
    sides: tuple[float, float, float, float]
    """Left, bottom, right and top, in points from the page's lower left corner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDots:
    """One page of a returned file as drawn, dot by dot."""

    page: int
    """From 1."""
    pages: int
    """How many the file has."""
    width: float
    """Points; of an image file, dots."""
    height: float
    columns: int
    dots: bytes = field(repr=False)
    """Grey, one byte a dot, row by row from the top."""
    boxes: tuple[FieldBox, ...]

    @property
    def is_whole(self) -> bool:
        """Say whether there are rows of so many dots and nothing more."""
        return self.columns > 0 and bool(self.dots) and len(self.dots) % self.columns == 0
