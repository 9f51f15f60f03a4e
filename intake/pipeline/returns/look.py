"""Look into one archived file as deep as it goes: a form, or a container's files.

Each member is archived before it is looked into, so nothing of what is saved later can be
lost. Nothing is decided and nothing is saved here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from intake.model.container import MOST_BYTES, MOST_MEMBERS, Contents, Member
from intake.model.errors import UnreadableFile, over_limit
from intake.model.receipt import SourceFile
from intake.model.submission import Inspection
from intake.pipeline.desk import Desk
from intake.pipeline.returns import ladder
from intake.pipeline.returns.attempt import attempt
from intake.pipeline.returns.beside import tells_more
from intake.pipeline.returns.looked import Looked, Started
from intake.pipeline.returns.provenance import dated, of_message, sent_at, written_by

AHEAD = 4
"""Files inspected in advance of the one being decided."""
MOST_NESTED = 3
"""Containers within one another, the outermost counted."""


@dataclass
class _Within:
    """What surrounds a file: the containers above it, what they may still hold."""

    first_seen: dt.datetime
    """When the returned file came."""
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


def begin(desk: Desk, source: SourceFile, pieces: Iterable[bytes]) -> Started:
    """Archive an original, then begin to look into it unless its bytes tell nothing new.

    Raises ChangedFile when the pieces are not the file announced.
    """
    desk.keeping.archive.keep(source, pieces)
    known = desk.keeping.store.receipt_for(source.sha256)
    if known is not None and not tells_more(desk.keeping.store, known, source):
        return Started(source)
    return Started(source, begin_again(desk, source))


def begin_again(desk: Desk, source: SourceFile) -> Future[Inspection | Contents]:
    """Begin to look into an original that is in the archive."""
    return ladder.begin(desk.reading, source.size, source.name, _content(desk, source))


def seen(
    desk: Desk, source: SourceFile, begun: Future[Inspection | Contents]
) -> Inspection | Contents:
    """Return what an archived file says by the first rung that can tell. Raises UnreadableFile."""
    return ladder.seen(desk.reading, begun, source.name, _content(desk, source))


def look(desk: Desk, started: Started) -> Looked:
    """Wait until a file is looked into, and look into its members when it is a container."""
    return _look(desk, started, _Within(started.source.received))


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
    found = _found(desk, started)
    if not isinstance(found, Contents):
        return Looked(dated(source, found, within.first_seen), found)
    limit = within.refuses(source, found)
    if limit:
        return Looked(source, over_limit(limit))
    sent = sent_at(desk.study.facts, found.sent, within.first_seen)
    source = of_message(source, found, sent, is_outermost=not within.is_dated)
    inside = _Within(
        first_seen=within.first_seen,
        above=(*within.above, source.sha256),
        is_dated=within.is_dated or found.sent is not None,
        spent=within.spent,
    )
    begun = (
        begin(desk, _member(desk, member, source, within), [member.content])
        for member in found.members
    )
    members = tuple(_look(desk, one, inside) for one in ahead(begun))
    return Looked(source, replace(found, members=()), members)


def _found(desk: Desk, started: Started) -> Inspection | Contents | UnreadableFile | None:
    """Return what a file says; None while its bytes are known."""
    source, begun = started.source, started.inspection
    if begun is None:
        if desk.keeping.store.receipt_for(source.sha256) is not None:
            return None
        begun = begin_again(desk, source)  # forgotten since it was to be looked into
    waited = begun
    return attempt(lambda: seen(desk, source, waited))


def _content(desk: Desk, source: SourceFile) -> Callable[[], bytes]:
    return lambda: desk.keeping.archive.content(source.sha256)


def _member(desk: Desk, member: Member, holder: SourceFile, within: _Within) -> SourceFile:
    """Return a member as a file of its own: it came with its container, from the same sender."""
    sent = sent_at(desk.study.facts, member.sent, within.first_seen) or holder.sent
    return SourceFile(
        name=member.name,
        sha256=hashlib.sha256(member.content).hexdigest(),
        size=len(member.content),
        received=holder.received,
        sender=holder.sender,
        sent=sent,
        inside=written_by(member.written, sent or within.first_seen),
        beside_text=holder.beside_text,
    )
