"""What becomes of a form: from its findings and the known patients to one outcome. Pure.

Whose it is, whether it is the newer, and which of equal files is kept are rooms beside.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from intake.checks.patient.changes import changes
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.receipt import Change, Outcome
from intake.model.record import KnownForm, KnownPatients, KnownRecord
from intake.pipeline.returns.deciding.arrived import Arrived
from intake.pipeline.returns.deciding.carrier import carrier_rank, replaceable
from intake.pipeline.returns.deciding.outcome import outcome_of
from intake.pipeline.returns.deciding.revision import is_older, revision_finding
from intake.pipeline.returns.deciding.whose import whose


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a read form is: whose, which revision, what was noticed in deciding."""

    outcome: Outcome
    record: KnownRecord | None = None
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()
    earlier: str | None = None
    steps_aside: tuple[str, ...] = ()
    """Receipts of waiting forms with the same answers, whose place it takes."""


def decide(form: Arrived, known: KnownPatients) -> Decision:
    """Recognise the patient of a read form and settle the outcome."""
    equal = tuple(_equal(form, known.waiting))
    also = tuple(dates for each in equal for dates in each.dates)
    alone = _among_records(replace(form, also=also), known.records)
    if alone.outcome is Outcome.DUPLICATE or not form.is_whole or not equal:
        return alone
    aside = replaceable(equal)
    best = max((carrier_rank(each.submission) for each in equal), default=None)
    is_better = best is not None and carrier_rank(form.submission) > best
    if alone.outcome.is_loaded or (is_better and aside == equal):
        return replace(alone, steps_aside=tuple(each.receipt for each in aside))
    return _repeats(equal[0].receipt, None)


def with_changes(decision: Decision, form: Arrived) -> Decision:
    """Add to a revision what changed since the current one."""
    if decision.record is None:
        return decision
    before = decision.record.current.submission
    return replace(decision, changes=changes(form.definition, before, form.submission))


def _among_records(form: Arrived, records: tuple[KnownRecord, ...]) -> Decision:
    """Decide on a form as if nothing waited."""
    repeated = _holder(form, records) if form.is_whole else None
    if repeated is not None and not is_older(form, repeated):
        return _repeats(repeated.current.receipt, repeated)
    found = whose(form, records)
    record, extra = repeated or found.record, found.doubts
    if record is not None and (repeated or not extra):
        extra = (_of_record(form, record),)
    outcome = outcome_of((*form.submission.findings, *extra))
    return Decision(outcome=outcome, record=record, findings=extra)


def _of_record(form: Arrived, record: KnownRecord) -> Finding:
    """Return what is said of a form of a known record, in no doubt."""
    if record.current.is_withdrawn:
        return finding_of(FindingCode.RECORD_WITHDRAWN, {"subject": record.subject})
    return revision_finding(form, record)


def _repeats(receipt: str, record: KnownRecord | None) -> Decision:
    note = finding_of(FindingCode.DUPLICATE_CONTENT, {"receipt": receipt})
    return Decision(outcome=Outcome.DUPLICATE, findings=(note,), earlier=receipt, record=record)


def _holder(form: Arrived, records: Iterable[KnownRecord]) -> KnownRecord | None:
    """Return the record whose current answers, under the same key, are the form's."""
    key = form.key
    return next(
        (
            r
            for r in records
            if key
            and r.has(key)
            and r.current.content == form.content
            and not r.current.is_withdrawn
        ),
        None,
    )


def _equal(form: Arrived, waiting: Iterable[KnownForm]) -> Iterable[KnownForm]:
    """Yield the waiting forms of the same patient with the same answers, oldest first."""
    for each in waiting:
        same_key = form.key is not None and each.key.parts == form.key.parts
        if same_key and each.content == form.content:
            yield each
