"""Refusing a file in review: nothing of its answers is kept.

Of files with the same answers one alone waits. Refused, it makes room for the best of the
others: no sound form disappears with it. The very same bytes are refused together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from intake.model.errors import DecisionRefused, Refusal, UnreadableFile
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, awaits_decision, finding_of
from intake.model.receipt import Outcome, Receipt, ReviewAction
from intake.model.record import Entry
from intake.model.submission import Inspection
from intake.pipeline.desk import Desk
from intake.pipeline.returns.attempt import attempt
from intake.pipeline.returns.beside import as_repeat, give_place, save_decided
from intake.pipeline.returns.deciding.carrier import carrier_rank
from intake.pipeline.returns.deliver import deliver
from intake.pipeline.returns.interpret import Understood, recognised, understand
from intake.pipeline.returns.look import begin_again, seen
from intake.pipeline.returns.sheets import ReadSheet, sheet_entry
from intake.pipeline.review.held import asking, check_reason, conclude, decided, receipt_in_review
from intake.ports import Clock


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that repeated the refused one, read again."""

    receipt: Receipt
    found: Understood


def reject(desk: Desk, receipt_id: str, reason: str) -> Receipt:
    """Keep nothing of the answers; the same bytes are read again if they come back.

    The best of the files with the same answers comes forward and is decided on as if it came
    now. Raises DecisionRefused.
    """
    receipt = receipt_in_review(desk.keeping.store, receipt_id)
    check_reason(receipt, reason, is_needed=True)
    repeats = desk.keeping.store.repeats(receipt.id)
    same = [each for each in repeats if each.source.sha256 == receipt.source.sha256]
    others = [each for each in repeats if each not in same]
    readable = _best_first(desk, others)
    with desk.keeping.store.together():
        told = [_refused(desk, each, receipt, reason) for each in (receipt, *same)]
        told += _forward(desk, readable, others)
    for each in told:
        deliver(desk, each)
    return told[0]


def objection(desk: Desk, receipt_id: str, reason: str = "") -> Receipt:
    """Delete the held answers for good: the patient objected. The bytes are not read again.

    Raises DecisionRefused, also for a sheet or a message: its patient's record is there.
    """
    receipt = receipt_in_review(desk.keeping.store, receipt_id)
    if receipt.answers_about:
        raise DecisionRefused(Refusal.IS_A_SHEET, receipt=receipt.id)
    check_reason(receipt, reason, is_needed=False)
    for repeat in desk.keeping.store.repeats(receipt.id):
        emptied = objected(desk.clock, repeat)
        conclude(desk, Entry(receipt=replace(emptied, outcome=Outcome.DUPLICATE)), reason)
    return conclude(desk, Entry(receipt=objected(desk.clock, receipt)), reason)


def _refused(desk: Desk, receipt: Receipt, why: Receipt, reason: str) -> Receipt:
    """Save a receipt as refused, for what the refused file waited for."""
    bare = replace(without_answers(receipt), subject=None, record_id=None, earlier=None)
    rejected = replace(bare, outcome=Outcome.REJECTED, findings=tuple(_reasons(why)))
    entry = Entry(receipt=decided(desk.clock, rejected, ReviewAction.REJECT))
    return save_decided(desk.keeping.store, entry, reason)


def _reasons(receipt: Receipt) -> Iterable[Finding]:
    """Yield what a person had to decide on, without what was entered."""
    for found in receipt.findings:
        if awaits_decision(found.code):
            told = {name: text for name, text in found.context.items() if name != "entered"}
            yield replace(found, context=told)


def _best_first(desk: Desk, repeats: Iterable[Receipt]) -> list[_Read]:
    """Return the files that can be read again, the best carrier of the answers first."""
    read = [_Read(each, found) for each in repeats if (found := _read(desk, each)) is not None]
    return sorted(read, key=lambda one: carrier_rank(one.found.submission), reverse=True)


def _read(desk: Desk, receipt: Receipt) -> Understood | None:
    source = receipt.source
    inspected = attempt(lambda: seen(desk, source, begin_again(desk, source)))
    if not isinstance(inspected, Inspection):
        return None
    found = attempt(lambda: understand(desk.study, source, inspected))
    return None if isinstance(found, UnreadableFile | Entry) else found


def _forward(desk: Desk, readable: list[_Read], repeats: Iterable[Receipt]) -> list[Receipt]:
    """Decide on the best file as if it came now, and tie the others to it.

    What cannot be read again waits by itself: it was a sound form once.
    """
    changed: list[Receipt] = []
    best: Receipt | None = None
    if readable:
        best = _decided_anew(desk, readable[0])
        changed.append(best)
    legible = {one.receipt.id for one in readable}
    for each in repeats:
        if best is not None and each.id == best.id:
            continue
        changed.append(_left_over(desk, each, best if each.id in legible else None))
    return changed


def decide_anew(desk: Desk, receipt: Receipt, action: ReviewAction, reason: str) -> Receipt:
    """Read a file again and let it wait, as if it came now. Raises DecisionRefused."""
    found = _read(desk, receipt)
    if found is None:
        raise DecisionRefused(Refusal.NOT_UNDONE, receipt=receipt.id)
    with desk.keeping.store.together():
        saved = _decided_anew(desk, _Read(receipt, found), action, reason)
    deliver(desk, saved)
    return saved


def _decided_anew(
    desk: Desk,
    read: _Read,
    action: ReviewAction = ReviewAction.COME_FORWARD,
    reason: str = "",
) -> Receipt:
    store = desk.keeping.store
    entry = _as_if_it_came(desk, read.found)
    own = replace(
        entry.receipt, id=read.receipt.id, parent=read.receipt.parent,
        decisions=read.receipt.decisions,
    )  # fmt: skip
    forward = decided(desk.clock, own, action)
    saved = save_decided(store, asking(desk, replace(entry, receipt=forward)), reason)
    give_place(store, saved, entry.steps_aside, desk.clock())
    return saved


def _as_if_it_came(desk: Desk, found: Understood) -> Entry:
    """Return the entry of a file that is read again; a sheet says itself whose it is."""
    store = desk.keeping.store
    if found.blank.sheet is None:
        return recognised(desk.study, store, found)
    return sheet_entry(desk.study, store, ReadSheet(found.blank, found.submission))


def _left_over(desk: Desk, receipt: Receipt, best: Receipt | None) -> Receipt:
    action, now = ReviewAction.COME_FORWARD, desk.clock()
    if best is not None:
        return save_decided(
            desk.keeping.store, Entry(receipt=as_repeat(receipt, best, action, now))
        )
    alone = replace(
        receipt, outcome=Outcome.REVIEW, earlier=None,
        findings=(finding_of(FindingCode.INTERNAL_ERROR),),
    )  # fmt: skip
    return save_decided(desk.keeping.store, Entry(receipt=decided(desk.clock, alone, action)))


def objected(clock: Clock, receipt: Receipt) -> Receipt:
    """Return a receipt that tells nothing of its patient but the objection."""
    bare = without_answers(receipt)
    name = receipt.source.name if receipt.name_is_safe else ""
    emptied = replace(
        bare,
        source=replace(bare.source, name=name),
        outcome=Outcome.REJECTED,
        findings=(finding_of(FindingCode.OBJECTION),),
    )
    return decided(clock, emptied, ReviewAction.OBJECTION)


def without_answers(receipt: Receipt) -> Receipt:
    """Return a receipt that tells nothing of what was answered."""
    return replace(receipt, changes=(), completeness=None, hint="", filling_date=None)
