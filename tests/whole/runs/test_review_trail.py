"""What a decision deletes, keeps and proves; what it never lets out."""

from __future__ import annotations

import json
import logging

import pytest

from intake.model.errors import Refusal
from intake.model.receipt import Correction, Outcome
from intake.pipeline.review import amend, refuse
from intake.pipeline.review import decisions as review
from tests.kit.office.coordinator import (
    WHY,
    decide,
    document,
    held_bytes,
    in_review,
    packed_ends,
    refused,
    written,
)
from tests.kit.office.few import codes, demo_answers, filled

pytestmark = pytest.mark.slow


def test_after_a_rejection_nothing_is_kept_and_the_same_bytes_are_read_again(office):
    receipt = in_review(office, id_surname2="ZUKO", lab_hb_dx="85", ab_other="mot canari zéro")
    assert refused(office, refuse.reject, receipt.id, " ") is Refusal.REASON_NEEDED
    rejected = decide(office, refuse.reject, receipt.id, WHY)
    assert (rejected.outcome, codes(rejected)) == (Outcome.REJECTED, ["IDENTITY_TOO_LONG"])
    assert (rejected.hint, rejected.completeness) == ("", None)
    entry = office.app.store.entry(receipt.id)
    assert (entry.submission, entry.key) == (None, None)
    assert b"canari z" not in held_bytes(office)
    assert b"1961-04-17" not in held_bytes(office)
    changed = {"id_surname2": "ZUKO", "lab_hb_dx": "85", "ab_other": "mot canari zéro"}
    again = office.send("encore.pdf", filled(demo_answers(**changed)))
    assert again.outcome is Outcome.REVIEW
    assert "IDENTITY_TOO_LONG" in codes(again)


def test_a_file_dropped_again_before_a_rejection_is_not_lost(office):
    content = filled(demo_answers(id_surname2="ZUKO"))
    receipt = office.send("fiche.pdf", content)
    office.drop("fiche.pdf", content)
    decide(office, refuse.reject, receipt.id, WHY)
    (again,) = office.run().receipts
    assert again.outcome is Outcome.REVIEW


def test_after_an_objection_nothing_is_left_and_the_bytes_are_not_read_again(office):
    changed = {"id_surname2": "WQ", "id_firstname2": "JX", "birth_date": "23/07/1963"}
    changed |= {"comments": "Dr House canarimot", "lab_hb_dx": "85"}
    receipt = office.send("Zarrivo fiche.pdf", filled(demo_answers(**changed)))
    repeat = office.send("Zarrivo bis.pdf", filled(demo_answers(**changed)))
    assert (repeat.outcome, repeat.hint) == (Outcome.DUPLICATE, "ZAA · WQ/JX")
    ends = packed_ends(office, "canarimot")
    assert ends
    assert all(end in held_bytes(office) for end in ends)
    objected = decide(office, refuse.objection, receipt.id)
    assert (objected.outcome, codes(objected)) == (Outcome.REJECTED, ["OBJECTION"])
    assert not any(end in held_bytes(office) for end in ends)
    for needle in ("canarimot", "1963-07-23", "WQ/JX", '"WQ"'):
        assert needle.encode() not in held_bytes(office)
        assert needle not in written(office)
    assert "Zarrivo fiche" not in written(office)
    again = office.send("ter.pdf", filled(demo_answers(**changed)))
    assert (again.outcome, again.earlier) == (Outcome.DUPLICATE, receipt.id)
    assert list(office.app.store.records()) == []


def test_an_objection_written_on_the_form_is_confirmed(office):
    receipt = in_review(office, elig_info="opp")
    assert refused(office, review.accept, receipt.id) is Refusal.NOTHING_READ
    objected = decide(office, refuse.objection, receipt.id)
    assert (objected.outcome, codes(objected)) == (Outcome.REJECTED, ["OBJECTION"])


def test_only_files_in_review_are_decided_on(office):
    assert refused(office, review.accept, "000001") is Refusal.UNKNOWN_RECEIPT
    assert refused(office, review.accept, "QA XI") is Refusal.UNKNOWN_RECEIPT
    loaded = office.send("fiche.pdf", filled())
    for decision, more in (
        (review.accept, ()),
        (review.split, ()),
        (review.same_as, ("ZAA-001",)),
        (refuse.reject, (WHY,)),
        (refuse.objection, ()),
        (amend.set_answer, (Correction("sex", "f"), WHY)),
    ):
        assert refused(office, decision, loaded.id, *more) is Refusal.NOT_IN_REVIEW


