"""The closing report: numbers counted in the frozen table, what is pending, no patient named."""

from __future__ import annotations

from intake.reports.study.closing import (
    Closed,
    closing_document,
    closing_paper,
    pending,
    pending_lines,
)
from intake.words.catalogue import LANGUAGES, Words

STATUS = {
    "form": "trees",
    "title": "Arbres",
    "today": "2027-04-02",
    "calendar": {"state": "closed", "days_left": -2, "closes": "2027-03-31"},
    "to_do": [{"what": "decide", "count": 2}, {"what": "send", "count": 1}],
    "files": {
        "total": 9,
        "loaded": 4,
        "loaded_with_queries": 2,
        "duplicate": 1,
        "review": 2,
        "rejected": 0,
    },
    "patients": 6,
    "open_queries": {"patients": 3},
}
RECORDS = """\
record_id,d_eligible,d_ineligible_reason
a,yes,
b,no,outside_period;no_dm
c,no,outside_period
d,undetermined,information_unknown
e,yes,
"""


def closed(records: str = RECORDS) -> Closed:
    return Closed(number=2, sha256="ab" * 32, records=records.encode("utf-8-sig"), late=("REI-9",))


def test_patients_are_counted_in_the_frozen_table_and_reasons_each() -> None:
    told = closing_document(STATUS, closed())
    assert (told["frozen"], told["analysed"]) == (5, 2)
    assert told["not_eligible"] == {"count": 2, "reasons": {"outside_period": 2, "no_dm": 1}}
    assert told["undetermined"] == {"count": 1, "reasons": {"information_unknown": 1}}
    assert (told["files"]["duplicate"], told["late"]) == (1, ["REI-9"])


def test_a_form_that_computes_no_eligibility_excludes_nobody() -> None:
    told = closing_document(STATUS, closed("record_id,height\na,1\nb,2\n"))
    assert (told["analysed"], told["not_eligible"]["count"]) == (2, 0)


def test_what_is_pending_is_what_is_to_do_what_is_owed_and_the_days_left() -> None:
    assert [one["what"] for one in pending(STATUS)] == ["decide", "send", "owed"]
    still = {**STATUS, "calendar": {**STATUS["calendar"], "state": "open", "days_left": 0}}
    assert pending(still)[0] == {"what": "open", "count": 1}
    done = {**STATUS, "to_do": [], "open_queries": {"patients": 0}}
    assert pending(done) == []


def test_the_report_for_paper_says_every_number_in_every_language() -> None:
    document = closing_document(STATUS, closed())
    for language in LANGUAGES:
        paper = closing_paper(document, Words(language))
        rows = [row for block in paper.blocks for row in block.get("rows", ())]
        assert [row[1] for row in rows if row[0] == Words(language).text("closing.analysed")] == [
            "2"
        ]
        assert ("outside_period", "2") in rows


def test_what_is_pending_is_said_in_every_language_with_how_many() -> None:
    collecting = [{"what": "pack", "count": 9}, {"what": "remind", "count": 9}]
    every = {**STATUS, "to_do": [*STATUS["to_do"], *collecting]}
    found = [*pending(every), {"what": "open", "count": 3}, {"what": "process", "count": 4}]
    for language in LANGUAGES:
        said = [line[0] for line in pending_lines(found, Words(language))]
        assert said == ["2", "1", "3", "3", "4"]
