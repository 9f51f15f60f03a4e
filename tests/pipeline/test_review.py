"""The coordinator's way out of review: each decision loads, keeps or deletes what it says."""

from __future__ import annotations

import json
import logging
import shutil
from functools import cache

import pytest

from intake.execution.inprocess import InProcess
from intake.model.errors import DecisionRefused, Refusal
from intake.model.finding import Severity
from intake.model.receipt import Outcome, ReviewAction
from intake.model.submission import Rung
from intake.pipeline import amend, review
from intake.wiring.app import App
from tests.pipeline.every_finding import ALONE
from tests.pipeline.office import Office, codes, demo_answers, filled

WHY = "Vérifié par téléphone avec le centre"
NEAR = {"id_surname2": "QO", "lab_crp_dx": "99"}


@cache
def opened(folder):
    """Open a workspace once for all of a test's decisions."""
    return App.open(folder)


def decide(office, decision, *arguments):
    """Take a decision as a command does, then check that the store still proves itself."""
    app = opened(office.folder)
    with InProcess() as executor:
        try:
            return app.decide(executor, lambda desk: decision(desk, *arguments))
        finally:
            app.store.verify()


def refused(office, decision, *arguments):
    with pytest.raises(DecisionRefused) as problem:
        decide(office, decision, *arguments)
    return problem.value.why


def in_review(office, **changed):
    receipt = office.send("fiche.pdf", filled(demo_answers(**changed)))
    assert receipt.outcome is Outcome.REVIEW
    return receipt


@pytest.fixture(scope="module")
def waiting_once(tmp_path_factory):
    """A workspace where one form waits because of its letters; made once and copied."""
    made = Office(tmp_path_factory.mktemp("waiting") / "étude")
    in_review(made, id_surname2="ZUKO")
    return made.folder


@pytest.fixture
def waiting(waiting_once, tmp_path):
    folder = tmp_path / "étude"
    shutil.copytree(waiting_once, folder)
    return Copied(folder)


class Copied(Office):
    """A workspace that is there already."""

    def __post_init__(self):
        self.receipts = [stored.receipt for stored in self.app.store.receipts()]


def document(office, receipt):
    path = office.folder / "outbox" / "receipts" / receipt.folder / "receipt.json"
    return json.loads(path.read_text(encoding="utf-8"))


def held_bytes(office):
    folder = office.folder / "archive"
    return b"".join(p.read_bytes() for p in sorted(folder.glob("store.sqlite*")))


def written(office):
    found = (p for p in (office.folder / "outbox").rglob("*") if p.is_file())
    return "".join(p.read_text("utf-8") for p in found)


def test_a_name_too_long_is_cut_by_a_person_then_accepted(waiting):
    (receipt,) = waiting.receipts
    assert refused(waiting, review.accept, receipt.id) is Refusal.KEY_MISSING
    code = waiting.app.definition.items["id_surname2"].code
    still = decide(waiting, amend.set_answer, receipt.id, code, "ZU", WHY)
    assert still.outcome is Outcome.REVIEW
    assert codes(still) == []
    loaded = decide(waiting, review.accept, receipt.id)
    assert (loaded.outcome, loaded.subject, loaded.revision) == (Outcome.LOADED, "ZAA-001", 1)
    assert loaded.hint == "ZAA · ZU/XI"
    (record,) = waiting.app.store.records()
    (value,) = (v for v in record.submission.values if v.item == "id_surname2")
    assert (value.value, value.raw, value.replaced, value.rung) == ("ZU", "ZU", "ZUKO", Rung.PERSON)
    actions = [(d.action, d.code) for d in loaded.decisions]
    assert actions == [(ReviewAction.SET, code), (ReviewAction.ACCEPT, None)]


def test_answers_given_one_after_the_other_are_all_kept(office):
    receipt = in_review(office, id_surname2="ZUKO", birth_date="1961")
    decide(office, amend.set_answer, receipt.id, "birth_date", "17/04/1961", WHY)
    decide(office, amend.set_answer, receipt.id, "comorbidities", "hta; dm2", WHY)
    decide(office, amend.set_answer, receipt.id, "mas_tx__1__mtrt_drug", "anakinra", WHY)
    decide(office, amend.set_answer, receipt.id, "id_surname2", "zu", WHY)
    decide(office, review.accept, receipt.id)
    (record,) = office.app.store.records()
    held = record.submission.record
    assert (held["birth_date"], held["id_surname2"]) == ("1961-04-17", "ZU")
    assert held["comorbidities"] == ["hta", "dm2"]
    by_person = {v.item: v.replaced for v in record.submission.values if v.rung is Rung.PERSON}
    assert by_person["comorbidities"] == "hta"
    assert by_person["birth_date"] == "1961"
    assert "person" in office.dataset("values.csv")


