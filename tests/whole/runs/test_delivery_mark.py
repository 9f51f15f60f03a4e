"""Whether a receipt was delivered is in no seal: who changes that mark loses nobody anything."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from intake.channels.folder.outbox import FolderOutbox
from intake.model.receipt import Outcome
from tests.kit.office.few import FewOffice, codes, demo_answers, filled


@pytest.fixture
def office(tmp_path):
    return FewOffice(tmp_path / "office")


def mark(office, value):
    """Change the mark of every receipt, as who may write the store's file would."""
    database = office.folder / "archive" / "store.sqlite"
    with closing(sqlite3.connect(database, isolation_level=None)) as raw:
        raw.execute("UPDATE receipt SET delivered = ?", (value,))


def pages(office):
    """Return all that the outbox holds, by path."""
    root = office.folder / "outbox"
    return {p.relative_to(root): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_a_mark_taken_away_has_the_same_receipts_written_again(office):
    office.send("a.pdf", filled())
    office.send("b.pdf", b"%PDF-1.7 damaged")
    before = pages(office)
    mark(office, None)
    corrected = filled({**demo_answers(), "lab_hb_dx": "9,4"})
    office.drop("a.pdf", corrected)
    run = office.run()
    after = pages(office)
    kept = {path for path in before if path.name in ("receipt.json", "receipt.html")}
    assert {path: after[path] for path in kept} == {path: before[path] for path in kept}
    (receipt,) = run.receipts  # the other file of that name is not taken away with the first
    assert office.app.archive.content(receipt.source.sha256) == corrected
    assert not office.app.store.undelivered()
    assert office.app.audit()["audit"] == "verified"


def test_a_forged_mark_keeps_back_one_page_and_neither_the_answers_nor_the_file(
    office, monkeypatch
):
    """A run was cut off before the page was written: the file is still there, and comes again."""
    with monkeypatch.context() as full:
        full.setattr(FolderOutbox, "deliver", refused)
        office.drop("a.pdf", filled())
        (receipt,) = office.run().receipts
    mark(office, "2026-11-30T12:00:00+00:00")
    (again,) = office.run().receipts
    assert (again.outcome, again.earlier) == (Outcome.DUPLICATE, receipt.id)
    assert receipt.id in next(p for p in pages(office).values() if again.id.encode() in p).decode()
    assert "DUPLICATE_FILE" in codes(again)
    assert len(list(office.app.store.records(office.app.study.form))) == 1
    assert office.app.archive.content(receipt.source.sha256) == filled()
    assert office.app.audit()["audit"] == "verified"


def refused(*_arguments):
    raise OSError(28, "No space left on device")
