"""Receipts are handed over until they are; what waits is shown with the pages to look at."""

from __future__ import annotations

import pytest

from intake.model.errors import UnreadableFile
from intake.model.finding import Location
from intake.model.finding_codes import FindingCode as Code
from intake.model.finding_codes import finding_of
from intake.model.submission import FieldKind, FoundField, Rung
from tests.kit.garden import WHOLE, a_file, changed
from tests.kit.plain_office import PlainOffice, late

BOX = (10.0, 20.0, 60.0, 40.0)


@pytest.fixture
def office():
    return PlainOffice()


def printed(*pages):
    """Return a printed form, its answers on these pages."""
    fields = tuple(
        FoundField(
            name,
            text,
            FieldKind.TICK if "__" in name else FieldKind.TEXT,
            Rung.PRINTED_TEXT,
            Location(page=pages[number % len(pages)], box=BOX),
        )
        for number, (name, text) in enumerate(WHOLE.items())
    )
    return a_file(Code.FILE_PRINTED, fields=fields)


def test_a_receipt_that_could_not_be_written_is_written_by_the_next_run(office):
    office.drop("fiche.pdf", a_file())
    office.outbox.closed.add("000001")
    assert late(office.run()) == ("000001",)
    office.outbox.closed.clear()
    run = office.run()
    assert (run.undelivered, run.receipts) == ((), ())
    assert office.outbox.order == ["000001"]
    assert office.inbox.is_empty


def test_one_that_cannot_be_written_is_named_and_stops_no_other(office, caplog):
    for number in (1, 2, 3):
        office.drop(f"{number}.pdf", changed(letters="QZ", height=str(number)))
    office.outbox.closed.add("000002")
    run = office.run()
    assert late(run) == ("000002",)
    assert sorted(office.outbox.receipts) == ["000001", "000003"]
    assert "000002 is saved but not delivered" in caplog.text
    again = office.run()
    assert (late(again), again.receipts) == (("000002",), ())  # one receipt a file
    office.outbox.closed.clear()
    assert late(office.run()) == ()
    assert office.inbox.is_empty


@pytest.mark.parametrize("fault", [UnicodeEncodeError("utf-8", "x", 0, 1, "QA"), KeyError("QA")])
def test_a_receipt_that_the_program_cannot_write_stops_no_other(office, caplog, fault):
    real = office.outbox.deliver

    def deliver(receipt, definition):
        if receipt.id == "000001":
            raise fault
        real(receipt, definition)

    office.outbox.deliver = deliver
    office.drop("1.pdf", a_file())
    office.drop("2.pdf", changed(letters="ZZ"))
    run = office.run()
    assert (late(run), list(office.outbox.receipts)) == (("000001",), ["000002"])
    assert run.has_our_fault
    assert "QA" not in caplog.text
    office.outbox.deliver = real
    assert (late(office.run()), office.inbox.is_empty) == ((), True)


def test_a_file_held_open_is_taken_by_the_next_run(office):
    office.drop("fiche.pdf", a_file())
    office.inbox.locked.add("fiche.pdf")
    assert late(office.run()) == ("000001",)
    assert [r.id for r in office.store.undelivered()] == ["000001"]


def test_what_is_loaded_has_no_page_and_what_waits_has_one(office):
    office.send(a_file())
    office.send(changed(letters="ZZ", remark="Mme Zarrivo"))
    assert list(office.review.pages) == ["000002"]
    entry, definition, pictures = office.review.pages["000002"]
    assert (entry.receipt.id, definition.id, pictures) == ("000002", "garden", ())
    assert office.drawn == []


def test_the_pages_of_printed_answers_are_drawn(office):
    office.send(printed(2, 5))
    assert office.drawn == [frozenset({2, 5})]
    assert [p.page for p in office.review.pages["000001"][2]] == [2, 5]


def test_pages_that_are_pictures_are_drawn_beside_those_with_answers(office):
    finding = finding_of(Code.PAGES_SCANNED, {"pages": "1, 4"})
    office.send(a_file(findings=(finding,)))
    assert office.drawn == [frozenset({1, 4})]


@pytest.mark.parametrize("code", [Code.FILE_SCANNED, Code.FILE_NO_FIELDS])
def test_every_page_is_drawn_of_a_file_of_which_nothing_was_read(office, code):
    office.send(a_file(code))
    assert office.drawn == [frozenset()]


@pytest.mark.parametrize(
    "problem", [UnreadableFile(Code.FILE_LIMIT, {"limit": "time"}), RuntimeError("QA")]
)
def test_pages_that_cannot_be_drawn_stop_nothing(office, problem, monkeypatch):
    def refuse(content, pages):
        raise problem

    office._draw = refuse
    receipt = office.send(printed(1))
    assert office.review.pages[receipt.id][2] == ()
    assert office.store.undelivered() == ()
