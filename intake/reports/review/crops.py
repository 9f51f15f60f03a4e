"""Which part of a page's picture shows one answer. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake.model.file.picture import PagePicture

_MARGIN = 9.0
_ABOVE = 4.0
"""What stands above and below belongs to other answers."""
_NARROW = 60.0
"""Points; what is narrower is the box of a mark, shown with the words beside it."""
_BESIDE = 170.0
_QUESTION_ABOVE = 34.0
"""Points: a question of one line and its hint, where they stand above."""
_HINT_BELOW = 24.0
"""A question beside its box may be two lines longer than it."""
_MARK = 20.0
"""Points: no wider, a box is that of one mark among others, which its question stands above."""
_OPTIONS = (84.0, 44.0)
"""Points above and below a mark: the other answers of its question."""


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


@dataclass(frozen=True, slots=True)
class Strip:
    """A part of a page as wide as the page: questions stand left of their boxes, or above."""

    top: float
    """Points from the page's upper edge."""
    bottom: float
    box: tuple[float, float, float, float]
    """Left, top, right and bottom of what is meant, from the page's upper left corner."""


def strip_of(height: float, boxes: Sequence[tuple[float, float, float, float]]) -> Strip | None:
    """Return the strip around the boxes of one answer; None where none lies on the page.

    Each box is given by left, bottom, right and top, in points from the lower left corner.
    """
    if not boxes:
        return None
    top = height - max(box[3] for box in boxes)
    bottom = height - min(box[1] for box in boxes)
    if bottom <= 0 or top >= height or top >= bottom:
        return None
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    is_mark = right - left < _MARK and bottom - top < _MARK
    above, below = _OPTIONS if is_mark else (_QUESTION_ABOVE, _HINT_BELOW)
    return Strip(
        top=max(top - above, 0.0),
        bottom=min(bottom + below, height),
        box=(left, top, right, bottom),
    )


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
