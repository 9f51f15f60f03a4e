"""A form that was read, as deciding sees it: its answers, its dates, what tells it from others."""

from __future__ import annotations

from dataclasses import dataclass

from intake.checks.patient.content import content_digest
from intake.checks.patient.likeness import likeness_digest
from intake.checks.patient.patient_key import filling_date, patient_key
from intake.checks.patient.printed import as_printed
from intake.model.definition import FormDefinition
from intake.model.file.dates import FormDates
from intake.model.finding_codes import is_partly_read
from intake.model.receipt import SourceFile
from intake.model.record import Clues, PatientKey
from intake.model.submission import Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """One form that came, before it is known what becomes of it."""

    definition: FormDefinition
    submission: Submission
    dates: FormDates
    key: PatientKey | None
    content: str
    likeness: str
    also: tuple[FormDates, ...] = ()
    """Dates of waiting files that hold the same answers."""

    @property
    def is_whole(self) -> bool:
        """Say whether all that the file holds was read, so that its answers are all it says."""
        return not any(is_partly_read(finding.code) for finding in self.submission.findings)

    @property
    def clues(self) -> Clues:
        """Return what the store looks for."""
        return Clues(self.definition.id, self.key, self.likeness)


def arrived(definition: FormDefinition, submission: Submission, source: SourceFile) -> Arrived:
    """Return a form as read from a file."""
    filled = filling_date(definition, submission)
    return Arrived(
        definition=definition,
        submission=submission,
        dates=FormDates(filled=filled, sent=source.sent, saved=source.inside),
        key=patient_key(definition, submission),
        content=content_digest(as_printed(definition, submission)),
        likeness=likeness_digest(definition, submission),
    )
