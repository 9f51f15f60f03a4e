"""The private folder of the archive: a returned file is taken there before it is worked on.

One folder a file, named after what tells that file from any other, so that a file which was
copied and not yet deleted when the power went off is known again. It stands there under its
own name until its receipt is written. Only the owner can write there, so plain paths do.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from intake.channels.files import sweep, sync_folder, write_pieces
from intake.channels.folder.handles import HeldFolder, Seen, Spot, digest_of, pieces
from intake.model.run import Why

RESERVE = 64 << 20
"""Bytes of the disk that are left free for the store and the receipts."""
_COPIES = 2
"""A file stands here and in the archive until its receipt is written."""


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


@dataclass(frozen=True, slots=True)
class PrivateFolder:
    """Where files are taken, and which are not. Every call raises OSError."""

    root: Path
    largest: int = 32 << 20
    """Bytes; a larger file is never taken."""
    refused: frozenset[str] = frozenset()
    """Digests of what is no return: the key of the study."""
    free: Callable[[Path], int] = _free
    """Return the free bytes of the disk that holds a folder."""

    def prepare(self) -> int:
        """Make the folder and clear what a cut-off run left; return the bytes there is room for."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.root.chmod(0o700)  # Windows has no such bits: there the folder's owner decides
        sweep(self.root)
        for slot in self.root.iterdir():
            if slot.is_dir() and not any(slot.iterdir()):
                slot.rmdir()
        return (self.free(self.root) - RESERVE) // _COPIES

    def spots(self) -> Iterator[Spot]:
        """Yield the files that were taken by an earlier run and still have no receipt."""
        for slot in sorted(self.root.iterdir()):
            yield from self.spot(slot.name)

    def spot(self, slot: str) -> tuple[Spot, ...]:
        """Return the file that a folder of this one holds, or none."""
        folder = self.root / slot
        paths = sorted(folder.iterdir()) if folder.is_dir() else []
        return tuple(Spot(self.root, (slot, path.name)) for path in paths)[:1]

    def take(self, folder: HeldFolder, name: str, seen: Seen) -> Spot | Why | None:
        """Move a file here, or say why it stays: it must still be the one that was seen.

        None for a file that stands here already.
        """
        folder.open(name).close()  # a file that cannot be read stays where people see it
        if folder.seen(name) != seen:
            return Why.UNFINISHED
        spot = Spot(self.root, (_slot(seen), name))
        target = self.root.joinpath(*spot.parts)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        if any(target.parent.iterdir()):
            return self._again(folder, name, spot)
        try:
            folder.move(name, HeldFolder(target.parent), name)
        except OSError as problem:
            if problem.errno != errno.EXDEV:
                target.parent.rmdir()
                raise
            return _copied(folder, name, seen, spot)
        if spot.seen() != seen:  # exchanged since it was looked at
            HeldFolder(target.parent).move(name, folder, name)
            return Why.UNFINISHED
        sync_folder(target.parent)
        return spot

    def release(self, spot: Spot) -> None:
        """Delete a file that was taken, with its folder."""
        path = self.root.joinpath(*spot.parts)
        path.unlink()
        path.parent.rmdir()

    def _again(self, folder: HeldFolder, name: str, spot: Spot) -> Why | None:
        """Finish what was cut off: the file was copied here and not yet deleted there."""
        earlier = self.spot(spot.parts[0])
        if spot not in earlier or _digest(folder, name) != spot.digest():
            return Why.UNFINISHED
        folder.remove(name)
        return None


def _slot(seen: Seen) -> str:
    facts = (seen.device, seen.number, seen.size, seen.changed)
    return hashlib.sha256(repr(facts).encode("ascii")).hexdigest()[:16]


def _copied(folder: HeldFolder, name: str, seen: Seen, spot: Spot) -> Spot | Why:
    """Copy a file from another file system, then delete it there if it is still the same."""
    target = spot.root.joinpath(*spot.parts)
    try:
        with folder.open(name) as stream:
            write_pieces(target, pieces(stream))
            is_same = Seen.of(os.fstat(stream.fileno())) == seen == folder.seen(name)
        if is_same:
            os.utime(target, ns=(seen.changed, seen.changed))
            folder.remove(name)
            return spot
    except OSError:
        _forget(target)
        raise
    _forget(target)
    return Why.UNFINISHED


def _forget(target: Path) -> None:
    target.unlink(missing_ok=True)
    target.parent.rmdir()


def _digest(folder: HeldFolder, name: str) -> str:
    with folder.open(name) as stream:
        return digest_of(pieces(stream))
