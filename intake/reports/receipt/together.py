"""The one date behind several rules: shown once, with all that is said because of it.

A wrong date breaks every order it stands in. From three rules on, the remarks that share a
date are shown under it, so that a person sees one thing to mend and not a cascade. Where the
form's day zero is out of its own limits, it is certainly wrong: the dates that are out of
theirs are then shown under it as well, for they are counted from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from intake.model.definition import FormDefinition, Item
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode

FEWEST = 3
"""Fewer remarks on one date stay where they are."""

Place = tuple[str, int | None]


def shared_dates(findings: Sequence[Finding], form: FormDefinition | None) -> Mapping[int, Place]:
    """Return the date, and its row, under which each finding goes, by its index."""
    if form is None:
        return {}
    dates = {index: _dates(finding, form.items) for index, finding in enumerate(findings)}
    found = _around_day_zero(findings, form)
    while True:
        left = [place for index, places in dates.items() if index not in found for place in places]
        counts = Counter(left)
        if not counts or max(counts.values()) < FEWEST:
            return found
        lead = max(counts, key=lambda place: counts[place])
        found |= {i: lead for i, places in dates.items() if i not in found and lead in places}


def _around_day_zero(findings: Sequence[Finding], form: FormDefinition) -> dict[int, Place]:
    """Return what goes under day zero when it is out of its limits, and other dates too."""
    outside = {i for i, f in enumerate(findings) if _is_outside(f, form)}
    if len(outside) < FEWEST or form.day_zero not in {findings[i].item for i in outside}:
        return {}
    zero = (form.day_zero, None)
    rules = {i for i, f in enumerate(findings) if zero in _dates(f, form.items)}
    return dict.fromkeys(sorted(outside | rules), zero)


def _is_outside(finding: Finding, form: FormDefinition) -> bool:
    """Say whether a finding is about day zero, or a date of the story, out of its hard limits."""
    item = form.items.get(finding.item or "")
    if item is None or not item.is_date or item.name in form.identity.items:
        return False
    named = item.range_message.id if item.range_message else None
    is_own = item.name == form.day_zero and finding.code == named
    return is_own or finding.code == FindingCode.DATE_OUT_OF_RANGE


def _dates(finding: Finding, items: Mapping[str, Item]) -> set[Place]:
    """Return the dates that a rule compares; a finding on one answer alone has none."""
    named = (items[name] for name in finding.items if name in items)
    return {
        (item.name, finding.row if item.group is not None else None)
        for item in named
        if item.is_date
    }
