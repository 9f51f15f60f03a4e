"""One part of a long list, ready for a screen, and how a list is narrowed by a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from intake.model.tally import Part
from intake.wiring.app import App

T = TypeVar("T")
PER_PAGE = 50
_MOST_PAGES = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Generic[T]):
    """What a screen shows of a list."""

    lines: Sequence[T]
    count: int
    """Lines of the whole list, as it is narrowed."""
    total: int
    """Lines that it would have if nothing narrowed it."""
    page: int

    @property
    def pages(self) -> int:
        """Return into how many pages it is cut; one at least."""
        return max(1, -(-self.count // PER_PAGE))


def part_of(page: int) -> Part:
    """Return which lines a page shows; pages count from 1."""
    return Part((min(max(1, page), _MOST_PAGES) - 1) * PER_PAGE, PER_PAGE)


def cut(lines: Sequence[T], total: int, page: int) -> Listing[T]:
    """Return one page of a list that is at hand, whole."""
    part = part_of(page)
    some = lines[part.start : part.start + part.most]
    return Listing(lines=some, count=len(lines), total=total, page=max(1, page))


def names_of_centre(app: App, centre: str) -> tuple[str, ...]:
    """Return the names under which forms of a centre come: its id, its letters if only its own."""
    if not centre:
        return ()
    listed = [one for one in app.centres if one.id == centre]
    own = [one.letters for one in listed if _is_alone(app, one.letters)]
    return tuple(dict.fromkeys((centre, *own)))


def _is_alone(app: App, letters: str) -> bool:
    return sum(one.letters == letters for one in app.centres) == 1