def test_an_answer_that_cannot_be_read_is_not_taken(waiting):
    (receipt,) = waiting.receipts
    before = waiting.app.store.entry(receipt.id)
    wrong = [("lab_hb_dx", "huit"), ("birth_date", "1961"), ("comments", "Mme Zarrivo")]
    for place, text in wrong:
        assert refused(waiting, amend.set_answer, receipt.id, place, text, WHY) is (
            Refusal.NOT_UNDERSTOOD
        )
    others = {
        ("nowhere", "1"): Refusal.UNKNOWN_PLACE,
        ("lab_hb_dx", " "): Refusal.EMPTY_VALUE,
        ("sex", "Off"): Refusal.EMPTY_VALUE,
        ("comorbidities", "malaria"): Refusal.NOT_UNDERSTOOD,
        ("mas_fu__2__fu_timepoint", "m12"): Refusal.PRINTED_PLACE,
        ("elig_info", "opp"): Refusal.OBJECTED,
    }
    for (place, text), why in others.items():
        assert refused(waiting, amend.set_answer, receipt.id, place, text, WHY) is why
    assert waiting.app.store.entry(receipt.id) == before


def test_setting_an_answer_judges_the_form_anew(office):
    office.send("first.pdf", filled())
    receipt = in_review(office, id_surname2="ZUKO", lab_crp_dx="99")
    near = decide(office, amend.set_answer, receipt.id, "id_surname2", "QO", WHY)
    assert codes(near) == ["IDENTITY_NEAR"]
    assert near.hint == "ZAA · QO/XI"
    known = decide(office, amend.set_answer, receipt.id, "id_surname2", "QA", WHY)
    assert "IDENTITY_NEAR" not in codes(known)
    loaded = decide(office, review.accept, receipt.id)
    assert (loaded.subject, loaded.revision) == ("ZAA-001", 2)
    assert {change.item for change in loaded.changes} == {"lab_crp_dx"}


def test_a_near_patient_is_split_into_a_new_record(office):
    office.send("first.pdf", filled())
    receipt = in_review(office, **NEAR)
    assert refused(office, review.accept, receipt.id) is Refusal.PATIENT_IN_DOUBT
    loaded = decide(office, review.split, receipt.id)
    assert (loaded.subject, loaded.revision, loaded.record_id) != ("ZAA-001", 1, None)
    assert loaded.subject == "ZAA-002"
    assert office.dataset("records.csv").count("\n") == 3
    again = office.send("b.pdf", filled(demo_answers(**{**NEAR, "lab_crp_dx": "98"})))
    assert (again.outcome, again.subject, again.revision) == (Outcome.LOADED, "ZAA-002", 2)


def test_a_near_patient_is_the_same_and_known_by_both_spellings_from_then_on(office):
    office.send("first.pdf", filled())
    receipt = in_review(office, **NEAR)
    assert refused(office, review.same_as, receipt.id, "ZAA-009") is Refusal.UNKNOWN_PATIENT
    loaded = decide(office, review.same_as, receipt.id, "zaa-001")
    assert (loaded.outcome, loaded.subject, loaded.revision) == (Outcome.LOADED, "ZAA-001", 2)
    assert loaded.decisions[-1].subject == "ZAA-001"
    assert len(list(office.app.store.records())) == 1
    old = office.send("old.pdf", filled(demo_answers(lab_crp_dx="50")))
    new = office.send("new.pdf", filled(demo_answers(**{**NEAR, "lab_crp_dx": "51"})))
    assert [(r.outcome, r.subject, r.revision) for r in (old, new)] == [
        (Outcome.LOADED, "ZAA-001", 3),
        (Outcome.LOADED, "ZAA-001", 4),
    ]


def test_a_patient_known_elsewhere_can_be_named_by_its_record_id(office):
    first = office.send("first.pdf", filled())
    receipt = in_review(office, centre3="ZOR", lab_crp_dx="77")
    loaded = decide(office, review.same_as, receipt.id, first.record_id)
    assert (loaded.record_id, loaded.revision) == (first.record_id, 2)
    page = (office.folder / "outbox/receipts" / loaded.folder / "receipt.html").read_text("utf-8")
    assert "ZAA-001" not in page
    assert ">77<" not in page


