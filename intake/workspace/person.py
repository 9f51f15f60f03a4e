"""Who works at this account of the computer: a name that was given once, for the audit chain.

It is kept with the account's own settings, never in a study's folder, which several share.
"""

from __future__ import annotations

import os
from pathlib import Path

LONGEST = 60


def known_name() -> str:
    """Return the name that was given, empty where none was."""
    try:
        return as_name(_file().read_text("utf-8"))
    except (OSError, ValueError):
        return ""


def keep_name(name: str) -> None:
    """Keep a name for the decisions to come. Raises OSError."""
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_name(name) + "\n", "utf-8")


def as_name(text: str) -> str:
    """Return a name on one line, of at most 60 characters."""
    return " ".join(text.split())[:LONGEST].strip()


def _file() -> Path:
    """Return where the account's settings are: Windows and the others say it in their own way."""
    for variable in ("XDG_CONFIG_HOME", "APPDATA"):
        folder = os.environ.get(variable)
        if folder:
            return Path(folder) / "crf-intake" / "name.txt"
    return Path.home() / ".config" / "crf-intake" / "name.txt"
