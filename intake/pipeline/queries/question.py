"""What a query is about: whether its answers are the same, gone, missing, held back. Pure.

Whether an answer is still the same is decided here; what follows from it in ``conversation``.
"""

from __future__ import annotations

from collections.abc import Hashable

from intake.checks.patient.changes import answer_state
from intake.model.definition import MissingReason
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, is_partly_read
from intake.model.query import answers_named
from intake.model.submission import Submission, ValueStatus

ABOUT_SHEET = frozenset({FindingCode.SHEET_UNCLEAR, FindingCode.SHEET_LATE})
"""What is said of a sheet that came back: of a question that is asked already."""


def is_same_answer(finding: Finding, then: Submission | None, now: Submission) -> bool:
    """Say whether the answers that a finding speaks of are what they were then.

    Hidden and unanswered are the same; what is held back counts as written.
    """
    return then is not None and _answers(finding, then) == _answers(finding, now)


def is_gone(finding: Finding, then: Submission | None, now: Submission) -> bool:
    """Say whether what a finding asks about is not asked any more: hidden, or its row empty."""
    held = answers_named(finding, now)
    if held and all(value.missing is MissingReason.NA for value in held):
        return True
    before = () if then is None else answers_named(finding, then)
    group = next((value.group for value in before if value.row is not None), None)
    return group is not None and finding.row is not None and not _has_row(now, group, finding.row)


def is_about_file(finding: Finding) -> bool:
    """Say whether a finding speaks of what a file holds beside its answers.

    Another file holds something else: what was said of the first is no answer for it.
    """
    return not finding.all_items or is_partly_read(finding.code)


def is_held_back(finding: Finding, submission: Submission) -> bool:
    """Say whether an answer that a finding speaks of could not be kept as it was written."""
    return any(
        value.status is ValueStatus.HELD_BACK for value in answers_named(finding, submission)
    )


def _answers(finding: Finding, submission: Submission) -> frozenset[Hashable]:
    given = (v for v in answers_named(finding, submission) if v.missing is not MissingReason.NA)
    return frozenset((value.item, value.row, answer_state(value)) for value in given)


def _has_row(submission: Submission, group: str, row: int) -> bool:
    return any(
        value.group == group and value.row == row and value.missing is not MissingReason.NA
        for value in submission.values
    )