def test_a_form_whose_letters_are_missing_can_be_given_to_its_patient(office):
    office.send("first.pdf", filled())
    receipt = in_review(office, id_surname2="QATAR", lab_crp_dx="31")
    loaded = decide(office, review.same_as, receipt.id, "ZAA-001")
    assert (loaded.outcome, loaded.revision) == (Outcome.LOADED_WITH_QUERIES, 2)
    asked = [f.code for f in loaded.findings if f.severity is Severity.ERROR]
    assert asked == ["IDENTITY_TOO_LONG"]
    again = office.send("again.pdf", filled(demo_answers(lab_crp_dx="32")))
    assert (again.subject, again.revision) == ("ZAA-001", 3)


def test_two_patients_never_share_an_identity(office):
    office.send("first.pdf", filled())
    office.send("second.pdf", filled(demo_answers("02")))
    receipt = in_review(office, form_date="01/01/2020", lab_crp_dx="31")
    assert codes(receipt)[-1] == "REVISION_OLDER"
    assert refused(office, review.split, receipt.id) is Refusal.SAME_IDENTITY
    other = next(r for r in office.receipts if r.subject != "ZAA-001" and r.subject)
    assert refused(office, review.same_as, receipt.id, other.subject) is Refusal.OTHER_PATIENT


def test_an_older_form_replaces_a_newer_one_only_with_a_reason(office):
    office.send("first.pdf", filled())
    receipt = in_review(office, form_date="01/01/2020", lab_crp_dx="31")
    assert refused(office, review.accept, receipt.id) is Refusal.REASON_NEEDED
    loaded = decide(office, review.accept, receipt.id, WHY)
    assert (loaded.subject, loaded.revision) == ("ZAA-001", 2)
    assert office.app.store.reasons(receipt.id) == (WHY,)


def test_words_that_name_nobody_after_all_are_accepted(office):
    receipt = in_review(office, comments="Suivi par le Dr House à domicile")
    assert codes(receipt) == ["IDENTIFYING_TEXT"]
    loaded = decide(office, review.accept, receipt.id)
    assert (loaded.outcome, loaded.subject) == (Outcome.LOADED, "ZAA-001")
    (finding,) = loaded.findings
    assert (finding.code, finding.severity) == ("IDENTIFYING_TEXT", Severity.NOTE)
    assert document(office, loaded)["outcome"] == "loaded"


def test_a_repaired_file_is_accepted_only_with_a_reason(office):
    receipt = office.send(*ALONE["FILE_REPAIRED"]())
    assert refused(office, review.accept, receipt.id) is Refusal.REASON_NEEDED
    loaded = decide(office, review.accept, receipt.id, WHY)
    assert loaded.outcome.is_loaded
    assert "FILE_REPAIRED" in codes(loaded)
    (record,) = office.app.store.records()
    assert {v.rung for v in record.submission.values} == {Rung.FIELD}


def test_readings_that_disagree_are_settled_by_the_answer_of_a_person(office):
    receipt = office.send(*ALONE["READINGS_DISAGREE"]())
    assert "READINGS_DISAGREE" in codes(receipt)
    place = next(f.item for f in receipt.findings if f.code == "READINGS_DISAGREE")
    settled = decide(office, amend.set_answer, receipt.id, place, "f", WHY)
    assert "READINGS_DISAGREE" not in codes(settled)
    assert decide(office, review.accept, receipt.id).outcome is Outcome.LOADED


def test_questions_to_the_centre_stay_open_after_a_decision(office):
    receipt = in_review(office, comments="Dr House passe", lab_hb_dx="85")
    loaded = decide(office, review.accept, receipt.id)
    assert loaded.outcome is Outcome.LOADED_WITH_QUERIES
    assert office.app.status()["open_queries"]["total"] == 1


def test_an_answer_already_loaded_is_not_loaded_twice(office):
    receipt = in_review(office, id_surname2="QATAR")
    office.send("good.pdf", filled())
    decide(office, amend.set_answer, receipt.id, "id_surname2", "QA", WHY)
    assert refused(office, review.accept, receipt.id) is Refusal.ALREADY_LOADED


def test_a_file_that_gave_no_answer_can_only_be_rejected(office):
    receipt = office.send(*ALONE["FILE_PROTECTED"]())
    for decision, more in (
        (review.accept, ()),
        (review.split, ()),
        (review.same_as, ("ZAA-001",)),
        (amend.set_answer, ("sex", "f", WHY)),
    ):
        assert refused(office, decision, receipt.id, *more) is Refusal.NOTHING_READ
    assert decide(office, review.reject, receipt.id, WHY).outcome is Outcome.REJECTED


