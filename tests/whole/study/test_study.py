"""A whole study by script: forty patients, eight centres, three formats, two versions.

Faults are seeded by who knows the truth; centres answer query sheets in real programs.
"""

from __future__ import annotations

import sys

import pytest

from intake.model.finding import Severity
from intake.model.query import QueryEnd, QueryState
from intake.model.receipt import Outcome
from tests.kit.office.office import Office, codes
from tests.whole.study.cells import dataset_cells
from tests.whole.study.course import Course
from tests.whole.study.figures import differences, figures
from tests.whole.study.patients import CENTRES, PATIENTS, Habit
from tests.whole.study.story import Story

# The story is told once: no other worker tells it again.
pytestmark = [pytest.mark.slow, pytest.mark.long(140), pytest.mark.xdist_group("study")]

LEFT_OPEN = {21: [("NUMBER_AMBIGUOUS", QueryState.ANSWERED)]}
"""By patient: what its centre answered by words alone, and nobody gave up."""


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    told = Story(Course(Office(tmp_path_factory.mktemp("study") / "étude")))
    told.tell()
    return told


def staying(story):
    return [patient for patient in story.people if not patient.withdrawn]


def test_every_record_ends_clean_or_with_the_open_query_that_is_stated(story):
    left = {patient.number: story.open_queries(patient) for patient in staying(story)}

    told = {n: [(q.finding.code, q.state) for q in found] for n, found in left.items() if found}
    assert told == LEFT_OPEN


def test_what_is_still_asked_is_what_the_newest_receipt_asks(story):
    store = story.office.app.store
    for patient in staying(story):
        receipt = store.entry(story.known(patient).current.receipt).receipt
        asked = {f.code for f in receipt.findings if f.severity is not Severity.NOTE}
        still = {query.finding.code for query in story.open_queries(patient)}
        given_up = {
            query.finding.code
            for query in store.queries(story.known(patient).record_id)
            if query.how in (QueryEnd.CONFIRMED, QueryEnd.WITHDRAWN)
        }
        assert asked - given_up <= still | {"SHEET_LATE"}, patient.subject


def test_the_dataset_is_what_is_true(story):
    told = dataset_cells(story.office.app.dataset("full"))

    assert set(told) == {patient.subject for patient in staying(story)}
    assert len(told) == PATIENTS - 2
    assert {subject[:3] for subject in told} == set(CENTRES)
    assert differences(story) == {}


def test_the_outbox_brought_up_to_date_step_by_step_is_the_dataset_made_anew(story):
    folder = story.office.folder / "outbox" / "dataset"

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == story.office.app.dataset(
        "analysis"
    )


def test_what_came_beside_the_first_forms_waited_or_was_known(story):
    found = {name.rpartition(".")[0]: receipt for name, receipt in story.receipts.items()}
    outcomes = {name: receipt.outcome for name, receipt in found.items()}

    assert (outcomes["copie"], outcomes["copie 2"]) == (Outcome.DUPLICATE, Outcome.DUPLICATE)
    for name, why in {
        "fiche-27": "IDENTITY_NEAR",
        "ancienne": "REVISION_OLDER",
        "autre": "PATIENT_IN_DOUBT",
    }.items():
        assert (outcomes[name], why in codes(found[name])) == (Outcome.REVIEW, True), name


def test_sheets_that_contradict_themselves_or_a_newer_form_are_told(story):
    by_habit = {p.habit: f"{p.subject}-1" for p in story.people if p.habit is not Habit.RIGHT}
    found = {name.rpartition(".")[0]: codes(receipt) for name, receipt in story.receipts.items()}

    assert "SHEET_LATE" in found[by_habit[Habit.SENDS_A_FORM]]
    assert "SHEET_UNCLEAR" in found[by_habit[Habit.MARKS_AND_CHANGES]]


def test_the_conversation_costs_little_and_asks_nothing_twice(story, capsys):
    found = figures(story)
    with capsys.disabled():
        sys.stdout.write("\n".join(["", *found.lines(story), ""]))

    assert found.queries > 60
    assert found.by_nobody >= 0.95 * found.closed
    assert found.in_one_round >= 0.90 * found.closed
    assert (found.asked_twice, found.silent) == (0, 0)


def test_the_originals_and_decisions_give_the_same_dataset_in_an_empty_store(story, tmp_path):
    again = story.course.again(Office(tmp_path / "ailleurs"))

    for profile in ("full", "analysis"):
        assert again.app.dataset(profile) == story.office.app.dataset(profile)
    ends = [[(q.id, q.state, q.how) for q in o.app.store.queries()] for o in (again, story.office)]
    assert ends[0] == ends[1]
    for office in (again, story.office):
        assert office.app.audit()["audit"] == "verified"
