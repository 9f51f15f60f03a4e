"""Queries read back, each with all its steps, in parts."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Join,
    Row,
    Select,
    and_,
    case,
    func,
    or_,
    select,
)

from intake.model.finding import Finding, Severity
from intake.model.query import Query, QueryAction, QueryState, QueryStep
from intake.model.tally import OpenTally
from intake.storage.database import tables
from intake.storage.database.codec import decode, loads
from intake.storage.database.parts import in_parts, rows_of
from intake.storage.rows.numbering import CURRENT

_BATCH = 200
_QUERY, _STEP = tables.query.c, tables.query_step.c
_RECORD, _RECEIPT, _SUBMISSION = tables.record.c, tables.receipt.c, tables.submission.c
_OF_STEP = ("action", "at", "by", "how", "sheet", "reason")


def queries(
    connection: Connection, *where: ColumnElement[bool], part: tuple[int, int] | None = None
) -> Iterator[Query]:
    """Yield queries by the record's number, then by their own: all, or so many after others."""
    wanted = in_order(*where)
    if part is not None:
        wanted = wanted.offset(part[0]).limit(part[1])
    for rows in in_parts(rows_of(connection, wanted), _BATCH):
        steps = _steps(connection, {row.record_id for row in rows})
        for row in rows:
            yield Query(
                number=row.number,
                finding=loads(Finding, row.payload),
                revision=row.revision,
                steps=tuple(steps[row.record_id, row.number]),
                record_id=row.record_id,
                subject=row.subject,
                centre=row.centre or row.letters,
            )


def conditions(
    record_id: str, states: Collection[str], centre: str
) -> Iterator[ColumnElement[bool]]:
    """Yield what narrows a list of queries; nothing for what is empty."""
    if record_id:
        yield _QUERY.record_id == record_id
    if states:
        yield _QUERY.state.in_(states)
    if centre:
        yield or_(_RECEIPT.centre == centre, _RECORD.letters == centre)


def still_asked(
    connection: Connection, form: str, records: Collection[str] | None
) -> Iterator[Query]:
    """Yield the queries that are not closed, of a form's records in the dataset, or of some."""
    in_dataset = _still_asked(form)
    if records is None:
        yield from queries(connection, *in_dataset)
        return
    for some in in_parts(records):
        yield from queries(connection, *in_dataset, _RECORD.record_id.in_(some))


def waiting(connection: Connection, form: str) -> Iterator[OpenTally]:
    """Yield how many of these questions wait since which day, by centre and severity.

    A question waits since it was opened, or last reopened.
    """
    again = func.max(case((_STEP.action == QueryAction.REOPENED.value, _STEP.position)))
    is_of_query = and_(_STEP.record_id == _QUERY.record_id, _STEP.number == _QUERY.number)
    last = select(func.coalesce(again, func.min(_STEP.position))).where(is_of_query)
    last_one = _STEP.position == last.correlate(tables.query).scalar_subquery()
    steps = _together().join(tables.query_step, is_of_query)
    centre = func.coalesce(_RECEIPT.centre, _RECORD.letters)
    wanted = select(centre.label("centre"), _QUERY.payload, _STEP.at).select_from(steps)
    counted: Counter[tuple[str, Severity, dt.date]] = Counter()
    for row in rows_of(connection, wanted.where(*_still_asked(form), last_one)):
        severity = Severity(json.loads(row.payload)["severity"])
        counted[row.centre, severity, dt.datetime.fromisoformat(row.at).date()] += 1
    for (of, severity, day), count in counted.items():
        yield OpenTally(of, severity, day, count)


def _still_asked(form: str) -> tuple[ColumnElement[bool], ...]:
    are = (_QUERY.state != QueryState.CLOSED.value, _RECORD.form == form)
    return (*are, _SUBMISSION.record_id.is_not(None))


def in_order(*where: ColumnElement[bool]) -> Select[Any]:
    """Select queries for which all of this is so, by the record's number, then by their own."""
    wanted = select(tables.query, _RECORD.subject, _RECORD.letters, _RECEIPT.centre)
    order = (_RECORD.form, _RECORD.letters, _RECORD.number, _QUERY.number)
    return wanted.select_from(_together()).where(*where).order_by(*order)


def _together() -> Join:
    """Return the questions, each with its record and what is current of it."""
    is_current = and_(_SUBMISSION.record_id == _RECORD.record_id, _SUBMISSION.state == CURRENT)
    return (
        tables.query.join(tables.record, _QUERY.record_id == _RECORD.record_id)
        .outerjoin(tables.submission, is_current)
        .outerjoin(tables.receipt, _RECEIPT.number == _SUBMISSION.receipt)
    )


def _steps(
    connection: Connection, records: Collection[str]
) -> dict[tuple[str, int], list[QueryStep]]:
    wanted = select(tables.query_step).where(_STEP.record_id.in_(records))
    found: dict[tuple[str, int], list[QueryStep]] = defaultdict(list)
    for row in connection.execute(wanted.order_by(*tables.query_step.primary_key.columns)):
        found[row.record_id, row.number].append(_step(row))
    return found


def _step(row: Row[Any]) -> QueryStep:
    held = {name: row._mapping[name] for name in _OF_STEP}
    return decode(QueryStep, held | {"receipt": row.receipt_of})
