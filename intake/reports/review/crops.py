"""Which part of a page's picture shows one answer. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from intake.model.file.picture import PagePicture

_MARGIN = 9.0
_ABOVE = 4.0
"""What stands above and below belongs to other answers."""
_NARROW = 60.0
"""Points; what is narrower is the box of a mark, shown with the words beside it."""
_BESIDE = 170.0


@dataclass(frozen=True, slots=True)
class Crop:
    """A window on a page, in points from its upper left corner, and the answer's box."""

    picture: PagePicture
    left: float
    top: float
    width: float
    height: float
    box: tuple[float, float, float, float]
    """Left, top, width and height."""


def crop_of(picture: PagePicture, box: tuple[float, float, float, float]) -> Crop:
    """Return the window around a box given by left, bottom, right and top in points."""
    left, bottom, right, top = box
    wide = right + (_BESIDE if right - left < _NARROW else _MARGIN)
    first, last = max(left - _MARGIN, 0.0), min(wide, picture.width)
    high = max(picture.height - top - _ABOVE, 0.0)
    low = min(picture.height - bottom + _ABOVE, picture.height)
    own = (left, picture.height - top, right - left, top - bottom)
    return Crop(
        picture=picture,
        left=round(first, 1),
        top=round(high, 1),
        width=round(last - first, 1),
        height=round(low - high, 1),
        box=(round(own[0], 1), round(own[1], 1), round(own[2], 1), round(own[3], 1)),
    )
