"""What every store promises (``ports.Store``), asked of the real one and of the fake."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.model.errors import StoreUnavailable
from intake.model.receipt import MemberReceipt, Outcome
from intake.model.record import Clues, Entry, KnownPatients
from tests.rooms.storage import forms
from tests.rooms.storage.forms import FORM, duplicate, in_review, key, loaded, rejected


def test_receipts_are_numbered_in_order_whatever_their_outcome(store):
    entries = [loaded("a"), rejected("b"), in_review("c", None), duplicate("d", "000001")]

    ids = [store.save(entry).id for entry in entries]

    assert ids == ["000001", "000002", "000003", "000004"]
    assert [stored.receipt.id for stored in store.receipts()] == ids


def test_a_receipt_comes_back_as_it_was_returned(store):
    entries = [loaded("a"), rejected("b"), in_review("c", None), duplicate("d", "000001")]

    returned = [store.save(entry) for entry in entries]

    assert [stored.receipt for stored in store.receipts()] == returned
    assert [r.outcome for r in returned] == [entry.receipt.outcome for entry in entries]


def test_saving_changes_nothing_of_a_receipt_but_its_numbers(store):
    entry = loaded("a")

    receipt = store.save(entry)

    numbers = {"id": "", "record_id": None, "subject": None, "revision": None}
    assert replace(receipt, **numbers) == entry.receipt


def test_the_day_of_a_receipt_is_the_day_where_it_was_received(store):
    store.save(loaded("a"))

    (stored,) = store.receipts()

    assert stored.receipt.folder == "20260314-000001"
    assert stored.receipt.source.received.utcoffset() == forms.RECEIVED.utcoffset()


def test_a_new_patient_gets_the_next_number_of_its_centre(store):
    patients = [key("AB"), key("CD", place="PAR"), key("EF")]

    receipts = [store.save(loaded(str(n), patient)) for n, patient in enumerate(patients, start=1)]

    assert [r.subject for r in receipts] == ["REI-001", "PAR-001", "REI-002"]
    assert [r.revision for r in receipts] == [1, 1, 1]
    assert len({r.record_id for r in receipts}) == 3


def test_a_known_patient_gets_the_next_revision_of_its_record(store):
    first = store.save(loaded("a"))
    store.save(loaded("other", key("CD")))
    second = store.save(loaded("b", height="13"))

    assert (second.record_id, second.subject, second.revision) == (
        first.record_id,
        first.subject,
        2,
    )
    current = store.current(first.record_id)
    assert (current.revision, current.receipt) == (2, second.id)
    assert current.submission == forms.submission(key(), "13")
    assert [record.subject for record in store.records()] == ["REI-001", "REI-002"]


def test_a_revision_may_name_its_record_when_the_key_was_corrected(store):
    first = store.save(loaded("a", key("AB")))
    corrected = loaded("b", key("AC"))

    second = store.save(
        replace(corrected, receipt=replace(corrected.receipt, record_id=first.record_id))
    )

    assert (second.subject, second.revision) == (first.subject, 2)
    known = store.known_record(FORM, "rei-001")
    assert known.keys == (key("AC"), key("AB"))


def test_a_revision_of_a_record_that_does_not_exist_is_refused(store):
    entry = loaded("a")

    with pytest.raises(ValueError, match="does not exist"):
        store.save(replace(entry, receipt=replace(entry.receipt, record_id="0" * 16)))

    assert list(store.receipts()) == []


@pytest.mark.parametrize("lacking", ["key", "submission"])
def test_a_loaded_entry_without_key_or_answers_is_refused(store, lacking):
    with pytest.raises(ValueError, match="patient's key"):
        store.save(replace(loaded("a"), **{lacking: None}))

    assert list(store.receipts()) == []


def test_a_record_comes_back_whole(store):
    receipt = store.save(loaded("a"))

    (record,) = store.records(FORM)

    assert record == store.current(receipt.record_id)
    assert record.submission == forms.submission(key())
    assert record.submission.values[3].value.as_tuple() == forms.Decimal("12.50").as_tuple()
    assert (record.subject, record.centre, record.file_format) == ("REI-001", "REI-2", "pdf")
    assert record.received == forms.RECEIVED
    assert record.file_sha256 == forms.source("a").sha256


def test_a_record_that_does_not_exist_is_a_key_error(store):
    with pytest.raises(KeyError):
        store.current("0" * 16)


def test_records_of_another_form_are_left_out(store):
    store.save(loaded("a"))

    assert list(store.records("another")) == []
    assert store.candidates(Clues("another", key())) == KnownPatients()
    assert len(list(store.records())) == 1


def test_a_known_record_has_every_revision_in_order(store):
    store.save(loaded("a", height="12"))
    second = store.save(loaded("b", height="13"))

    (known,) = store.candidates(Clues(FORM, key())).records

    assert (known.record_id, known.subject) == (second.record_id, "REI-001")
    assert (known.revision, known.current.receipt) == (2, second.id)
    assert [form.content for form in known.forms] == ["content of a", "content of b"]
    assert [form.submission for form in known.forms] == [
        forms.submission(key(), "12"), forms.submission(key(), "13"),
    ]  # fmt: skip
    assert [form.dates[0].filled for form in known.forms] == ["2026-03-01", "2026-03-01"]


def test_a_record_is_found_by_subject_and_by_record_id_in_its_own_form(store):
    receipt = store.save(loaded("a"))

    by_subject = store.known_record(FORM, " rei-001 ")

    assert by_subject == store.known_record(FORM, receipt.record_id)
    assert by_subject.subject == "REI-001"
    assert store.known_record(FORM, "REI-009") is None
    assert store.known_record("another", "REI-001") is None


@pytest.mark.parametrize(
    "clues",
    [
        Clues(FORM, key("AB")),
        Clues(FORM, key("AC")),
        Clues(FORM, key("AB", place="PAR")),
        Clues(FORM, replace(key("AB"), rank=2)),
        Clues(FORM, None, "alike"),
        Clues(FORM, key("ZZ", place="ZZZ"), "alike"),
    ],
)
def test_what_shares_the_key_or_the_answers_is_proposed(store, clues):
    first = store.save(replace(loaded("a", key("AB")), likeness="alike"))
    waits = store.save(replace(in_review("b", key("AB")), likeness="alike"))

    found = store.candidates(clues)

    assert [record.current.receipt for record in found.records] == [first.id]
    assert [form.receipt for form in found.waiting] == [waits.id]


@pytest.mark.parametrize("clues", [Clues(FORM, None), Clues(FORM, key("ZZ", place="ZZZ"), "own")])
def test_what_shares_nothing_is_not_proposed(store, clues):
    store.save(replace(loaded("a", key("AB")), likeness="alike"))

    assert store.candidates(clues) == KnownPatients()


def test_what_waits_is_known_when_its_patient_is(store):
    store.save(in_review("a", None))
    waiting = store.save(in_review("b", key("CD")))

    (known,) = store.candidates(Clues(FORM, key("CD"))).waiting

    assert (known.receipt, known.key, known.content) == (waiting.id, key("CD"), "content of b")
    assert not known.by_person
    assert list(store.records()) == []


def test_the_dates_of_repeats_are_those_of_the_form_they_repeat(store):
    first = store.save(loaded("a"))
    second = store.save(a_repeat("b", first.id))
    store.save(a_repeat("c", second.id))

    (known,) = store.candidates(Clues(FORM, key())).records

    assert len(known.current.dates) == 3
    assert [r.id for r in store.repeats(first.id)] == ["000002", "000003"]
    assert [r.id for r in store.repeats(second.id)] == ["000003"]
    assert store.repeats("000003") == ()


def test_two_patients_of_one_key_have_two_records(store):
    first = store.save(loaded("a"))
    other = store.save(loaded("b", replace(key(), rank=2)))

    assert (first.subject, other.subject) == ("REI-001", "REI-002")
    found = store.candidates(Clues(FORM, key())).records
    assert [record.keys[0].rank for record in found] == [1, 2]


def a_repeat(content, earlier):
    receipt = replace(loaded(content).receipt, outcome=Outcome.DUPLICATE, earlier=earlier)
    return Entry(receipt=receipt)


def test_what_waits_in_review_gives_its_patient_no_number(store):
    waiting = store.save(in_review("a", key("CD")))

    assert (waiting.record_id, waiting.subject, waiting.revision) == (None, None, None)
    assert store.save(loaded("b", key("AB"))).subject == "REI-001"


@pytest.mark.parametrize("entry", [loaded("a"), in_review("a", None)])
def test_bytes_that_are_loaded_or_in_review_are_recognised(store, entry):
    receipt = store.save(entry)

    assert store.receipt_for(receipt.source.sha256) == receipt
    assert store.receipt_for("0" * 64) is None


def test_bytes_that_were_rejected_or_duplicates_are_read_again(store):
    store.save(rejected("a"))
    store.save(duplicate("b", "000001"))

    assert store.receipt_for(forms.source("a").sha256) is None
    assert store.receipt_for(forms.source("b").sha256) is None
    assert store.save(loaded("a")).id == "000003"


def test_bytes_are_recognised_after_a_newer_revision(store):
    first = store.save(loaded("a"))
    store.save(loaded("b"))

    assert store.receipt_for(first.source.sha256) == first


@pytest.mark.parametrize("again", [loaded("a"), in_review("a", None)])
def test_the_same_bytes_are_not_kept_twice(store, again):
    store.save(loaded("a"))

    with pytest.raises(StoreUnavailable, match="saved_twice"):
        store.save(again)

    assert len(list(store.receipts())) == 1


def test_the_same_bytes_may_be_received_again_as_a_duplicate(store):
    first = store.save(loaded("a"))

    again = store.save(duplicate("a", first.id))

    assert (again.id, again.earlier) == ("000002", first.id)
    assert store.receipt_for(again.source.sha256) == first


def test_receipts_are_undelivered_until_marked(store):
    first, second = store.save(loaded("a")), store.save(rejected("b"))

    assert store.undelivered() == (first, second)
    store.mark_delivered(first.id)
    store.mark_delivered(first.id)

    assert store.undelivered() == (second,)
    assert [stored.delivered for stored in store.receipts()] == [True, False]


def test_a_receipt_that_does_not_exist_cannot_be_delivered(store):
    with pytest.raises(KeyError):
        store.mark_delivered("000001")


def test_receipts_of_attachments_name_their_parent(store):
    parent = store.save(rejected("mail"))
    entry = loaded("a")

    store.save(replace(entry, receipt=replace(entry.receipt, parent=parent.id)))

    assert [stored.receipt.parent for stored in store.receipts()] == [None, parent.id]


def _container(store, *inside):
    """Save a container and what it holds; return their receipts, the container's first."""
    with store.together():
        number = store.reserve()
        saved = []
        for entry in inside:
            member = replace(entry, receipt=replace(entry.receipt, parent=number))
            saved.append(store.save(member))
        members = tuple(
            MemberReceipt(receipt=r.id, folder=r.folder, outcome=r.outcome, file=r.source.name)
            for r in saved
        )
        receipt = replace(rejected("mail").receipt, id=number, outcome=Outcome.LOADED)
        receipt = replace(receipt, members=members, source=replace(receipt.source, sender="a@b"))
        return store.save(Entry(receipt=receipt)), *saved


