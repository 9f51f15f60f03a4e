"""The state of each patient: what its centre still owes, question by question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from intake.model.address import Place
from intake.model.definition import FormDefinition
from intake.model.finding import Severity
from intake.model.finding_codes import FindingCode, is_missing_answer
from intake.model.query import Query, QueryState
from intake.model.tally import PatientTally
from intake.reports.study.collected import Collected


class Owed(StrEnum):
    """What is asked of a centre about an answer (a closed list)."""

    COMPLETE = "complete"
    CORRECT = "correct"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedPoint:
    """One question that is not closed."""

    query: str
    """Its number, e.g. ``REI-007-3``."""
    what: Owed
    codes: tuple[str, ...]
    """Visible codes of the questions concerned; of a section, its name."""
    state: QueryState


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientState:
    """One patient and all that is asked about it, in the order of the form."""

    patient: PatientTally
    points: tuple[OwedPoint, ...]

    def codes(self, what: Owed) -> tuple[str, ...]:
        """Return the visible codes of what is asked in one way, each once."""
        named = (code for point in self.points if point.what is what for code in point.codes)
        return tuple(dict.fromkeys(named))


def patient_states(collected: Collected, form: str) -> Iterator[PatientState]:
    """Yield the patients in their order."""
    asked: dict[str, list[Query]] = {}
    for query in collected.queries:
        asked.setdefault(query.record_id, []).append(query)
    orders: dict[str, Mapping[str, int]] = {}
    for patient in collected.patients:
        definition = collected.definitions(form, patient.version)
        if patient.version not in orders:
            orders[patient.version] = _order(definition)
        points = (_point(query, definition) for query in asked.get(patient.record_id, ()))
        yield PatientState(patient=patient, points=_in_order(points, orders[patient.version]))


def _point(query: Query, definition: FormDefinition | None) -> OwedPoint:
    return OwedPoint(
        query=query.id,
        what=_what(query),
        codes=tuple(_codes(query, definition)),
        state=query.state,
    )


def _what(query: Query) -> Owed:
    if is_missing_answer(query.finding.code):
        return Owed.COMPLETE
    match query.finding.severity:
        case Severity.ERROR:
            return Owed.CORRECT
        case Severity.QUERY | Severity.NOTE:
            return Owed.CONFIRM
        case unknown:
            assert_never(unknown)


def _codes(query: Query, definition: FormDefinition | None) -> Iterator[str]:
    finding = query.finding
    if finding.code == FindingCode.SECTION_INCOMPLETE and "section" in finding.context:
        yield finding.context["section"]
        return
    for name in finding.all_items:
        item = definition.items.get(name) if definition else None
        yield Place(item, finding.row if item.group else None).code if item else name


def _order(definition: FormDefinition | None) -> Mapping[str, int]:
    """Return the place of each visible code in a form."""
    items = definition.items.values() if definition else ()
    return {item.code: number for number, item in enumerate(items)}


def _in_order(points: Iterable[OwedPoint], order: Mapping[str, int]) -> tuple[OwedPoint, ...]:
    last = len(order)

    def place(point: OwedPoint) -> int:
        return order.get(point.codes[0].split(".")[0], last) if point.codes else last

    return tuple(sorted(points, key=place))
