"""Which return is the newer, whose it is, which of equal files is kept: real forms, real store."""

from __future__ import annotations

import csv
import io

import pytest

from intake.model.errors import Refusal
from intake.model.receipt import Outcome
from intake.pipeline.review.decisions import accept, split
from intake.pipeline.review.merge import merge
from intake.pipeline.review.refuse import reject
from tests.kit.broken.flatteners import by_pdfium
from tests.kit.office.coordinator import WHY, decide, document, refused
from tests.kit.office.few import blank, codes, demo_answers, filled
from tests.kit.office.mail import email_with

pytestmark = pytest.mark.slow

EARLY, LATE = "Tue, 10 Nov 2026 10:20:00 +0100", "Tue, 24 Nov 2026 09:00:00 +0100"


def mailed(office, name, sent, **changed):
    """Drop one message with a form in it, process it and return the form's receipt."""
    office.drop(name, email_with({"fiche.pdf": filled(demo_answers(**changed))}, sent=sent))
    return office.run().receipts[1]


def crp(office):
    (record,) = office.app.store.records()
    return record.submission.record["lab_crp_dx"]


@pytest.mark.parametrize("first", ["early", "late"])
def test_of_two_messages_the_later_one_counts_in_whatever_order_they_come(office, first):
    late = ("corrigee.eml", LATE, "88")
    early = ("fiche.eml", EARLY, "99")
    sent = [early, late] if first == "early" else [late, early]
    receipts = [mailed(office, name, date, lab_crp_dx=value) for name, date, value in sent]
    assert crp(office) == 88
    assert codes(receipts[1])[-1] == ("REVISION" if first == "early" else "REVISION_OLDER")


def test_when_only_the_file_system_could_tell_a_person_is_asked(office):
    office.send("fiche-corrigee.pdf", filled(demo_answers(lab_crp_dx="88")))
    asked = office.send("fiche.pdf", filled(demo_answers(lab_crp_dx="99")))
    assert (asked.outcome, codes(asked)[-1]) == (Outcome.REVIEW, "REVISION_UNDATED")
    assert crp(office) == 88
    decide(office, accept, asked.id)
    assert crp(office) == 99


def test_the_electronic_form_takes_the_place_of_its_print(office):
    kept = office.folder / "form_templates" / "dm-sam" / "1.0.0"
    kept.mkdir(parents=True)
    (kept / "dm-sam-1.0.0-fr.pdf").write_bytes(blank(None))
    printed = office.send("papier.pdf", by_pdfium(filled()))
    assert printed.outcome is Outcome.REVIEW
    form = office.send("fiche.pdf", filled())
    assert (form.outcome.is_loaded, form.revision) == (True, 1)
    aside = office.app.store.entry(printed.id).receipt
    assert (aside.outcome, aside.earlier) == (Outcome.DUPLICATE, form.id)
    assert (aside.subject, document(office, aside)["outcome"]) == ("ZAA-001", "duplicate")
    assert not (office.folder / "outbox" / "review" / printed.id).exists()


def test_refusing_one_of_two_equal_files_brings_the_other_forward(office):
    first = office.send("1.pdf", filled(demo_answers(comments="Mme Zarrivo")))
    copy = office.send("2.pdf", filled(demo_answers(comments="Mme Zarrivo"), language="en"))
    assert (copy.outcome, copy.earlier) == (Outcome.DUPLICATE, first.id)
    decide(office, reject, first.id, WHY)
    forward = office.app.store.entry(copy.id)
    assert (forward.receipt.outcome, forward.receipt.earlier) == (Outcome.REVIEW, None)
    assert forward.submission is not None


def test_two_patients_of_one_key_are_told_apart_and_stay_so(office):
    twin = {
        "sex": "m", "dm_dx_date": "02/2004", "mas_dx_date": "11/2012", "form_date": "20/11/2026",
    }  # fmt: skip
    office.send("un.pdf", filled(demo_answers()))
    second = office.send("deux.pdf", filled(demo_answers(**twin)))
    assert "PATIENT_IN_DOUBT" in codes(second)
    assert refused(office, accept, second.id) is Refusal.PATIENT_IN_DOUBT
    assert refused(office, split, second.id) is Refusal.REASON_NEEDED
    other = decide(office, split, second.id, WHY)
    assert other.subject == "ZAA-002"
    later = twin | {"form_date": "21/11/2026", "lab_crp_dx": "77"}
    again = office.send("trois.pdf", filled(demo_answers(**later)))
    assert (again.subject, again.revision) == ("ZAA-002", 2)


def test_only_corrections_are_merged_and_each_value_names_its_file(office):
    whole = office.send("fiche.pdf", filled(demo_answers()))
    names = ("id_surname2", "id_firstname2", "birth_date", "centre3")
    few = {name: text for name, text in demo_answers().items() if name in names}
    few |= {"form_date": "20/11/2026", "lab_crp_dx": "88"}
    partial = office.send("correction.pdf", filled(few))
    assert codes(partial)[-1] == "REVISION_PARTIAL"
    before = office.app.store.current(whole.record_id).submission.record
    merged = decide(office, merge, partial.id)
    assert [change.item for change in merged.changes] == ["form_date", "lab_crp_dx"]
    after = office.app.store.current(whole.record_id).submission.record
    assert after == {**before, "form_date": "2026-11-20", "lab_crp_dx": 88}
    values = office.app.dataset("full")["values.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(values)))
    files = {row["item"]: row["file_sha256"] for row in rows if not row["group"]}
    assert files["lab_crp_dx"] == partial.source.sha256
    assert files["sex"] == whole.source.sha256
