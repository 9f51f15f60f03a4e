"""Whose form it is: a known patient's, a new one's, or a person's to say. Pure.

Every form is compared with every revision of every record that the store proposes, so that
the order in which files come changes no answer; what a person has decided is not asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from intake.checks.patient.likeness import likeness_digest, may_be_two_patients, mostly_agree
from intake.checks.patient.near_keys import is_near, is_within_two_parts, same_but_centre
from intake.checks.patient.patient_key import identity_findings
from intake.model.finding import Finding, Severity
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.receipt import Receipt
from intake.model.record import KnownForm, KnownRecord, PatientKey
from intake.pipeline.returns.deciding.arrived import Arrived


@dataclass(frozen=True, slots=True)
class Whose:
    """The record that a form belongs to, none for a new patient; what is in doubt about it."""

    record: KnownRecord | None = None
    doubts: tuple[Finding, ...] = ()


def whose(form: Arrived, records: Iterable[KnownRecord]) -> Whose:
    """Recognise the patient of a form among the records that may be its."""
    if form.key is None:
        return Whose(None, identity_findings(form.definition, form.submission))
    known = tuple(records)
    owners = [record for record in known if record.has(form.key)]
    fitting = [record for record in owners if not is_in_doubt(form, record)]
    own = fitting[0] if len(fitting) == 1 else None
    doubts = [] if own else [_named(FindingCode.PATIENT_IN_DOUBT, record) for record in owners]
    others = (record for record in known if record not in owners)
    doubts += _neighbours(form, form.key, own, others)
    return Whose(own, tuple(doubts))


def is_in_doubt(form: Arrived, record: KnownRecord) -> bool:
    """Say whether a form of a record's key may be another patient's."""
    return any(
        may_be_two_patients(form.definition, known.submission, form.submission)
        for known in record.unsettled
    )


def sent_elsewhere(
    record: KnownRecord, receipts: Iterable[Receipt], centre: str | None, listed: Mapping[str, str]
) -> tuple[Finding, ...]:
    """Return the note that another centre with the same letters sent a record's answers too.

    The patient's number does not say so: the letters in it are those of both. ``listed`` are
    the letters of each centre, by id; a form that names no listed centre says too little.
    """
    letters = listed.get(centre or "")
    others = {one.centre for one in receipts if one.outcome.is_loaded} - {centre}
    if letters is None or all(listed.get(other or "") != letters for other in others):
        return ()
    note = _named(FindingCode.IDENTITY_OTHER_CENTRE, record)
    return (replace(note, severity=Severity.NOTE),)


def ranked(key: PatientKey, records: Iterable[KnownRecord]) -> PatientKey:
    """Return the key of one more patient: the first rank that no record with these parts has."""
    same = (k.rank for record in records for k in record.keys if k.parts == key.parts)
    return replace(key, rank=max(same, default=0) + 1)


def _neighbours(
    form: Arrived, key: PatientKey, own: KnownRecord | None, others: Iterable[KnownRecord]
) -> Iterator[Finding]:
    """Yield the other records that may be the same patient's, unless a person said they are not."""
    for record in others:
        if own is not None and _are_told_apart(own, record):
            continue
        if any(same_but_centre(key, other) for other in record.keys):
            yield _named(FindingCode.IDENTITY_OTHER_CENTRE, record)
        elif any(_is_alike(form, key, known) for known in record.forms):
            yield _named(FindingCode.IDENTITY_NEAR, record)


def _is_alike(form: Arrived, key: PatientKey, known: KnownForm) -> bool:
    if is_near(key, known.key):
        return True
    if form.likeness and form.likeness == likeness_digest(form.definition, known.submission):
        return True
    is_close = is_within_two_parts(key, known.key)
    return is_close and mostly_agree(form.definition, form.submission, known.submission)


def _are_told_apart(one: KnownRecord, other: KnownRecord) -> bool:
    return any(other.subject in form.told_from for form in one.forms) or any(
        one.subject in form.told_from for form in other.forms
    )


def _named(code: FindingCode, record: KnownRecord) -> Finding:
    return finding_of(code, {"subject": record.subject})
