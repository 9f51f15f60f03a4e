"""What newer rules say of a record, in the place of what was said: the answers stay untouched.

Only the findings inside the payload of the current revision change. Its receipt, which the
centre has, and the copies made of it stay as they were. The chain seals the payload anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from intake.model.submission import Submission
from intake.storage.database import tables
from intake.storage.database.codec import canonical, encode
from intake.storage.proof import audit
from intake.storage.rows.numbering import CURRENT
from intake.storage.rows.transaction import Transaction

_SUBMISSION = tables.submission.c
_SAID = ("findings", "rechecked")


def keep_recheck(
    transaction: Transaction, record_id: str, said: Submission, detail: Mapping[str, Any]
) -> None:
    """Keep the findings of a submission, and which version's rules made them.

    Raises KeyError for an unknown record.
    """
    wanted = select(_SUBMISSION.receipt, _SUBMISSION.payload, _SUBMISSION.revision)
    this = (_SUBMISSION.record_id == record_id, _SUBMISSION.state == CURRENT)
    row = transaction.connection.execute(wanted.where(*this)).first()
    if row is None:
        raise KeyError(record_id)
    new = encode(said)
    payload = canonical({**json.loads(row.payload), **{name: new[name] for name in _SAID}})
    changed = update(tables.submission).where(_SUBMISSION.receipt == row.receipt)
    transaction.connection.execute(changed.values(payload=payload))
    transaction.touched.add(("submission", row.receipt))
    body = {"record_id": record_id, "revision": row.revision, "rules": said.rechecked, **detail}
    transaction.chain(audit.RECHECKED, body, receipt=row.receipt)
