"""A record with some answers anew, as the entry that is saved: its next revision. Pure."""

from __future__ import annotations

from dataclasses import replace

from intake.checks.patient.changes import changes
from intake.checks.patient.content import content_digest
from intake.checks.patient.likeness import likeness_digest
from intake.checks.patient.patient_key import filling_date, hint
from intake.checks.patient.printed import as_printed
from intake.model.definition import FormDefinition
from intake.model.receipt import Completeness, loaded_with
from intake.model.record import Entry, KnownRecord, StoredRecord


def next_revision(
    form: FormDefinition, record: KnownRecord, current: StoredRecord, new: Entry
) -> Entry:
    """Return an entry with all that its record says of it; its receipt has its findings.

    Raises ValueError without answers.
    """
    receipt, submission = new.receipt, new.submission
    if submission is None:
        raise ValueError("a revision has answers")
    told = replace(
        receipt,
        outcome=loaded_with(receipt.findings),
        changes=changes(form, current.submission, submission),
        centre=receipt.centre or current.centre,
        subject=record.subject,
        record_id=record.record_id,
        completeness=Completeness(
            expected=submission.expected, answered=submission.expected_answered
        ),
        hint=hint(form, submission),
        filling_date=filling_date(form, submission),
    )
    return replace(
        new,
        receipt=told,
        key=record.current.key,
        content=content_digest(as_printed(form, submission)),
        likeness=likeness_digest(form, submission),
    )
