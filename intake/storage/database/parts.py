"""Long lists taken in parts, so that memory does not grow with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
_AT_ONCE = 500
"""Fewer than the values that any database takes in one statement."""


def in_parts(every: Iterable[T], size: int = _AT_ONCE) -> Iterator[list[T]]:
    """Yield a long list in parts, in order."""
    left = iter(every)
    while some := list(islice(left, size)):
        yield some
