"""What becomes of a file: one receipt each, the right outcome, nothing lost."""

from __future__ import annotations

import hashlib
import json

import pytest

from intake.model.finding_codes import is_partly_read
from intake.model.receipt import Outcome
from tests.kit.broken.damage import changed
from tests.kit.office import office as whole
from tests.kit.office.every_finding import ALONE, with_field, without_field
from tests.kit.office.few import blank, codes, demo_answers, filled


def test_a_whole_form_is_loaded_with_nothing_to_correct(whole_office):
    receipt = whole_office.send("fiche.pdf", whole.filled())
    assert (receipt.outcome, receipt.subject, receipt.revision) == (Outcome.LOADED, "ZAA-001", 1)
    assert receipt.completeness.answered == receipt.completeness.expected > 100
    assert receipt.hint == "ZAA · QA/XI"
    assert codes(receipt) == []


def test_values_in_the_dataset_are_those_that_were_typed(office):
    answers = demo_answers(lab_hb_dx="9,15", mas_weight="58 kg", dm_dx_date="03/2016")
    office.send("fiche.pdf", filled(answers))
    app = office.app
    (record,) = app.store.records()
    held = record.submission.record
    assert held["lab_hb_dx"] == 9.15
    assert held["mas_weight"] == 58
    assert held["dm_dx_date"] == "2016-03"
    assert held["comorbidities"] == ["hta"]
    assert held["mas_tx"][0]["mtrt_drug"] == "gc_pulse"


def test_the_inbox_is_emptied_and_the_original_kept(office):
    content = filled()
    office.send("fiche.pdf", content)
    assert list((office.folder / "inbox").iterdir()) == []
    digest = hashlib.sha256(content).hexdigest()
    assert office.app.archive.content(digest) == content


def test_each_file_has_a_receipt_folder_with_both_files(office):
    office.send("fiche.pdf", filled())
    office.send("rien.pdf", b"")
    folders = sorted((office.folder / "outbox" / "receipts").iterdir())
    made = [sorted(p.name for p in folder.iterdir()) for folder in folders if folder.is_dir()]
    assert made == [["receipt.html", "receipt.json"]] * 2


def test_the_same_file_twice_changes_nothing(office):
    first = office.send("fiche.pdf", filled())
    before = office.dataset("values.csv")
    again = office.send("encore.pdf", filled())
    assert (again.outcome, again.earlier, again.subject) == (
        Outcome.DUPLICATE,
        first.id,
        first.subject,
    )
    assert office.dataset("values.csv") == before


def test_the_same_answers_from_another_file_are_a_duplicate(office):
    first = office.send("fiche.pdf", filled())
    again = office.send("english.pdf", filled(demo_answers(), language="en"))
    assert (again.outcome, again.earlier) == (Outcome.DUPLICATE, first.id)


@pytest.mark.slow
@pytest.mark.parametrize("code", sorted(filter(is_partly_read, ALONE)))
def test_known_answers_do_not_hide_what_a_file_may_hold_besides(whole_holding, code):
    """Two patients merged in one file show the first one's answers only."""
    name, content = ALONE[code]()
    receipt = whole_holding.send(name, content)
    assert receipt.outcome in (Outcome.REVIEW, Outcome.LOADED_WITH_QUERIES)
    assert code in codes(receipt)


def test_a_repeat_of_what_waits_in_review_has_no_patient_number(office):
    doubtful = demo_answers(comments="Mme Zarrivo")
    first = office.send("a.pdf", filled(doubtful))
    again = office.send("b.pdf", filled(doubtful, language="en"))
    assert (again.outcome, again.earlier) == (Outcome.DUPLICATE, first.id)
    assert (again.subject, again.record_id) == (None, None)


def test_a_corrected_return_is_a_new_revision_that_lists_its_changes(office):
    office.send("fiche.pdf", filled(demo_answers(lab_crp_dx="", form_date="08/10/2026")))
    after = filled(demo_answers(lab_crp_dx="48", form_date="09/10/2026"))
    receipt = office.send("corrigee.pdf", after)
    assert (receipt.outcome, receipt.subject, receipt.revision) == (Outcome.LOADED, "ZAA-001", 2)
    changed = {change.item: (change.before, change.after) for change in receipt.changes}
    assert changed == {"form_date": ("2026-10-08", "2026-10-09"), "lab_crp_dx": ("", "48")}
    assert len(list(office.app.store.records())) == 1


def test_an_older_return_does_not_overwrite_a_newer_one(office):
    office.send("new.pdf", filled(demo_answers(form_date="09/10/2026", lab_crp_dx="48")))
    receipt = office.send("old.pdf", filled(demo_answers(form_date="08/10/2026")))
    assert (receipt.outcome, codes(receipt)) == (Outcome.REVIEW, ["REVISION_OLDER"])


