"""An inbox in memory that keeps the folder's promises (tests/rooms/channels/contract)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from intake.model.receipt import SourceFile
from intake.ports import Arrivals, Clock


class MemoryInbox:
    """``ports.Inbox``: files in the order in which they were dropped."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.files: dict[str, bytes] = {}
        self.unfinished: set[str] = set()
        self.locked: set[str] = set()

    def drop(self, name: str, content: bytes) -> None:
        self.files.pop(name, None)
        self.files[name] = content

    def ready(self) -> Arrivals:
        finished = [name for name in self.files if name not in self.unfinished]
        return Arrivals(
            tuple(self._source(name) for name in finished),
            tuple(sorted(self.unfinished & self.files.keys())),
        )

    def chunks(self, source: SourceFile) -> Iterator[bytes]:
        if source.token not in self.files:
            raise FileNotFoundError(source.token)
        yield self.files[source.token]

    def remove(self, source: SourceFile) -> None:
        content = self.files.get(source.token)
        if content is None or hashlib.sha256(content).hexdigest() != source.sha256:
            return
        if source.token in self.locked:
            raise PermissionError(13, "held open", source.token)
        del self.files[source.token]

    def _source(self, name: str) -> SourceFile:
        content = self.files[name]
        received = self._clock().replace(microsecond=0)
        digest = hashlib.sha256(content).hexdigest()
        return SourceFile(name.rpartition("/")[2], digest, len(content), received, name)
