"""An inbox in memory that keeps the folder's promises (tests/rooms/channels/contract)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from intake.model.receipt import SourceFile
from intake.model.run import Left, Why
from intake.ports import Arrivals, Clock


class MemoryInbox:
    """``ports.Inbox``: files in the order in which they were dropped."""

    def __init__(self, clock: Clock, largest: int = 1 << 20) -> None:
        self._clock = clock
        self._largest = largest
        self._number = 0
        self.files: dict[str, bytes] = {}
        """What lies there for all to see, by name."""
        self.taken: dict[str, tuple[str, bytes]] = {}
        """What was taken, by token: name and bytes."""
        self.aside: list[str] = []
        self.unfinished: set[str] = set()
        self.locked: set[str] = set()
        """Names of files that cannot be deleted yet."""

    def drop(self, name: str, content: bytes) -> None:
        self.files.pop(name, None)
        self.files[name] = content

    @property
    def is_empty(self) -> bool:
        return not self.files and not self.taken

    def ready(self) -> Arrivals:
        for name in [name for name in self.files if name not in self.unfinished]:
            if len(self.files[name]) <= self._largest:
                self._number += 1
                self.taken[f"/{self._number}"] = (name, self.files.pop(name))
        large = [name for name in self.files if name not in self.unfinished]
        waiting = sorted(self.unfinished & self.files.keys())
        return Arrivals(
            (*map(self._taken, self.taken), *map(self._large, large)),
            tuple(Left(name=name, why=Why.UNFINISHED) for name in waiting),
        )

    def chunks(self, source: SourceFile) -> Iterator[bytes]:
        content = self._content(source.token)
        if content is None:
            raise FileNotFoundError(source.token)
        yield content

    def remove(self, source: SourceFile) -> None:
        content = self._content(source.token)
        if content is None or hashlib.sha256(content).hexdigest() != source.sha256:
            return
        if source.name in self.locked:
            raise PermissionError(13, "held open", source.token)
        if source.token in self.taken:
            del self.taken[source.token]
            return
        del self.files[source.token]
        if source.size > self._largest:
            self.aside.append(source.name)

    def _content(self, token: str) -> bytes | None:
        return self.taken[token][1] if token in self.taken else self.files.get(token)

    def _taken(self, token: str) -> SourceFile:
        return self._source(token, *self.taken[token])

    def _large(self, name: str) -> SourceFile:
        return self._source(name, name, self.files[name])

    def _source(self, token: str, name: str, content: bytes) -> SourceFile:
        received = self._clock().replace(microsecond=0)
        digest = hashlib.sha256(content).hexdigest()
        return SourceFile(name.rpartition("/")[2], digest, len(content), received, token)
