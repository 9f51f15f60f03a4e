"""The long lists that people page through: part by part, with the count of the whole."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from intake.model.query import Query
from intake.model.tally import Listed, LoggedEvent, Narrowed, Part, PatientTally
from intake.storage.counting.patients import Asked, by_what_is_asked, in_dataset, patient_tally
from intake.storage.database import tables
from intake.storage.rows.queries import in_order, queries

_RECEIPT, _RECORD, _QUERY = tables.receipt.c, tables.record.c, tables.query.c
_AUDIT = tables.audit.c
_CENTRE = func.coalesce(_RECEIPT.centre, _RECORD.letters)
_ASKED = {"asked": Asked.SOMETHING, "clear": Asked.NOTHING}
_TOLD = (
    *("outcome", "revision", "query", "action", "how", "code", "sheet"),
    *("message", "kind", "centre", "profile", "number", "manifest"),
)
"""What an event may say of itself: no answer, no reason, nothing of a seal."""


def patients(
    connection: Connection, form: str, narrowed: Narrowed, part: Part
) -> Listed[PatientTally]:
    """Return one part of a form's patients in the dataset, by letters and number."""
    where = [_RECORD.form == form, *by_what_is_asked(_ASKED.get(narrowed.state))]
    if narrowed.centres:
        where.append(_CENTRE.in_(narrowed.centres))
    if narrowed.number:
        where.append(_RECORD.subject.startswith(narrowed.number.upper(), autoescape=True))
    wanted = in_dataset(*where).order_by(_RECORD.letters, _RECORD.number)
    rows = connection.execute(_part(wanted, part))
    return Listed(tuple(map(patient_tally, rows)), _count(connection, wanted))


def receipts(connection: Connection, narrowed: Narrowed, part: Part) -> Listed[int]:
    """Return one part of the numbers of receipts, the newest first."""
    where = list[ColumnElement[bool]]()
    if narrowed.outcomes:
        where.append(_RECEIPT.outcome.in_([one.value for one in narrowed.outcomes]))
    if narrowed.centres:
        where.append(_RECEIPT.centre.in_(narrowed.centres))
    wanted = select(_RECEIPT.number).where(*where).order_by(_RECEIPT.number.desc())
    rows = connection.execute(_part(wanted, part)).scalars()
    return Listed(tuple(rows), _count(connection, wanted))


def asked(connection: Connection, form: str, narrowed: Narrowed, part: Part) -> Listed[Query]:
    """Return one part of the questions about a form's patients, by the patient's number."""
    where = [_RECORD.form == form, *_of_questions(narrowed)]
    wanted = in_order(*where)
    found = queries(connection, *where, part=(part.start, part.most))
    return Listed(tuple(found), _count(connection, wanted))


def events(connection: Connection, narrowed: Narrowed, part: Part) -> Listed[LoggedEvent]:
    """Return one part of the audit chain, the newest event first."""
    wanted = select(tables.audit).order_by(_AUDIT.seq.desc())
    if narrowed.events:
        wanted = wanted.where(_AUDIT.event.in_(narrowed.events))
    rows = connection.execute(_part(wanted, part))
    return Listed(tuple(map(_event, rows)), _count(connection, wanted))


def _of_questions(narrowed: Narrowed) -> Iterator[ColumnElement[bool]]:
    if narrowed.states:
        yield _QUERY.state.in_([state.value for state in narrowed.states])
    if narrowed.centres:
        yield _CENTRE.in_(narrowed.centres)
    if narrowed.number:
        yield _RECORD.subject.startswith(narrowed.number.upper(), autoescape=True)
    if narrowed.code:
        yield _QUERY.code == narrowed.code


def _event(row: Row[Any]) -> LoggedEvent:
    body = json.loads(row.body)
    return LoggedEvent(
        seq=row.seq,
        at=dt.datetime.fromisoformat(row.at),
        by=body.get("by", ""),
        event=row.event,
        receipt=tables.number_text(row.receipt) if row.receipt else None,
        subject=row.subject,
        detail={key: body[key] for key in _TOLD if body.get(key) is not None},
    )


def _part(wanted: Select[Any], part: Part) -> Select[Any]:
    return wanted.offset(part.start).limit(part.most)


def _count(connection: Connection, wanted: Select[Any]) -> int:
    every = wanted.order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
    return connection.execute(every).scalar_one()
