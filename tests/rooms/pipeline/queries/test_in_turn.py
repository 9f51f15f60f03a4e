"""The conversation over whole files, with a desk made of fakes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from intake.model.definition import Formerly, NumberLimits
from intake.model.file.container import Contents
from intake.model.finding import Severity
from intake.model.finding_codes import FindingCode as Code
from intake.model.query import QueryEnd, QueryState
from intake.model.receipt import Outcome
from intake.model.submission import StampClaim
from intake.pipeline.queries import acts
from intake.pipeline.queries.steps import Said
from intake.pipeline.review.decisions import accept
from intake.pipeline.review.refuse import reject
from tests.kit.garden import GARDEN, a_file, answers, changed, stamp
from tests.kit.plain_office import NOON, WHY, PlainOffice

SOFT = NumberLimits(low=Decimal(10), high=Decimal(30))
FORM = replace(
    GARDEN,
    elements=tuple(
        replace(element, soft=SOFT) if element.name == "height" else element
        for element in GARDEN.elements
    ),
)
ASKED = QueryState.ASKED


@pytest.fixture
def office():
    return PlainOffice(FORM)


def told(office):
    return [
        (query.id, query.finding.code, query.how or query.state) for query in office.store.queries()
    ]


def confirm(office, name):
    query = acts.find_query(office.store, "garden", name)
    return acts.confirm(office.store, query, Said(at=NOON, by="Marie"))


def severities(receipt):
    return {str(finding.code): finding.severity for finding in receipt.findings}


def test_a_file_opens_its_queries_in_the_name_of_its_receipt(office):
    receipt = office.send(changed(height="45"))

    assert receipt.outcome is Outcome.LOADED_WITH_QUERIES
    assert told(office) == [("ZAA-001-1", "RANGE_SOFT", ASKED)]
    (query,) = office.store.queries()
    assert (query.record_id, query.steps[0].receipt) == (receipt.record_id, receipt.id)


def test_a_corrected_file_closes_what_it_answers(office):
    office.send(changed(height="45"))

    assert office.send(changed(height="25")).outcome is Outcome.LOADED
    assert told(office) == [("ZAA-001-1", "RANGE_SOFT", QueryEnd.CHANGED)]
    (query,) = office.store.queries()
    assert query.steps[-1].receipt == "000002"


def test_a_confirmed_answer_is_told_and_not_asked_in_the_next_file(office):
    office.send(changed(height="45"))
    confirm(office, "ZAA-001-1")

    receipt = office.send(changed(height="45", remark="un mot"))

    assert receipt.outcome is Outcome.LOADED
    assert severities(receipt)["RANGE_SOFT"] is Severity.NOTE
    (record,) = office.records()
    assert [f.severity for f in record.submission.findings] == [Severity.NOTE]
    assert record.confirmed == {("height", None)}
    assert told(office) == [("ZAA-001-1", "RANGE_SOFT", QueryEnd.CONFIRMED)]


def test_another_value_is_asked_about_anew(office):
    office.send(changed(height="45"))
    confirm(office, "ZAA-001-1")

    receipt = office.send(changed(height="46"))

    assert receipt.outcome is Outcome.LOADED_WITH_QUERIES
    assert told(office) == [
        ("ZAA-001-1", "RANGE_SOFT", QueryEnd.CONFIRMED),
        ("ZAA-001-2", "RANGE_SOFT", ASKED),
    ]
    assert [record.confirmed for record in office.records()] == [frozenset()]


def test_a_decision_asks_what_the_held_file_asks(office):
    held = office.send(changed(Code.STAMP_MISSING, height="45"))
    assert (held.outcome, told(office)) == (Outcome.REVIEW, [])

    receipt = office.decide(accept, held.id, WHY)

    assert receipt.outcome is Outcome.LOADED_WITH_QUERIES
    assert told(office) == [("ZAA-001-1", "RANGE_SOFT", ASKED)]
    (query,) = office.store.queries()
    assert query.steps[0].receipt == held.id


def test_a_decision_asks_nothing_that_was_confirmed(office):
    office.send(changed(height="45"))
    confirm(office, "ZAA-001-1")
    held = office.send(changed(Code.STAMP_MISSING, height="45", remark="un mot"))

    assert office.decide(accept, held.id, WHY).outcome is Outcome.LOADED


def test_a_form_that_comes_forward_asks_what_it_asks(office):
    first = office.send(changed(Code.RULE_ERROR, height="45"))
    copy = office.send(changed(Code.RULE_ERROR, height="45"))
    for content, found in office._found.items():
        office._found[content] = changed(height="45") if found.findings else found

    office.decide(reject, first.id, WHY)

    assert office.receipt(copy.id).outcome is Outcome.LOADED_WITH_QUERIES
    assert told(office) == [("ZAA-001-1", "RANGE_SOFT", ASKED)]


def test_each_patient_has_a_conversation_of_its_own(office):
    office.send(changed(height="45"), "a.pdf")
    office.send(changed(height="45", letters="QB", born="18/04/1965"), "b.pdf")

    assert [name for name, *_ in told(office)] == ["ZAA-001-1", "ZAA-002-1"]


def test_members_of_a_container_are_asked_about_under_their_own_receipts(office):
    inside = (
        office.member("1.pdf", changed(height="45")),
        office.member("2.pdf", changed(height="46", letters="QB", born="18/04/1965")),
    )
    office.send(Contents(members=inside), "envoi.zip")

    found = [(query.subject, query.steps[0].receipt) for query in office.store.queries()]
    assert found == [("ZAA-001", "000002"), ("ZAA-002", "000003")]


def _renamed(element):
    if element.name != "height":
        return element
    return replace(element, name="size", formerly=(Formerly(version="1.0.0", name="height"),))


RENAMED = replace(
    FORM,
    version="1.1.0",
    fingerprint="0A1B2C3E",
    elements=tuple(map(_renamed, FORM.elements)),
)


def of_newer_version(**answered):
    claims = (StampClaim("field", stamp(version="1.1.0", fingerprint="0A1B2C3E")),)
    return a_file(entered=answers(height="", **answered), claims=claims)


def test_what_was_confirmed_is_not_asked_again_under_another_name():
    office = PlainOffice(FORM, RENAMED)
    office.send(changed(height="45"))
    confirm(office, "ZAA-001-1")

    same = office.send(of_newer_version(size="45", remark="un mot"))

    assert same.outcome is Outcome.LOADED
    assert [record.confirmed for record in office.records()] == [{("size", None)}]
    assert office.send(of_newer_version(size="46")).outcome is Outcome.LOADED_WITH_QUERIES


def test_an_open_question_goes_on_under_another_name():
    office = PlainOffice(FORM, RENAMED)
    office.send(changed(height="45"))

    office.send(of_newer_version(size="45", remark="un mot"))

    assert told(office) == [("ZAA-001-1", "RANGE_SOFT", ASKED)]
    office.send(of_newer_version(size="25"))
    assert told(office) == [("ZAA-001-1", "RANGE_SOFT", QueryEnd.CHANGED)]
