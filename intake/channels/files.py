"""Write files so that a reader sees the old one or the new one, never a half."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterable
from pathlib import Path

_RETRIES = 5
_PAUSE_SECONDS = 0.2
BESIDE = ".beside.tmp"
"""How the name of a file that is being written ends."""


def write_atomically(path: Path, content: bytes) -> None:
    """Put bytes at a path durably, replacing what stood there.

    A file held open by another program (Windows) is retried for a second; then OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    write_pieces(path, [content])


def write_for_owner(path: Path, content: bytes) -> None:
    """Put bytes at a path that only the owner reads; Windows leaves that to the folder."""
    write_atomically(path, content)
    path.chmod(0o600)


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Put the bytes of several pieces at a path: written beside, synced, then renamed."""
    who = f"{os.getpid()}.{threading.get_ident()}"  # two threads may write in one folder
    beside = path.with_name(f".{who}{BESIDE}")  # a name may be as long as names can be
    try:
        with beside.open("wb") as stream:
            for piece in pieces:
                stream.write(piece)
            stream.flush()
            os.fsync(stream.fileno())
        replace_file(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def sweep(folder: Path, *, deep: bool = True) -> None:
    """Remove what writes that were cut off left beside their targets, at any depth or in one.

    Only for a folder that no other run is writing in.
    """
    for left in folder.glob(f"{'**/' if deep else ''}.*{BESIDE}"):
        left.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder survive a power cut, where the system can (not Windows)."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def replace_file(source: Path, target: Path) -> None:
    """Put a file in the place of another. Raises OSError when it stays open elsewhere."""
    for attempt in range(_RETRIES):
        try:
            source.replace(target)
        except PermissionError:
            if attempt == _RETRIES - 1:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return
