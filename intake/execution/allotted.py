"""The time that is left for what a call is part of: no call is let run longer.

Who asks says it around the calls that it starts; who runs one looks when the call begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf

Left = Callable[[], float]
"""Return the seconds that are left, now; zero or less when none are."""
_LEFT: ContextVar[Left] = ContextVar("left", default=lambda: inf)


@contextmanager
def allotting(left: Left) -> Iterator[None]:
    """Hold the calls that are started within, in this thread, to the time that is left."""
    token = _LEFT.set(left)
    try:
        yield
    finally:
        _LEFT.reset(token)


def allotted() -> Left:
    """Return what tells the time that is left for a call started now; it may be asked later."""
    return _LEFT.get()
