"""An answer given by the coordinator in a file that waits in review."""

from __future__ import annotations

from dataclasses import replace

from intake.model.errors import DecisionRefused, Refusal
from intake.model.finding import Severity
from intake.model.finding_codes import FindingCode
from intake.model.receipt import Correction, Outcome, Receipt, ReviewAction, ReviewDecision
from intake.model.record import KnownPatients
from intake.pipeline.desk import Desk
from intake.pipeline.records.given import GivenAnswer, already_given, find_place, given_at
from intake.pipeline.returns.deciding.arrived import Arrived, arrived
from intake.pipeline.returns.deciding.decide import decide
from intake.pipeline.returns.interpret import Understood, entry_of
from intake.pipeline.review.held import (
    check_reason,
    conclude,
    held_answers,
    known_patients,
)
from intake.pipeline.review.read_again import read_again


def set_answer(desk: Desk, receipt_id: str, given: Correction, reason: str) -> Receipt:
    """Give one answer in the place of the file's; the file stays in review.

    The original is read again with every answer given so far. Raises DecisionRefused, also
    when the form would become that of a known patient whom the person does not name.
    """
    held = held_answers(desk.keeping.store, desk.study.forms, receipt_id)
    check_reason(held.receipt, reason, is_needed=True)
    where = find_place(held.definition, given.place)
    answer = given_at(where, given.text)
    before = already_given(held.submission)
    others = (g for g in before if (g.item, g.row) != (answer.item, answer.row))
    found = read_again(desk, held, (*others, answer))
    _require_understood(found, answer, where.code)
    form = arrived(found.definition, found.submission, held.receipt.source)
    known = known_patients(desk.keeping.store, form)
    _refuse_moving(held.form, form, known, given.moves_to)
    still_open = replace(decide(form, known), outcome=Outcome.REVIEW, earlier=held.receipt.earlier)
    made = entry_of(found, form, still_open)
    newest = ReviewDecision(action=ReviewAction.SET, at=desk.clock(), code=where.code)
    receipt = replace(
        made.receipt,
        id=held.receipt.id,
        parent=held.receipt.parent,
        decisions=(*held.receipt.decisions, newest),
    )
    return conclude(desk, replace(made, receipt=receipt), reason)


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


def _refuse_moving(before: Arrived, after: Arrived, known: KnownPatients, moves_to: str) -> None:
    """Stop when the answer makes the form a known patient's whom the person did not name."""
    if after.key is None or before.key == after.key:
        return
    owners = [record.subject for record in known.records if record.has(after.key)]
    if owners and moves_to.strip().upper() not in owners:
        raise DecisionRefused(Refusal.MOVES_PATIENT, subject=", ".join(owners))
