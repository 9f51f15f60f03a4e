"""Look into one returned file as deep as it goes: a form, or a container's files.

What was read, or waits for a person, is archived before anything is saved of it; other
members exist within their container, which is. Ways that take long come last, within the
budget of the returned file. Nothing is decided and nothing is saved here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, wait
from dataclasses import dataclass, replace
from typing import TypeVar

from intake.model.correction import RecordCorrection
from intake.model.errors import UnreadableFile, over_limit
from intake.model.file.container import Contents, Member
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.receipt import Outcome, SourceFile
from intake.model.run import SET_ASIDE
from intake.model.submission import Inspection
from intake.pipeline.desk import Desk, FileReading
from intake.pipeline.records.document import MOST_BYTES, read_correction
from intake.pipeline.returns import ladder
from intake.pipeline.returns.attempt import attempt
from intake.pipeline.returns.beside import may_tell_more
from intake.pipeline.returns.budget import Budget
from intake.pipeline.returns.deciding.outcome import outcome_of
from intake.pipeline.returns.looked import HalfLooked, Looked, Started, correcting, whole
from intake.pipeline.returns.provenance import dated, of_message, sent_at, written_by
from intake.ports import Store

T = TypeVar("T")
_Found = Inspection | RecordCorrection | Contents | UnreadableFile | None


@dataclass(frozen=True, slots=True)
class _Within:
    """What surrounds a file: the containers above it, what they may still hold."""

    budget: Budget
    first_seen: dt.datetime
    """When the returned file came."""
    above: tuple[str, ...] = ()
    """Digests of the containers that hold this file, the outermost first."""
    is_dated: bool = False
    """A message above has given its date."""
    skips_known: bool = True
    """Bytes that are known and tell nothing new are not read again."""


def begin(desk: Desk, source: SourceFile, pieces: Iterable[bytes]) -> Started:
    """Archive an original, then begin to look into it unless its bytes tell nothing new.

    One that is too large is not archived: the inbox sets it aside. Raises ChangedFile when the
    pieces are not the file announced.
    """
    if source.token and source.size > desk.reading.max_bytes:
        return Started(source, begin_again(desk, source))
    desk.keeping.archive.keep(source, pieces)
    if _tells_nothing_new(desk.keeping.store, source):
        return Started(source)
    return Started(source, begin_again(desk, source))


def begin_again(desk: Desk, source: SourceFile) -> Future[Inspection | Contents]:
    """Begin to look into an original that is in the archive."""
    return _inspected(desk, source, _archived(desk, source))


def seen(
    desk: Desk, source: SourceFile, begun: Future[Inspection | Contents]
) -> Inspection | Contents:
    """Return what an archived file says by the first rung that can tell. Raises UnreadableFile."""
    return ladder.seen(desk.reading, begun, source.name, _archived(desk, source))


def look(desk: Desk, started: Started) -> Looked:
    """Look into a file and all its members, known or not, to the end."""
    within = _Within(
        Budget(desk.reading, started.source.size), started.source.received, skips_known=False
    )
    return _look(desk, started, within, _archived(desk, started.source)).finish()


def first_look(desk: Desk, started: Started) -> HalfLooked:
    """Look into a file and its members, but for what takes long."""
    source = started.source
    budget = Budget(desk.reading, source.size)
    within = _Within(budget, source.received)
    return _look(desk, started, within, _archived(desk, source))


def ahead(started: Iterable[T], reading: FileReading) -> Iterator[T]:
    """Yield in order while the next ones are being inspected elsewhere."""
    queue: deque[T] = deque()
    for one in started:
        queue.append(one)
        while len(queue) > reading.ahead():
            yield queue.popleft()
    yield from queue


def _look(
    desk: Desk, started: Started, within: _Within, content: Callable[[], bytes]
) -> HalfLooked:
    source = started.source
    found = _found(desk, started, within, content)
    if within.above and not _is_refused(found):
        desk.keeping.archive.keep(source, [content()])
    if isinstance(found, ladder.Slow):
        return HalfLooked(comes_late=True, finish=lambda: _slowly(desk, source, found, within))
    if isinstance(found, Contents):
        return _opened(desk, source, found, within)
    if isinstance(found, RecordCorrection):
        return correcting(source, found)
    return whole(Looked(dated(source, found, within.first_seen), found))


def _found(
    desk: Desk, started: Started, within: _Within, content: Callable[[], bytes]
) -> _Found | ladder.Slow:
    """Return what a file says; None while its bytes are known."""
    source, begun = started.source, started.inspection
    if begun is None:
        if desk.keeping.store.receipt_for(source.sha256) is not None:
            return None
        # forgotten since it was to be looked into
        begun = _inspected(desk, source, content)
    if within.budget.is_spent and not begun.done():
        begun.cancel()
        return over_limit("time")
    waited = begun
    if desk.reading.opener is not None and not within.above:
        wait((waited,))  # on a cluster it waits for other files too: that is not its own time
    with within.budget.running():
        seen_now = attempt(lambda: ladder.first_seen(desk.reading, waited, source.name, content))
    return _correction(source, seen_now, content) or seen_now


def _correction(
    source: SourceFile, found: object, content: Callable[[], bytes]
) -> RecordCorrection | None:
    """Return the correction that a file of no other kind is, if it is one."""
    is_other = not isinstance(found, UnreadableFile) or found.code != FindingCode.FILE_UNKNOWN
    return None if is_other or source.size > MOST_BYTES else read_correction(content())


def _slowly(desk: Desk, source: SourceFile, slow: ladder.Slow, within: _Within) -> Looked:
    """Return what a file says by the way that takes long, while there is time."""
    if within.budget.is_spent:
        return Looked(source, over_limit("time"))
    with within.budget.running():
        found = attempt(lambda: slow.look(_archived(desk, source)(), source.name))
    if isinstance(found, Contents):
        return _opened(desk, source, found, within).finish()
    return Looked(dated(source, found, within.first_seen), found)


def _opened(desk: Desk, source: SourceFile, found: Contents, within: _Within) -> HalfLooked:
    """Return a container with its members looked into."""
    limit = within.budget.refuses(found, len(within.above))
    if limit or source.sha256 in within.above:
        return whole(Looked(source, over_limit(limit or "depth")))
    sent = sent_at(desk.study.facts, found.sent, within.first_seen)
    source = of_message(source, found, sent, is_outermost=not within.is_dated)
    inside = replace(
        within,
        above=(*within.above, source.sha256),
        is_dated=within.is_dated or found.sent is not None,
    )
    halves = tuple(_members(desk, source, found, inside))
    return HalfLooked(
        comes_late=any(half.comes_late for half in halves),
        finish=lambda: Looked(
            source, replace(found, members=()), tuple(half.finish() for half in halves)
        ),
    )


def _members(
    desk: Desk, holder: SourceFile, found: Contents, inside: _Within
) -> Iterator[HalfLooked]:
    """Yield the files of a container, looked into while the next ones are inspected."""
    sources = [_member(desk, member, holder, inside) for member in found.members]
    begun = (
        _begun(desk, source, member.content, inside)
        for source, member in zip(sources, found.members, strict=True)
    )
    for member, started in zip(found.members, ahead(begun, desk.reading), strict=True):
        yield _look(desk, started, inside, _given(member))


def _begun(desk: Desk, source: SourceFile, content: bytes, inside: _Within) -> Started:
    """Begin to look into a member unless its bytes tell nothing new, while there is time."""
    if inside.skips_known and _tells_nothing_new(desk.keeping.store, source):
        return Started(source)
    if inside.budget.is_spent:
        return Started(source, ladder.refused(over_limit("time")))
    with inside.budget.allotting():
        return Started(source, _inspected(desk, source, lambda: content))


def _tells_nothing_new(store: Store, source: SourceFile) -> bool:
    """Say whether a file's bytes are known, and its message can change no order.

    What came before it in the same run or archive is not saved yet, so only what is certain
    of any order counts here.
    """
    known = store.receipt_for(source.sha256)
    return known is not None and not may_tell_more(known, source)


def _inspected(
    desk: Desk, source: SourceFile, content: Callable[[], bytes]
) -> Future[Inspection | Contents]:
    """Begin to look into a file's bytes; those of one that is too large are not asked for."""
    if source.size > desk.reading.max_bytes:
        return ladder.too_large(desk.reading, {"folder": SET_ASIDE} if source.token else {})
    return ladder.begin(desk.reading, source.name, content)


def _is_refused(found: _Found | ladder.Slow) -> bool:
    """Say whether a file gives nothing: neither read, nor waiting for a person."""
    if not isinstance(found, UnreadableFile):
        return False
    return outcome_of((finding_of(found.code, found.context),)) is Outcome.REJECTED


def _archived(desk: Desk, source: SourceFile) -> Callable[[], bytes]:
    return lambda: desk.keeping.archive.content(source.sha256)


def _given(member: Member) -> Callable[[], bytes]:
    return lambda: member.content


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
