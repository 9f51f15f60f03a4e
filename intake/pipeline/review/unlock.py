"""Opening a protected file with the password that a person gives.

What was inside becomes the one file of the protected one, as if that were an archive: kept by
its digest, with a receipt of its own under the protected file's, and decided on like any
other. The password serves once, in a limited child, and is kept nowhere.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace

from intake.model.errors import DecisionRefused, Refusal, UnreadableFile
from intake.model.file.container import Contents, Member
from intake.model.file.password import Password
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.receipt import Receipt, ReviewAction
from intake.model.record import Entry
from intake.model.submission import Inspection
from intake.pipeline.desk import Desk
from intake.pipeline.returns.beside import save_decided
from intake.pipeline.returns.deliver import deliver
from intake.pipeline.returns.file_away import Filing, file_members
from intake.pipeline.returns.look import look
from intake.pipeline.returns.looked import Looked, Started
from intake.pipeline.review.held import check_reason, decided, receipt_in_review

_REFUSALS = {
    FindingCode.FILE_PROTECTED: Refusal.WRONG_PASSWORD,
    FindingCode.FILE_NOT_YET_READ: Refusal.CANNOT_UNLOCK,
}


def unlock(desk: Desk, receipt_id: str, password: Password, reason: str = "") -> Receipt:
    """Open a protected file and process what it holds. Raises DecisionRefused.

    One transaction saves the receipts of what was inside and the decision.
    """
    held = receipt_in_review(desk.keeping.store, receipt_id)
    if not any(finding.code == FindingCode.FILE_PROTECTED for finding in held.findings):
        raise DecisionRefused(Refusal.NOT_PROTECTED, receipt=held.id)
    check_reason(held, reason, is_needed=False)
    inside = _inside(desk, held, password)
    with desk.keeping.store.together():
        filing = Filing(desk.keeping.store, desk.study, desk.clock)
        found, below = file_members(filing, inside, held.id)
        listed = ", ".join(member.receipt for member in found.members)
        told = finding_of(FindingCode.FILE_UNLOCKED, {"receipts": listed})
        opened = replace(
            found,
            parent=held.parent,
            source=held.source,
            findings=(told,),
            decisions=held.decisions,
        )
        entry = Entry(receipt=decided(desk.clock, opened, ReviewAction.UNLOCK))
        receipt = save_decided(desk.keeping.store, entry, reason)
    for one in (*below, receipt):
        deliver(desk, one)
    return receipt


def _inside(desk: Desk, held: Receipt, password: Password) -> Looked:
    """Return the protected file with what it holds, archived and looked into."""
    content = desk.keeping.archive.content(held.source.sha256)
    try:
        opened = desk.reading.executor.submit(desk.reading.unlock, content, password).result()
    except UnreadableFile as problem:
        raise _refused(held, problem) from None
    contents: Future[Inspection | Contents] = Future()
    contents.set_result(Contents(members=(Member(held.source.name, opened),)))
    looked = look(desk, Started(held.source, contents))
    if not looked.members:
        raise DecisionRefused(Refusal.NOT_UNLOCKED, receipt=held.id)
    return looked


def _refused(held: Receipt, problem: UnreadableFile) -> DecisionRefused:
    if "extra" in problem.context:
        return DecisionRefused(Refusal.NEEDS_PART, part=problem.context["extra"])
    why = _REFUSALS.get(problem.code, Refusal.NOT_UNLOCKED)
    return DecisionRefused(why, receipt=held.id)
