"""Answers that a person corrected and a newer form gives again as they were before. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from intake.checks.patient.changes import differing
from intake.model.definition import FormDefinition
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.submission import Rung, Submission


def with_undone(definition: FormDefinition, current: Submission, new: Submission) -> Submission:
    """Return a form's answers with what is asked where they take a correction back."""
    return replace(new, findings=(*new.findings, *_undone(definition, current, new)))


def _undone(definition: FormDefinition, current: Submission, new: Submission) -> Iterator[Finding]:
    for (name, row), before, after in differing(definition, current, new):
        if before is None or after is None or before.rung is not Rung.PERSON:
            continue
        if after.rung is not Rung.PERSON and before.replaced and after.raw == before.replaced:
            asked = finding_of(FindingCode.CORRECTION_UNDONE, location=after.location)
            yield replace(asked, item=name, row=row)
