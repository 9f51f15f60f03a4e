"""Queries read back, each with all its steps, in parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_, select

from intake.model.finding import Finding
from intake.model.query import Query, QueryState, QueryStep
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
    are = (_QUERY.state != QueryState.CLOSED.value, _RECORD.form == form)
    in_dataset = (*are, _SUBMISSION.record_id.is_not(None))
    if records is None:
        yield from queries(connection, *in_dataset)
        return
    for some in in_parts(records):
        yield from queries(connection, *in_dataset, _QUERY.record_id.in_(some))


def in_order(*where: ColumnElement[bool]) -> Select[Any]:
    """Select queries for which all of this is so, by the record's number, then by their own."""
    is_current = and_(_SUBMISSION.record_id == _RECORD.record_id, _SUBMISSION.state == CURRENT)
    together = (
        tables.query.join(tables.record, _QUERY.record_id == _RECORD.record_id)
        .outerjoin(tables.submission, is_current)
        .outerjoin(tables.receipt, _RECEIPT.number == _SUBMISSION.receipt)
    )
    wanted = select(tables.query, _RECORD.subject, _RECORD.letters, _RECEIPT.centre)
    order = (_RECORD.form, _RECORD.letters, _RECORD.number, _QUERY.number)
    return wanted.select_from(together).where(*where).order_by(*order)


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
