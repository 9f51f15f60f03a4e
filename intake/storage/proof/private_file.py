"""Writing a small file of the key's folder: whole or not at all, for its owner alone."""

from __future__ import annotations

import os
from pathlib import Path

from intake.model.errors import StoreFault, StoreUnavailable


def write_private(path: Path, text: str, *, is_synced: bool = True) -> None:
    """Put a text at a path, readable by its owner where the system knows owners.

    Without ``is_synced`` a power cut may leave the old text or none, and it costs a tenth.
    Raises StoreUnavailable, in words.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.beside.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w") as stream:
            stream.write(text)
            stream.flush()
            if is_synced:
                os.fsync(stream.fileno())
        beside.replace(path)
        if is_synced:
            _sync_folder(path.parent)
    except OSError as problem:
        told = {"file": str(path), "reason": str(problem.strerror)}
        raise StoreUnavailable(StoreFault.NOT_WRITTEN, **told) from problem


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut; Windows has no such call and needs none."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
