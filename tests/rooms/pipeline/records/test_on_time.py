"""What of a record is frozen: nothing that came after the closing date, nor what rests on it."""

from __future__ import annotations

import datetime as dt

import pytest

from intake.model.finding_codes import FindingCode, finding_of
from intake.model.receipt import Outcome, Receipt, SourceFile
from intake.pipeline.records.on_time import last_on_time

NOON = dt.datetime(2027, 4, 2, 12, tzinfo=dt.UTC)
LATE = finding_of(FindingCode.LATE, {"closing": "2027-03-31"})


def revision(number: int | None, *, late: bool = False, outcome=Outcome.LOADED) -> Receipt:
    return Receipt(
        id=f"{number or 0:06d}",
        source=SourceFile("f.pdf", "0" * 64, 1, NOON),
        outcome=outcome,
        revision=number,
        findings=(LATE,) if late else (),
    )


@pytest.mark.parametrize(
    ("receipts", "kept"),
    [
        ([revision(1), revision(2)], 2),
        ([revision(2, late=True), revision(1)], 1),
        ([revision(1), revision(2, late=True), revision(3)], 1),
        ([revision(1, late=True), revision(2)], None),
        ([revision(None, late=True, outcome=Outcome.DUPLICATE), revision(1)], 1),
        ([revision(1, outcome=Outcome.REJECTED)], None),
        ([], None),
    ],
)
def test_the_newest_revision_before_the_first_late_one_is_kept(receipts, kept) -> None:
    found = last_on_time(receipts)
    assert (found.revision if found else None) == kept
