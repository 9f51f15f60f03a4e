"""Rows beyond the printed ones, beside the answer that says whether there are any. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from intake.checks.assemble import Key
from intake.checks.rules import Fired
from intake.model.address import Place
from intake.model.definition import FormDefinition, FurtherRows, ItemGroup
from intake.model.finding import Finding, Location
from intake.model.finding_codes import FindingCode, finding_of


def free_rows(group: ItemGroup, record: Mapping[str, Any]) -> range:
    """Return the rows that follow the printed ones and the last that a record holds."""
    last = max(_held(group, record), default=group.rows)
    return group.held[last:]


def says_more(further: FurtherRows, record: Mapping[str, Any]) -> bool:
    """Say whether a record's answers say that there are more rows than printed."""
    answer = record.get(further.item, ())
    return further.code in ([answer] if isinstance(answer, str) else answer)


def not_answered(
    definition: FormDefinition, record: Mapping[str, Any], fired: Iterable[Fired]
) -> tuple[Fired, ...]:
    """Return the fired rules, without those that ask for further rows which are there.

    Where no row is free any more, they go on asking: there may be more than a record holds. Where
    the form says that there are none, no rule asks for them: what fires is about something else.
    """
    groups = [group for group in definition.groups.values() if _held(group, record)]
    answered = {
        (g.further.item,)
        for g in groups
        if g.further and says_more(g.further, record) and free_rows(g, record)
    }
    return tuple(each for each in fired if each.rule.items not in answered)


def unsaid_rows(
    definition: FormDefinition, record: Mapping[str, Any], hidden: Collection[Key]
) -> Iterator[Finding]:
    """Yield what is asked of further rows where the form says that there are none."""
    for group in definition.groups.values():
        held, further = _held(group, record), group.further
        if further is None or not held or says_more(further, record):
            continue
        if (further.item, None) not in hidden:
            place = Place(definition.items[further.item])
            told = {"rows": ", ".join(map(str, held))}
            asked = finding_of(FindingCode.FURTHER_ROWS, told, location=Location(code=place.code))
            yield replace(asked, item=further.item)


def _held(group: ItemGroup, record: Mapping[str, Any]) -> tuple[int, ...]:
    rows = (int(row["_row"]) for row in record.get(group.name, ()))
    return tuple(row for row in rows if row > group.rows)
