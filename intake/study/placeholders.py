"""What still stands for something to fill in: in ``study.toml`` and in ``centres.csv``.

Nothing that is sent to a centre may hold it. Whether something is sent is for who sends it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from intake.study.centre_file import CentreRow
from intake.study.model import Study
from intake.words.spelling import fold

_PLACEHOLDER = re.compile(
    r"\ba (?:completer|remplir)\b|\bto (?:be completed|be filled in|complete|fill in)\b"
    r"|\b(?:todo|tbd|xxx+)\b|@(?:[\w-]+\.)*ex[ae]mple\.(?:org|com|net|fr)\b"
)
"""In a text without accents and capitals."""
_KEY_LINE = re.compile(r"\s*(?:\[(?P<section>[\w-]+)\]|(?P<key>[\w-]+)\s*=)")


@dataclass(frozen=True, slots=True)
class LeftToFill:
    """One place that holds a placeholder; a person fills it in before anything is sent."""

    file: str
    """``study.toml`` or ``centres.csv``."""
    line: int
    place: str
    """The key (``contact.email``) or the centre and its column (``REI email``)."""
    text: str
    """What stands there now."""


def is_placeholder(text: str) -> bool:
    """Say whether a text only stands for one that a person must write."""
    return _PLACEHOLDER.search(fold(text)) is not None


def study_left(study: Study, content: bytes, file: str) -> tuple[LeftToFill, ...]:
    """Return the keys of ``study.toml`` that hold a placeholder, with their lines."""
    lines = content.decode("utf-8-sig", errors="replace").splitlines()
    return tuple(
        LeftToFill(file, _line_of(lines, key, text), key, text)
        for key, text in study.printed_texts
        if is_placeholder(text)
    )


def centres_left(
    rows: Collection[CentreRow], file: str, only: Collection[str] | None = None
) -> Iterator[LeftToFill]:
    """Yield the cells of ``centres.csv`` that hold a placeholder; ``only`` names centres."""
    for row in rows:
        if only is not None and row.cells["id"] not in only:
            continue
        for column, text in row.cells.items():
            if is_placeholder(text):
                yield LeftToFill(file, row.line, f"{row.cells['id']} {column}".strip(), text)


def _line_of(lines: list[str], key: str, text: str) -> int:
    """Return the line, from 1, where a key of a section has its text; that of the key, else 1."""
    section, _, name = key.partition(".")
    here, found = "", 0
    for number, line in enumerate(lines, start=1):
        match = _KEY_LINE.match(line)
        if match and match["section"]:
            here = match["section"]
        elif match and here == section and match["key"] == name:
            found = number
        if found and here == section and text in line:
            return number
    return found or 1
