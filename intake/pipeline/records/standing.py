"""What is said of a record once some of its answers came anew. Pure.

Findings on answers that did not come anew stay as they stand, lowered where a person lowered
them. What the new answers change is the difference between two checks: of the answers as
they were, and as they are now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from intake.model.finding import Finding, Severity
from intake.model.finding_codes import Doubt, awaits_decision, doubt_of, engine_code
from intake.model.submission import ItemKey, Submission, ValueStatus


@dataclass(frozen=True, slots=True)
class Findings:
    """What was said of a record, and what checking says of its answers before and now."""

    said: tuple[Finding, ...]
    before: tuple[Finding, ...]
    now: tuple[Finding, ...]


def standing(findings: Findings, places: Collection[ItemKey]) -> Iterator[Finding]:
    """Yield what is said of a record now that some questions were answered anew."""
    said, before, now = (
        {_question(finding) for finding in each}
        for each in (findings.said, findings.before, findings.now)
    )
    for finding in findings.said:
        asked = _question(finding)
        is_as_it_was = not touches(finding, places) if asked in now else asked not in before
        if is_as_it_was and not is_replaced(finding, places):
            yield finding
    for finding in findings.now:
        if touches(finding, places) or _question(finding) not in said | before:
            yield finding


def touches(finding: Finding, places: Collection[ItemKey]) -> bool:
    """Say whether one of the answers that a finding names came anew."""
    named = finding.all_items
    return any(
        item in named and (row is None or finding.row in (None, row)) for item, row in places
    )


def is_replaced(finding: Finding, places: Collection[ItemKey]) -> bool:
    """Say whether all the answers that a finding names came anew; never of one about a file."""
    named = finding.all_items
    return bool(named) and all(
        (item, finding.row) in places or (item, None) in places for item in named
    )


def is_outlived(finding: Finding, before: Iterable[Finding], places: Collection[ItemKey]) -> bool:
    """Say whether newer rules said something of answers of which one came anew.

    The form's own rules, which give ``before``, cannot say it; the newest may, asked again.
    """
    is_rule = engine_code(finding.code) is None
    own = {_question(each) for each in before}
    return is_rule and touches(finding, places) and _question(finding) not in own


def settled(submission: Submission) -> Submission:
    """Return answers that a person loads; what was to be decided is only told from then on."""
    return replace(submission, findings=answered(submission.findings, submission))


def answered(findings: Iterable[Finding], submission: Submission) -> tuple[Finding, ...]:
    """Return the findings; those that a person had to decide on ask for nothing any more.

    A value that is held back is still asked for, and so are letters that are missing.
    """
    back = {value.key for value in submission.values if value.status is ValueStatus.HELD_BACK}
    return tuple(
        replace(f, severity=Severity.NOTE)
        if _is_answered(f.code) and (f.item, f.row) not in back
        else f
        for f in findings
    )


def _is_answered(code: str) -> bool:
    """Say whether a decision answers a finding; what a record lacks it goes on lacking."""
    return awaits_decision(code) and doubt_of(code) is not Doubt.NO_PATIENT


def _question(finding: Finding) -> tuple[object, ...]:
    """Return what a finding asks and of which answers, whatever its words and severity."""
    return (finding.code, finding.item, finding.row, finding.items)
