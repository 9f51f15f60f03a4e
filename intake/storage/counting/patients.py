"""The patients in the dataset of a form, and what is asked about them, from the database."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, assert_never

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, exists, func, select

from intake.model.query import QueryState
from intake.model.tally import AnsweredTally, CentreTally, PatientTally
from intake.storage.database import tables
from intake.storage.database.parts import rows_of
from intake.storage.rows.numbering import CURRENT

_RECEIPT, _RECORD, _SUBMISSION = tables.receipt.c, tables.record.c, tables.submission.c
_QUERY, _LOOKUP = tables.query.c, tables.lookup.c
_CENTRE = func.coalesce(_RECEIPT.centre, _RECORD.letters)
_IN_DATASET = (
    tables.record.join(
        tables.submission,
        and_(_SUBMISSION.record_id == _RECORD.record_id, _SUBMISSION.state == CURRENT),
    )
    .join(tables.receipt, _RECEIPT.number == _SUBMISSION.receipt)
    .join(tables.lookup, _LOOKUP.receipt == _SUBMISSION.receipt)
)
"""The records that have answers, each with its current revision."""


class Asked(StrEnum):
    """Of which patients, by what is asked about them (a closed list)."""

    SOMETHING = "something"
    """A question is not closed."""
    NOTHING = "nothing"
    NOT_YET = "not yet"
    """The centre was not asked a question yet."""


def centres(connection: Connection, form: str) -> Iterator[CentreTally]:
    """Yield the centres whose patients are in the dataset of a form."""
    is_open, is_answered = (_QUERY.state == s.value for s in (QueryState.OPEN, QueryState.ANSWERED))
    asked = (
        select(
            _QUERY.record_id,
            func.count().label("points"),
            _count_of(is_open).label("unasked"),
            _count_of(is_answered).label("answered"),
        )
        .where(_QUERY.state != QueryState.CLOSED.value)
        .group_by(_QUERY.record_id)
        .subquery()
    )
    wanted = select(
        _CENTRE.label("centre"),
        func.count().label("patients"),
        _count_of(_LOOKUP.is_late).label("late"),
        func.count(asked.c.record_id).label("open"),
        _count_of(asked.c.unasked > 0).label("unasked"),
        func.coalesce(func.sum(asked.c.points), 0).label("points"),
        func.coalesce(func.sum(asked.c.answered), 0).label("answered"),
    )
    of_all = _IN_DATASET.outerjoin(asked, asked.c.record_id == _RECORD.record_id)
    is_of_form = _SUBMISSION.form == form  # a record's answers are of its form: found by an index
    grouped = wanted.select_from(of_all).where(is_of_form).group_by(_CENTRE)
    for row in connection.execute(grouped.order_by(_CENTRE)):
        counts = {name: int(held) for name, held in row._mapping.items() if name != "centre"}
        yield CentreTally(centre=row.centre, **counts)


def patients(
    connection: Connection, form: str, asked: Asked | None = None, most: int | None = None
) -> Iterator[PatientTally]:
    """Yield the records of a form that are in the dataset, by letters and number.

    All, or those of whom something, or nothing, is asked; at most so many.
    """
    some = in_dataset(_RECORD.form == form, *by_what_is_asked(asked))
    for row in rows_of(connection, some.order_by(_RECORD.letters, _RECORD.number).limit(most)):
        yield patient_tally(row)


def in_dataset(*where: ColumnElement[bool]) -> Select[Any]:
    """Select what a tally says of the records in the dataset for which all of this is so."""
    wanted = select(
        _RECORD.record_id,
        _RECORD.subject,
        _CENTRE.label("centre"),
        _SUBMISSION.receipt,
        _SUBMISSION.revision,
        _SUBMISSION.version,
        _LOOKUP.expected,
        _LOOKUP.answered,
        _LOOKUP.is_late,
    )
    return wanted.select_from(_IN_DATASET).where(*where)


def answered(connection: Connection, form: str) -> Iterator[AnsweredTally]:
    """Yield how many records of a form in the dataset gave how many of the required answers."""
    wanted = select(_LOOKUP.expected, _LOOKUP.answered, func.count()).select_from(_IN_DATASET)
    grouped = wanted.where(_RECORD.form == form).group_by(_LOOKUP.expected, _LOOKUP.answered)
    for expected, given, count in connection.execute(grouped):
        yield AnsweredTally(expected or 0, given or 0, count)


def patient_tally(row: Row[Any]) -> PatientTally:
    """Return a row of ``in_dataset`` as data."""
    return PatientTally(
        record_id=row.record_id,
        subject=row.subject,
        centre=row.centre,
        receipt=tables.number_text(row.receipt),
        revision=row.revision,
        version=row.version,
        expected=row.expected or 0,
        answered=row.answered or 0,
        is_late=bool(row.is_late),
    )


def by_what_is_asked(asked: Asked | None) -> Iterator[ColumnElement[bool]]:
    """Yield what is so of a record of which this is asked."""
    of_record = exists().where(_QUERY.record_id == _RECORD.record_id)
    still = of_record.where(_QUERY.state != QueryState.CLOSED.value)
    match asked:
        case Asked.SOMETHING:
            yield still
        case Asked.NOTHING:
            yield ~still
        case Asked.NOT_YET:
            yield of_record.where(_QUERY.state == QueryState.OPEN.value)
        case None:
            return
        case unknown:
            assert_never(unknown)


def _count_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
