"""The order of work for returned files, made to survive a power cut.

For each file: original archived and synced, one transaction, receipt written, inbox file
removed, marked delivered. What a crash left half delivered is delivered first by the next
run. One file's failure never stops the others: the one broad ``except`` is here.
"""

from __future__ import annotations

import logging
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass

from intake.model.errors import ChangedFile, SetupError, UnreadableFile
from intake.model.finding_codes import FindingCode
from intake.model.receipt import Outcome, Receipt, SourceFile
from intake.model.record import Entry
from intake.model.submission import Inspection
from intake.pipeline.decide import engine_finding, outcome_of
from intake.pipeline.deliver import deliver, deliver_pending
from intake.pipeline.desk import Desk
from intake.pipeline.interpret import interpret

_LOG = logging.getLogger(__name__)
_AHEAD = 4
"""Files inspected in advance of the one being decided."""

Progress = Callable[[Receipt | None, int], None]
"""Called after each file with its receipt (None when it must wait) and the total."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run did."""

    receipts: tuple[Receipt, ...]
    waiting: tuple[str, ...] = ()
    """Files left in the inbox: being copied, locked, or not regular files."""
    undelivered: tuple[str, ...] = ()
    """Receipts saved whose files could not be written or moved; the next run tries again."""

    @property
    def is_clean(self) -> bool:
        """Say whether no file needs the coordinator."""
        wrong = (Outcome.REVIEW, Outcome.REJECTED)
        return not any(receipt.outcome in wrong for receipt in self.receipts)

    @property
    def has_our_fault(self) -> bool:
        """Say whether the program itself failed on a file."""
        codes = {finding.code for receipt in self.receipts for finding in receipt.findings}
        return FindingCode.INTERNAL_ERROR in codes


@dataclass(frozen=True, slots=True)
class _Started:
    source: SourceFile
    inspection: Future[Inspection] | None = None
    """None for bytes already known: they are not read again."""
    is_changed: bool = False


def process_inbox(desk: Desk, progress: Progress) -> Run:
    """Process every finished file of the inbox, in order of reception then name."""
    undelivered = list(deliver_pending(desk))
    arrivals = desk.inbox.ready()
    receipts: list[Receipt] = []
    waiting = list(arrivals.waiting)
    for started in _inspected_ahead(desk, arrivals.files):
        if started.is_changed:
            waiting.append(started.source.name)
            progress(None, len(arrivals.files))
            continue
        receipt = desk.store.save(_entry(desk, started))
        if not deliver(desk, receipt):
            undelivered.append(receipt.id)
        receipts.append(receipt)
        progress(receipt, len(arrivals.files))
    return Run(receipts=tuple(receipts), waiting=tuple(waiting), undelivered=tuple(undelivered))


def _inspected_ahead(desk: Desk, files: tuple[SourceFile, ...]) -> Iterator[_Started]:
    """Yield files in order while the next ones are being inspected elsewhere."""
    queue: deque[_Started] = deque()
    for source in files:
        queue.append(_start(desk, source))
        if len(queue) > _AHEAD:
            yield queue.popleft()
    yield from queue


def _start(desk: Desk, source: SourceFile) -> _Started:
    """Archive the original, then have it inspected unless its bytes are known."""
    try:
        desk.archive.keep(source, desk.inbox.chunks(source))
    except (ChangedFile, FileNotFoundError, PermissionError):
        return _Started(source, is_changed=True)
    if desk.store.receipt_for(source.sha256) is not None:
        return _Started(source)
    return _Started(source, _inspect(desk, source))


def _inspect(desk: Desk, source: SourceFile) -> Future[Inspection]:
    """Start the inspection of an archived file behind the executor's limits."""
    if source.size > desk.facts.max_bytes:
        refused: Future[Inspection] = Future()
        megabytes = str(desk.facts.max_bytes >> 20)
        refused.set_exception(UnreadableFile(FindingCode.FILE_TOO_LARGE, {"limit": megabytes}))
        return refused
    content = desk.archive.content(source.sha256)
    return desk.executor.submit(desk.inspect, content, source.name)


def _entry(desk: Desk, started: _Started) -> Entry:
    """Return what to save for one file, whatever happens to it."""
    source = started.source
    try:
        earlier = desk.store.receipt_for(source.sha256)
        if earlier is not None:
            return _repeated(desk, source, earlier)
        inspection = started.inspection or _inspect(desk, source)
        return interpret(desk, source, inspection.result())
    except UnreadableFile as problem:
        return _unread(desk, source, problem)
    except SetupError:
        raise
    except Exception as fault:  # noqa: BLE001 - one bad file must never stop the others
        _LOG.error("internal error on one file: %s", _where(fault))
        return _unread(desk, source, UnreadableFile(FindingCode.INTERNAL_ERROR))


def _unread(desk: Desk, source: SourceFile, problem: UnreadableFile) -> Entry:
    finding = engine_finding(problem.code, **problem.context)
    receipt = Receipt(
        source=source,
        outcome=outcome_of((finding,)),
        language=desk.facts.language,
        findings=(finding,),
        name_is_safe=desk.is_safe_name(source.name),
    )
    return Entry(receipt=receipt)


def _repeated(desk: Desk, source: SourceFile, earlier: Receipt) -> Entry:
    """Return the entry of bytes that are already loaded or in review."""
    receipt = Receipt(
        source=source,
        outcome=Outcome.DUPLICATE,
        form=earlier.form,
        version=earlier.version,
        language=earlier.language,
        format=earlier.format,
        centre=earlier.centre,
        subject=earlier.subject,
        record_id=earlier.record_id,
        findings=(engine_finding(FindingCode.DUPLICATE_FILE, receipt=earlier.id),),
        name_is_safe=desk.is_safe_name(source.name),
        earlier=earlier.id,
        hint=earlier.hint,
        filling_date=earlier.filling_date,
    )
    return Entry(receipt=receipt)


def _where(fault: Exception) -> str:
    """Say which exception arose and where, never its text: it may quote an answer."""
    frames = traceback.extract_tb(fault.__traceback__)
    trail = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-6:]))
    return f"{type(fault).__name__} at {trail}"