def test_after_a_rejection_nothing_is_kept_and_the_same_bytes_are_read_again(office):
    receipt = in_review(office, id_surname2="ZUKO", lab_hb_dx="85", ab_other="mot canari zéro")
    assert refused(office, review.reject, receipt.id, " ") is Refusal.REASON_NEEDED
    rejected = decide(office, review.reject, receipt.id, WHY)
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
    decide(office, review.reject, receipt.id, WHY)
    (again,) = office.run().receipts
    assert again.outcome is Outcome.REVIEW


def test_after_an_objection_nothing_is_left_and_the_bytes_are_not_read_again(office):
    changed = {"id_surname2": "WQ", "id_firstname2": "JX", "birth_date": "23/07/1963"}
    changed |= {"comments": "Dr House canarimot", "lab_hb_dx": "85"}
    receipt = office.send("Zarrivo fiche.pdf", filled(demo_answers(**changed)))
    repeat = office.send("Zarrivo bis.pdf", filled(demo_answers(**changed)))
    assert (repeat.outcome, repeat.hint) == (Outcome.DUPLICATE, "ZAA · WQ/JX")
    assert b"canarimot" in held_bytes(office)
    objected = decide(office, review.objection, receipt.id)
    assert (objected.outcome, codes(objected)) == (Outcome.REJECTED, ["OBJECTION"])
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
    objected = decide(office, review.objection, receipt.id)
    assert (objected.outcome, codes(objected)) == (Outcome.REJECTED, ["OBJECTION"])


def test_only_files_in_review_are_decided_on(office):
    assert refused(office, review.accept, "000001") is Refusal.UNKNOWN_RECEIPT
    assert refused(office, review.accept, "QA XI") is Refusal.UNKNOWN_RECEIPT
    loaded = office.send("fiche.pdf", filled())
    for decision, more in (
        (review.accept, ()),
        (review.split, ()),
        (review.same_as, ("ZAA-001",)),
        (review.reject, (WHY,)),
        (review.objection, ()),
        (amend.set_answer, ("sex", "f", WHY)),
    ):
        assert refused(office, decision, loaded.id, *more) is Refusal.NOT_IN_REVIEW


def test_a_reason_names_no_patient(waiting):
    (receipt,) = waiting.receipts
    reason = "Vu avec Mme Zarrivo"
    assert refused(waiting, review.reject, receipt.id, reason) is Refusal.REASON_IDENTIFIES
    assert waiting.app.store.reasons(receipt.id) == ()


def test_the_audit_chain_holds_no_reason_and_no_answer(waiting):
    (receipt,) = waiting.receipts
    decide(waiting, amend.set_answer, receipt.id, "id_surname2", "ZU", WHY)
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

        patched.setattr("intake.channels.outbox.FolderOutbox.deliver", deliver)
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
        "ab_other": "Suivi depuis Zbelieu",
        "lab_hb_dx": "9,4",
    }
    for place, text in typed.items():
        decide(waiting, amend.set_answer, receipt.id, place, text, WHY)
    decide(waiting, review.accept, receipt.id)
    for needle in ("23/07/1963", "1963-07-23", "Zbelieu", WHY):
        assert needle not in written(waiting) + caplog.text
    assert "WJ" not in caplog.text
    (record,) = waiting.app.store.records()
    assert record.submission.record["ab_other"] == "Suivi depuis Zbelieu"


@pytest.mark.parametrize(
    "tampering",
    [
        "update decision set reason = 'autre'",
        "delete from decision",
        "update receipt set body = replace(body, 'accept', 'reject')",
        "update submission set payload = replace(payload, 'person', 'field')",
    ],
)
def test_a_decision_changed_afterwards_is_found(waiting, tampering):
    (receipt,) = waiting.receipts
    decide(waiting, amend.set_answer, receipt.id, "id_surname2", "ZU", WHY)
    decide(waiting, review.accept, receipt.id)
    store = waiting.app.store
    with store._database.writing() as connection:
        assert connection.exec_driver_sql(tampering).rowcount > 0
    with pytest.raises(Exception, match="audit chain"):
        store.verify()


def test_the_receipt_tells_what_was_decided(waiting):
    (receipt,) = waiting.receipts
    decide(waiting, amend.set_answer, receipt.id, "id_surname2", "ZU", WHY)
    loaded = decide(waiting, review.accept, receipt.id)
    told = document(waiting, loaded)["decisions"]
    assert [d["action"] for d in told] == ["set", "accept"]
    folder = waiting.folder / "outbox" / "receipts" / loaded.folder
    page = (folder / "receipt.html").read_text("utf-8")
    assert "Décision du coordonnateur" in page
    assert WHY not in page
