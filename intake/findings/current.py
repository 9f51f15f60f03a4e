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
    findings: Iterable[Finding], questions: tuple[QuestionNow, ...]
) -> Iterator[Finding]:
    """Yield findings as their questions stand; each question is of one finding."""
    left = [each for each in questions if each.how is None or each.settled]
    for finding in findings:
        if finding.severity is Severity.NOTE and finding.settled is None:
            yield finding
            continue
        asks = question_of(finding)
        own = next((each for each in left if question_of(each.finding) == asks), None)
        if own is not None:
            left.remove(own)
        yield _as_it_stands(finding, own or _of_its_rule(finding, questions))


def _of_its_rule(finding: Finding, questions: Iterable[QuestionNow]) -> QuestionNow | None:
    """Return the question of another version of a rule, which answers for what has none of its own.

    So it stands where a revision that newer rules spoke of is current again.
    """
    place = (finding.code, finding.row)
    same = (each for each in questions if (each.finding.code, each.finding.row) == place)
    return next((each for each in same if each.settled), None)


def _as_it_stands(finding: Finding, question: QuestionNow | None) -> Finding:
    if question is not None and question.settled is not None:
        return replace(finding, severity=Severity.NOTE, settled=question.settled)
    if question is None or finding.settled is None:
        return finding
    return replace(finding, severity=question.finding.severity, settled=None)
