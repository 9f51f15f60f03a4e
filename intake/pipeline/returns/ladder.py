"""The ladder: a file's reader first, then the first of the other ways that applies.

Which ways there are, and in what order, is chosen by ``wiring``; what each can see belongs
to the formats. One that applies has the last word.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from intake.model.container import Contents
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode
from intake.model.submission import Inspection
from intake.pipeline.desk import FileReading


def begin(
    reading: FileReading, size: int, name: str, content: Callable[[], bytes]
) -> Future[Inspection | Contents]:
    """Begin to look into a file behind the executor's limits; one too large is not loaded."""
    if size > reading.max_bytes:
        refused: Future[Inspection | Contents] = Future()
        megabytes = str(reading.max_bytes >> 20)
        refused.set_exception(UnreadableFile(FindingCode.FILE_TOO_LARGE, {"limit": megabytes}))
        return refused
    return reading.executor.submit(reading.open, content(), name)


def seen(
    reading: FileReading,
    begun: Future[Inspection | Contents],
    name: str,
    content: Callable[[], bytes],
) -> Inspection | Contents:
    """Return what a file says, by its reader or a lower rung, and what was added to it.

    Raises UnreadableFile.
    """
    found = _read(reading, begun, name, content)
    for step in reading.accounting:
        if not isinstance(found, Contents) and step.applies(found):
            found = step.look(content(), name, found)
    return found


def _read(
    reading: FileReading,
    begun: Future[Inspection | Contents],
    name: str,
    content: Callable[[], bytes],
) -> Inspection | Contents:
    found = _by_its_reader(begun)
    if isinstance(found, Contents):
        return found
    for rung in reading.rungs:
        if rung.applies(found):
            return rung.look(content(), name, found)
    if isinstance(found, UnreadableFile):
        raise found
    return found


def _by_its_reader(begun: Future[Inspection | Contents]) -> Inspection | Contents | UnreadableFile:
    try:
        return begun.result()
    except UnreadableFile as problem:
        return problem
