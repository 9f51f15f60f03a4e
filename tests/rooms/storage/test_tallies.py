"""What is counted in the database is what opening every record would tell."""

from __future__ import annotations

from dataclasses import replace

from intake.model.finding_codes import FindingCode, finding_of
from intake.model.query import QueryAction, QueryEnd, QueryStep
from intake.model.receipt import MemberReceipt, Outcome
from tests.rooms.storage.conftest import NOON
from tests.rooms.storage.forms import FORM, RECEIVED, asking, key, loaded, receipt, rejected


def test_patients_are_counted_by_their_newest_revision(any_store):
    any_store.save(loaded("a"))
    second = any_store.save(loaded("b"))
    other = any_store.save(loaded("c", key("CD", place="PAR")))
    told = {one.subject: one for one in any_store.counts.patients(FORM)}
    assert list(told) == ["PAR-001", "REI-001"]
    assert (told["REI-001"].receipt, told["REI-001"].revision) == (second.id, 2)
    assert (told["PAR-001"].record_id, told["PAR-001"].centre) == (other.record_id, "REI-2")
    assert {(one.expected, one.answered, one.is_late) for one in told.values()} == {(9, 7, False)}
    assert list(any_store.counts.patients("other")) == []


def test_the_counts_are_those_of_the_records_opened_one_by_one(any_store):
    for number, letters in enumerate(("AB", "CD", "EF", "AB")):
        any_store.save(loaded(f"file {number}", key(letters)))
    opened = [
        (r.subject, r.centre, r.receipt, r.submission.expected, r.submission.expected_answered)
        for r in any_store.records(FORM)
    ]
    counted = [
        (p.subject, p.centre, p.receipt, p.expected, p.answered)
        for p in any_store.counts.patients(FORM)
    ]
    assert counted == opened


def test_a_record_whose_file_came_late_says_so(any_store):
    entry = loaded("a")
    late = replace(entry.receipt, findings=(finding_of(FindingCode.LATE, {"closing": "x"}),))
    any_store.save(replace(entry, receipt=late))
    assert [one.is_late for one in any_store.counts.patients(FORM)] == [True]


def test_files_are_counted_by_centre_and_arrival_is_not_the_date_of_the_message(any_store):
    any_store.save(loaded("a"))
    any_store.save(loaded("b"))
    any_store.save(rejected("c"))
    told = {(one.centre, one.outcome): one for one in any_store.counts.tally(FORM).files}
    assert {kind: one.count for kind, one in told.items()} == {
        ("REI-2", Outcome.LOADED_WITH_QUERIES): 2,
        ("", Outcome.REJECTED): 1,
    }
    assert {one.first for one in told.values()} == {NOON} != {RECEIVED}


def test_a_message_is_counted_by_the_files_that_it_held(any_store):
    with any_store.together():
        number = any_store.reserve()
        inside = replace(rejected("in").receipt, parent=number)
        member = any_store.save(replace(rejected("in"), receipt=inside))
        held = MemberReceipt(
            receipt=member.id, folder="x", outcome=member.outcome, file="in", name_is_safe=True
        )
        whole = receipt("mail", Outcome.REJECTED, id=number, members=(held,))
        any_store.save(replace(rejected("mail"), receipt=whole))
    assert [one.count for one in any_store.counts.tally(FORM).files] == [1]
    lines = {line.receipt: line.parent for line in any_store.counts.newest(500).lines}
    assert lines == {member.id: number, number: None}


def test_closed_questions_are_counted_by_what_asked_them(any_store):
    any_store.save(asking(loaded("a")))
    first, second = any_store.queries()
    for asked, how in ((first, QueryEnd.CHANGED), (second, QueryEnd.CONFIRMED)):
        step = QueryStep(action=QueryAction.CLOSED, at=RECEIVED, how=how)
        any_store.step(replace(asked, steps=(*asked.steps, step)))
    told = {one.code: (one.closed, one.changed) for one in any_store.counts.tally(FORM).codes}
    assert told == {first.finding.code: (1, 1), second.finding.code: (1, 0)}


def test_a_line_says_that_a_newer_file_took_its_place(any_store):
    old, new = any_store.save(loaded("a")), any_store.save(loaded("b"))
    lines = {line.receipt: line.is_superseded for line in any_store.counts.newest(500).lines}
    assert lines == {old.id: True, new.id: False}


def test_some_receipts_are_read_without_the_others(any_store):
    first, second = any_store.save(loaded("a")), any_store.save(rejected("b"))
    assert [one.receipt.id for one in any_store.receipts([second.id])] == [second.id]
    found = any_store.receipts(outcome=Outcome.LOADED_WITH_QUERIES)
    assert [one.receipt.id for one in found] == [first.id]
    assert list(any_store.receipts([])) == []


def test_only_the_newest_arrivals_are_lines_with_all_that_they_hold(any_store):
    first = any_store.save(rejected("a"))
    with any_store.together():
        number = any_store.reserve()
        inside = replace(rejected("in").receipt, parent=number)
        member = any_store.save(replace(rejected("in"), receipt=inside))
        held = MemberReceipt(
            receipt=member.id, folder="x", outcome=member.outcome, file="in", name_is_safe=True
        )
        whole = receipt("mail", Outcome.REJECTED, id=number, members=(held,))
        any_store.save(replace(rejected("mail"), receipt=whole))
    last = any_store.save(rejected("b"))

    def numbers(newest):
        return [line.receipt for line in any_store.counts.newest(newest).lines]

    assert [numbers(newest) for newest in (0, 1)] == [[], [last.id]]
    assert set(numbers(2)) == {last.id, number, member.id}
    assert (len(numbers(3)), any_store.counts.newest(0).total) == (4, 4)
    assert set(any_store.counts.arrivals([first.id])) == {first.id}
