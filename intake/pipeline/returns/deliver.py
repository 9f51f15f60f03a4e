"""Hand over a saved receipt: write it, take the file from the inbox, mark it delivered.

What the coordinator sees of a file in review is written with its receipt, or taken away.
Each step may be repeated, so a crash between two of them costs nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

from intake.model.definition import FormDefinition
from intake.model.receipt import Receipt
from intake.pipeline.desk import Desk
from intake.pipeline.returns.show import show_or_withdraw
from intake.ports import Forms

_LOG = logging.getLogger(__name__)


def deliver(desk: Desk, receipt: Receipt) -> bool:
    """Deliver one receipt; False when a file is locked, for the next run to try again."""
    try:
        definition = definition_of(desk.study.forms, receipt)
        desk.keeping.outbox.deliver(receipt, definition)
        show_or_withdraw(desk, receipt, definition)
        if receipt.parent is None:  # a member was never in the inbox
            desk.keeping.inbox.remove(receipt.source)
    except OSError as problem:
        _LOG.warning("receipt %s is saved but not delivered: %s", receipt.id, problem.strerror)
        return False
    desk.keeping.store.mark_delivered(receipt.id)
    return True


def deliver_pending(desk: Desk) -> Iterator[str]:
    """Deliver what an interrupted run left; yield the receipts still not delivered."""
    for receipt in desk.keeping.store.undelivered():
        if not deliver(desk, receipt):
            yield receipt.id


def definition_of(forms: Forms, receipt: Receipt) -> FormDefinition | None:
    """Return the form version of a receipt, or None."""
    if receipt.form is None or receipt.version is None:
        return None
    return forms.get(receipt.form, receipt.version)
