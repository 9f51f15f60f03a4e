"""One finding for one slip: a rule that says more hides what says less.

``hides`` of a rule names other rules, or codes of the program itself. What is hidden speaks
of an answer of which the rule speaks too. The severest entry of a rule hides the others
over the same answers. What the file itself says of an answer (an error in its cell) hides that
the answer could not be understood.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from intake.checks.rules import Fired
from intake.model.finding import Finding, Severity
from intake.model.finding_codes import FindingCode

_ORDER = list(Severity)
_UNREADABLE = frozenset(
    {
        FindingCode.NUMBER_UNREADABLE,
        FindingCode.DATE_UNREADABLE,
        FindingCode.CHOICE_UNKNOWN,
        FindingCode.TICK_UNREADABLE,
    }
)
_EXPLAINS: Mapping[str, frozenset[FindingCode]] = {
    FindingCode.CELL_ERROR: _UNREADABLE,
    FindingCode.CELL_FORMULA_EMPTY: _UNREADABLE,
    FindingCode.CELL_DATE_UNSURE: _UNREADABLE,
    FindingCode.CELL_MERGED: frozenset({FindingCode.REQUIRED}),
    FindingCode.READINGS_DISAGREE: frozenset({FindingCode.REQUIRED}),
}


def unhidden(fired: Sequence[Fired]) -> tuple[Fired, ...]:
    """Return the fired rules that no other fired rule hides."""
    return tuple(each for each in fired if not any(_hides(other, each) for other in fired))


def not_said_better(findings: Iterable[Finding], fired: Sequence[Fired]) -> Iterator[Finding]:
    """Yield the program's own findings that no fired rule hides."""
    for finding in findings:
        key = (finding.item or "", finding.row)
        if not any(finding.code in each.rule.hides and key in each.answers for each in fired):
            yield finding


def not_explained(findings: Iterable[Finding], of_file: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings on answers that no finding of the file on the same answer explains."""
    explained = {
        (found.item, found.row, hidden)
        for found in of_file
        for hidden in _EXPLAINS.get(found.code, ())
    }
    for finding in findings:
        if (finding.item, finding.row, finding.code) not in explained:
            yield finding


def _hides(one: Fired, other: Fired) -> bool:
    if one is other or not one.answers & other.answers:
        return False
    if other.rule.id in one.rule.hides:
        return True
    same = one.rule.id == other.rule.id and one.answers == other.answers
    return same and _ORDER.index(one.rule.severity) > _ORDER.index(other.rule.severity)
