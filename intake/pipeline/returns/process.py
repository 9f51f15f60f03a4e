"""The order of work for returned files, made to survive a power cut.

For each file: original archived and synced, one transaction, receipt written, inbox file
removed, marked delivered. What a crash left half delivered is delivered first by the next
run. One file's failure never stops the others. The files that a container holds are archived
and saved with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from intake.model.errors import ChangedFile
from intake.model.finding_codes import FindingCode
from intake.model.receipt import Outcome, Receipt, SourceFile
from intake.pipeline.desk import Desk
from intake.pipeline.returns.deliver import deliver, deliver_pending
from intake.pipeline.returns.file_away import file_away
from intake.pipeline.returns.look import Started, ahead, look, start

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


def process_inbox(desk: Desk, progress: Progress) -> Run:
    """Process every finished file of the inbox, in order of reception then name."""
    undelivered = list(deliver_pending(desk))
    arrivals = desk.inbox.ready()
    receipts: list[Receipt] = []
    waiting = list(arrivals.waiting)
    for started in ahead(_archived(desk, source) for source in arrivals.files):
        if started.is_changed:
            waiting.append(started.source.name)
            progress(None, len(arrivals.files))
            continue
        saved = file_away(desk, look(desk, started))
        undelivered += [receipt.id for receipt in saved if not deliver(desk, receipt)]
        receipts += saved
        progress(saved[0], len(arrivals.files))
    return Run(receipts=tuple(receipts), waiting=tuple(waiting), undelivered=tuple(undelivered))


def _archived(desk: Desk, source: SourceFile) -> Started:
    """Archive the original, then have it inspected unless its bytes are known."""
    try:
        desk.archive.keep(source, desk.inbox.chunks(source))
    except (ChangedFile, FileNotFoundError, PermissionError):
        return Started(source, is_changed=True)
    return start(desk, source)
