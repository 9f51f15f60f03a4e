"""The newest rules over records of older versions: kept, audited, values untouched."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.findings.current import current_findings
from intake.model.computed import Rule
from intake.model.errors import DefinitionError
from intake.model.finding import Severity
from intake.model.finding_codes import FindingCode
from intake.model.query import QueryEnd
from intake.model.receipt import Correction
from intake.pipeline.queries.acts import confirm
from intake.pipeline.queries.steps import Said
from intake.pipeline.review.correct import correct
from intake.pipeline.review.recheck import recheck_record, recheck_records
from tests.kit.garden import GARDEN, NEWER, RENAMED, a_file, answers
from tests.kit.plain_office import WHY, PlainOffice, codes
from tests.kit.plain_sheets import ODD, Garden


def a_rule(item, limit):
    message = {"fr": "Haut ?", "en": "Tall?"}
    when = f"{item} > {limit}"
    return Rule(id="R01", severity=Severity.QUERY, when=when, items=(item,), message=message)


OLD = replace(GARDEN, rules=(a_rule("height", "20.0"),))
NEWEST = replace(RENAMED, rules=(a_rule("size", "10.0"),))


@pytest.fixture
def office():
    made = PlainOffice(OLD)
    made.send(a_file())
    made.versions = (OLD, NEWEST)
    return made


def run(office, *, ask_new=False, keeps=True):
    return list(recheck_records(office.desk, NEWEST, ask_new=ask_new, keeps=keeps))


def said(office):
    (record,) = office.records()
    receipt = office.receipt(record.receipt)
    return [(f.code, f.item) for f in current_findings(record, receipt)]


def test_what_the_newest_rules_say_is_said_of_the_record_from_now_on(office):
    assert said(office) == []
    (done,) = run(office)
    assert [f.code for f in done.found.appeared] == ["R01"]
    assert said(office) == [("R01", "height")]


def test_no_value_changes_and_the_receipt_stays_as_the_centre_has_it(office):
    (before,) = office.records()
    receipt = office.receipt(before.receipt)
    run(office)
    (after,) = office.records()
    assert (after.submission.values, after.submission.record) == (
        before.submission.values,
        before.submission.record,
    )
    assert after.submission.version == "1.0.0"
    assert office.receipt(before.receipt) == receipt


def test_it_is_noted_with_counts_alone(office):
    run(office)
    counts = {"appeared": 1, "gone": 0, "reworded": 0}
    assert office.store.events[-1] == ("rechecked", {"rules": "1.1.0", **counts})


def test_run_twice_it_does_nothing(office):
    run(office)
    events = list(office.store.events)
    assert run(office) == []
    assert office.store.events == events


def test_a_dry_run_tells_the_same_and_keeps_nothing(office):
    (done,) = run(office, keeps=False)
    assert done.is_changed
    assert said(office) == []
    assert run(office)[0].found == done.found


def test_a_record_of_the_newest_version_is_passed_over():
    office = PlainOffice(OLD)
    office.send(a_file())
    assert list(recheck_records(office.desk, OLD, ask_new=False, keeps=True)) == []


def test_one_function_gives_what_is_said_of_one_record(office):
    (record,) = office.records()
    found = recheck_record(office.desk, record, NEWEST)
    assert [(f.code, f.item) for f in found.findings] == [("R01", "size")]


def test_a_new_form_of_the_patient_is_judged_by_its_own_rules_again(office):
    run(office)
    office.send(a_file(entered=answers(filled="09/10/2026", height="9")))
    (record,) = office.records()
    assert record.submission.rechecked is None
    assert said(office) == [("REVISION", None)]


def test_a_schema_that_was_taken_away_stops_it_and_is_named(office):
    office.versions = (NEWEST,)
    with pytest.raises(DefinitionError, match=r"garden 1\.0\.0"):
        run(office)


def states(office):
    (record,) = office.records()
    queries = office.store.queries(record.record_id)
    return [(query.finding.code, query.state.value, query.how) for query in queries]


def test_a_rule_that_fires_now_opens_a_query_and_one_that_fires_no_more_closes_its_own(office):
    office.versions = (OLD, NEWEST)
    run(office)
    assert states(office) == [("R01", "open", None)]
    quiet = replace(RENAMED, version="1.2.0", fingerprint="0A1B2C40")
    office.versions = (OLD, NEWEST, quiet)
    (done,) = recheck_records(office.desk, quiet, ask_new=False, keeps=True)
    assert [finding.code for finding in done.found.gone] == ["R01"]
    assert states(office) == [("R01", "closed", QueryEnd.SUPERSEDED)]


def test_a_query_that_is_open_already_is_not_opened_again_under_another_name():
    strict = replace(GARDEN, rules=(a_rule("height", "10.0"),))
    office = PlainOffice(strict)
    office.send(a_file())
    assert states(office) == [("R01", "asked", None)]
    office.versions = (strict, NEWEST)
    run(office)
    assert states(office) == [("R01", "asked", None)]


def test_what_a_sheet_left_unclear_is_not_asked_beside_its_question():
    office = Garden()
    office.form()
    office.make()
    office.back(_q1__ok="1", height="9")
    before = states(office)
    newer = replace(ODD, version="1.1.0", fingerprint="0A1B2C41")
    office.versions = (ODD, newer)
    (done,) = recheck_records(office.desk, newer, ask_new=False, keeps=True)
    assert not done.is_changed
    assert states(office) == before
    office.make()
    assert FindingCode.SHEET_UNCLEAR not in codes(office.back(agreed="yes"))


def test_a_correction_answers_what_newer_rules_asked_until_they_are_asked_again():
    """A rule names two answers, of which one is corrected: nothing asks of it any more."""
    message = {"fr": "?", "en": "?"}
    when = "height > 10.0 && agreed == 'yes'"
    rule = Rule(
        id="R09", severity=Severity.QUERY, when=when, items=("height", "agreed"), message=message
    )
    office = PlainOffice(GARDEN)
    office.send(a_file())
    newer = replace(NEWER, rules=(rule,))
    office.versions = (GARDEN, newer)
    for height, expected in (
        ("9", [("R09", "closed", QueryEnd.CHANGED)]),
        ("11", [("R09", "closed", QueryEnd.CHANGED), ("R09", "open", None)]),
    ):
        list(recheck_records(office.desk, newer, ask_new=False, keeps=True))
        correct(office.desk, "ZAA-001", [Correction("height", height)], WHY)
        list(recheck_records(office.desk, newer, ask_new=False, keeps=True))
        assert states(office) == expected


def test_what_was_confirmed_under_a_newer_name_is_no_confirmation_of_another_value(office):
    run(office)
    (query,) = office.store.queries()
    confirm(office.store, query, Said(at=office.desk.clock()))
    (record,) = office.records()
    assert record.confirmed == {("height", None)}
    correct(office.desk, "ZAA-001", [Correction("height", "15")], WHY)
    (record,) = office.records()
    assert record.confirmed == frozenset()
