"""Lines drawn through an answer in the picture of its own box: a person sees it struck.

Programs that fill a form draw borders and dividing lines there, along the sides and upright,
or nothing at all. Which text a picture shows is told in ``drawn``.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Matrix

from intake.formats.pdf.read.field_text import bounded_bytes
from intake.model.errors import UnreadableFile, over_limit

_MOST_BYTES = 60_000
"""Bytes of a picture that are looked at; a longer one with more than letters is in doubt."""
_STROKES = frozenset({"S", "s", "B", "B*", "b", "b*"})
_PAINTS = _STROKES | {"f", "F", "f*", "n"}
_PAINTED = re.compile(rb"(?<![^\s\x00\])>}])(?:[SsF]|[Bbf]\*?|Do)(?![^\s\x00/\[(<%{}])")
"""An order that draws more than letters, or what may be one."""
_NUMBERS = {"m": 2, "l": 2, "c": 6, "v": 4, "y": 4, "re": 4}
"""Numbers of each order that draws."""
_SHORTEST = 4.0
"""Points across below which a line strikes nothing."""
_THICKEST = 2.0
"""Points up to which a drawn shape is a line."""
_EDGE = 0.15
"""Share of a box's height, above and below, in which its borders are."""
_MOST_PICTURES = 16
"""Pictures that one picture may place, with those within them."""

_Point = tuple[float, float]


@dataclass(slots=True)
class _Path:
    """What the next order to paint paints: strokes of a pen, and shapes by their points."""

    strokes: list[tuple[_Point, _Point]] = field(default_factory=list)
    shapes: list[list[_Point]] = field(default_factory=list)

    def add(self, operator: str, points: list[_Point]) -> None:
        """Add what one order draws. A curve strikes from its start to its end."""
        if operator in ("m", "re"):
            self.shapes.append(points)
        elif self.shapes:
            self.strokes.append((self.shapes[-1][-1], points[-1]))
            self.shapes[-1].extend(points)

    def heights(self, paint: str) -> Iterator[float]:
        """Yield the height of each line across that this order paints."""
        if paint in _STROKES:
            yield from (
                (y + to) / 2 for (x, y), (end, to) in self.strokes if _across(x - end, y - to)
            )
        for shape in self.shapes if paint != "n" else ():
            low, high = min(y for _, y in shape), max(y for _, y in shape)
            wide = max(x for x, _ in shape) - min(x for x, _ in shape)
            if high - low <= min(_THICKEST, wide / 4) and _across(wide, high - low):
                yield (low + high) / 2


def is_struck(widget: pikepdf.Dictionary) -> bool:
    """Say whether the picture of a box has a line across its middle, or is not to be read."""
    looks = widget.get("/AP")
    picture = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    if not isinstance(picture, pikepdf.Stream):
        return False
    try:
        heights = list(_heights(picture))
    except (UnreadableFile, pikepdf.PdfError):
        return True
    return bool(heights) and _is_within(heights, picture.get("/BBox"))


def _is_within(heights: list[float], frame: object) -> bool:
    """Say whether a line is off the borders of a box; of one without sides, each is."""
    sides = _numbers(frame.as_list() if isinstance(frame, pikepdf.Array) else ())[1::2]
    if len(sides) != len(("low", "high")):
        return True
    low, high = sorted(sides)
    edge = (high - low) * _EDGE
    return any(low + edge < height < high - edge for height in heights)


def _heights(picture: pikepdf.Stream) -> Iterator[float]:
    """Yield the height of each line across in a picture and in those that it places."""
    placed = [(picture, Matrix())]
    for inner, turned in placed:  # grows meanwhile
        if len(placed) > _MOST_PICTURES:
            raise over_limit("pictures")
        content = bounded_bytes(inner)
        if not _PAINTED.search(content):
            continue
        if len(content) > _MOST_BYTES:
            raise over_limit("text")
        yield from _painted(inner, turned, placed)


def _painted(
    picture: pikepdf.Stream, turned: Matrix, placed: list[tuple[pikepdf.Stream, Matrix]]
) -> Iterator[float]:
    """Yield the height of each line across that a picture paints; add what it places."""
    saved, path = list[Matrix](), _Path()
    for operator, operands in _orders(picture):
        if operator == "q":
            saved.append(turned)
        elif operator == "Q":
            turned = saved.pop() if saved else turned
        elif operator == "cm":
            turned = _moved(operands, turned)
        elif operator == "Do":
            placed += [(p, _moved(p.get("/Matrix"), turned)) for p in _named(picture, operands)]
        elif operator in _PAINTS:
            yield from path.heights(operator)
            path = _Path()
        elif points := _points(operator, _numbers(operands)):
            path.add(operator, [turned.transform(point) for point in points])


def _orders(picture: pikepdf.Stream) -> list[tuple[str, list[object]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a cut picture; what was drawn is enough
        orders = pikepdf.parse_content_stream(picture)
        return [(bytes(o.operator).decode("latin-1"), list(o.operands)) for o in orders]


def _moved(operands: object, turned: Matrix) -> Matrix:
    """Return a matrix after another one, which is left out where it is none."""
    numbers = _numbers(operands)
    return Matrix(*numbers) @ turned if len(numbers) == len("abcdef") else turned


def _named(picture: pikepdf.Stream, operands: list[object]) -> list[pikepdf.Stream]:
    """Return the picture of that name, none where it is a photograph or not there."""
    held: object = picture.get("/Resources", {})
    for key in ("/XObject", *(str(name) for name in operands)):
        held = held.get(key) if isinstance(held, pikepdf.Dictionary) else None
    if not isinstance(held, pikepdf.Stream) or held.get("/Subtype") != "/Form":
        return []
    return [held]


def _points(operator: str, numbers: list[float]) -> list[_Point]:
    """Return the points that an order to draw names, the corners of a rectangle; else none."""
    if len(numbers) != _NUMBERS.get(operator):
        return []
    if operator == "re":
        x, y, wide, high = numbers
        return [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _numbers(operands: object) -> list[float]:
    """Return numbers, none at all where one is something else."""
    try:
        return [float(number) for number in operands]  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        return []


def _across(wide: float, high: float) -> bool:
    return abs(wide) >= max(abs(high), _SHORTEST)
