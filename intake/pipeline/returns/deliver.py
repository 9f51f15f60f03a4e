"""Hand over a saved receipt: write it, take the file from the inbox, mark it delivered.

What a written receipt asks of its centre is asked from then on, whoever sends it.

What the coordinator sees of a file in review is written with its receipt, or taken away.
Each step may be repeated, so a crash between two of them costs nothing. A receipt that
cannot be handed over stops no other, whatever the reason: the next run tries again.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator

from intake.model.definition import FormDefinition
from intake.model.errors import UnreadableFile
from intake.model.receipt import Outcome, Receipt
from intake.model.run import Undelivered
from intake.pipeline.desk import Desk
from intake.pipeline.queries.told import ask_by_receipt
from intake.pipeline.returns.attempt import attempt
from intake.pipeline.returns.show import show_or_withdraw
from intake.pipeline.sheets.known_sheets import stamp_of
from intake.ports import Forms

_LOG = logging.getLogger(__name__)


def deliver(desk: Desk, receipt: Receipt) -> Undelivered | None:
    """Deliver one receipt; say so where it cannot be done now, for the next run to try again."""
    problem = attempt(lambda: _handed_over(desk, receipt))
    if problem is None:
        ask_by_receipt(desk.keeping.store, receipt, desk.clock())
        return None
    is_our_fault = isinstance(problem, UnreadableFile)
    reason = "internal error" if isinstance(problem, UnreadableFile) else problem.strerror
    _LOG.warning("receipt %s is saved but not delivered: %s", receipt.id, reason)
    return Undelivered(receipt=receipt, is_our_fault=is_our_fault)


def deliver_pending(desk: Desk, tried: Collection[str] = ()) -> Iterator[Undelivered]:
    """Deliver what is saved and was not tried yet; yield the receipts that cannot be."""
    for receipt in desk.keeping.store.undelivered():
        if receipt.id in tried:
            continue
        left = deliver(desk, receipt)
        if left is not None:
            yield left


def _handed_over(desk: Desk, receipt: Receipt) -> OSError | None:
    """Write a receipt and take its file away; return what the system refused."""
    try:
        definition = definition_of(desk.study.forms, receipt)
        desk.keeping.outbox.deliver(receipt, definition)
        show_or_withdraw(desk, receipt, definition)
        if receipt.parent is None:  # a member was never in the inbox
            desk.keeping.inbox.remove(receipt.source)
    except OSError as problem:
        return problem
    return None


def definition_of(forms: Forms, receipt: Receipt) -> FormDefinition | None:
    """Return the form version of a receipt, or None.

    Of a query sheet whose answers are in no record, the sheet's own questions; of one that
    waits and whose record is gone, none.
    """
    if receipt.form is None or receipt.version is None:
        return None
    stamp = None if receipt.is_in_dataset else stamp_of(forms, receipt)
    sheet = forms.printed(stamp) if stamp else None
    if sheet is not None or (stamp is not None and receipt.outcome is Outcome.REVIEW):
        return sheet
    return forms.get(receipt.form, receipt.version)
