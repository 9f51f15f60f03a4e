"""Where each record's part stands in files that are made of a head and of one part a record.

Lengths alone: no answer, no name. The parts are in the files themselves.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from intake.channels.files import write_for_owner

Signature = tuple[int, ...]
"""A file's number, size and time of writing: they differ once another program wrote it."""
_LENGTHS = "I"


def _no_lengths() -> array[int]:
    return array(_LENGTHS)


@dataclass(slots=True)
class Parts:
    """The records in the files, in order, and how many bytes each has in each file."""

    files: int
    ids: list[str] = field(default_factory=list)
    lengths: array[int] = field(default_factory=_no_lengths)

    def length(self, file: int, start: int, end: int) -> int:
        """Return how many bytes of a file some records in a row have."""
        return sum(self.lengths[start * self.files + file : end * self.files : self.files])

    def total(self, file: int) -> int:
        """Return how many bytes of a file all records have."""
        return self.length(file, 0, len(self.ids))

    def place(self, record_id: str, start: int) -> int:
        """Return where a record is, or would be, not before a place."""
        return bisect_left(self.ids, record_id, start)

    def has(self, record_id: str, place: int) -> bool:
        """Say whether a record is at a place."""
        return self.ids[place : place + 1] == [record_id]

    def add(self, record_id: str, lengths: Iterable[int]) -> None:
        """Put a record after the last one."""
        self.ids.append(record_id)
        self.lengths.extend(lengths)

    def add_from(self, other: Parts, start: int, end: int) -> None:
        """Put some records of another list after the last one."""
        self.ids += other.ids[start:end]
        self.lengths += other.lengths[start * self.files : end * self.files]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of files that were written: of what they were made, how they were left."""

    made_of: Mapping[str, str]
    files: Mapping[str, Signature]


def signature(path: Path) -> Signature:
    """Return what shows that a file is the one that was written; nothing without a file."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_ino, found.st_size, found.st_mtime_ns)


def read_kept(path: Path) -> Kept | None:
    """Return what is known, the first line alone being read; None where nothing is."""
    try:
        with path.open("rb") as stream:
            held = json.loads(stream.readline())
        return Kept(held["made_of"], {name: tuple(each) for name, each in held["files"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def made_of(path: Path, folder: Path) -> Mapping[str, str] | None:
    """Return what files were said to be made of; None unless all in the folder are as written."""
    kept = read_kept(path)
    if kept is None or any(signature(folder / name) != was for name, was in kept.files.items()):
        return None
    return kept.made_of


def remember(path: Path, folder: Path, made_of: Mapping[str, str], names: Iterable[str]) -> None:
    """Write down of what files of a folder are made, and how they are left."""
    files = {name: signature(folder / name) for name in names}
    write_parts(path, Kept(made_of, files), Parts(0))


def read_parts(path: Path, files: int) -> Parts | None:
    """Return the list of the parts of so many files; None where there is no such list."""
    parts = Parts(files)
    try:
        with path.open("rb") as stream:
            stream.readline()
            parts.ids += stream.readline().decode("ascii").split()
            parts.lengths.frombytes(stream.read())
    except (OSError, ValueError):
        return None
    return parts if len(parts.lengths) == len(parts.ids) * files else None


def write_parts(path: Path, kept: Kept, parts: Parts) -> None:
    """Write what is known: one line of it, one of the ids, then the lengths."""
    held = {"made_of": dict(kept.made_of), "files": dict(kept.files)}
    lines = f"{json.dumps(held)}\n{' '.join(parts.ids)}\n".encode("ascii")
    write_for_owner(path, lines + parts.lengths.tobytes())
