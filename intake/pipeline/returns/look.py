"""Look into one archived file as deep as it goes: a form, or a container's files.

Each member is archived before it is looked into, so nothing of what is saved later can be
lost. Nothing is decided and nothing is saved here.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from intake.model.container import MOST_BYTES, MOST_MEMBERS, Contents, Member
from intake.model.errors import UnreadableFile, over_limit
from intake.model.finding_codes import FindingCode
from intake.model.receipt import SourceFile
from intake.model.submission import Inspection
from intake.pipeline.desk import Desk
from intake.pipeline.returns.attempt import attempt
from intake.pipeline.returns.provenance import received_at
from intake.ports import LowerRung

AHEAD = 4
"""Files inspected in advance of the one being decided."""
MOST_NESTED = 3
"""Containers within one another, the outermost counted."""


@dataclass(frozen=True, slots=True)
class Started:
    """An archived file whose inspection has begun."""

    source: SourceFile
    inspection: Future[Inspection | Contents] | None = None
    """None for bytes already known: they are not read again."""
    is_changed: bool = False
    """The file was not the same any more when it was to be archived."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file is: a form, a container with its members, unreadable, or known (None)."""

    source: SourceFile
    found: Inspection | Contents | UnreadableFile | None
    members: tuple[Looked, ...] = ()
    """A container's files; their bytes are in the archive only."""


@dataclass
class _Within:
    """What surrounds a file: the containers above it, what they may still hold."""

    above: tuple[str, ...] = ()
    """Digests of the containers that hold this file, the outermost first."""
    is_dated: bool = False
    """A message above has given its date."""
    spent: list[int] = field(default_factory=lambda: [0, 0])
    """Members and bytes found so far; one count for the whole returned file."""

    def refuses(self, source: SourceFile, found: Contents) -> str:
        """Say which limit a container passes; empty when none."""
        self.spent[0] += len(found.members)
        self.spent[1] += sum(len(member.content) for member in found.members)
        if len(self.above) >= MOST_NESTED or source.sha256 in self.above:
            return "depth"
        if self.spent[0] > MOST_MEMBERS:
            return "members"
        return "size" if self.spent[1] > MOST_BYTES else ""


def look(desk: Desk, started: Started) -> Looked:
    """Wait for a file's inspection, and look into its members when it is a container."""
    return _look(desk, started, _Within())


def start(desk: Desk, source: SourceFile) -> Started:
    """Begin the inspection of an archived file, unless its bytes are known."""
    if desk.store.receipt_for(source.sha256) is not None:
        return Started(source)
    return Started(source, inspect(desk, source))


def inspect(desk: Desk, source: SourceFile) -> Future[Inspection | Contents]:
    """Begin the inspection of an archived file behind the executor's limits."""
    if source.size > desk.facts.max_bytes:
        refused: Future[Inspection | Contents] = Future()
        megabytes = str(desk.facts.max_bytes >> 20)
        refused.set_exception(UnreadableFile(FindingCode.FILE_TOO_LARGE, {"limit": megabytes}))
        return refused
    content = desk.archive.content(source.sha256)
    return desk.executor.submit(desk.inspect, content, source.name)


def seen(
    desk: Desk, source: SourceFile, inspection: Future[Inspection | Contents]
) -> Inspection | Contents:
    """Return what a file says by the first rung that can tell. Raises UnreadableFile."""

    def content() -> bytes:
        return desk.archive.content(source.sha256)

    return down_the_rungs(desk.lower_rungs, inspection, source.name, content)


def down_the_rungs(
    rungs: Iterable[LowerRung],
    inspection: Future[Inspection | Contents],
    name: str,
    content: Callable[[], bytes],
) -> Inspection | Contents:
    """Return what a reader saw, or what the first of the other ways sees that applies.

    Raises UnreadableFile.
    """
    found: Inspection | Contents | UnreadableFile
    try:
        found = inspection.result()
    except UnreadableFile as problem:
        found = problem
    if isinstance(found, Contents):
        return found
    for rung in rungs:
        if rung.applies(found):
            return rung.look(content(), name, found)
    if isinstance(found, UnreadableFile):
        raise found
    return found


def ahead(started: Iterable[Started]) -> Iterator[Started]:
    """Yield in order while the next ones are being inspected elsewhere."""
    queue: deque[Started] = deque()
    for one in started:
        queue.append(one)
        if len(queue) > AHEAD:
            yield queue.popleft()
    yield from queue


def _look(desk: Desk, started: Started, within: _Within) -> Looked:
    source = started.source
    inspection = started.inspection
    found = attempt(lambda: seen(desk, source, inspection)) if inspection else None
    if not isinstance(found, Contents):
        return Looked(source, found)
    limit = within.refuses(source, found)
    if limit:
        return Looked(source, over_limit(limit))
    if found.sent is not None and not within.is_dated:
        source = replace(source, received=received_at(desk.facts, found.sent, source.received))
    inside = _Within(
        above=(*within.above, source.sha256),
        is_dated=within.is_dated or found.sent is not None,
        spent=within.spent,
    )
    files = [_archived(desk, member, source, found.sender) for member in found.members]
    begun = ahead(start(desk, file) for file in files)
    members = tuple(_look(desk, one, inside) for one in begun)
    return Looked(source, replace(found, members=()), members)


def _archived(desk: Desk, member: Member, holder: SourceFile, sender: str) -> SourceFile:
    """Keep a member like any original; it came with its container, from the same sender."""
    source = SourceFile(
        name=member.name,
        sha256=hashlib.sha256(member.content).hexdigest(),
        size=len(member.content),
        received=holder.received,
        sender=sender or holder.sender,
    )
    desk.archive.keep(source, [member.content])
    return source
