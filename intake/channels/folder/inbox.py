"""A folder where returned files are dropped, by people and by programs that we do not know.

A finished file is taken into the private folder first, and read there. What is no file of
its own (links, pipes, files with several names), what is not finished and what is too large
stays, and is named. Files in subfolders are taken too. Does not open, unpack or understand a
file.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from intake.channels.folder.arrived import (
    Dropped,
    by_reception,
    found_in,
    is_finished,
    is_still,
)
from intake.channels.folder.handles import Seen, Spot
from intake.channels.folder.private import PrivateFolder
from intake.channels.folder.stability import QUIET_SECONDS
from intake.model.receipt import SourceFile
from intake.model.run import SET_ASIDE, Left, Why
from intake.ports import Arrivals, Clock
from intake.words.shown import as_shown

_TAKEN = "/"
"""How the token of a file that was taken begins; that of another is its path in the inbox."""
_KEY_BYTES = 1024
"""No key is larger: only files up to this size are asked whether they are one."""
_GONE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)


class FolderInbox:
    """Take finished files of one folder, the oldest first."""

    def __init__(
        self,
        root: Path,
        private: PrivateFolder,
        clock: Clock,
        quiet_seconds: float = QUIET_SECONDS,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Remember the folder; it may not exist yet. ``pause`` waits for some seconds."""
        self._root = root
        self._private = private
        self._clock = clock
        self._quiet = quiet_seconds
        self._pause = pause

    def ready(self) -> Arrivals:
        """Take the finished files; return them by time of last change then name, and the rest.

        What an earlier run took and has no receipt yet is among them.
        """
        room = self._private.prepare()
        there = [(spot, spot.seen()) for spot in self._private.spots()]
        dropped, left = found_in(self._root)
        files: list[SourceFile] = []
        at_rest, changed = self._at_rest([*there, *dropped])
        for spot, seen in by_reception(at_rest):
            got = self._arrival(spot, seen, room)
            if isinstance(got, SourceFile):
                files.append(got)
                room -= 0 if self._is_too_large(got.size) else got.size
            elif got is not None:
                left.append((spot.name, got))
        left += [(spot.name, Why.UNFINISHED) for spot, _ in changed]
        named = sorted((as_shown(name), why) for name, why in left)
        return Arrivals(tuple(files), tuple(Left(name=name, why=why) for name, why in named))

    def chunks(self, source: SourceFile) -> Iterator[bytes]:
        """Yield the file's bytes in pieces of one megabyte. Raises OSError."""
        return self._spot(source).chunks()

    def remove(self, source: SourceFile) -> None:
        """Take the file away if it is still the one received; raise OSError if locked.

        One that is too large is set aside in the inbox instead.
        """
        try:
            spot = self._spot(source)
            if self._is_taken(spot):
                self._release(spot, source.sha256)
            elif self._is_too_large(source.size):
                self._set_aside(spot, source)
            else:
                self._take_and_release(spot, source.sha256)
        except OSError as problem:
            if problem.errno not in _GONE:
                raise

    def _at_rest(self, found: list[Dropped]) -> tuple[list[Dropped], list[Dropped]]:
        """Return the files that are finished, and those that changed while they were waited for."""
        quiet_since = self._clock().timestamp() - self._quiet
        finished: list[Dropped] = []
        fresh: list[Dropped] = []
        for one in found:
            (finished if is_finished(*one, quiet_since) else fresh).append(one)
        if fresh:
            self._pause(self._quiet)
        changed: list[Dropped] = []
        for one in fresh:
            (finished if is_still(*one) else changed).append(one)
        return finished, changed

    def _arrival(self, spot: Spot, seen: Seen, room: int) -> SourceFile | Why | None:
        """Take a file and return it, or why it stays; None for one that is taken already."""
        try:
            if seen.size <= _KEY_BYTES and spot.digest() in self._private.refused:
                return Why.KEY
            if self._is_too_large(seen.size):
                return self._received(spot)
            if seen.size > room:
                return Why.NO_ROOM
            taken = spot if self._is_taken(spot) else self._taken(spot, seen)
            return self._received(taken) if isinstance(taken, Spot) else taken
        except OSError:
            return Why.UNFINISHED

    def _taken(self, spot: Spot, seen: Seen) -> Spot | Why | None:
        with spot.folder() as folder:
            return self._private.take(folder, spot.name, seen)

    def _received(self, spot: Spot) -> SourceFile | Why:
        """Return a file with its digest, unless it changes meanwhile. Raises OSError."""
        seen = spot.seen()
        source = SourceFile(
            name=as_shown(spot.name),
            sha256=spot.digest(),
            size=seen.size,
            received=self._clock().replace(microsecond=0),
            token=_TAKEN + spot.parts[0] if self._is_taken(spot) else "/".join(spot.parts),
        )
        return source if spot.seen() == seen else Why.UNFINISHED

    def _spot(self, source: SourceFile) -> Spot:
        """Return where a file is. Raises FileNotFoundError when it was taken and is gone."""
        if not source.token.startswith(_TAKEN):
            return Spot(self._root, tuple(source.token.split("/")))
        for spot in self._private.spot(source.token.removeprefix(_TAKEN)):
            return spot
        raise FileNotFoundError(errno.ENOENT, "gone", source.token)

    def _release(self, spot: Spot, sha256: str) -> None:
        if spot.digest() == sha256:
            self._private.release(spot)

    def _take_and_release(self, spot: Spot, sha256: str) -> None:
        """Delete a file that a run of an earlier version left, if it is still the one received."""
        if spot.digest() == sha256:
            self._private.prepare()
            taken = self._taken(spot, spot.seen())
            if isinstance(taken, Spot):
                self._release(taken, sha256)

    def _set_aside(self, spot: Spot, source: SourceFile) -> None:
        """Move a file within its own file system; whatever its size, nothing is copied."""
        aside = Spot(self._root, (SET_ASIDE, spot.name))
        (self._root / SET_ASIDE).mkdir(exist_ok=True)
        if not Spot(self._root, (SET_ASIDE,)).seen().is_folder:
            raise PermissionError(errno.EACCES, "not an ordinary folder", SET_ASIDE)
        with spot.folder() as held, aside.folder() as target:
            seen, others = held.seen(spot.name), target.names()
            if seen.is_file and seen.size == source.size:
                number = f"{source.sha256[:12]}-{len(others) + 1}"
                held.move(spot.name, target, number if spot.name in others else spot.name)

    def _is_taken(self, spot: Spot) -> bool:
        return spot.root == self._private.root

    def _is_too_large(self, size: int) -> bool:
        return size > self._private.largest
