"""Queries to rows and back: each kept with all its steps, which are only ever added to.

What is asked, and what a step makes of a query, is decided before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    func,
    insert,
    or_,
    select,
    update,
)

from intake.model.finding import Finding
from intake.model.query import Query, QueryStep
from intake.model.receipt import Receipt
from intake.storage.database import tables
from intake.storage.database.codec import decode, dumps, encode, loads
from intake.storage.proof import audit
from intake.storage.rows.numbering import CURRENT
from intake.storage.rows.transaction import Transaction

_BATCH = 200
_QUERY, _STEP = tables.query.c, tables.query_step.c
_RECORD, _RECEIPT, _SUBMISSION = tables.record.c, tables.receipt.c, tables.submission.c
_OF_STEP = ("action", "at", "by", "how", "sheet", "reason")


@dataclass(frozen=True, slots=True)
class Stepped:
    """One new step of a query, to be told in the chain."""

    query: Query
    step: QueryStep
    receipt: int
    """Of the revision about which the query was opened."""


def keep_queries(
    transaction: Transaction, receipt: Receipt, queries: Iterable[Query]
) -> tuple[Stepped, ...]:
    """Write what the entry of a receipt asks of its record; return the new steps."""
    record_id, subject = receipt.record_id or "", receipt.subject or ""
    return tuple(
        stepped
        for query in queries
        for stepped in _keep(
            transaction, replace(query, record_id=record_id, subject=subject), int(receipt.id)
        )
    )


def keep_query(transaction: Transaction, query: Query) -> tuple[Stepped, ...]:
    """Write a query outside an entry; a new one belongs to the current revision's receipt."""
    column = tables.submission.c
    current = (column.record_id == query.record_id, column.state == CURRENT)
    receipt = transaction.connection.execute(select(column.receipt).where(*current)).scalar()
    if receipt is None:
        raise ValueError("a query about a record that has no answers")
    steps = tuple(_keep(transaction, query, receipt))
    if not steps:
        raise ValueError("a query without a new step")
    return steps


def chain_steps(transaction: Transaction, steps: Iterable[Stepped]) -> None:
    """Chain one event a step: what was done, never a word that was said."""
    for stepped in steps:
        query, step = stepped.query, stepped.step
        body = {
            "record_id": query.record_id,
            "query": query.id,
            "code": query.finding.code,
            "action": step.action.value,
            "how": step.how.value if step.how else None,
            "file": step.receipt,
            "sheet": step.sheet,
            "reason": {"length": len(step.reason)} if step.reason else None,
        }
        told = {name: held for name, held in body.items() if held is not None}
        subject = query.subject or None
        transaction.chain(audit.QUERY, told, receipt=stepped.receipt, subject=subject, by=step.by)


def queries(connection: Connection, *where: ColumnElement[bool]) -> Iterator[Query]:
    """Yield queries by the record's number, then by their own."""
    for rows in connection.execute(_wanted(*where)).partitions(_BATCH):
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


def forget_words(transaction: Transaction, receipt: int) -> None:
    """Delete for good what the queries about a receipt's answers quote, and what was replied."""
    of_receipt = _QUERY.receipt == receipt
    for row in transaction.connection.execute(select(tables.query).where(of_receipt)).all():
        finding = replace(loads(Finding, row.payload), context={})
        this = (_QUERY.record_id == row.record_id, _QUERY.number == row.number)
        emptied = update(tables.query).where(*this).values(payload=dumps(finding))
        transaction.connection.execute(emptied)
    said = update(tables.query_step).where(_STEP.receipt == receipt).values(reason="")
    transaction.connection.execute(said)
    transaction.touched.update({("query", receipt), ("query_step", receipt)})


def _keep(transaction: Transaction, query: Query, receipt: int) -> Iterator[Stepped]:
    """Write one query, and yield its new steps."""
    this = (_QUERY.record_id == query.record_id, _QUERY.number == query.number)
    opened = transaction.connection.execute(select(_QUERY.receipt).where(*this)).scalar()
    if opened is None:
        row = _row(query) | {"record_id": query.record_id, "number": query.number}
        transaction.connection.execute(insert(tables.query), row | {"receipt": receipt})
        opened = receipt
    else:
        transaction.connection.execute(update(tables.query).where(*this).values(_row(query)))
    known = _known_steps(transaction.connection, query)
    for position, step in enumerate(query.steps[known:], start=known + 1):
        transaction.connection.execute(
            insert(tables.query_step),
            _step_row(query, step) | {"position": position, "receipt": opened},
        )
        yield Stepped(query, step, opened)
    transaction.touched.update({("query", opened), ("query_step", opened)})


def _known_steps(connection: Connection, query: Query) -> int:
    this = (_STEP.record_id == query.record_id, _STEP.number == query.number)
    known = connection.execute(select(func.count()).select_from(tables.query_step).where(*this))
    count = known.scalar() or 0
    if len(query.steps) < max(count, 1):
        raise ValueError("a step of a query cannot be taken back")
    return count


def _row(query: Query) -> dict[str, object]:
    return {
        "code": query.finding.code,
        "state": query.state.value,
        "how": query.how.value if query.how else None,
        "revision": query.revision,
        "payload": dumps(query.finding),
    }


def _step_row(query: Query, step: QueryStep) -> dict[str, object]:
    held = encode(step)
    row = {name: held.get(name) for name in _OF_STEP}
    return row | {"record_id": query.record_id, "number": query.number, "receipt_of": step.receipt}


def _wanted(*where: ColumnElement[bool]) -> Select[Any]:
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
