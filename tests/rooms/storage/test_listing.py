"""Long lists are taken part by part, and each part says how long the whole is."""

from __future__ import annotations

from intake.model.query import QueryState
from intake.model.receipt import Outcome
from intake.model.tally import Narrowed, Part
from tests.rooms.storage.forms import FORM, asking, key, loaded, rejected

ALL = Narrowed()


def of_four(store):
    for number, letters in enumerate(("AB", "CD", "EF")):
        store.save(loaded(f"file {number}", key(letters)))
    store.save(loaded("file 3", key("GH", place="PAR")))
    return store.counts


def subjects(listed):
    return [one.subject for one in listed.lines]


def test_patients_come_in_parts_that_make_the_whole(any_store):
    counts = of_four(any_store)
    parts = [counts.patient_part(FORM, ALL, Part(start, 3)) for start in (0, 3)]
    assert [subjects(one) for one in parts] == [["PAR-001", "REI-001", "REI-002"], ["REI-003"]]
    assert [one.count for one in parts] == [4, 4]
    whole = [one for part in parts for one in part.lines]
    assert whole == list(counts.patients(FORM))


def test_patients_are_narrowed_by_number_and_centre(any_store):
    counts = of_four(any_store)
    par = counts.patient_part(FORM, Narrowed(number="par-"), Part())
    assert (subjects(par), par.count) == (["PAR-001"], 1)
    assert counts.patient_part(FORM, Narrowed(centres=("REI-2", "x")), Part()).count == 4
    assert counts.patient_part(FORM, Narrowed(centres=("x",)), Part()).count == 0
    assert counts.patient_part(FORM, Narrowed(number="%"), Part()).count == 0
    assert counts.patient_part(FORM, Narrowed(number="_EI"), Part()).count == 0


def test_receipts_come_the_newest_first(any_store):
    counts = of_four(any_store)
    last = any_store.save(rejected("c"))
    assert counts.receipt_part(ALL, Part(0, 2)).lines[0] == last.id
    refused = counts.receipt_part(Narrowed(outcomes=(Outcome.REJECTED,)), Part())
    assert (refused.lines, refused.count) == ((last.id,), 1)


def test_questions_come_in_parts_with_all_their_steps(any_store):
    of_four(any_store)
    any_store.save(asking(loaded("file 4", key("IJ"))))
    counts = any_store.counts
    every = list(any_store.queries())
    assert len(every) > 1
    parts = [counts.query_part(FORM, ALL, Part(n, 1)).lines[0] for n in range(len(every))]
    assert parts == every
    assert counts.query_part(FORM, ALL, Part(len(every), 5)).lines == ()
    narrowed = Narrowed(states=(QueryState.CLOSED,))
    assert counts.query_part(FORM, narrowed, Part()).count == 0
    of_code = Narrowed(code=str(every[0].finding.code), number=every[0].subject)
    assert counts.query_part(FORM, of_code, Part()).lines[0] == every[0]


def test_the_journal_comes_the_newest_first_without_reason_or_seal(any_store):
    of_four(any_store)
    any_store.note("export", {"profile": "full", "format": "csv", "reason": "Madame Durand"})
    found = any_store.counts.event_part(ALL, Part(0, 2))
    assert found.lines[0].event == "export"
    assert found.lines[0].detail == {"profile": "full"}
    assert found.lines[1].event == "receipt"
    assert found.lines[1].receipt == "000004"
    assert "sealed" not in found.lines[1].detail
    only = any_store.counts.event_part(Narrowed(events=("export",)), Part())
    assert only.count == 1 < found.count
