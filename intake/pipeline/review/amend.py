"""Answers given by the coordinator in a file that waits in review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from intake.model.errors import DecisionRefused, Refusal
from intake.model.receipt import Correction, Outcome, Receipt, ReviewAction, ReviewDecision
from intake.model.record import Entry, KnownPatients
from intake.pipeline.desk import Desk
from intake.pipeline.records.given import (
    GivenAnswer,
    already_given,
    find_place,
    given_at,
    refuse_two_answers,
    require_understood,
)
from intake.pipeline.returns.deciding.arrived import Arrived, arrived
from intake.pipeline.returns.deciding.decide import decide
from intake.pipeline.returns.interpret import Understood, entry_of
from intake.pipeline.returns.sheets import ReadSheet, held_sheet
from intake.pipeline.review.held import (
    Held,
    check_reason,
    conclude,
    held_answers,
    known_patients,
)
from intake.pipeline.review.read_again import read_again


def set_answer(desk: Desk, receipt_id: str, given: Correction, reason: str) -> Receipt:
    """Give one answer in the place of the file's, as ``set_answers`` gives several."""
    return set_answers(desk, receipt_id, (given,), reason)


def set_answers(desk: Desk, receipt_id: str, given: Sequence[Correction], reason: str) -> Receipt:
    """Give answers in the place of the file's, all or none; the file stays in review.

    The original is read again with every answer given so far. Raises DecisionRefused, also
    when the form would become that of a known patient whom the person does not name.
    """
    held = held_answers(desk.keeping.store, desk.study.forms, receipt_id)
    check_reason(held.receipt, reason, is_needed=True)
    refuse_two_answers((_code(held, each.place), each.text) for each in given)
    answers = {_code(held, each.place): _answer(held, each) for each in given}
    found = _read_with(desk, held, answers)
    moves_to = next((each.moves_to for each in given if each.moves_to), "")
    made = _still_open(desk, held, found, moves_to)
    codes = ", ".join(answers)
    newest = ReviewDecision(action=ReviewAction.SET, at=desk.clock(), code=codes)
    receipt = replace(
        made.receipt,
        id=held.receipt.id,
        parent=held.receipt.parent,
        decisions=(*held.receipt.decisions, newest),
    )
    return conclude(desk, replace(made, receipt=receipt), reason)


def _still_open(desk: Desk, held: Held, found: Understood, moves_to: str) -> Entry:
    """Return the entry of a file that stays in review with its answers as they are now."""
    if held.receipt.sheet is not None:
        return held_sheet(ReadSheet(found.blank, found.submission))
    form = arrived(found.definition, found.submission, held.receipt.source)
    known = known_patients(desk.keeping.store, form)
    _refuse_moving(held.form, form, known, moves_to)
    still_open = replace(decide(form, known), outcome=Outcome.REVIEW, earlier=held.receipt.earlier)
    return entry_of(found, form, still_open)


def _read_with(desk: Desk, held: Held, answers: Mapping[str, GivenAnswer]) -> Understood:
    """Return the form with these answers over those given before. Raises DecisionRefused."""
    anew = {(answer.item, answer.row) for answer in answers.values()}
    before = already_given(held.submission)
    others = (given for given in before if (given.item, given.row) not in anew)
    found = read_again(desk, held, (*others, *answers.values()))
    for code, answer in answers.items():
        require_understood(found.submission, answer, code)
    return found


def _code(held: Held, place: str) -> str:
    return find_place(held.definition, place).code


def _answer(held: Held, given: Correction) -> GivenAnswer:
    return given_at(find_place(held.definition, given.place), given.text)


def _refuse_moving(before: Arrived, after: Arrived, known: KnownPatients, moves_to: str) -> None:
    """Stop when the answer makes the form a known patient's whom the person did not name."""
    if after.key is None or before.key == after.key:
        return
    owners = [record.subject for record in known.records if record.has(after.key)]
    if owners and moves_to.strip().upper() not in owners:
        raise DecisionRefused(Refusal.MOVES_PATIENT, subject=", ".join(owners))
