"""The records and waiting forms that a new form is compared with.

Keys are compared here only to propose: who asks decides. Only keys that share a hash with the
form's are looked at (see ``blocks``); whole answers are read of those proposed alone.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, or_, select

from intake.checks.patient.near_keys import may_be_meant
from intake.model.receipt import Outcome, Receipt, ReviewAction
from intake.model.record import (
    Clues,
    Entry,
    KnownForm,
    KnownPatients,
    KnownRecord,
    dates_of,
    known_form,
)
from intake.storage.database import tables
from intake.storage.database.parts import in_parts
from intake.storage.rows import reading
from intake.storage.rows.blocks import sharing
from intake.storage.rows.numbering import HELD
from intake.storage.rows.separation import KEY, join_receipt, join_submission, kept_key

_LOOKUP = tables.lookup.c
_RECEIPT, _SUBMISSION, _RECORD = tables.receipt.c, tables.submission.c, tables.record.c


def candidates(connection: Connection, clues: Clues, hashes: Collection[int]) -> KnownPatients:
    """Return what a form with these clues, its key's ``blocks``, may belong to, by subject."""
    found = list(meant(connection, clues, hashes))
    waiting = [row.number for row in found if row.state == HELD]
    return KnownPatients(
        tuple(_records(connection, {row.record_id for row in found if row.state != HELD})),
        tuple(_forms(connection, _SUBMISSION.receipt.in_(waiting)).values()),
    )


def objected(connection: Connection, ids: Collection[str]) -> tuple[str, ...]:
    """Return the subjects of those among some records whose patient objected."""
    decided = tables.decision.c
    is_objection = decided.action == ReviewAction.OBJECTION.value
    told = exists().where(
        decided.receipt == _RECEIPT.number, is_objection,
        _RECEIPT.record_id == _RECORD.record_id,
    )  # fmt: skip
    wanted = select(_RECORD.subject).where(_RECORD.record_id.in_(ids), told)
    return tuple(connection.execute(wanted).scalars())


def known_record(connection: Connection, form: str, name: str) -> KnownRecord | None:
    """Return the record of a form with this subject or record id."""
    wanted = name.strip().upper()
    named = or_(_RECORD.subject == wanted, _RECORD.record_id == wanted.lower())
    found = select(_RECORD.record_id).where(_RECORD.form == form, named)
    record_id = connection.execute(found).scalar()
    return next(_records(connection, [record_id] if record_id else []), None)


def repeats(connection: Connection, number: int) -> tuple[Receipt, ...]:
    """Return the duplicates of a file and the duplicates of these, by number."""
    found: dict[int, Receipt] = {}
    asked = {number}
    while asked:
        tied = select(_LOOKUP.receipt).where(_LOOKUP.earlier.in_(asked))
        is_repeat = (_RECEIPT.number.in_(tied), _RECEIPT.outcome == Outcome.DUPLICATE.value)
        newly = {
            int(stored.receipt.id): stored.receipt
            for stored in reading.receipts(connection, *is_repeat)
        }
        asked = newly.keys() - found.keys()
        found |= newly
    return tuple(found[key] for key in sorted(found))


def meant(connection: Connection, clues: Clues, hashes: Collection[int]) -> Iterator[Row[Any]]:
    """Yield the kept answers that are worth comparing with what a form is recognised by."""
    found = sorted(sharing(connection, hashes) | _alike(connection, clues.likeness))
    number = _SUBMISSION.receipt.label("number")
    together = tables.submission.outerjoin(tables.lookup, _LOOKUP.receipt == _SUBMISSION.receipt)
    wanted = select(number, _SUBMISSION.record_id, _SUBMISSION.state, _LOOKUP.likeness)
    wanted = wanted.add_columns(_SUBMISSION.form).select_from(together).order_by(number)
    for some in in_parts(found):
        asked = wanted.where(_SUBMISSION.receipt.in_(some))
        for row, taken in reading.identified(connection, asked, KEY[0]):
            is_kept = row.form == clues.form and KEY in taken
            if is_kept and may_be_meant(clues, kept_key(taken), row.likeness or ""):
                yield row


def _alike(connection: Connection, likeness: str) -> set[int]:
    """Return the receipts with the same answers, leaving out what names the patient."""
    wanted = select(_LOOKUP.receipt).where(_LOOKUP.likeness == likeness)
    return set(connection.execute(wanted).scalars()) if likeness else set()


def _records(connection: Connection, ids: Collection[str]) -> Iterator[KnownRecord]:
    wanted = select(tables.record).where(_RECORD.record_id.in_(ids))
    ordered = wanted.order_by(_RECORD.letters, _RECORD.number)
    for row in connection.execute(ordered).all():
        forms = _forms(connection, _SUBMISSION.record_id == row.record_id)
        revisions = tuple(forms[number] for number in sorted(forms))
        if revisions:
            yield KnownRecord(
                record_id=row.record_id,
                subject=row.subject,
                revision=row.revision,
                forms=revisions,
            )


def _forms(connection: Connection, where: ColumnElement[bool]) -> dict[int, KnownForm]:
    """Return kept forms by revision, or by receipt where they wait."""
    number = _RECEIPT.number
    wanted = select(number, _RECEIPT.body, _SUBMISSION.payload, _SUBMISSION.content)
    wanted = wanted.add_columns(_SUBMISSION.revision).order_by(number)
    together = tables.submission.join(tables.receipt, _SUBMISSION.receipt == number)
    rows = list(reading.identified(connection, wanted.select_from(together).where(where)))
    found: dict[int, KnownForm] = {}
    for row, taken in rows:
        if KEY not in taken:
            continue  # forgotten
        entry = Entry(
            receipt=join_receipt(json.loads(row.body), taken),
            submission=join_submission(json.loads(row.payload), taken),
            key=kept_key(taken),
            content=row.content,
        )
        again = repeats(connection, row.number)
        found[row.revision or row.number] = known_form(entry, map(dates_of, again))
    return found
