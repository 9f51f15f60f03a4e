"""An answer given by the coordinator in a file that waits in review."""

from __future__ import annotations

from dataclasses import replace

from intake.checks.patient.content import content_digest
from intake.checks.patient.patient_key import patient_key
from intake.model.container import Contents
from intake.model.errors import DecisionRefused, Refusal, UnreadableFile
from intake.model.finding import Severity
from intake.model.finding_codes import FindingCode
from intake.model.receipt import Outcome, Receipt, ReviewAction, ReviewDecision
from intake.model.record import Entry
from intake.pipeline.desk import Desk
from intake.pipeline.returns.decide import Decision, decide
from intake.pipeline.returns.given import GivenAnswer, already_given, find_place, given_at
from intake.pipeline.returns.interpret import Understood, entry_of, understand
from intake.pipeline.returns.look import begin_again, seen
from intake.pipeline.review.held import Held, check_reason, conclude, held_answers, known_records


def set_answer(desk: Desk, receipt_id: str, place: str, text: str, reason: str) -> Receipt:
    """Give one answer in the place of the file's; the file stays in review.

    The original is read again with every answer given so far. Raises DecisionRefused.
    """
    held = held_answers(desk.keeping.store, desk.study.forms, receipt_id)
    check_reason(held.receipt, reason, is_needed=True)
    where = find_place(held.definition, place)
    answer = given_at(where, text)
    found = _read_again(desk, held, answer)
    _require_understood(found, answer, where.code)
    decision = decide(found.definition, found.submission, known_records(desk.keeping.store, held))
    made = entry_of(found, _still_open(found, decision))
    newest = ReviewDecision(action=ReviewAction.SET, at=desk.clock(), code=where.code)
    receipt = replace(
        made.receipt,
        id=held.receipt.id,
        parent=held.receipt.parent,
        decisions=(*held.receipt.decisions, newest),
    )
    return conclude(desk, replace(made, receipt=receipt), reason)


def _read_again(desk: Desk, held: Held, answer: GivenAnswer) -> Understood:
    """Read the original once more, under the answers given before and now."""
    before = already_given(held.submission)
    others = (g for g in before if (g.item, g.row) != (answer.item, answer.row))
    source = held.receipt.source
    try:
        inspection = seen(desk, source, begin_again(desk, source))
    except UnreadableFile:
        raise DecisionRefused(Refusal.NOTHING_READ, receipt=held.receipt.id) from None
    if isinstance(inspection, Contents):
        raise DecisionRefused(Refusal.IS_A_CONTAINER, receipt=held.receipt.id)
    found = understand(desk.study, source, inspection, (*others, answer))
    if isinstance(found, Entry):
        is_objection = any(f.code == FindingCode.OBJECTION for f in found.receipt.findings)
        why = Refusal.OBJECTED if is_objection else Refusal.NOTHING_READ
        raise DecisionRefused(why, receipt=held.receipt.id)
    return found


def _require_understood(found: Understood, answer: GivenAnswer, code: str) -> None:
    """Stop when the answer says nothing, would be held back, or needs a correction itself."""
    place = (answer.item, answer.row)
    wrong = [
        f
        for f in found.submission.findings
        if (f.item, f.row) == place
        and f.severity is Severity.ERROR
        and f.code != FindingCode.REQUIRED
    ]
    if wrong:
        raise DecisionRefused(Refusal.NOT_UNDERSTOOD, finding=wrong[0], place=code)
    if place not in {(given.item, given.row) for given in already_given(found.submission)}:
        raise DecisionRefused(Refusal.EMPTY_VALUE, place=code)


def _still_open(found: Understood, decision: Decision) -> Decision:
    """Return a decision that leaves the form in review, under the patient's key."""
    return replace(
        decision,
        outcome=Outcome.REVIEW,
        key=patient_key(found.definition, found.submission),
        content=content_digest(found.submission),
        earlier=None,
    )
