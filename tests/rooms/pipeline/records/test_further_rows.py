"""Rows beyond the printed ones: asked on a sheet, held, and left there by every later form."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from intake.checks.further import free_rows, not_answered
from intake.checks.rules import Fired
from intake.model.address import places
from intake.model.computed import Rule
from intake.model.definition import (
    DataType,
    Formerly,
    FurtherRows,
    Item,
    ItemGroup,
    NumberLimits,
    Option,
)
from intake.model.errors import Refusal
from intake.model.finding import Severity
from intake.model.finding_codes import FindingCode as Code
from intake.model.finding_codes import finding_of
from intake.model.query import QueryEnd, QueryState
from intake.model.receipt import Correction, Outcome
from intake.pipeline.forms.generate import Order, request_for
from intake.pipeline.review.correct import correct
from intake.pipeline.review.decisions import accept, same_as
from intake.pipeline.review.merge import merge
from intake.pipeline.review.undo import undo
from intake.reports.review.beside import differences
from tests.kit.garden import GARDEN, answers, stamp
from tests.kit.plain_office import WHY, codes
from tests.kit.plain_sheets import TEN, Garden, seen, sheet_of


def _words(text):
    return {"fr": text, "en": text}


def _asked(name, code, kind, **more):
    return Item(name=name, code=code, data_type=kind, section="s", label=_words(name), **more)


CUTS = ItemGroup(
    name="cuts",
    section="s",
    title=_words("Tailles"),
    rows=2,
    further=FurtherRows("more_cuts", "1", 4),
    items=(
        _asked("branch", "C01", DataType.TEXT, group="cuts", required="true"),
        _asked(
            "span", "C02", DataType.INTEGER, group="cuts", soft=TEN, limits=NumberLimits(high=99)
        ),
    ),
)
MORE = _asked("more_cuts", "C03", DataType.MULTIPLE_CHOICE, options=(Option("1", _words("More")),))
ASKS = Rule(
    id="R65", severity=Severity.QUERY, when='"1" in more_cuts', items=("more_cuts",),
    message=_words("Further cuts, please."),
)  # fmt: skip
FORM = replace(GARDEN, elements=(*GARDEN.elements, CUTS, MORE), rules=(ASKS,))
SENT = answers(
    remark="au nord", trade="x", more_cuts__1="1",
    cuts__1__branch="a", cuts__1__span="1", cuts__2__branch="b", cuts__2__span="2",
)  # fmt: skip


BRANCH, SPAN = CUTS.items
TRIMS = replace(
    CUTS,
    name="trims",
    formerly=(Formerly(version="1.0.0", name="cuts"),),
    items=(
        replace(
            BRANCH, name="limb", group="trims",
            formerly=(Formerly(version="1.0.0", name="branch"),),
        ),
        replace(SPAN, group="trims"),
    ),
)  # fmt: skip
NEXT = replace(
    FORM, version="1.1.0", fingerprint="0A1B2C40", elements=(*GARDEN.elements, TRIMS, MORE)
)
"""The next version, in which the table and a question of it have other names."""


def as_next(texts):
    """Return the answers of a form under the names of the next version."""
    renamed = {re.sub("^cuts__", "trims__", name): text for name, text in texts.items()}
    return {name.replace("branch", "limb"): text for name, text in renamed.items()}


def seen_as(is_next, texts, codes=()):
    """Return a form of either version as a reader sees it; without what is empty."""
    own = stamp(version="1.1.0", fingerprint="0A1B2C40") if is_next else stamp()
    return seen(own, texts, codes)


class Cuts(Garden):
    """An office with one record, which says that there are more rows than its form prints."""

    def __init__(self):
        super().__init__(FORM)
        self.post()

    def post(self, *codes, **changed):
        """Send a whole form of the patient."""
        texts = {name: text for name, text in {**SENT, **changed}.items() if text}
        return self.send(seen(stamp(), texts, codes))

    def sheet_back(self, **given):
        """Make a sheet and send it back with these answers."""
        self.make()
        return self.back(**given)

    @property
    def rows(self):
        """Return the branches held, by row."""
        (stored,) = self.records()
        return {row["_row"]: row["branch"] for row in stored.submission.record["cuts"]}

    @property
    def states(self):
        return {query.number: query.how or query.state for query in self.queries()}


@pytest.fixture
def office():
    return Cuts()


def test_what_asks_for_more_rows_is_followed_by_all_that_a_record_may_still_hold(office):
    office.make()
    asked, table, why = office.sheet[0].elements

    assert (asked.name, table.name, why.name) == ("more_cuts", "cuts", "_q1_why")
    codes = [place.code for place in places(office.sheet[0])][1:5]
    assert codes == ["C01.3", "C02.3", "C01.4", "C02.4"]


def test_rows_filled_on_a_sheet_are_the_records_and_answer_what_asked_for_them(office):
    receipt = office.sheet_back(cuts__3__branch="c", cuts__3__span="3")

    assert receipt.outcome is Outcome.LOADED
    assert [change.code for change in receipt.changes] == ["C01.3", "C02.3"]
    assert office.rows == {1: "a", 2: "b", 3: "c"}
    assert office.states == {1: QueryEnd.CHANGED}


def test_rows_of_a_sheet_made_before_a_newer_version_came_wait_for_a_person(office):
    office.make()
    office.versions = (FORM, NEXT)
    office.send(seen_as(True, {**as_next(SENT), "filled": "20/10/2026"}))
    receipt = office.back(cuts__3__branch="c")

    assert codes(receipt) == [Code.SHEET_NOT_LAID]
    (stored,) = office.records()
    assert [row["limb"] for row in stored.submission.record["trims"]] == ["a", "b"]


def test_a_form_of_the_older_version_does_not_replace_rows_that_it_has_no_name_for(office):
    office.versions = (FORM, NEXT)
    office.send(seen_as(True, {**as_next(SENT), "filled": "09/10/2026"}))
    office.decide(correct, "ZAA-001", [Correction("C01.4", "d")], WHY)
    held = office.post(filled="10/10/2026")
    assert Code.REVISION_VERSION in codes(held)

    assert office.refused(accept, held.id, WHY) == Refusal.ROWS_NOT_KEPT
    assert office.refused(same_as, held.id, "ZAA-001", WHY) == Refusal.ROWS_NOT_KEPT

    office.decide(correct, "ZAA-001", [Correction("C01.4", "")], WHY)
    assert office.decide(accept, held.id, WHY).outcome.is_loaded


def test_a_row_filled_in_part_is_asked_as_a_printed_one_is(office):
    receipt = office.sheet_back(cuts__3__span="30")
    found = {(f.code, f.item, f.row) for f in receipt.findings}

    assert {(Code.REQUIRED, "branch", 3), (Code.RANGE_SOFT, "span", 3)} <= found
    office.make()
    assert "cuts__3__span" in [item.name for item in office.sheet[0].single_items]


def test_where_every_row_is_taken_it_is_still_asked_and_may_be_confirmed(office):
    office.sheet_back(cuts__3__branch="c", cuts__4__branch="d")
    assert office.states == {1: QueryState.ANSWERED}

    office.sheet_back(_q1__ok="1")
    assert office.states == {1: QueryEnd.CONFIRMED}


def test_a_sheet_that_came_twice_or_again_with_more_rows_is_what_it_says(office):
    office.sheet_back(cuts__3__branch="c")
    assert office.back(cuts__3__branch="c").outcome is Outcome.DUPLICATE
    assert office.back(cuts__3__branch="c", cuts__4__branch="d").outcome.is_loaded
    assert office.rows == {1: "a", 2: "b", 3: "c", 4: "d"}


def test_a_sheet_is_made_again_as_it_was_after_its_rows_were_filled(office):
    office.sheet_back(cuts__3__branch="c")
    assert sheet_of(office).definition == office.sheet[0]


def test_a_later_form_changes_what_it_prints_and_leaves_the_other_rows(office):
    office.sheet_back(cuts__3__branch="c", cuts__3__span="30")
    receipt = office.post(height="13", cuts__2__branch="")

    assert receipt.outcome.is_loaded
    assert [change.code for change in receipt.changes] == ["A06", "C01.2"]
    (stored,) = office.records()
    assert [row["_row"] for row in stored.submission.record["cuts"]] == [1, 2, 3]
    kept = next(v for v in stored.submission.values if v.key == ("span", 3))
    assert kept.origin is not None
    assert (Code.RANGE_SOFT, 3) in [(f.code, f.row) for f in receipt.findings]
    assert not all(query.is_closed for query in office.queries())


def test_the_same_form_once_more_is_a_repeat_though_it_prints_fewer_rows(office):
    office.sheet_back(cuts__3__branch="c")
    assert office.post().outcome is Outcome.DUPLICATE


def test_rows_that_a_form_does_not_print_are_not_emptied_nor_changed_by_it(office):
    office.sheet_back(
        **{f"cuts__{row}__{item}": "7" for row in (3, 4) for item in ("branch", "span")}
    )
    receipt = office.post(filled="09/10/2026")
    assert Code.REVISION_PARTIAL not in codes(receipt)
    assert office.rows[4] == "7"


def test_a_form_that_waited_leaves_the_rows_too(office):
    office.sheet_back(cuts__3__branch="c")
    held = office.post(Code.PAGES_SCANNED, height="13")
    assert held.outcome is Outcome.REVIEW
    assert office.decide(accept, held.id, WHY).outcome.is_loaded
    assert office.rows == {1: "a", 2: "b", 3: "c"}


def test_a_form_beside_its_record_does_not_differ_in_rows_that_it_cannot_have(office):
    office.sheet_back(cuts__3__branch="c")
    (stored,) = office.records()
    held = office.post(Code.PAGES_SCANNED, height="13")
    new = office.store.entry(held.id).submission
    assert [d.place.code for d in differences(FORM, stored.submission, new)] == ["A06"]


def test_corrections_merged_over_a_record_leave_the_rows(office):
    office.sheet_back(cuts__3__branch="c")
    keys = ("place", "letters", "born")
    held = office.post(
        **{**{name: SENT[name] if name in keys else "" for name in SENT}, "height": "13"}
    )
    assert held.outcome is Outcome.REVIEW
    office.decide(merge, held.id)
    assert office.rows == {1: "a", 2: "b", 3: "c"}


def test_a_person_sets_and_empties_a_row_that_no_form_prints(office):
    office.decide(correct, "ZAA-001", [Correction("C01.4", "d")], WHY)
    assert office.rows == {1: "a", 2: "b", 4: "d"}
    office.decide(correct, "ZAA-001", [Correction("cuts__4__branch", "")], WHY)
    assert office.rows == {1: "a", 2: "b"}
    assert not office.queries()[0].is_closed
    beyond = [Correction("C01.5", "e")]
    assert office.refused(correct, "ZAA-001", beyond, WHY) == Refusal.UNKNOWN_PLACE


def test_rows_that_are_known_and_said_not_to_be_are_asked_about(office):
    office.sheet_back(cuts__3__branch="c")
    receipt = office.post(more_cuts__1="", height="13")

    asked = next(f for f in receipt.findings if f.code == Code.FURTHER_ROWS)
    assert (asked.item, asked.context["rows"]) == ("more_cuts", "3")
    assert office.rows[3] == "c"


def test_what_a_sheet_brought_is_undone_with_it(office):
    receipt = office.sheet_back(cuts__3__branch="c")
    office.decide(undo, receipt.id, WHY)
    assert office.rows == {1: "a", 2: "b"}


def test_a_form_is_filled_in_with_the_rows_that_it_prints(office):
    office.sheet_back(cuts__3__branch="c")
    (stored,) = office.records()
    order = Order(
        definition=FORM, languages=("fr",), study_title=_words("x"), sponsor="",
        answers=stored.submission.record,
    )  # fmt: skip
    filled = request_for(order, "fr").prefill
    assert {"cuts__2__branch"} == {
        name for name in filled if name.endswith(("2__branch", "3__branch"))
    }


def test_a_sheet_that_comes_after_a_newer_form_brings_its_rows(office):
    office.make()
    office.post(height="13", filled="09/10/2026")
    assert office.back(cuts__3__branch="c").outcome.is_loaded
    assert office.rows == {1: "a", 2: "b", 3: "c"}


def test_a_form_of_the_next_version_leaves_the_rows_under_its_own_names(office):
    office.sheet_back(cuts__3__branch="c", cuts__3__span="30")
    office.versions = (FORM, NEXT)
    receipt = office.send(seen_as(True, {**as_next(SENT), "filled": "09/10/2026"}))

    assert (receipt.outcome.is_loaded, [c.code for c in receipt.changes]) == (True, ["A04"])
    (stored,) = office.records()
    assert [(r["_row"], r["limb"]) for r in stored.submission.record["trims"]][2] == (3, "c")
    kept = {v.key: v for v in stored.submission.values}["limb", 3]
    assert (kept.version, kept.group) == ("1.0.0", "trims")
    assert (Code.RANGE_SOFT, "span", 3) in {(f.code, f.item, f.row) for f in receipt.findings}


def test_a_second_sheet_goes_on_after_the_last_row_that_is_held(office):
    office.decide(correct, "ZAA-001", [Correction("C01.3", "c")], WHY)
    (stored,) = office.records()
    assert free_rows(CUTS, stored.submission.record) == range(4, 5)


def test_what_a_reader_saw_in_such_a_row_is_said_of_it(office):
    office.make()
    seen_there = replace(
        finding_of(Code.CELL_DATE_TURNED, {"address": "cuts__3__branch"}), item="branch", row=3
    )
    _, request = office.sheet
    file = seen(request.stamp, {**request.prefill, "cuts__3__branch": "c"})
    receipt = office.send(replace(file, findings=(seen_there,)))
    assert (Code.CELL_DATE_TURNED, "branch", 3) in {
        (f.code, f.item, f.row) for f in receipt.findings
    }


@pytest.mark.parametrize(("said", "left"), [(["1"], 0), ([], 1)])
def test_a_rule_is_answered_by_further_rows_only_where_the_form_says_that_there_are_more(
    said, left
):
    fired = Fired(rule=ASKS, finding=finding_of(Code.RULE_ERROR), answers=frozenset())
    record = {"more_cuts": said, "cuts": [{"_row": 3, "branch": "c"}]}
    assert len(not_answered(FORM, record, [fired])) == left
