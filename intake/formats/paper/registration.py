"""How a returned page lies on the blank one: a scale and an offset along each axis. Pure.

Printing moves a page, makes it smaller, never bends it. Words that stand once on both
pages say how; what most of them do not agree on is not taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from intake.formats.paper.page_words import Word
from intake.formats.pdf.rect import Rect

TOLERANCE = 2.0
"""Points by which a word may lie beside its place; Ghostscript moves words by 0.9."""
FEWEST = 8
"""Anchors below which nothing is said of a page."""
MOST_UNEVEN = 0.03
"""Difference of the two scales above which it is not the same page."""
SMALLEST, LARGEST = 0.4, 2.0


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: where the blank's zero lies on the returned page, and the scale."""

    scale: float
    offset: float

    def there(self, here: float) -> float:
        """Return the position on the returned page of one on the blank page."""
        return self.scale * here + self.offset

    def back(self, there: float) -> float:
        """Return the position on the blank page of one on the returned page."""
        return (there - self.offset) / self.scale


@dataclass(frozen=True, slots=True)
class Registration:
    """Both axes, and how many of the words common to both pages agree."""

    across: Axis
    up: Axis
    agreeing: int
    common: int
    wanted: int
    """Words that stand once on the blank page: half of them at least must be found."""

    def there(self, rect: Rect) -> Rect:
        """Return where a rectangle of the blank page lies on the returned page."""
        return Rect(
            self.across.there(rect.left),
            self.up.there(rect.bottom),
            self.across.there(rect.right),
            self.up.there(rect.top),
        )

    def back(self, rect: Rect) -> Rect:
        """Return where a rectangle of the returned page lies on the blank page."""
        return Rect(
            self.across.back(rect.left),
            self.up.back(rect.bottom),
            self.across.back(rect.right),
            self.up.back(rect.top),
        )

    @property
    def is_sure(self) -> bool:
        """Say whether the words tell one and the same shift."""
        even = abs(self.across.scale - self.up.scale) <= MOST_UNEVEN * self.up.scale
        sized = SMALLEST <= self.across.scale <= LARGEST
        most = self.agreeing >= 0.8 * self.common and 2 * self.agreeing >= self.wanted
        return even and sized and most and self.agreeing >= FEWEST


def register(blank: Iterable[Word], returned: Iterable[Word]) -> Registration | None:
    """Return how a returned page lies on a blank one; None when nothing can be said."""
    here, there = _once(blank), _once(returned)
    pairs = [(word.box, there[text].box) for text, word in here.items() if text in there]
    if len(pairs) < FEWEST:
        return None
    across = _axis([(a.left, b.left) for a, b in pairs])
    up = _axis([(a.bottom, b.bottom) for a, b in pairs])
    if across is None or up is None:
        return None
    agreeing = sum(_agrees(across, a.left, b.left) and _agrees(up, a.bottom, b.bottom)
                   for a, b in pairs)  # fmt: skip
    return Registration(across, up, agreeing, len(pairs), len(here))


def _agrees(axis: Axis, here: float, there: float) -> bool:
    return abs(axis.there(here) - there) <= TOLERANCE


def _once(words: Iterable[Word]) -> dict[str, Word]:
    """Return the words that stand once on a page, by their text."""
    every = tuple(words)
    counts = Counter(word.text for word in every)
    return {word.text: word for word in every if counts[word.text] == 1}


def _axis(pairs: Sequence[tuple[float, float]]) -> Axis | None:
    """Return the axis that most pairs agree on: medians first, then the mean of those near."""
    ordered = sorted(pairs)
    half = len(ordered) // 2
    slopes = [
        (far[1] - near[1]) / (far[0] - near[0])
        for near, far in zip(ordered, ordered[half:], strict=False)
        if far[0] - near[0] > 1
    ]
    if not slopes:
        return None
    scale = median(slopes)
    offset = median(there - scale * here for here, there in pairs)
    near = [pair for pair in pairs if _agrees(Axis(scale, offset), *pair)]
    return _least_squares(near) if len(near) >= FEWEST else Axis(scale, offset)


def _least_squares(pairs: Sequence[tuple[float, float]]) -> Axis | None:
    mean_here = sum(here for here, _ in pairs) / len(pairs)
    mean_there = sum(there for _, there in pairs) / len(pairs)
    spread = sum((here - mean_here) ** 2 for here, _ in pairs)
    if not spread:
        return None
    shared = sum((here - mean_here) * (there - mean_there) for here, there in pairs)
    scale = shared / spread
    return Axis(scale, mean_there - scale * mean_here)
