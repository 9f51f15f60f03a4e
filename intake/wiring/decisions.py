"""The coordinator's decisions about a file or a record: each whole or refused, under the lock.

Every decision raises DecisionRefused; nothing has changed then. The dataset follows, or is left
for later by an ``App`` that puts it off; after an objection it follows at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Concatenate, ParamSpec

from intake.findings.refusal import refusal_sentence
from intake.model.errors import DecisionRefused
from intake.model.file.password import Password
from intake.model.receipt import Correction, Receipt
from intake.pipeline.desk import Desk
from intake.pipeline.records import answer_list
from intake.pipeline.review import amend, decisions, merge, refuse
from intake.pipeline.review import correct as correcting
from intake.pipeline.review import undo as undoing
from intake.pipeline.review import unlock as unlocking
from intake.pipeline.review import withdraw as withdrawing
from intake.wiring.app import App
from intake.wiring.conduct.freezing import frozen_copies
from intake.wiring.conduct.ledger import forget_messages
from intake.wiring.sheets import remove_sheets
from intake.words.catalogue import Words

P = ParamSpec("P")


def accept(app: App, receipt_id: str, reason: str = "") -> Receipt:
    """Load the held answers as they are."""
    return _taken(app, decisions.accept, receipt_id, reason)


def same_as(app: App, receipt_id: str, patient: str, reason: str = "") -> Receipt:
    """Load the held answers as a revision of a known record."""
    return _taken(app, decisions.same_as, receipt_id, patient, reason)


def split(app: App, receipt_id: str, reason: str = "") -> Receipt:
    """Load the held answers as a new patient's, although near."""
    return _taken(app, decisions.split, receipt_id, reason)


def reject(app: App, receipt_id: str, reason: str) -> Receipt:
    """Keep nothing of the answers."""
    return _taken(app, refuse.reject, receipt_id, reason)


def objection(app: App, receipt_id: str, reason: str = "") -> Receipt:
    """Delete the held answers for good: the patient objected."""
    return app.at_work(lambda desk: refuse.objection(desk, receipt_id, reason), at_once=True)


def merge_in(app: App, receipt_id: str, patient: str = "", reason: str = "") -> Receipt:
    """Load a form over its patient's record, whose other answers stay."""
    return _taken(app, merge.merge, receipt_id, patient, reason)


def set_answers(app: App, receipt_id: str, given: Sequence[Correction], reason: str) -> Receipt:
    """Give several answers in the place of the file's, all or none; the file stays in review."""
    return _taken(app, amend.set_answers, receipt_id, given, reason)


def undo(app: App, receipt_id: str, reason: str = "") -> Receipt:
    """Take back the newest decision about a file, or its loading."""
    return _taken(app, undoing.undo, receipt_id, reason)


def correct(app: App, record: str, given: Sequence[Correction], reason: str) -> Receipt:
    """Give answers to a record, which becomes its next revision."""
    return _taken(app, correcting.correct, record, given, reason)


def withdraw(app: App, record: str, reason: str, *, objection: bool = False) -> Receipt:
    """Take a record out of the dataset; after an objection its answers are deleted for good."""
    if not objection:
        return _taken(app, withdrawing.withdraw, record, reason)
    known = app.store.known_record(app.study.form, record)
    receipt = app.at_work(
        lambda desk: withdrawing.withdraw_objecting(desk, record, reason), at_once=True
    )
    if known is not None:
        remove_sheets(app, known.subject)
        forget_messages(app, [one.id for one in app.store.receipts_of(known.record_id)])
    return receipt


def frozen_with(app: App, record: str) -> tuple[Path, ...]:
    """Return the frozen datasets that hold a record, as ``REI-007``; none of an unknown one."""
    known = app.store.known_record(app.study.form, record)
    return frozen_copies(app.places.freezes, known.record_id) if known is not None else ()


def answers_in(content: bytes) -> tuple[Correction, ...]:
    """Return the answers of a table of two columns, code and answer."""
    return answer_list.answers_of(content)


def unlock(app: App, receipt_id: str, password: Password, reason: str = "") -> Receipt:
    """Open a protected file and process what it holds."""
    return _taken(app, unlocking.unlock, receipt_id, password, reason)


def why_refused(problem: DecisionRefused, words: Words, *, on_page: bool = False) -> str:
    """Return why a decision was not taken and what to do; never an answer."""
    return refusal_sentence(problem, words, on_page=on_page)


def _taken(
    app: App,
    decision: Callable[Concatenate[Desk, P], Receipt],
    /,
    *arguments: P.args,
    **named: P.kwargs,
) -> Receipt:
    return app.at_work(lambda desk: decision(desk, *arguments, **named))
