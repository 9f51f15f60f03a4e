"""What one returned file, with all that it holds, may cost: time, members, bytes.

One count for the whole, however deep its containers go. What is over is said of each file
that it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

from intake.model.file.container import MOST_MEMBERS, Contents, most_unpacked
from intake.pipeline.desk import FileReading

MOST_NESTED = 3
"""Containers within one another, the outermost counted."""


@dataclass
class Budget:
    """What is left for one returned file of so many bytes, or for the pictures of its pages."""

    reading: FileReading
    size: int = 0
    _seconds: float = field(default=0, init=False)
    _since: float | None = field(default=None, init=False)
    _members: int = field(default=0, init=False)
    _bytes: int = field(default=0, init=False)

    @property
    def is_spent(self) -> bool:
        """Say whether the file has had its time: what has not begun is left out."""
        return self._seconds >= self.reading.budget_seconds

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the time for which the run waits for this file, and let it last no longer."""
        self._since = self.reading.timer()
        try:
            with self.allotting():
                yield
        finally:
            self._seconds += self.reading.timer() - self._since
            self._since = None

    def allotting(self) -> AbstractContextManager[None]:
        """Hold each call that is started within to what is left when it begins."""
        return self.reading.executor.allotting(self._left)

    def _left(self) -> float:
        since = self._since
        running = 0.0 if since is None else self.reading.timer() - since
        return self.reading.budget_seconds - self._seconds - running

    def refuses(self, found: Contents, depth: int) -> str:
        """Say which limit a container passes at a depth (0: the outermost); empty when none."""
        self._members += len(found.members)
        self._bytes += sum(len(member.content) for member in found.members)
        if depth >= MOST_NESTED:
            return "depth"
        if self._members > MOST_MEMBERS:
            return "members"
        return "size" if self._bytes > most_unpacked(self.size) else ""
