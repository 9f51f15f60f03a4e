"""The one date behind several rules: shown once, with all that is said because of it.

A wrong date breaks every order it stands in. From three rules on, the remarks that share a
date are shown under it, so that a person sees one thing to mend and not a cascade.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from intake.model.definition import Item
from intake.model.finding import Finding

FEWEST = 3
"""Fewer remarks on one date stay where they are."""

Place = tuple[str, int | None]


def shared_dates(findings: Sequence[Finding], items: Mapping[str, Item]) -> Mapping[int, Place]:
    """Return the date, and its row, under which each finding goes, by its index."""
    dates = {index: _dates(finding, items) for index, finding in enumerate(findings)}
    found: dict[int, Place] = {}
    while True:
        left = [place for index, places in dates.items() if index not in found for place in places]
        counts = Counter(left)
        if not counts or max(counts.values()) < FEWEST:
            return found
        lead = max(counts, key=lambda place: counts[place])
        found |= {i: lead for i, places in dates.items() if i not in found and lead in places}


def _dates(finding: Finding, items: Mapping[str, Item]) -> set[Place]:
    """Return the dates that a rule compares; a finding on one answer alone has none."""
    named = (items[name] for name in finding.items if name in items)
    return {
        (item.name, finding.row if item.group is not None else None)
        for item in named
        if item.is_date
    }
