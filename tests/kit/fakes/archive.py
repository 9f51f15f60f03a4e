"""An archive in memory that keeps the folder's promises (tests/rooms/channels/contract)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from intake.model.errors import ChangedFile, StoreFault, StoreUnavailable
from intake.model.receipt import SourceFile


class MemoryArchive:
    """``ports.Archive``: originals by digest."""

    def __init__(self) -> None:
        self.originals: dict[str, bytes] = {}

    def keep(self, source: SourceFile, chunks: Iterable[bytes]) -> None:
        if source.sha256 in self.originals:
            return
        content = b"".join(chunks)
        if hashlib.sha256(content).hexdigest() != source.sha256:
            raise ChangedFile(source.token)
        self.originals[source.sha256] = content

    def content(self, sha256: str) -> bytes:
        if sha256 not in self.originals:
            raise StoreUnavailable(
                StoreFault.ORIGINAL_MISSING, original=sha256[:12], folder="memory"
            )
        return self.originals[sha256]
