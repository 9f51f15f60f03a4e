"""Answers given to a record by the coordinator: written down, kept, and read like a file."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import replace

from intake.model.correction import RecordCorrection
from intake.model.errors import DecisionRefused, Refusal
from intake.model.receipt import Correction, Receipt, SourceFile
from intake.model.record import Entry, KnownRecord
from intake.pipeline.desk import Desk
from intake.pipeline.queries.conversation import Brought
from intake.pipeline.queries.in_turn import with_queries
from intake.pipeline.records.corrected import corrected_entry
from intake.pipeline.records.document import correction_bytes, to_be_sealed
from intake.pipeline.returns.deliver import deliver
from intake.pipeline.review.held import check_words


def correct(desk: Desk, name: str, answers: Iterable[Correction], reason: str) -> Receipt:
    """Give answers to a record, which becomes its next revision. Raises DecisionRefused.

    Nothing is kept of a correction that is refused.
    """
    known = record_named(desk, name)
    check_words(reason, of=known.subject, is_needed=True)
    correction = _sealed(desk, known, tuple(answers), reason)
    content = correction_bytes(correction)
    source = SourceFile(
        name=f"correction-{known.subject}-{known.revision + 1}.json",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        received=correction.at,
    )
    entry = corrected_entry(desk.study, desk.keeping.store, source, correction)
    desk.keeping.archive.keep(source, [content])
    receipt = _saved(desk, entry, correction.at)
    deliver(desk, receipt)
    return receipt


def _saved(desk: Desk, entry: Entry, at: dt.datetime) -> Receipt:
    """Save a correction with what it opens and closes of the record's queries."""
    store, forms = desk.keeping.store, desk.study.forms
    with store.together():
        numbered = replace(entry, receipt=replace(entry.receipt, id=store.reserve()))
        return store.save(with_queries(store, forms, numbered, at, Brought.ANSWERS))


def record_named(desk: Desk, name: str) -> KnownRecord:
    """Return the record with a number or an id, of whatever form. Raises DecisionRefused."""
    forms = dict.fromkeys(definition.id for definition in desk.study.forms.definitions())
    found = (desk.keeping.store.known_record(form, name) for form in forms)
    record = next((each for each in found if each is not None), None)
    if record is None:
        raise DecisionRefused(Refusal.UNKNOWN_PATIENT, patient=name)
    return record


def _sealed(
    desk: Desk, known: KnownRecord, answers: tuple[Correction, ...], reason: str
) -> RecordCorrection:
    correction = RecordCorrection(
        form=known.current.submission.form,
        record_id=known.record_id,
        subject=known.subject,
        revision=known.revision,
        answers=answers,
        by=desk.by,
        at=desk.clock(),
        reason=reason.strip(),
    )
    return replace(correction, seal=desk.keeping.store.sign(to_be_sealed(correction)))
