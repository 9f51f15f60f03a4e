"""Who works at this account: asked once, then remembered."""

from __future__ import annotations

import contextlib
import getpass

from intake.workspace import person
from intake.workspace.person import as_name

__all__ = ["account", "as_name", "kept_name", "known_name"]


def account() -> str:
    """Return the account of the computer that works, for the audit chain; empty without one."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def known_name() -> str:
    """Return the name that was given once, empty where none was."""
    return person.known_name()


def kept_name(text: str) -> str:
    """Return the name that a person gives when asked for it; it is kept for what comes after."""
    name = as_name(text)
    if name:
        with contextlib.suppress(OSError):  # an account without a place for settings is asked again
            person.keep_name(name)
    return name
