"""What a receipt asks of its centre once it is written: its queries are asked from then on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from intake.model.finding import Severity
from intake.model.query import Query, QueryState, question_of
from intake.model.receipt import Receipt
from intake.pipeline.queries.steps import Said, asked
from intake.ports import Store


def ask_by_receipt(store: Store, receipt: Receipt, at: dt.datetime) -> None:
    """Step to asked what a written receipt asks for the first time, and mark it delivered.

    Both or neither: a run that was cut short does it again.
    """
    with store.together():
        for query in tuple(_asked_first(store, receipt)):
            store.step(asked(query, Said(at=at, receipt=receipt.id)))
        store.mark_delivered(receipt.id)


def _asked_first(store: Store, receipt: Receipt) -> Iterator[Query]:
    """Yield the open queries that a receipt's findings ask, each finding's once.

    One about answers newer than the receipt's is another question.
    """
    asks = [question_of(f) for f in receipt.findings if f.severity is not Severity.NOTE]
    if not asks or not receipt.is_in_dataset or not receipt.record_id:
        return
    for query in store.queries(receipt.record_id, states=(QueryState.OPEN,)):
        question = question_of(query.finding)
        if question in asks and query.revision <= (receipt.revision or 0):
            asks.remove(question)
            yield query
