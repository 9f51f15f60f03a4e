"""Who works at this account: asked once, then remembered."""

from __future__ import annotations

import contextlib

from intake.workspace import person


def known_name() -> str:
    """Return the name that was given once, empty where none was."""
    return person.known_name()


def given_name(text: str) -> str:
    """Return a name that a person gives now; it is remembered where none is yet."""
    name = person.as_name(text)
    if name and not person.known_name():
        with contextlib.suppress(OSError):  # an account without a place for settings is asked again
            person.keep_name(name)
    return name
