"""Two versions of a form come back side by side: compared by question, never mixed in silence."""

from __future__ import annotations

import pytest

from intake.model.errors import Refusal
from intake.model.receipt import Outcome
from intake.model.submission import StampClaim
from intake.pipeline.review.decisions import accept
from intake.pipeline.review.merge import merge
from tests.kit.garden import GARDEN, RENAMED, a_file, answers, stamp
from tests.kit.plain_office import WHY, PlainOffice, codes

CLAIM = StampClaim("field", stamp(version="1.1.0", fingerprint="0A1B2C3F"))
NEW = {"size": "12,5", "height": "", "colours__pink": "1", "colours__red": ""}
LONG = {"remark": "au nord", "visits__1__count": "4", "visits__2__count": "5", "trade": "x"}


def newer_file(**changed):
    entered = answers(**{"filled": "09/10/2026", **NEW, **changed})
    return a_file(entered=entered, claims=(CLAIM,))


@pytest.fixture
def office():
    return PlainOffice(GARDEN, RENAMED)


def test_both_versions_are_accepted_at_once(office):
    assert office.send(a_file()).outcome is Outcome.LOADED
    other = office.send(newer_file(letters="ZB", born="01/02/1950"))
    assert (other.outcome, other.version) == (Outcome.LOADED, "1.1.0")
    assert len(office.records()) == 2


def test_a_renamed_question_with_the_same_answer_is_no_change(office):
    office.send(a_file())
    revision = office.send(newer_file())
    assert (revision.outcome, revision.revision) == (Outcome.LOADED, 2)
    assert [change.code for change in revision.changes] == ["A04"]


def test_a_renamed_question_with_another_answer_is_told_with_both(office):
    office.send(a_file())
    revision = office.send(newer_file(size="13", shade="haie"))
    told = {change.item: (change.before, change.after) for change in revision.changes}
    assert told["size"] == ("12.5", "13")
    assert set(told) == {"filled", "size", "shade"}


def test_a_form_of_an_older_version_than_the_record_waits_for_a_person(office):
    office.send(newer_file(shade="haie"))
    older = office.send(a_file(entered=answers(filled="10/10/2026")))
    assert (older.outcome, codes(older)[-1]) == (Outcome.REVIEW, "REVISION_VERSION")
    (record,) = office.records()
    assert record.submission.record["shade"] == "haie"


def test_a_person_may_put_it_in_the_place_of_the_record(office):
    office.send(newer_file(shade="haie"))
    older = office.send(a_file(entered=answers(filled="10/10/2026")))
    assert office.refused(accept, older.id) is Refusal.REASON_NEEDED
    taken = office.decide(accept, older.id, WHY)
    assert (taken.outcome, taken.version, taken.revision) == (Outcome.LOADED, "1.0.0", 2)


def test_it_is_never_merged_into_a_record_whose_answers_it_cannot_hold(office):
    office.send(newer_file(shade="haie", **LONG))
    older = office.send(a_file(entered=answers(filled="10/10/2026")))
    assert office.refused(merge, older.id, "", WHY) is Refusal.OLDER_VERSION


def test_corrections_on_the_newer_version_keep_the_older_answers_under_their_names_of_now(office):
    office.send(a_file(entered=answers(**LONG)))
    (before,) = office.records()
    given = {"place": "ZAA", "letters": "QA", "born": "17/04/1961", "filled": "09/10/2026"}
    partial = office.send(a_file(entered={**given, "shade": "haie"}, claims=(CLAIM,)))
    assert codes(partial)[-1] == "REVISION_PARTIAL"
    office.decide(merge, partial.id)
    (record,) = office.records()
    held = record.submission
    assert (held.version, held.record["size"], held.record["colours"]) == ("1.1.0", 12.5, ["pink"])
    assert held.record["shade"] == "haie"
    values = {value.item: value for value in held.values}
    assert (values["size"].version, values["size"].origin) == ("1.0.0", before.file_sha256)
    assert values["shade"].version is None
