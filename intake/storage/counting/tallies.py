"""Counting files, closed questions and arrivals in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    exists,
    func,
    literal_column,
    select,
)

from intake.model.query import QueryEnd, QueryState
from intake.model.receipt import Outcome, ReviewAction
from intake.model.tally import (
    CodeTally,
    FileTally,
    Newest,
    ReceiptLine,
)
from intake.storage.database import tables
from intake.storage.database.parts import in_parts
from intake.storage.proof import audit
from intake.storage.rows.numbering import SUPERSEDED

_RECEIPT, _SUBMISSION = tables.receipt.c, tables.submission.c
_QUERY, _AUDIT = tables.query.c, tables.audit.c


def files(connection: Connection) -> Iterator[FileTally]:
    """Yield the files of each centre by their outcome, with the first and the last arrival."""
    # Written, not given: to a server, two values given are two expressions.
    centre = func.coalesce(_RECEIPT.centre, literal_column("''")).label("centre")
    first, last = func.min(_RECEIPT.number), func.max(_RECEIPT.number)
    grouped = (
        select(centre, _RECEIPT.outcome, func.count(), first, last)
        .where(_RECEIPT.number.not_in(_containers()))
        .group_by(centre, _RECEIPT.outcome)
        .order_by(centre, _RECEIPT.outcome)
    )
    rows = connection.execute(grouped).all()
    seen = _arrivals(connection, _RECEIPT.number.in_({n for row in rows for n in row[3:]}))
    for name, outcome, count, low, high in rows:
        yield FileTally(
            centre=name,
            outcome=Outcome(outcome),
            count=count,
            first=seen[low],
            last=seen[high],
        )


def codes(connection: Connection) -> Iterator[CodeTally]:
    """Yield how many questions of each rule or code are closed, and after how many a change."""
    changed = func.sum(case((_QUERY.how == QueryEnd.CHANGED.value, 1), else_=0))
    wanted = (
        select(_QUERY.code, func.count(), changed)
        .where(_QUERY.state == QueryState.CLOSED.value)
        .group_by(_QUERY.code)
        .order_by(_QUERY.code)
    )
    for code, closed, ended in connection.execute(wanted):
        yield CodeTally(code=code, closed=closed, changed=ended)


def newest(connection: Connection, count: int) -> Newest:
    """Return the newest arrivals, with all that they hold, as lines of a list, by number."""
    lines = [
        line
        for some in in_parts(sorted(_newest(connection, count)))
        for line in _lines(connection, some)
    ]
    total = connection.execute(select(func.count()).select_from(tables.receipt)).scalar_one()
    return Newest(tuple(lines), total)


def _lines(connection: Connection, numbers: Collection[int]) -> Iterator[ReceiptLine]:
    seen = _arrivals(connection, _RECEIPT.number.in_(numbers))
    is_superseded = exists().where(
        _SUBMISSION.receipt == _RECEIPT.number, _SUBMISSION.state == SUPERSEDED
    )
    wanted = select(_RECEIPT.number, _RECEIPT.parent, _RECEIPT.outcome, is_superseded)
    some = wanted.where(_RECEIPT.number.in_(numbers)).order_by(_RECEIPT.number)
    for number, parent, outcome, superseded in connection.execute(some):
        yield ReceiptLine(
            receipt=tables.number_text(number),
            parent=tables.number_text(parent) if parent else None,
            outcome=Outcome(outcome),
            arrived=seen[number],
            is_superseded=bool(superseded),
        )


def waiting(connection: Connection) -> Iterator[str]:
    """Yield the numbers of the files in review that hold no other file, the oldest first."""
    wanted = select(_RECEIPT.number).where(
        _RECEIPT.outcome == Outcome.REVIEW.value, _RECEIPT.number.not_in(_containers())
    )
    for number in connection.execute(wanted.order_by(_RECEIPT.number)).scalars():
        yield tables.number_text(number)


def decided(connection: Connection) -> int:
    """Count the files that were decided about and wait no more."""
    decision = tables.decision.c
    several = func.count(decision.receipt.distinct())
    joined = select(several).join(tables.receipt, _RECEIPT.number == decision.receipt)
    by_person = decision.action.in_([one.value for one in ReviewAction if one.is_a_persons])
    left = joined.where(_RECEIPT.outcome != Outcome.REVIEW.value, by_person)
    return connection.execute(left).scalar_one()


def arrivals(connection: Connection, numbers: Collection[int]) -> Mapping[str, dt.datetime]:
    """Return when some receipts were first saved."""
    return {
        tables.number_text(number): at
        for some in in_parts(numbers)
        for number, at in _arrivals(connection, _RECEIPT.number.in_(some)).items()
    }


def _newest(connection: Connection, count: int) -> set[int]:
    """Return the newest files that came by themselves, and all that is inside them."""
    outside = select(_RECEIPT.number).where(_RECEIPT.parent.is_(None))
    wanted = outside.order_by(_RECEIPT.number.desc()).limit(count)
    found = asked = set(connection.execute(wanted).scalars())
    while asked:
        inside = (
            select(_RECEIPT.number).where(_RECEIPT.parent.in_(some)) for some in in_parts(asked)
        )
        asked = {n for each in inside for n in connection.execute(each).scalars()} - found
        found = found | asked
    return found


def _containers() -> Select[Any]:
    return select(_RECEIPT.parent).where(_RECEIPT.parent.is_not(None))


def _arrivals(connection: Connection, *where: ColumnElement[bool]) -> dict[int, dt.datetime]:
    """Return when receipts were first saved: the chain's event, which nothing changes.

    Where there is none, the date that the file came with must do.
    """
    saved = and_(_AUDIT.receipt == _RECEIPT.number, _AUDIT.event == audit.RECEIPT)
    together = tables.receipt.outerjoin(tables.audit, saved)
    at = func.coalesce(_AUDIT.at, _RECEIPT.received)
    wanted = select(_RECEIPT.number, at).select_from(together).where(*where)
    return {number: dt.datetime.fromisoformat(when) for number, when in connection.execute(wanted)}
