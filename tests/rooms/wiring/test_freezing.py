"""What a frozen record says was settled: nothing that the centre said after the closing date."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from intake.model.finding import Finding, Severity
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.query import Query, QueryAction, QueryEnd, QueryStep, QuestionNow
from intake.model.receipt import Outcome, Receipt, SourceFile
from intake.model.record import StoredRecord
from intake.model.submission import Submission, Value
from intake.wiring.conduct.freezing import choose

IN_TIME = dt.datetime(2027, 3, 30, 12, tzinfo=dt.UTC)
LATE = dt.datetime(2027, 4, 2, 12, tzinfo=dt.UTC)
AFTER = dt.datetime(2027, 4, 3, 12, tzinfo=dt.UTC)
ASKS = Finding(code="R05", severity=Severity.QUERY, item="hb", items=("hb",))
CONFIRMED, WITHDRAWN = QueryEnd.CONFIRMED, QueryEnd.WITHDRAWN
HB = frozenset({("hb", None)})


def answers(hb: str) -> Submission:
    value = Value(item="hb", value=hb, raw=hb)
    return Submission(form="f", version="1", language="fr", values=(value,), findings=())


def revision(number: int, *, late: bool) -> Receipt:
    return Receipt(
        id=f"{number:06d}",
        source=SourceFile("f.pdf", "0" * 64, 1, LATE if late else IN_TIME),
        outcome=Outcome.LOADED,
        record_id="r",
        revision=number,
        findings=(finding_of(FindingCode.LATE, {"closing": "2027-03-31"}),) if late else (),
    )


def query(at: dt.datetime, how: QueryEnd, *, of_revision: int) -> Query:
    opened = QueryStep(action=QueryAction.OPENED, at=IN_TIME)
    closed = QueryStep(action=QueryAction.CLOSED, at=at, how=how)
    return Query(number=1, finding=ASKS, revision=of_revision, steps=(opened, closed))


def frozen(late_hb: str, asked: Query) -> StoredRecord:
    """Return what is frozen of a record whose second revision came late."""
    record = StoredRecord(
        record_id="r",
        subject="REI-001",
        centre="REI",
        revision=2,
        received=LATE,
        receipt="000002",
        file_sha256="0",
        file_format="pdf",
        submission=answers(late_hb),
        confirmed=HB,
        withdrawn=HB,
        questions=(QuestionNow(ASKS, CONFIRMED),),
    )
    receipts = (revision(1, late=False), revision(2, late=True))
    kept = {"000001": answers("8"), "000002": answers(late_hb)}
    store = SimpleNamespace(
        records=lambda _form: [record],
        receipts=lambda: [SimpleNamespace(receipt=one) for one in receipts],
        receipts_of=lambda _record: receipts,
        kept=lambda receipt: SimpleNamespace(submission=kept[receipt]),
        queries=lambda _record: [asked],
    )
    app = SimpleNamespace(store=store, study=SimpleNamespace(form="f"))
    (found,) = choose(app, with_late=False).records
    assert (found.revision, found.submission) == (1, answers("8"))
    return found


@pytest.mark.parametrize("late_hb", ["8", "9"])
def test_what_was_confirmed_after_the_first_late_file_is_not_frozen_as_confirmed(late_hb) -> None:
    found = frozen(late_hb, query(AFTER, CONFIRMED, of_revision=2))
    assert (found.confirmed, found.withdrawn) == (frozenset(), frozenset())
    assert found.questions == (QuestionNow(ASKS, None),)


def test_what_was_settled_in_time_of_the_same_answers_is_frozen_as_such() -> None:
    changed_late = frozen("9", query(IN_TIME, CONFIRMED, of_revision=1))
    assert (changed_late.confirmed, changed_late.withdrawn) == (HB, frozenset())
    same_late = frozen("8", query(IN_TIME, WITHDRAWN, of_revision=2))
    assert (same_late.confirmed, same_late.withdrawn) == (frozenset(), HB)


def test_what_was_settled_of_other_answers_is_frozen_as_asked_of_none() -> None:
    found = frozen("9", query(IN_TIME, CONFIRMED, of_revision=2))
    assert (found.confirmed, found.questions) == (frozenset(), ())
