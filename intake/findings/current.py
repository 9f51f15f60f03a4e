"""Which findings still stand, those of each record's current revision, and what they ask now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from intake.model.finding import Finding, Severity
from intake.model.query import QuestionNow, question_of
from intake.model.receipt import Receipt
from intake.model.record import StoredRecord


def current_findings(stored: StoredRecord, receipt: Receipt | None) -> tuple[Finding, ...]:
    """Return what is said of a record's current revision, its file included, by its receipt.

    What newer rules said of it (``recheck``) stands in the place of what its receipt said. What
    was confirmed or given up since asks nothing; what is asked again asks as it did.
    """
    is_rechecked = stored.submission.rechecked is not None
    said = stored.submission.findings if is_rechecked or receipt is None else receipt.findings
    return tuple(_as_they_stand(said, stored.questions))


def _as_they_stand(
    findings: Iterable[Finding], questions: Iterable[QuestionNow]
) -> Iterator[Finding]:
    """Yield findings as their questions stand; each question is of one finding."""
    left = list(questions)
    for finding in findings:
        asks = question_of(finding)
        own = next((each for each in left if question_of(each.finding) == asks), None)
        if own is None or (finding.severity is Severity.NOTE and finding.settled is None):
            yield finding
            continue
        left.remove(own)
        if own.settled is not None:
            yield replace(finding, severity=Severity.NOTE, settled=own.settled)
        elif own.how is None and finding.settled is not None:
            yield replace(finding, severity=own.finding.severity, settled=None)
        else:
            yield finding
