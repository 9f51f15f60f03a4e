"""Queries to rows: steps are only ever added, and each is an event of the chain.

What is asked, and what a step makes of a query, is decided before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, and_, func, select, update

from intake.model.finding import Finding
from intake.model.query import Query, QueryStep
from intake.model.receipt import Receipt
from intake.storage.database import tables
from intake.storage.database.codec import dumps, loads
from intake.storage.proof import audit
from intake.storage.rows.numbering import CURRENT
from intake.storage.rows.transaction import Transaction

_QUERY, _STEP = tables.query.c, tables.query_step.c


@dataclass(frozen=True, slots=True)
class Stepped:
    """One new step of a query, to be told in the chain."""

    query: Query
    step: QueryStep
    position: int
    receipt: int
    """Of the revision about which the query was opened."""


def keep_queries(
    transaction: Transaction, receipt: Receipt, queries: Iterable[Query]
) -> tuple[Stepped, ...]:
    """Write what the entry of a receipt asks of its record; return the new steps.

    Of a receipt that is no revision any more, the queries name their record.
    """
    record_id, subject = receipt.record_id, receipt.subject or ""
    named = [
        replace(query, record_id=record_id, subject=subject) if record_id else query
        for query in queries
    ]
    return _keep(transaction, named[0].record_id, named, int(receipt.id)) if named else ()


def keep_query(transaction: Transaction, query: Query) -> tuple[Stepped, ...]:
    """Write a query outside an entry; a new one belongs to the current revision's receipt."""
    column = tables.submission.c
    current = (column.record_id == query.record_id, column.state == CURRENT)
    receipt = transaction.connection.execute(select(column.receipt).where(*current)).scalar()
    if receipt is None:
        raise ValueError("a query about a record that has no answers")
    steps = _keep(transaction, query.record_id, [query], receipt)
    if not steps:
        raise ValueError("a query without a new step")
    return steps


def chain_steps(transaction: Transaction, steps: Iterable[Stepped]) -> None:
    """Chain one event a step: what was done, never a word that was said."""
    transaction.chain_all(
        [
            transaction.event(
                audit.QUERY,
                _told(stepped.query, stepped.step),
                receipt=stepped.receipt,
                subject=stepped.query.subject or None,
                by=stepped.step.by,
            )
            for stepped in steps
        ]
    )


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


def _told(query: Query, step: QueryStep) -> dict[str, Any]:
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
    return {name: held for name, held in body.items() if held is not None}


def _keep(
    transaction: Transaction, record_id: str, queries: Iterable[Query], receipt: int
) -> tuple[Stepped, ...]:
    """Write queries of one record, the new ones under a receipt; return their new steps."""
    known = _known(transaction.connection, record_id)
    new, steps = [], list[Stepped]()
    for query in queries:
        opened, count = known.get(query.number, (receipt, 0))
        if len(query.steps) < max(count, 1):
            raise ValueError("a step of a query cannot be taken back")
        if count:
            this = (_QUERY.record_id == record_id, _QUERY.number == query.number)
            changed = dict(zip(_CHANGES, _row(query), strict=True))
            transaction.connection.execute(update(tables.query).where(*this).values(changed))
        else:
            new.append((record_id, query.number, opened, *_row(query)))
        added = enumerate(query.steps[count:], start=count + 1)
        steps += [Stepped(query, step, position, opened) for position, step in added]
        transaction.touched.update({("query", opened), ("query_step", opened)})
    transaction.insert_all(tables.query, new)
    transaction.insert_all(tables.query_step, map(_step_row, steps))
    return tuple(steps)


def _known(connection: Connection, record_id: str) -> Mapping[int, tuple[int, int]]:
    """Return, of a record's queries by number, the receipt of each and how many steps it has."""
    same = and_(_STEP.record_id == _QUERY.record_id, _STEP.number == _QUERY.number)
    wanted = select(_QUERY.number, _QUERY.receipt, func.count())
    wanted = wanted.select_from(tables.query.join(tables.query_step, same))
    rows = connection.execute(
        wanted.where(_QUERY.record_id == record_id).group_by(_QUERY.number, _QUERY.receipt)
    )
    return {number: (receipt, count) for number, receipt, count in rows}


_CHANGES = ("code", "state", "how", "revision", "payload")
"""What steps change of a query's row, in the table's order."""


def _row(query: Query) -> tuple[object, ...]:
    how = query.how.value if query.how else None
    code, payload = query.finding.code, dumps(query.finding)
    return str(code), query.state.value, how, query.revision, payload


def _step_row(stepped: Stepped) -> tuple[object, ...]:
    """Return a step in the table's order."""
    query, step = stepped.query, stepped.step
    return (
        query.record_id,
        query.number,
        stepped.position,
        stepped.receipt,
        step.at.isoformat(),
        step.by,
        step.action.value,
        step.how.value if step.how else None,
        step.receipt,
        step.sheet,
        step.reason,
    )
