"""The order of work for returned files, made to survive a power cut.

For each file: original archived and synced, one transaction, receipt written, inbox file
removed, marked delivered. What a crash left half delivered is delivered first by the next
run. One file's failure never stops the others. The files that a container holds are archived
and saved with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from intake.model.errors import ChangedFile, UnreadableFile
from intake.model.receipt import Receipt, SourceFile
from intake.model.run import Left, Progress, Run, Undelivered, Why
from intake.pipeline.desk import Desk
from intake.pipeline.returns.attempt import attempt
from intake.pipeline.returns.budget import Budget
from intake.pipeline.returns.deliver import deliver, deliver_pending
from intake.pipeline.returns.file_away import Filing, file_away
from intake.pipeline.returns.look import ahead, begin, begin_again, first_look, look
from intake.pipeline.returns.looked import HalfLooked, Looked, NotLookedInto, Started, whole


def process_inbox(desk: Desk, progress: Progress) -> Run:
    """Process every finished file of the inbox, in order of reception then name.

    Files for which something takes long come after all the others, then corrections.
    """
    undelivered = _delivered_late(desk)
    arrivals = desk.keeping.inbox.ready()
    files = _without_receipt(arrivals.files, undelivered)
    receipts: list[Receipt] = []
    left = list(arrivals.left)
    for saved in _saved_in_turn(desk, files):
        if isinstance(saved, Left):
            left.append(saved)
            progress(None, len(files))
            continue
        undelivered += _delivered(desk, saved)
        receipts += saved
        progress(saved[0], len(files))
    # Also those of files that stepped aside for one of this run.
    undelivered += _delivered_late(desk, {one.receipt.id for one in undelivered})
    told = (replace(one, name_is_safe=desk.study.is_safe_name(one.name)) for one in left)
    return Run(receipts=tuple(receipts), left=tuple(told), undelivered=tuple(undelivered))


def _delivered(desk: Desk, saved: Iterable[Receipt]) -> list[Undelivered]:
    """Deliver what is saved of one file; its pages are drawn in no more time than it has."""
    with Budget(desk.reading).running():
        return [left for receipt in saved if (left := deliver(desk, receipt))]


def _delivered_late(desk: Desk, tried: Collection[str] = ()) -> list[Undelivered]:
    """Deliver what is still to be, in no more time than one file has."""
    with Budget(desk.reading).running():
        return list(deliver_pending(desk, tried))


def _saved_in_turn(desk: Desk, files: Iterable[SourceFile]) -> Iterator[tuple[Receipt, ...] | Left]:
    """Yield what is saved of each file, of those that take long last; why one must wait."""
    later: list[tuple[SourceFile, HalfLooked]] = []
    for started in ahead((_begun(desk, source) for source in files), desk.reading):
        if isinstance(started, Left):
            yield started
            continue
        half = _half_looked(desk, started)
        if isinstance(half, Left):
            yield half
        elif half.comes_late:
            later.append((started.source, half))
        else:
            yield _saved(desk, started.source, half)
    for source, half in sorted(later, key=lambda one: one[1].rank):
        yield _saved(desk, source, half)


def _without_receipt(
    files: Iterable[SourceFile], undelivered: Iterable[Undelivered]
) -> tuple[SourceFile, ...]:
    """Leave out the files whose receipt is saved: they go once it can be delivered."""
    known = {(one.receipt.source.token, one.receipt.source.sha256) for one in undelivered}
    return tuple(source for source in files if (source.token, source.sha256) not in known)


def _begun(desk: Desk, source: SourceFile) -> Started | Left:
    """Archive and begin to look into a file; say why one must wait."""

    def begun() -> Started | Left:
        try:
            return begin(desk, source, desk.keeping.inbox.chunks(source))
        except (ChangedFile, OSError):
            return Left(name=source.name, why=Why.UNFINISHED)

    started = attempt(begun)
    if isinstance(started, UnreadableFile):
        return Left(name=source.name, why=Why.FAILED)
    return started


def _half_looked(desk: Desk, started: Started) -> HalfLooked | Left:
    """Look into a file but for what takes long; say why one must wait."""
    source = started.source

    def looked() -> HalfLooked | Left:
        try:
            return first_look(desk, started)
        except OSError:  # a member could not be archived: the whole file waits
            return Left(name=source.name, why=Why.UNFINISHED)

    half = attempt(looked)
    if isinstance(half, UnreadableFile):
        return whole(Looked(source, half))
    return half


def _saved(desk: Desk, source: SourceFile, half: HalfLooked) -> tuple[Receipt, ...] | Left:
    """Look into a file to the end and save what it is; say why one must wait.

    A file whose saving fails gets a receipt that says so.
    """
    filing = Filing(desk.keeping.store, desk.study, desk.clock)

    def saved() -> tuple[Receipt, ...] | Left:
        try:
            looked = half.finish()
        except OSError:  # a member could not be archived: the whole file waits
            return Left(name=source.name, why=Why.UNFINISHED)
        try:
            return file_away(filing, looked)
        except NotLookedInto:
            return file_away(filing, look(desk, Started(source, begin_again(desk, source))))

    receipts = attempt(saved)
    if not isinstance(receipts, UnreadableFile):
        return receipts
    failed = Looked(source, receipts)
    receipts = attempt(lambda: file_away(filing, failed))
    if isinstance(receipts, UnreadableFile):
        return Left(name=source.name, why=Why.FAILED)
    return receipts
