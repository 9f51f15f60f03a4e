"""Files made of a head and of one part a record: what they are, and what tells written ones."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Change = tuple[str, tuple[bytes, ...] | None]
"""A record's id and its part of each file; None where it has none, or none any more."""


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """The size of a file and the SHA-256 of its bytes."""

    size: int
    sha256: str

    @classmethod
    def of(cls, content: bytes) -> WrittenFile:
        """Return what tells these bytes from others."""
        return cls(len(content), hashlib.sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class RecordLayout:
    """Files of records, whatever the records."""

    heads: Mapping[str, bytes]
    """What each file begins with, by name, in the order of a record's parts."""
    describe: Callable[[Mapping[str, WrittenFile]], Mapping[str, bytes]]
    """Returns the files that describe the others, from what was written."""
    made_of: Mapping[str, str]
    """What tells when the files must be made again."""
