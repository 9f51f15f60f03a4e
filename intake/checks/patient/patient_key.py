"""Who the patient is: the folded identity items, and keys that nearly agree.

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


def same_but_centre(a: PatientKey, b: PatientKey) -> bool:
    """Say whether two keys differ by their centre and by nothing else."""
    differing = _differing(a, b)
    return differing == [(a.centre, b.centre)] and a.centre != b.centre


def is_near(a: PatientKey, b: PatientKey) -> bool:
    """Say whether two different keys may be one patient written twice.

    One letter differs in one part, or two letters of a part or two parts of letters are
    exchanged, or one of day, month and year differs, or day and month are exchanged.
    Numbers that differ are different: neighbours are usual there.
    """
    differing = _differing(a, b)
    if len(differing) == 1:
        return _near(*differing[0])
    if len(differing) != 2:
        return False
    (left, right), (other_left, other_right) = differing
    return left.isalpha() and left == other_right and right == other_left


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


def _parts(definition: FormDefinition, submission: Submission) -> Mapping[str, str]:
    """Return the identity items that hold a usable value, by name."""
    given = [v for v in submission.values if v.row is None and v.value is not None]
    return {v.item: str(v.value) for v in given if v.item in definition.identity.items}


def _differing(a: PatientKey, b: PatientKey) -> list[tuple[str, str]]:
    if len(a.parts) != len(b.parts):
        return [("", ""), ("", ""), ("", "")]
    pairs = zip(a.parts, b.parts, strict=True)
    return [(left, right) for left, right in pairs if left != right]


def _near(left: str, right: str) -> bool:
    if "-" in left and "-" in right:
        return _near_dates(left, right)
    if len(left) != len(right) or not (left.isalpha() and right.isalpha()):
        return False
    places = [index for index, letter in enumerate(left) if letter != right[index]]
    exchanged = sorted(left) == sorted(right) and len(places) == 2
    return len(places) == 1 or exchanged


def _near_dates(left: str, right: str) -> bool:
    one, other = left.split("-"), right.split("-")
    if len(one) != len(other):
        return False
    differing = [index for index, part in enumerate(one) if part != other[index]]
    return len(differing) == 1 or [one[0], *one[:0:-1]] == other
