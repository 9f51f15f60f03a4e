"""A folder where returned files are dropped.

Regular files only: links and devices are left alone and named. Files in subfolders are
read too. A file is taken out only when its bytes are still those of its receipt.
Does not open, unpack or understand a file.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from intake.channels.folder.stability import QUIET_SECONDS, TAIL_BYTES, is_ignored, looks_complete
from intake.model.receipt import SourceFile
from intake.ports import Arrivals, Clock

_CHUNK = 1 << 20
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class FolderInbox:
    """Read finished files of one folder, the oldest first."""

    def __init__(
        self,
        root: Path,
        clock: Clock,
        quiet_seconds: float = QUIET_SECONDS,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Remember the folder; it may not exist yet. ``pause`` waits for some seconds."""
        self._root = root
        self._clock = clock
        self._quiet = quiet_seconds
        self._pause = pause

    def ready(self) -> Arrivals:
        """Return finished files by time of last change then name, and what must wait."""
        finished, waiting = self._settled()
        files: list[tuple[int, str, SourceFile]] = []
        for path in finished:
            try:
                seen = _state(path)
                source = self._receive(path)
                unchanged = seen == _state(path)
            except OSError:
                unchanged = False
            if unchanged:
                files.append((seen[1], source.token, source))
            else:
                waiting.append(path.name)
        return Arrivals(tuple(entry[2] for entry in sorted(files)), tuple(sorted(waiting)))

    def chunks(self, source: SourceFile) -> Iterator[bytes]:
        """Yield the file's bytes in pieces of one megabyte. Raises OSError."""
        descriptor = os.open(self._root / source.token, os.O_RDONLY | _NO_FOLLOW)
        with os.fdopen(descriptor, "rb") as stream:
            while piece := stream.read(_CHUNK):
                yield piece

    def remove(self, source: SourceFile) -> None:
        """Delete the inbox copy if it is still the file received; raise OSError if locked."""
        path = self._root / source.token
        if not path.is_file() or path.is_symlink():
            return
        if _digest(self.chunks(source)) == source.sha256:
            path.unlink()

    def _candidates(self) -> Iterator[Path]:
        if self._root.is_dir():
            for path in sorted(self._root.rglob("*")):
                relative = path.relative_to(self._root)
                if not is_ignored(relative) and (path.is_symlink() or not path.is_dir()):
                    yield path

    def _settled(self) -> tuple[list[Path], list[str]]:
        """Return the files that are finished, waiting once for those that only just changed."""
        finished: list[Path] = []
        waiting: list[str] = []
        fresh: dict[Path, tuple[int, int]] = {}
        for path in self._candidates():
            if not path.is_file() or path.is_symlink() or not _inside(path, self._root):
                waiting.append(path.name)
            elif _is_finished(path, self._clock().timestamp() - self._quiet):
                finished.append(path)
            else:
                fresh[path] = _state(path)
        if fresh:
            self._pause(self._quiet)
        for path, state in fresh.items():
            if path.exists() and state == _state(path):
                finished.append(path)
            else:
                waiting.append(path.name)
        return finished, waiting

    def _receive(self, path: Path) -> SourceFile:
        token = path.relative_to(self._root).as_posix()
        received = self._clock().replace(microsecond=0)
        found = SourceFile(path.name, "", path.lstat().st_size, received, token)
        return replace(found, sha256=_digest(self.chunks(found)))


def _is_finished(path: Path, quiet_since: float) -> bool:
    """Say whether a file has been quiet since a moment or shows a complete end.

    A file dated in the future is not quiet: it is looked at twice, like a fresh one.
    """
    try:
        head, tail = _ends(path)
        return path.lstat().st_mtime <= quiet_since or looks_complete(head, tail)
    except OSError:
        return False


def _state(path: Path) -> tuple[int, int]:
    found = path.lstat()
    return found.st_size, found.st_mtime_ns


def _inside(path: Path, root: Path) -> bool:
    """Say whether a file truly lies in the folder (no linked folder on the way)."""
    return path.resolve().is_relative_to(root.resolve())


def _ends(path: Path) -> tuple[bytes, bytes]:
    with path.open("rb") as stream:
        head = stream.read(1024)
        stream.seek(max(0, path.lstat().st_size - TAIL_BYTES))
        return head, stream.read(TAIL_BYTES)


def _digest(chunks: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in chunks:
        digest.update(piece)
    return digest.hexdigest()
