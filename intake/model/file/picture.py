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
