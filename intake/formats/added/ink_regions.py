"""Where two pictures of one page differ: strokes, stamps, photos, words drawn or painted over.

Both pictures are drawn by the same program; a page drawn anew by another one differs by
less than a thin stroke does. What a difference means is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image, ImageChops

from intake.formats.paper.ink import DOTS, Paper
from intake.formats.pdf.rect import Rect

_CELL = 6
"""Dots along a side of the squares that are compared: about 3 points."""
_DARKER = 10
"""Mean difference of a square, of 255, from which it is not the same: a light highlight."""
_REACH, _STEP = 4, 1
"""Squares between two parts of one addition, along the line and across it."""
_MOST = 8_000
"""Squares above which a page is taken to differ as a whole."""
_Square = tuple[int, int]


def changed_regions(blank: Paper, returned: Paper) -> list[Rect]:
    """Return the rectangles, in points, in which a returned page looks unlike its blank."""
    size = (max(blank.width, returned.width), max(blank.height, returned.height))
    unlike = ImageChops.difference(_picture(blank, size), _picture(returned, size))
    cells = unlike.reduce(_CELL).point(lambda dot: 255 if dot >= _DARKER else 0)
    if cells.getbbox() is None:
        return []
    squares = {
        (at % cells.width, at // cells.width) for at, dot in enumerate(cells.tobytes()) if dot
    }
    groups = [squares] if len(squares) > _MOST else _together(squares)
    return [_rect(group, size[1]) for group in groups]


def _picture(paper: Paper, size: tuple[int, int]) -> Image.Image:
    own = (paper.width, paper.height)
    picture = Image.frombytes("L", own, paper.dots, "raw", "L", paper.stride, 1)
    if own == size:
        return picture
    larger = Image.new("L", size, 255)
    larger.paste(picture, (0, size[1] - own[1]))
    return larger


def _together(squares: set[_Square]) -> Iterator[set[_Square]]:
    """Yield the squares that lie near one another."""
    left = set(squares)
    while left:
        group = {left.pop()}
        edge = list(group)
        while edge:
            near = _near(edge.pop()) & left
            left -= near
            group |= near
            edge.extend(near)
        yield group


def _near(square: _Square) -> set[_Square]:
    across, down = square
    return {
        (across + dx, down + dy)
        for dx in range(-_REACH, _REACH + 1)
        for dy in range(-_STEP, _STEP + 1)
    }


def _rect(squares: set[_Square], height: int) -> Rect:
    point = 72 / DOTS
    lefts, tops = zip(*squares, strict=True)
    return Rect(
        min(lefts) * _CELL * point,
        (height - (max(tops) + 1) * _CELL) * point,
        (max(lefts) + 1) * _CELL * point,
        (height - min(tops) * _CELL) * point,
    )
