"""What was found beside a blank form, as data that a child hands over. No decision here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Addition:
    """Something that one page shows and its blank does not, or the other way round."""

    page: int
    """Of the returned file, from 1."""
    addresses: tuple[str, ...] = ()
    """The places it lies on, else the one it stands beside; none in an empty part."""
    is_large: bool = False
    """It covers so much that no single answer is meant."""


@dataclass(frozen=True, slots=True)
class Added:
    """All that was found in one file."""

    additions: tuple[Addition, ...] = ()
    foreign: tuple[int, ...] = ()
    """Pages, from 1, that are none of the form's."""
    doubtful: tuple[str, ...] = ()
    """Answered places whose boxes or lists are not those of the form: what a person chose
    there may not be what is stored."""
    extent: float = 0.0
    """How much of the pages looks otherwise than the blank, in square points."""
