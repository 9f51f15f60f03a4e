"""By what receipts are found and counted: which they repeat, how and how much they answer.

All of it is a copy. A store of an older version is given it when it is opened.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from intake.checks.patient.likeness import likeness_digest
from intake.model.definition import FormDefinition
from intake.model.finding_codes import FindingCode
from intake.model.receipt import Receipt
from intake.model.submission import Submission
from intake.storage.database import tables
from intake.storage.database.parts import in_parts
from intake.storage.rows import reading
from intake.storage.rows.separation import Identifying, join_receipt, join_submission
from intake.storage.rows.transaction import Transaction

_RECEIPT, _SUBMISSION = tables.receipt.c, tables.submission.c


def look_up(
    transaction: Transaction, receipt: Receipt, submission: Submission | None, likeness: str
) -> None:
    """Make a receipt be found by the one it repeats, by its answers, and be counted."""
    this = tables.lookup.c.receipt == int(receipt.id)
    transaction.connection.execute(delete(tables.lookup).where(this))
    transaction.connection.execute(insert(tables.lookup), _row(receipt, submission, likeness))


def is_unfilled(connection: Connection) -> bool:
    """Say whether receipts are there that an older version has saved."""
    filled = connection.execute(select(tables.lookup.c.receipt).limit(1)).first()
    saved = connection.execute(select(_RECEIPT.number).limit(1)).first()
    return filled is None and saved is not None


def fill(connection: Connection, definitions: Callable[[str, str], FormDefinition | None]) -> None:
    """Make every receipt be found; by its answers where its form version is known."""
    wanted = select(_RECEIPT.number, _RECEIPT.body, _SUBMISSION.payload)
    together = wanted.select_from(tables.receipt.outerjoin(tables.submission))
    for some in in_parts(list(connection.execute(select(_RECEIPT.number)).scalars())):
        own = together.where(_RECEIPT.number.in_(some))
        rows = [_filled(*each, definitions) for each in reading.identified(connection, own)]
        connection.execute(insert(tables.lookup), rows)


def _filled(
    row: Row[Any], taken: Identifying, definitions: Callable[[str, str], FormDefinition | None]
) -> dict[str, object]:
    submission, likeness = None, ""
    if row.payload is not None:
        submission = join_submission(json.loads(row.payload), taken)
        definition = definitions(submission.form, submission.version)
        likeness = likeness_digest(definition, submission) if definition else ""
    return _row(join_receipt(json.loads(row.body), taken), submission, likeness)


def _row(receipt: Receipt, submission: Submission | None, likeness: str) -> dict[str, object]:
    return {
        "receipt": int(receipt.id),
        "earlier": int(receipt.earlier) if receipt.earlier else None,
        "likeness": likeness or None,
        "expected": submission.expected if submission else None,
        "answered": submission.expected_answered if submission else None,
        "is_late": any(finding.code == FindingCode.LATE for finding in receipt.findings),
    }
