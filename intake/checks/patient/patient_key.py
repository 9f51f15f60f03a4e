"""Who the patient is: the folded identity items.

Keys that nearly agree are in ``near_keys``.

Keys and hints identify a person: no log, no finding and no file of the dataset holds them.
"""

from __future__ import annotations

from collections.abc import Mapping

from intake.model.definition import FormDefinition
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.record import PatientKey
from intake.model.submission import Submission

_SEPARATOR = " · "


def patient_key(definition: FormDefinition, submission: Submission) -> PatientKey | None:
    """Return the patient's key, or None when a part of it is missing or uncertain."""
    parts = _parts(definition, submission)
    names = definition.identity.items
    if any(name not in parts for name in names):
        return None
    return PatientKey(tuple(parts[name] for name in names), parts[definition.identity.centre])


def identity_findings(definition: FormDefinition, submission: Submission) -> tuple[Finding, ...]:
    """Return what is missing to know the patient; nothing when it was said already.

    Letters in excess are said by their own finding (IDENTITY_TOO_LONG).
    """
    code = FindingCode.IDENTITY_INCOMPLETE
    parts = _parts(definition, submission)
    said = {f.item for f in submission.findings if f.code == FindingCode.IDENTITY_TOO_LONG}
    missing = [name for name in definition.identity.items if name not in parts]
    unsaid = tuple(name for name in missing if name not in said)
    if not unsaid or any(finding.code == code for finding in submission.findings):
        return ()
    return (finding_of(code, items=unsaid),)


def hint(definition: FormDefinition, submission: Submission) -> str:
    """Return what helps a centre find its patient (``REI · DU/MA``); never a date."""
    parts = _parts(definition, submission)
    centre = definition.identity.centre
    letters = [
        parts[name]
        for name in definition.identity.items
        if name in parts and name != centre and definition.items[name].is_free_text
    ]
    shown = [parts.get(centre, ""), "/".join(letters)]
    return _SEPARATOR.join(part for part in shown if part)


def filling_date(definition: FormDefinition, submission: Submission) -> str | None:
    """Return the ISO date on which the centre says it filled the form, if it says so."""
    name = definition.identity.filling_date
    value = submission.record.get(name) if name else None
    return value if isinstance(value, str) else None


def _parts(definition: FormDefinition, submission: Submission) -> Mapping[str, str]:
    """Return the identity items that hold a usable value, by name."""
    given = [v for v in submission.values if v.row is None and v.value is not None]
    return {v.item: str(v.value) for v in given if v.item in definition.identity.items}
