"""Corrections, withdrawals and undone decisions in a real workspace, proved by its chain."""

from __future__ import annotations

import pytest

from intake.model.query import QueryEnd
from intake.model.receipt import Correction, Outcome
from intake.pipeline.review.correct import correct
from intake.pipeline.review.decisions import accept
from intake.pipeline.review.undo import undo
from intake.pipeline.review.withdraw import withdraw, withdraw_objecting
from tests.kit.office.coordinator import WHY, decide, held_bytes, packed_ends
from tests.kit.office.few import FewOffice, codes, demo_answers, filled

pytestmark = pytest.mark.slow

PRIVATE = {"comments": "canarimot"}
NEWER = {"lab_plt_dx": "88", "form_date": "09/10/2026"}


def give(office, *given, record="ZAA-001"):
    return decide(office, correct, record, [Correction(*each) for each in given], WHY)


def dataset(office):
    folder = office.folder / "outbox" / "dataset"
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_originals_and_corrections_of_an_archive_give_the_same_dataset(office, tmp_path):
    office.send("fiche.pdf", filled(demo_answers(lab_hb_dx="huit")))
    give(office, ("lab_hb_dx", "8,1"), ("mas_tx__1__mtrt_drug", "anakinra"))
    office.send("autre.pdf", filled(demo_answers("04")))
    last = give(office, ("lab_plt_dx", "91"))
    assert last.revision == 3
    anew = FewOffice(tmp_path / "ailleurs")
    for stored in office.app.store.receipts():
        path = office.app.archive.path(stored.receipt.source)
        anew.drop(path.name, path.read_bytes())
    anew.run()
    assert [r.outcome.is_loaded for r in anew.receipts] == [True] * 4
    assert dataset(anew) == dataset(office)
    for each in (office, anew):
        assert each.app.audit()["audit"] == "verified"


def test_a_correction_closes_the_question_that_it_answers(office):
    office.send("fiche.pdf", filled(demo_answers(lab_hb_dx="huit")))
    assert [q.how for q in office.app.store.queries()] == [None]
    give(office, ("lab_hb_dx", demo_answers()["lab_hb_dx"]))
    assert [(q.finding.code, q.how) for q in office.app.store.queries()] == [
        ("NUMBER_UNREADABLE", QueryEnd.CHANGED)
    ]
    assert office.app.audit()["audit"] == "verified"


def test_a_correction_of_another_study_is_refused(office, tmp_path):
    office.send("fiche.pdf", filled(demo_answers()))
    receipt = give(office, ("lab_plt_dx", "91"))
    elsewhere = FewOffice(tmp_path / "ailleurs")
    path = office.app.archive.path(receipt.source)
    told = elsewhere.send(path.name, path.read_bytes())
    assert (told.outcome, codes(told)) == (Outcome.REJECTED, ["CORRECTION_REFUSED"])


def test_an_undone_revision_waits_again_and_the_dataset_is_what_it_was(office):
    office.send("fiche.pdf", filled(demo_answers()))
    before = dataset(office)
    newer = office.send("suite.pdf", filled(demo_answers(**NEWER)))
    assert dataset(office) != before
    undone = decide(office, undo, newer.id)
    assert "UNDONE" in codes(undone)
    assert dataset(office) == before
    assert decide(office, accept, newer.id).revision == 3
    assert office.app.audit()["audit"] == "verified"


def test_a_withdrawn_record_leaves_the_dataset_and_a_new_form_waits(office):
    office.send("fiche.pdf", filled(demo_answers()))
    before = dataset(office)
    decide(office, withdraw, "ZAA-001", WHY)
    assert dataset(office)["records.csv"].count(b"\n") == 1
    newer = office.send("suite.pdf", filled(demo_answers(**NEWER)))
    assert codes(newer) == ["RECORD_WITHDRAWN"]
    decide(office, undo, "000001")
    assert dataset(office) == before
    assert office.app.audit()["audit"] == "verified"


def test_after_an_objection_no_answer_is_left_in_the_store(office):
    office.send("fiche.pdf", filled(demo_answers(**PRIVATE, lab_hb_dx="canarinombre")))
    give(office, ("lab_plt_dx", "91"))
    ends = packed_ends(office, "canarimot", "canarinombre")
    assert ends
    assert b"canarimot" in held_bytes(office)
    decide(office, withdraw_objecting, "ZAA-001", WHY)
    held = held_bytes(office)
    assert not any(end in held for end in ends)
    assert b"canarimot" not in held
    assert b"canarinombre" not in held
    again = office.send("suite.pdf", filled(demo_answers(**NEWER)))
    assert codes(again) == ["PATIENT_OBJECTED"]
    assert office.app.audit()["audit"] == "verified"
