"""The names of sheets: short, unique, without the signs that programs refuse."""

from __future__ import annotations

import re

LONGEST = 31
"""Characters of a sheet's name that every program takes."""
_REFUSED = re.compile(r"\s*[\[\]:*?/\\]\s*")
_QUOTES = "'’ "


class Tabs:
    """Gives each sheet a name of its own."""

    def __init__(self) -> None:
        """Start with no name taken."""
        self._taken: set[str] = set()

    def name(self, title: str, letter: str = "") -> str:
        """Return a name made of a section's letter and a title."""
        for number in range(1, 100):
            head = letter if number == 1 else f"{letter} ({number})".strip()
            name = _shortened(f"{head} {_plain(title)}".strip())
            if name.casefold() not in self._taken:
                break
        self._taken.add(name.casefold())
        return name


def _plain(title: str) -> str:
    return " ".join(_REFUSED.sub(" – ", title).split()).strip(_QUOTES)


def _shortened(name: str) -> str:
    """Return a name cut after a word where it is too long."""
    if len(name) <= LONGEST:
        return name
    cut = name[: LONGEST - 1]
    whole = cut.rsplit(" ", 1)[0] if " " in cut[LONGEST // 2 :] else cut
    return whole.rstrip(" –,;" + _QUOTES) + "…"
