"""What was done to one page of a form: words and ink that its blank does not have. Pure.

A stroke over printed words is as much an addition as words in a margin. What it is about is
told by the boxes it lies on, else by the one it stands beside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from intake.formats.added.addition import Addition
from intake.formats.added.ink_regions import changed_regions
from intake.formats.paper.blank_form import Box, Face
from intake.formats.paper.page_words import PrintedPage, Word, holds, inside
from intake.formats.pdf.rect import Rect
from intake.words.spelling import fold
from intake.words.word_lists import months

_PLACE = 3.0
"""Points by which a printed word may lie beside its place on the blank."""
_SAME_PAGE = 0.5
"""Share of a blank's words that a page of the form shows in their places."""
_BESIDE = 60.0
"""Points from a box within which something is taken to be said about its answer."""
_LINE = 3.0
"""How much further a place on another line is than one on the same."""
_FEW = 4
"""Places above which one addition is about its page, not about answers."""


_NUMBERS = re.compile(r"\d{1,4}([/.-]\d{1,4}){0,2}[.,;]?")


@dataclass(frozen=True, slots=True)
class SeenPage:
    """One page of a returned file; no picture where its edition is another one."""

    number: int
    page: PrintedPage
    face: Face | None = None


def is_of_form(seen: PrintedPage, blank: PrintedPage) -> bool:
    """Say whether a page shows the words of a blank page, most of them in their places."""
    if not blank.words:
        return not seen.words
    shown = _by_text(seen.words)
    at_place = sum(_is_printed(word, shown) for word in blank.words)
    return at_place >= _SAME_PAGE * len(blank.words)


def page_changes(seen: SeenPage, blank: Face, boxes: Sequence[Box]) -> Iterator[Addition]:
    """Yield what a page of the form shows beyond its blank."""
    for region in unlike_regions(seen, blank):
        addition = _addition(seen.number, region, boxes)
        if addition.addresses or not _is_other_date(region, seen.page, blank.page):
            yield addition


def unlike_regions(seen: SeenPage, blank: Face) -> list[Rect]:
    """Return where a page of the form is not as its blank."""
    if seen.face is None:
        return [word.box for word in _more_words(seen.page, blank.page)]
    regions = changed_regions(blank.paper, seen.face.paper)
    words = _unprinted(seen.page, blank.page)
    return regions + [w.box for w in words if not any(holds(r, *w.middle) for r in regions)]


def _is_other_date(region: Rect, page: PrintedPage, blank: PrintedPage) -> bool:
    """Say whether only a printed date is another one: the study may have moved its end."""
    shown, printed = (
        Counter(word.text for word in inside(words, region)) for words in (page.words, blank.words)
    )
    gone, come = printed - shown, shown - printed
    return bool(gone and come) and all(map(_is_date_part, (*gone, *come)))


def _is_date_part(text: str) -> bool:
    return _NUMBERS.fullmatch(text) is not None or fold(text.strip(".,")) in months()


def _more_words(page: PrintedPage, blank: PrintedPage) -> list[Word]:
    """Return the words of a page that its blank has not as often, wherever they stand."""
    left = Counter(word.text for word in blank.words)
    more = []
    for word in page.words:
        left[word.text] -= 1
        if left[word.text] < 0:
            more.append(word)
    return more


def _unprinted(page: PrintedPage, blank: PrintedPage) -> list[Word]:
    """Return the words that the blank does not print at their place; some may be unseen."""
    printed = _by_text(blank.words)
    return [word for word in page.words if not _is_printed(word, printed)]


def _by_text(words: Sequence[Word]) -> dict[str, list[Word]]:
    found: dict[str, list[Word]] = {}
    for word in words:
        found.setdefault(word.text, []).append(word)
    return found


def _is_printed(word: Word, printed: dict[str, list[Word]]) -> bool:
    return any(
        abs(word.box.left - other.box.left) <= _PLACE
        and abs(word.box.bottom - other.box.bottom) <= _PLACE
        for other in printed.get(word.text, ())
    )


def _addition(page: int, region: Rect, boxes: Sequence[Box]) -> Addition:
    under = dict.fromkeys(box.address for box in boxes if box.rect.overlaps(region))
    if len(under) > _FEW:
        return Addition(page, tuple(under), is_large=True)
    return Addition(page, tuple(under) or _beside(region, boxes))


def _beside(region: Rect, boxes: Collection[Box]) -> tuple[str, ...]:
    """Return the place nearest to something, if one is near."""
    nearest = min(boxes, key=lambda box: _distance(box.rect, region), default=None)
    if nearest is None or _distance(nearest.rect, region) > _BESIDE:
        return ()
    return (nearest.address,)


def _distance(box: Rect, region: Rect) -> float:
    across = max(box.left - region.right, region.left - box.right, 0)
    up = max(box.bottom - region.top, region.bottom - box.top, 0)
    return across + _LINE * up
