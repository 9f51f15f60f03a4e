"""One finding for one slip: a rule that says more hides what says less.

``hides`` of a rule names other rules, or codes of the program itself. What is hidden speaks
of an answer of which the rule speaks too. The severest entry of a rule hides the others
over the same answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from intake.checks.rules import Fired
from intake.model.finding import Finding, Severity

_ORDER = list(Severity)


def unhidden(fired: Sequence[Fired]) -> tuple[Fired, ...]:
    """Return the fired rules that no other fired rule hides."""
    return tuple(each for each in fired if not any(_hides(other, each) for other in fired))


def not_said_better(findings: Iterable[Finding], fired: Sequence[Fired]) -> Iterator[Finding]:
    """Yield the program's own findings that no fired rule hides."""
    for finding in findings:
        key = (finding.item or "", finding.row)
        if not any(finding.code in each.rule.hides and key in each.answers for each in fired):
            yield finding


def _hides(one: Fired, other: Fired) -> bool:
    if one is other or not one.answers & other.answers:
        return False
    if other.rule.id in one.rule.hides:
        return True
    same = one.rule.id == other.rule.id and one.answers == other.answers
    return same and _ORDER.index(one.rule.severity) > _ORDER.index(other.rule.severity)
