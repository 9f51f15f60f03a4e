"""The ladder: a file's reader first, then the first of the other ways that applies.

Which ways there are, and in what order, is chosen by ``wiring``; what each can see belongs
to the formats. One that applies has the last word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass

from intake.model.errors import UnreadableFile
from intake.model.file.container import Contents
from intake.model.finding_codes import FindingCode
from intake.model.submission import Inspection
from intake.pipeline.desk import FileReading
from intake.ports import LowerRung


@dataclass(frozen=True, slots=True)
class Slow:
    """A lower rung for a file, and what its reader saw of it."""

    rung: LowerRung
    found: Inspection | UnreadableFile
    accounting: tuple[LowerRung, ...] = ()

    def look(self, content: bytes, name: str) -> Inspection | Contents:
        """Return what the file says by this rung, and what was added. Raises UnreadableFile."""
        found = self.rung.look(content, name, self.found)
        return _accounted(self.accounting, found, name, lambda: content)


def too_large(reading: FileReading, context: Mapping[str, str]) -> Future[Inspection | Contents]:
    """Refuse a file that is too large to be loaded; ``context`` says where it is."""
    limit = {"limit": str(reading.max_bytes >> 20)}
    return refused(UnreadableFile(FindingCode.FILE_TOO_LARGE, {**limit, **context}))


def begin(
    reading: FileReading, name: str, content: Callable[[], bytes]
) -> Future[Inspection | Contents]:
    """Begin to look into a file behind the executor's limits."""
    opener = reading.opener or reading.executor
    return opener.submit(reading.open, content(), name)


def refused(problem: UnreadableFile) -> Future[Inspection | Contents]:
    """Return the answer for a file that is not looked into."""
    answer: Future[Inspection | Contents] = Future()
    answer.set_exception(problem)
    return answer


def seen(
    reading: FileReading,
    begun: Future[Inspection | Contents],
    name: str,
    content: Callable[[], bytes],
) -> Inspection | Contents:
    """Return what a file says, by its reader or a lower rung, and what was added to it.

    Raises UnreadableFile.
    """
    found = first_seen(reading, begun, name, content)
    return found.look(content(), name) if isinstance(found, Slow) else found


def first_seen(
    reading: FileReading,
    begun: Future[Inspection | Contents],
    name: str,
    content: Callable[[], bytes],
) -> Inspection | Contents | Slow:
    """Return what a file says; a way that takes long is named only. Raises UnreadableFile."""
    found = _by_its_reader(begun)
    if isinstance(found, Contents):
        return found
    rung = next((rung for rung in reading.rungs if rung.applies(found)), None)
    if rung is not None:
        slow = Slow(rung, found, reading.accounting)
        return slow if rung.is_slow else slow.look(content(), name)
    if isinstance(found, UnreadableFile):
        raise found
    return _accounted(reading.accounting, found, name, content)


def _accounted(
    accounting: Iterable[LowerRung],
    found: Inspection | Contents,
    name: str,
    content: Callable[[], bytes],
) -> Inspection | Contents:
    """Return what was seen of a file, with what was added to the form it is."""
    for step in accounting:
        if not isinstance(found, Contents) and step.applies(found):
            found = step.look(content(), name, found)
    return found


def _by_its_reader(begun: Future[Inspection | Contents]) -> Inspection | Contents | UnreadableFile:
    try:
        return begun.result()
    except UnreadableFile as problem:
        return problem
