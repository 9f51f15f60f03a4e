"""What becomes of a file: from findings and known records to one outcome. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import assert_never

from intake.checks.patient.changes import changes
from intake.checks.patient.content import content_digest
from intake.checks.patient.patient_key import (
    identity_findings,
    is_near,
    patient_key,
    same_but_centre,
)
from intake.model.definition import FormDefinition
from intake.model.finding import Finding, Severity
from intake.model.finding_codes import (
    Effect,
    FindingCode,
    engine_code,
    finding_of,
    is_partly_read,
)
from intake.model.receipt import Change, Outcome
from intake.model.record import KnownRecord, PatientKey, StoredRecord
from intake.model.submission import Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a read form is: whose, which revision, what was noticed in deciding."""

    outcome: Outcome
    key: PatientKey | None = None
    content: str = ""
    record: KnownRecord | None = None
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()
    earlier: str | None = None


_ATTENTION = (
    Outcome.DUPLICATE,
    Outcome.LOADED,
    Outcome.LOADED_WITH_QUERIES,
    Outcome.REJECTED,
    Outcome.REVIEW,
)
"""The outcomes by the attention that they call for, the most last."""


def outcome_of(findings: Iterable[Finding]) -> Outcome:
    """Return the outcome that a file's findings call for."""
    found = tuple(findings)
    match _strongest(engine_code(finding.code) for finding in found):
        case Effect.REJECT:
            return Outcome.REJECTED
        case Effect.REVIEW:
            return Outcome.REVIEW
        case Effect.NONE:
            is_clear = all(finding.severity is Severity.NOTE for finding in found)
            return Outcome.LOADED if is_clear else Outcome.LOADED_WITH_QUERIES
        case unknown:
            assert_never(unknown)


def _strongest(codes: Iterable[FindingCode | None]) -> Effect:
    """Return the effect that goes before the others; a rule's finding has none."""
    effects = {code.effect for code in codes if code is not None}
    order = list(Effect)
    return max(effects, key=order.index, default=Effect.NONE)


def outcome_of_container(findings: Iterable[Finding], inside: Collection[Outcome]) -> Outcome:
    """Return the outcome of a container: what calls for most attention among its members.

    Rejected only when nothing in it could be taken, so that sent again it is opened again: a
    part that cannot be read counts as a member that was rejected.
    """
    own = outcome_of(findings)
    if own is Outcome.REVIEW or not inside:
        return own
    is_loaded = any(outcome.is_loaded for outcome in inside)
    match max((own, *inside), key=_ATTENTION.index):
        case Outcome.REVIEW:
            return Outcome.REVIEW
        case Outcome.REJECTED:
            return Outcome.LOADED_WITH_QUERIES if is_loaded else Outcome.REJECTED
        case Outcome.LOADED_WITH_QUERIES:
            return Outcome.LOADED_WITH_QUERIES
        case Outcome.LOADED | Outcome.DUPLICATE:
            return Outcome.LOADED if is_loaded else Outcome.DUPLICATE
        case unknown:
            assert_never(unknown)


@dataclass(frozen=True, slots=True)
class KnownPatients:
    """What the store knows of a form's patients: loaded records, and what waits in review."""

    records: tuple[KnownRecord, ...]
    pending: tuple[KnownRecord, ...]


def decide(definition: FormDefinition, submission: Submission, known: KnownPatients) -> Decision:
    """Recognise the patient of a read form and settle the outcome."""
    key = patient_key(definition, submission)
    content = content_digest(submission)
    is_whole = not any(is_partly_read(finding.code) for finding in submission.findings)
    repeated = _same_content(key, content, known) if is_whole else None
    if repeated is not None:
        note = finding_of(FindingCode.DUPLICATE_CONTENT, {"receipt": repeated.receipt})
        return Decision(
            outcome=Outcome.DUPLICATE, findings=(note,), earlier=repeated.receipt, record=repeated
        )
    same = next((r for r in known.records if key is not None and key in r.keys), None)
    extra = tuple(_doubts(definition, submission, key, same, known))
    if same is not None and not extra:
        extra = (finding_of(FindingCode.REVISION, {"revision": str(same.revision + 1)}),)
    outcome = outcome_of((*submission.findings, *extra))
    return Decision(outcome=outcome, key=key, content=content, record=same, findings=extra)


def with_changes(
    decision: Decision, definition: FormDefinition, before: StoredRecord, after: Submission
) -> Decision:
    """Add to a revision what changed since the current one."""
    return replace(decision, changes=changes(definition, before.submission, after))


def _same_content(key: PatientKey | None, content: str, known: KnownPatients) -> KnownRecord | None:
    if key is None:
        return None
    candidates = (*known.records, *known.pending)
    return next((r for r in candidates if key in r.keys and r.content == content), None)


def _doubts(
    definition: FormDefinition,
    submission: Submission,
    key: PatientKey | None,
    same: KnownRecord | None,
    known: KnownPatients,
) -> Iterable[Finding]:
    """Yield what a person must decide about the patient of a form."""
    if key is None:
        yield from identity_findings(definition, submission)
        return
    if same is not None:
        if is_older(definition, submission, same):
            yield finding_of(FindingCode.REVISION_OLDER, {"subject": same.subject})
        return
    for record in known.records:
        if any(same_but_centre(key, other) for other in record.keys):
            yield finding_of(FindingCode.IDENTITY_OTHER_CENTRE, {"subject": record.subject})
        elif any(is_near(key, other) for other in record.keys):
            yield finding_of(FindingCode.IDENTITY_NEAR, {"subject": record.subject})


def is_older(definition: FormDefinition, submission: Submission, record: KnownRecord) -> bool:
    """Say whether a form was filled before a record's current revision, or repeats an old one."""
    filled = filling_date(definition, submission)
    is_dated_before = bool(filled and record.filling_date and filled < record.filling_date)
    return is_dated_before or content_digest(submission) in record.earlier_contents


def filling_date(definition: FormDefinition, submission: Submission) -> str | None:
    """Return the ISO date on which the centre says it filled the form, if it says so."""
    name = definition.identity.filling_date
    value = submission.record.get(name) if name else None
    return value if isinstance(value, str) else None