def test_a_reason_names_no_patient(waiting):
    (receipt,) = waiting.receipts
    reason = "Vu avec Mme Zarrivo"
    assert refused(waiting, refuse.reject, receipt.id, reason) is Refusal.REASON_IDENTIFIES
    assert waiting.app.store.reasons(receipt.id) == ()


def test_the_audit_chain_holds_no_reason_and_no_answer(waiting):
    (receipt,) = waiting.receipts
    decide(waiting, amend.set_answer, receipt.id, Correction("id_surname2", "ZU"), WHY)
    decide(waiting, review.accept, receipt.id)
    store = waiting.app.store
    with store._database.reading() as connection:
        rows = connection.exec_driver_sql("select event, body from audit").fetchall()
    assert [row.event for row in rows][-2:] == ["decision", "decision"]
    everything = "".join(row.body for row in rows)
    for needle in (WHY, "téléphone", "ZUKO", '"ZU"', "1961"):
        assert needle not in everything
    with store._database.reading() as connection:
        payloads = connection.exec_driver_sql("select payload from submission").scalars()
        assert not [text for text in payloads if "ZUKO" in text or '"ZU"' in text]


def test_a_receipt_that_could_not_be_written_is_written_by_the_next_run(office, monkeypatch):
    receipt = in_review(office, comments="Dr House passe")
    path = office.folder / "outbox" / "receipts" / receipt.folder / "receipt.json"
    with monkeypatch.context() as patched:

        def deliver(self, receipt, definition):
            raise OSError(13, "held open")

        patched.setattr("intake.channels.folder.outbox.FolderOutbox.deliver", deliver)
        decide(office, review.accept, receipt.id)
    assert json.loads(path.read_text("utf-8"))["outcome"] == "review"
    office.run()
    assert json.loads(path.read_text("utf-8"))["outcome"] == "loaded"
    assert office.dataset("records.csv").count("\n") == 2


def test_what_a_person_types_is_written_nowhere_for_others_to_read(waiting, caplog):
    caplog.set_level(logging.DEBUG, logger="intake")
    (receipt,) = waiting.receipts
    typed = {
        "id_surname2": "WJ",
        "birth_date": "23/07/1963",
        "ab_other": "Suivi depuis Zcanarville",
        "lab_hb_dx": "9,4",
    }
    for place, text in typed.items():
        decide(waiting, amend.set_answer, receipt.id, Correction(place, text), WHY)
    decide(waiting, review.accept, receipt.id)
    for needle in ("23/07/1963", "1963-07-23", "Zcanarville", WHY):
        assert needle not in written(waiting) + caplog.text
    assert "WJ" not in caplog.text
    (record,) = waiting.app.store.records()
    assert record.submission.record["ab_other"] == "Suivi depuis Zcanarville"


@pytest.mark.parametrize(
    "tampering",
    [
        "update decision set reason = 'autre'",
        "delete from decision",
        "update receipt set body = replace(body, 'accept', 'reject')",
        "update submission set payload = '{}'",
    ],
)
def test_a_decision_changed_afterwards_is_found(waiting, tampering):
    (receipt,) = waiting.receipts
    decide(waiting, amend.set_answer, receipt.id, Correction("id_surname2", "ZU"), WHY)
    decide(waiting, review.accept, receipt.id)
    store = waiting.app.store
    with store._database.writing() as connection:
        assert connection.exec_driver_sql(tampering).rowcount > 0
    with pytest.raises(Exception, match="chain_rows"):
        store.verify()


def test_the_receipt_tells_what_was_decided(waiting):
    (receipt,) = waiting.receipts
    decide(waiting, amend.set_answer, receipt.id, Correction("id_surname2", "ZU"), WHY)
    loaded = decide(waiting, review.accept, receipt.id)
    told = document(waiting, loaded)["decisions"]
    assert [d["action"] for d in told] == ["set", "accept"]
    folder = waiting.folder / "outbox" / "receipts" / loaded.folder
    page = (folder / "receipt.html").read_text("utf-8")
    assert "Décision du coordonnateur" in page
    assert WHY not in page
