"""Taking turns in a workspace; a lock dies with the process that holds it."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from intake.model.errors import StoreFault, StoreUnavailable

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LOOK_AGAIN_SECONDS = 0.02


@contextlib.contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the workspace's lock. Raises StoreUnavailable when another run holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as stream:
        try:
            _lock(stream)
        except OSError as problem:
            raise StoreUnavailable(StoreFault.RUN_UNDER_WAY) from problem
        yield


@contextlib.contextmanager
def in_turn(path: Path) -> Iterator[None]:
    """Hold a lock as soon as whoever holds it lets it go, another thread of this process too.

    Raises OSError where files cannot be locked.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as stream:
        while not _is_locked(stream):
            time.sleep(_LOOK_AGAIN_SECONDS)
        yield


def _is_locked(stream: IO[bytes]) -> bool:
    try:
        _lock(stream)
    except (BlockingIOError, PermissionError):  # the second is how Windows says that it is held
        return False
    return True


def _lock(stream: IO[bytes]) -> None:
    if sys.platform == "win32":
        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
