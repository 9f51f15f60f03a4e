"""One run at a time in a workspace; the lock dies with the process that holds it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from intake.model.errors import StoreFault, StoreUnavailable

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


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


def _lock(stream: IO[bytes]) -> None:
    if sys.platform == "win32":
        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
