"""One way that a form comes back: the program, what is done with it, what it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Answers = Mapping[str, str]
Send = Callable[[bytes, Answers], bytes]


def nothing_missing() -> str | None:
    """Return the reason why a Python package cannot run: none, it is installed with us."""
    return None


@dataclass(frozen=True)
class Route:
    """A blank form and its answers go in, the file that a centre sends back comes out."""

    name: str
    version: Callable[[], str]
    """Version family, as far as a security update does not change it; may be empty."""
    done: str
    """What is done with the program, for the reader of the table."""
    send: Send
    missing: Callable[[], str | None] = nothing_missing
    remark: str = ""
