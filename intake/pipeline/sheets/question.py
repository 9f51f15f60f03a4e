"""The questions of a sheet: for each query, the places to answer in and whether one mark confirms.

Pure. Which queries there are is decided in ``intake.pipeline.queries``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from intake.checks.further import free_rows, says_more
from intake.model.address import Place
from intake.model.definition import FormDefinition, Item, ItemGroup
from intake.model.finding import Finding
from intake.model.query import Query
from intake.model.submission import Submission
from intake.pipeline.queries.steps import not_confirmable
from intake.privacy.private import identifying_items


@dataclass(frozen=True, slots=True)
class Question:
    """One query as a sheet asks it."""

    query: Query
    own: tuple[Place, ...]
    """The answers that it names; whole questions, no single options. None names the patient."""
    confirmable: bool
    """One mark may say that the answers are right."""
    further: tuple[ItemGroup, ...] = ()
    """The rows of groups that it asks for, which the form does not print and nobody filled yet."""

    @property
    def places(self) -> tuple[Place, ...]:
        """Return where it is answered."""
        rows = (
            (row, item) for group in self.further for row in group.printed for item in group.items
        )
        return (*self.own, *(Place(item, row) for row, item in rows))

    @property
    def mark(self) -> str:
        """Return the name of the box that confirms."""
        return f"_q{self.query.number}"

    @property
    def reason(self) -> str:
        """Return the name of the short text beside it."""
        return f"_q{self.query.number}_why"


def questions_of(
    definition: FormDefinition, before: Submission, queries: Iterable[Query]
) -> tuple[Question, ...]:
    """Return what a sheet can ask of these queries, in the order of the form.

    Queries about no question of the form (the file, its pages) are left out.
    """
    order = {name: number for number, name in enumerate(definition.items)}
    asked = [
        _question(definition, before, query)
        for query in queries
        if any(name in order for name in query.finding.all_items)
    ]
    return tuple(sorted(asked, key=lambda each: _rank(order, each)))


def _question(definition: FormDefinition, before: Submission, query: Query) -> Question:
    """Return a query as a sheet asks it; what asks for further rows is answered by them alone."""
    finding = query.finding
    further = tuple(_further(definition, before.record, finding))
    is_confirmable = not further and not_confirmable(finding, before) is None
    own = tuple(_places(definition, before, finding))
    return Question(query, own, is_confirmable, further)


def _rank(order: Mapping[str, int], question: Question) -> tuple[int, int, int]:
    finding = question.query.finding
    first = min(order[name] for name in finding.all_items if name in order)
    return first, finding.row or 0, question.query.number


def _places(definition: FormDefinition, before: Submission, finding: Finding) -> Iterator[Place]:
    for name in finding.all_items:
        item = definition.items.get(name)
        if item is not None and not _is_never_asked(definition, item):
            yield from (Place(item, row) for row in _rows(item, finding, before.record))


def _further(
    definition: FormDefinition, record: Mapping[str, Any], finding: Finding
) -> Iterator[ItemGroup]:
    """Yield the groups of which a finding says that more rows are due, with those that are free."""
    for group in definition.groups.values():
        more, free = group.further, free_rows(group, record)
        if more and free and more.item in finding.all_items and says_more(more, record):
            asked = tuple(i for i in group.items if not _is_never_asked(definition, i))
            yield replace(group, items=asked, rows=len(free), first=free[0], further=None)


def _is_never_asked(definition: FormDefinition, item: Item) -> bool:
    """Say whether an answer is printed, or tells who the patient is: no sheet changes these."""
    group = definition.groups.get(item.group or "")
    is_printed = group is not None and group.fixed_item == item.name
    return is_printed or item.name in identifying_items(definition)


def _rows(item: Item, finding: Finding, record: Mapping[str, Any]) -> tuple[int | None, ...]:
    """Return the rows in question: the finding's, else all that hold something."""
    if item.group is None:
        return (None,)
    if finding.row is not None:
        return (finding.row,)
    return tuple(int(row["_row"]) for row in record.get(item.group, ()))