def test_a_container_is_numbered_before_its_files_and_saved_after_them(store):
    saved = _container(store, loaded("a"), rejected("b"))

    assert [receipt.id for receipt in saved] == ["000001", "000002", "000003"]
    assert tuple(stored.receipt for stored in store.receipts()) == saved
    assert store.receipt_for(saved[0].source.sha256) == saved[0]
    assert len(list(store.records())) == 1
    assert store.save(loaded("c", key("CD"))).id == "000004"
    store.verify()


def test_files_of_one_container_know_one_another(store):
    with store.together():
        first = store.save(loaded("a"))

        assert store.receipt_for(first.source.sha256) == first
        assert [r.current.receipt for r in store.candidates(Clues(FORM, key())).records] == [
            first.id
        ]


def test_a_container_that_is_cut_off_leaves_nothing(store):
    store.save(loaded("before", key("CD")))

    def cut_off():
        with store.together():
            store.reserve()
            store.save(loaded("a"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut_off()

    assert [stored.receipt.id for stored in store.receipts()] == ["000001"]
    assert len(list(store.records())) == 1
    assert store.save(loaded("a")).id == "000002"
    store.verify()


def test_a_store_verifies_after_ordinary_work(store):
    store.verify()
    store.save(loaded("a"))
    store.note("export", {"profile": "analysis"})
    store.save(loaded("b"))
    store.save(rejected("c"))
    store.mark_delivered("000002")

    store.verify()


def test_a_record_can_be_saved_while_records_are_being_read(store):
    store.save(loaded("a"))
    store.save(loaded("b", key("CD")))

    seen = []
    for number, record in enumerate(store.receipts()):
        seen.append(record.receipt.id)
        store.save(rejected(f"meanwhile {number}")) if number < 2 else None

    assert seen[:2] == ["000001", "000002"]
