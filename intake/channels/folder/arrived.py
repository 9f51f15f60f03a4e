"""What lies in the inbox: the files that may be returns, and why the rest is none.

Looks and decides by kind and name; takes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from intake.channels.folder.handles import HeldFolder, Seen, Spot, held
from intake.channels.folder.stability import (
    TAIL_BYTES,
    is_litter,
    looks_complete,
    why_not_by_name,
)
from intake.model.run import SET_ASIDE, Why

DEEPEST = 20
"""Folders within one another; what lies deeper is not looked at."""

Dropped = tuple[Spot, Seen]
Found = tuple[tuple[str, ...], Seen | Why]
"""The names that lead to something, and what it is or why it stays."""


def found_in(root: Path) -> tuple[list[Dropped], list[tuple[str, Why]]]:
    """Return the files that may be returns, and the names of what stays with the reason."""
    files: list[Dropped] = []
    left: list[tuple[str, Why]] = []
    for parts, one in _walk(root):
        if isinstance(one, Seen):
            files.append((Spot(root, parts), one))
        else:
            left.append((parts[-1], one))
    return files, left


def is_finished(spot: Spot, seen: Seen, quiet_since: float) -> bool:
    """Say whether a file has been quiet since a moment or shows a complete end.

    A file dated in the future is not quiet: it is looked at twice, like a fresh one.
    """
    if seen.changed <= quiet_since * 1e9:
        return True
    try:
        with spot.folder() as folder, folder.open(spot.name) as stream:
            head = stream.read(1024)
            stream.seek(max(0, seen.size - TAIL_BYTES))
            return looks_complete(head, stream.read(TAIL_BYTES))
    except OSError:
        return False


def is_still(spot: Spot, seen: Seen) -> bool:
    """Say whether a file is as it was seen."""
    try:
        return spot.seen() == seen
    except OSError:
        return False


def by_reception(dropped: Iterable[Dropped]) -> list[Dropped]:
    """Return files by time of last change, then name."""
    return sorted(dropped, key=lambda one: (one[1].changed, one[0].name, one[0].parts))


def _walk(root: Path) -> list[Found]:
    if not root.is_dir():
        return []
    with held(root) as folder:
        return [
            (parts, Why.TOO_LARGE if len(parts) > 1 and parts[0] == SET_ASIDE else one)
            for parts, one in _within(folder, ())
        ]


def _within(folder: HeldFolder, above: tuple[str, ...]) -> Iterator[Found]:
    for name in folder.names():
        parts = (*above, name)
        if is_litter(name):
            continue
        try:
            yield from _at(folder, parts, folder.seen(name))
        except FileNotFoundError:  # gone since it was listed
            continue
        except OSError:
            yield parts, Why.UNFINISHED


def _at(folder: HeldFolder, parts: tuple[str, ...], seen: Seen) -> list[Found]:
    """Return what stands under a name: a file, or all that a folder holds. Raises OSError."""
    name = parts[-1]
    if not seen.is_folder:
        return [(parts, _judged(name, seen))]
    if name.startswith("."):
        return [(parts, Why.HIDDEN)]
    if len(parts) > DEEPEST:
        return [(parts, Why.FOREIGN)]
    with folder.inner(name) as inner:
        return list(_within(inner, parts))


def _judged(name: str, seen: Seen) -> Seen | Why:
    if not seen.is_file:
        return Why.FOREIGN
    named = why_not_by_name(name)
    if named is not None:
        return named
    return Why.SEVERAL_NAMES if seen.links > 1 else seen