@pytest.mark.slow
def test_answers_that_were_superseded_do_not_come_back_unseen(office):
    old = demo_answers(lab_crp_dx="47")
    new = demo_answers(lab_crp_dx="48", form_date="09/10/2026")
    office.send("a.pdf", filled(old))
    office.send("b.pdf", filled(new))
    receipt = office.send("c.pdf", filled(old, language="en"))
    assert receipt.outcome is Outcome.REVIEW
    (record,) = office.app.store.records()
    assert record.submission.record["lab_crp_dx"] == 48


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"id_surname2": "QO"}, "IDENTITY_NEAR"),
        ({"birth_date": "18/04/1961"}, "IDENTITY_NEAR"),
        ({"id_surname2": "XI", "id_firstname2": "QA"}, "IDENTITY_NEAR"),
        ({"centre3": "ZOR"}, "IDENTITY_OTHER_CENTRE"),
        ({"id_surname2": "QATAR"}, "IDENTITY_TOO_LONG"),
        ({"birth_date": "1961"}, "DATE_INCOMPLETE"),
        ({"birth_date": ""}, "IDENTITY_INCOMPLETE"),
        ({"elig_info": "opp"}, "OBJECTION"),
        ({"comments": "Dr Zarrivo, 01 99 00 12 34"}, "IDENTIFYING_TEXT"),
    ],
)
def test_a_person_decides_when_the_patient_is_in_doubt(holding, changed, code):
    receipt = holding.send("second.pdf", filled(demo_answers(lab_crp_dx="99", **changed)))
    assert receipt.outcome is Outcome.REVIEW
    assert code in codes(receipt)
    assert len(list(holding.app.store.records())) == 1


def test_nothing_of_a_form_with_an_objection_is_kept_or_quoted(office):
    receipt = office.send("fiche.pdf", filled(demo_answers(elig_info="opp")))
    assert (receipt.outcome, codes(receipt)) == (Outcome.REVIEW, ["OBJECTION"])
    assert (receipt.hint, receipt.completeness, receipt.filling_date) == ("", None, None)
    held = (office.folder / "archive" / "store.sqlite").read_bytes()
    assert b"12 600" not in held
    assert b"12600" not in held


def test_a_blank_form_sent_back_is_said_to_be_empty(office):
    receipt = office.send("fiche.pdf", blank())
    assert (receipt.outcome, codes(receipt)) == (Outcome.REJECTED, ["FORM_EMPTY"])
    only_the_centre = filled({"centre3": "ZAA"})
    assert codes(office.send("centre.pdf", only_the_centre)) == ["FORM_EMPTY"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "damage", [with_field("mystery"), with_field("lab_hb_dx+1"), without_field("lab_hb_dx")]
)
def test_a_form_that_may_hold_more_than_was_read_is_never_called_empty(office, damage):
    """Answers drawn over the page, a second form joined to a blank one, fields that are lost."""
    receipt = office.send("fiche.pdf", changed(blank(), damage))
    assert receipt.outcome is Outcome.REVIEW
    assert "FORM_EMPTY" not in codes(receipt)


def test_a_form_whose_one_answer_cannot_be_read_is_not_empty(office):
    receipt = office.send("fiche.pdf", filled({"lab_hb_dx": "illisible"}))
    assert receipt.outcome is Outcome.REVIEW
    assert "NUMBER_UNREADABLE" in codes(receipt)


def test_a_run_without_files_does_nothing(office):
    assert office.run().receipts == ()
    assert office.run().is_clean


def test_one_failing_file_does_not_stop_the_others(office, monkeypatch):
    office.drop("1 bad.pdf", filled(demo_answers("02")))
    office.drop("2 good.pdf", filled())
    real = type(office.app.forms).get
    failures = iter([RuntimeError("QA XI 17/04/1961")])

    def get(self, form, version):
        for failure in failures:
            raise failure
        return real(self, form, version)

    monkeypatch.setattr("intake.workspace.form_library.SchemaLibrary.get", get)
    run = office.run()
    assert [r.outcome for r in run.receipts] == [Outcome.REVIEW, Outcome.LOADED]
    assert codes(run.receipts[0]) == ["INTERNAL_ERROR"]
    assert run.has_our_fault


def test_the_log_of_a_failure_never_quotes_it(office, monkeypatch, caplog):
    office.drop("bad.pdf", filled())

    def get(self, form, version):
        raise RuntimeError("QA XI 17/04/1961")

    with monkeypatch.context() as patched:
        patched.setattr("intake.workspace.form_library.SchemaLibrary.get", get)
        office.run()
    assert "RuntimeError" in caplog.text
    assert "1961" not in caplog.text


def test_a_late_return_is_loaded_and_said_to_be_late(office):
    office.change_study(opens="2016-10-01", reminder="2016-12-31", closes="2017-03-31")
    receipt = office.send("fiche.pdf", filled())
    assert (receipt.outcome, codes(receipt)) == (Outcome.LOADED, ["LATE"])


def test_receipts_in_the_outbox_are_those_of_the_run(office):
    receipt = office.send("fiche.pdf", filled(demo_answers(lab_hb_dx="85")))
    path = office.folder / "outbox" / "receipts" / receipt.folder / "receipt.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["outcome"] == "loaded_with_queries"
    (finding,) = document["findings"]
    assert (finding["code"], finding["item"]) == ("R35", "lab_hb_dx")
    assert "8,5" in finding["message"]["fr"]
    held = office.dataset("values.csv")
    assert ",lab_hb_dx,,ERR,held_back," in held
