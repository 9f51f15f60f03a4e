"""The order of work for returned files, made to survive a power cut.

For each file: original archived and synced, one transaction, receipt written, inbox file
removed, marked delivered. What a crash left half delivered is delivered first by the next
run. One file's failure never stops the others. The files that a container holds are archived
and saved with it.
"""

from __future__ import annotations

from intake.model.errors import ChangedFile
from intake.model.receipt import Receipt, SourceFile
from intake.model.run import Progress, Run
from intake.pipeline.desk import Desk
from intake.pipeline.returns.deliver import deliver, deliver_pending
from intake.pipeline.returns.file_away import Filing, file_away
from intake.pipeline.returns.look import ahead, begin, look
from intake.pipeline.returns.looked import Started


def process_inbox(desk: Desk, progress: Progress) -> Run:
    """Process every finished file of the inbox, in order of reception then name."""
    list(deliver_pending(desk))
    filing = Filing(desk.keeping.store, desk.study, desk.clock)
    arrivals = desk.keeping.inbox.ready()
    receipts: list[Receipt] = []
    waiting = list(arrivals.waiting)
    for started in ahead(_begun(desk, source) for source in arrivals.files):
        if started.is_changed:
            waiting.append(started.source.name)
            progress(None, len(arrivals.files))
            continue
        saved = file_away(filing, look(desk, started))
        for receipt in saved:
            deliver(desk, receipt)
        receipts += saved
        progress(saved[0], len(arrivals.files))
    # Also those of files that stepped aside for one of this run.
    undelivered = list(deliver_pending(desk))
    return Run(receipts=tuple(receipts), waiting=tuple(waiting), undelivered=tuple(undelivered))


def _begun(desk: Desk, source: SourceFile) -> Started:
    """Archive and begin to look into a file; one that is not the same any more waits."""
    try:
        return begin(desk, source, desk.keeping.inbox.chunks(source))
    except (ChangedFile, FileNotFoundError, PermissionError):
        return Started(source, is_changed=True)
