"""The record: its shape, blank rows, printed values, exact numbers."""

from __future__ import annotations

import json
import random
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.model.address import places
from intake.model.definition import DataType
from intake.model.finding import Location
from intake.model.submission import FileFormat, RawAnswer, RawSubmission, Rung
from intake.schema.sample.record import sample_record
from intake.schema.validate import structure_errors
from tests.kit.forms import (
    check,
    check_raw,
    codes,
    dm_sam,
    findings,
    hive,
    raw,
    value,
)


def printed(group: str, item: str, values) -> dict[str, str]:
    return {f"{group}__{row}__{item}": code for row, code in enumerate(values, start=1)}


FOLLOW_UP = printed("mas_fu", "fu_timepoint", dm_sam().groups["mas_fu"].fixed_values)


def test_a_form_with_nothing_makes_an_empty_record():
    submission = check(FOLLOW_UP)
    assert not [name for name in submission.record if name != "_missing"]
    assert set(submission.record.get("_missing", {}).values()) <= {"NA"}
    assert submission.answered == 0


def test_values_reasons_and_bounds_stand_apart():
    record = check(
        {"lab_hb_dx": "8,5", "lab_plt_dx": "NF", "lab_asat_dx": "< 30", "sex": "f"}
    ).record
    assert record["lab_hb_dx"] == 8.5
    assert record["_missing"]["lab_plt_dx"] == "NOTDONE"
    assert record["_bound"] == {"lab_asat_dx": "<30"}
    assert record["sex"] == "f"
    assert "lab_plt_dx" not in record
    assert "lab_asat_dx" not in record


def test_a_missing_code_of_a_codelist_stays_a_value_and_an_answer():
    submission = check({"dm_ild": "9", "dm_emg": "nd"})
    assert (submission.record["dm_ild"], submission.record["dm_emg"]) == ("9", "nd")
    assert submission.answered == 2


def test_whole_and_decimal_numbers_have_their_own_type():
    record = check({"dm_mmt8": "72", "lab_plt_dx": "45"}).record
    assert (type(record["dm_mmt8"]), type(record["lab_plt_dx"])) == (int, float)


def test_blank_rows_are_absent_and_the_printed_row_is_kept():
    answers = FOLLOW_UP | {"mas_fu__2__fu_hb": "8,5", "mas_fu__4__fu_hb": " "}
    record = check(answers).record
    assert record["mas_fu"] == [{"_row": 2, "fu_timepoint": "d7", "fu_hb": 8.5}]


def test_a_row_of_a_form_without_its_printed_value_is_still_that_row():
    assert check({"mas_fu__3__fu_hb": "9"}).record["mas_fu"][0]["fu_timepoint"] == "d14"


def test_reasons_and_bounds_of_a_row_stand_in_the_row():
    record = check({"mas_fu__1__fu_hb": "NF", "mas_fu__1__fu_crp": "<5"}).record
    (row,) = record["mas_fu"]
    assert row["_missing"] == {"fu_hb": "NOTDONE"}
    assert row["_bound"] == {"fu_crp": "<5"}


def test_a_row_with_an_answer_that_cannot_be_used_is_not_blank():
    submission = check({"mas_fu__1__fu_hb": "beaucoup"})
    assert submission.record["mas_fu"][0]["_missing"] == {"fu_hb": "ERR"}
    assert codes(submission, "fu_hb", 1) == ["NUMBER_UNREADABLE"]


def test_a_changed_printed_value_is_a_finding_and_the_printed_one_stays():
    submission = check(FOLLOW_UP | {"mas_fu__1__fu_timepoint": "m3", "mas_fu__1__fu_hb": "9"})
    assert submission.record["mas_fu"][0]["fu_timepoint"] == "d3"
    assert codes(submission, "fu_timepoint", 1) == ["FIXED_CHANGED"]
    assert check(FOLLOW_UP).findings == check({}).findings


def test_multiple_choices_come_in_codelist_order_with_their_place():
    submission = check({"comorbidities__hiv": "x", "comorbidities__hta": "/Yes"})
    assert submission.record["comorbidities"] == ["hta", "hiv"]
    stored = value(submission, "comorbidities")
    assert (stored.value, stored.raw) == (("hta", "hiv"), "hta;hiv")
    assert stored.location.code == dm_sam().items["comorbidities"].code


def test_options_of_a_row_are_read():
    submission = check({"mas_tx_any": "1", "mas_tx__2__mtrt_indication__mas": "1"})
    assert submission.record["mas_tx"] == [{"_row": 2, "mtrt_indication": ["mas"]}]


def test_an_answer_at_an_unknown_address_is_not_lost_in_silence():
    submission = check({"no_such_item": "12"})
    assert next(f.code for f in submission.findings if f.item is None) == "FIELD_UNKNOWN"


def test_two_answers_in_one_place_are_never_chosen_between():
    answers = (
        RawAnswer("lab_hb_dx", "8,5", Rung.FIELD, Location(page=9)),
        RawAnswer("lab_hb_dx", "9,5", Rung.BOOKMARK, Location(page=9)),
        RawAnswer("sex", "f", Rung.FIELD, Location()),
        RawAnswer("sex", "/f", Rung.FIELD, Location()),
        RawAnswer("comorbidities__hta", "1", Rung.FIELD, Location()),
        RawAnswer("comorbidities__hta", "Off", Rung.FIELD, Location()),
    )
    submission = check_raw(RawSubmission(format=FileFormat.PDF, answers=answers))
    assert codes(submission, "lab_hb_dx") == ["READINGS_DISAGREE"]
    assert codes(submission, "comorbidities") == ["READINGS_DISAGREE"]
    assert submission.record["_missing"]["lab_hb_dx"] == "ERR"
    assert submission.record["sex"] == "f"


def test_a_code_typed_in_a_cell_is_not_taken_for_a_picked_one():
    submission = check_raw(raw({"dm_emg": "nd"}, FileFormat.EXCEL))
    assert submission.record["_missing"]["dm_emg"] == "ERR"


def test_findings_say_where_and_what_was_entered():
    submission = check({"mas_fu__2__fu_hb": "abc"})
    (finding,) = findings(submission, "fu_hb", 2)
    assert finding.location == Location(page=1, code="T04.2")
    assert finding.context == {"entered": "abc"}


def test_long_answers_are_not_quoted_whole():
    submission = check({"lab_hb_dx": "x" * 5000})
    assert len(findings(submission, "lab_hb_dx")[0].context["entered"]) < 100
    assert len(value(submission, "lab_hb_dx").raw) == 5000


def test_free_text_is_never_quoted():
    submission = check({"dm_cancer": "1", "dm_cancer_type": "a" * 121})
    (finding,) = findings(submission, "dm_cancer_type")
    assert finding.code == "TEXT_LENGTH"
    assert set(finding.context) <= {"low", "high"}
    assert submission.record["_missing"]["dm_cancer_type"] == "ERR"


def test_text_that_may_identify_someone_is_named_and_not_repeated():
    submission = check({"comments": "Vu par le Dr Martin."})
    (finding,) = findings(submission, "comments")
    assert (finding.code, finding.severity, finding.context) == ("IDENTIFYING_TEXT", "error", {})
    assert value(submission, "comments").status == "queried"


def text_of(content, item) -> str:
    if isinstance(content, float):
        return f"{Decimal(repr(content)):f}".replace(".", ",")
    if item.is_date and len(content) == 10:
        return "/".join(reversed(content.split("-")))
    return str(content)


def answers_of(definition, record) -> dict[str, str]:
    found: dict[str, str] = {}
    for place in places(definition):
        item = place.item
        holder = record
        if item.group is not None:
            rows = (row for row in record.get(item.group, ()) if row["_row"] == place.row)
            holder = next(rows, {})
        given = holder.get("_missing", {}).get(item.name) or holder.get("_bound", {}).get(item.name)
        content = holder.get(item.name, given)
        if content is None or content in ("NA", "ERR"):
            continue
        if place.option is not None:
            found[place.address] = "1" if place.option.code in content else "Off"
        elif content in WORDS:
            found[place.address] = WORDS[content]
        else:
            found[place.address] = text_of(content, item)
    return found


WORDS = {"NOTDONE": "NF", "NAV": "NDI", "UNK": "INC", "NI": "ND"}


def rows_of(rows, marked) -> list[dict]:
    beside = ("_missing", "_bound", *marked)
    return [{name: v for name, v in row.items() if name not in beside} for row in rows]


KEEPING = {
    *("HIDDEN_ANSWER", "RANGE_SOFT", "DATE_UNUSUAL", "DAY_WANTED", "REQUIRED"),
    *("BOUND_KEPT", "REASON_AMBIGUOUS", "IDENTIFYING_TEXT"),
}


def told(submission) -> set[str]:
    """Return the items with a finding that may go with another value than written."""
    definition = dm_sam() if submission.form == "dm-sam" else hive()
    limits = {item.range_message.id for item in definition.items.values() if item.range_message}
    keeping = KEEPING | ({rule.id for rule in definition.rules} - limits)
    return {f.item for f in submission.findings if f.item and f.code not in keeping}


@pytest.mark.parametrize("form", ["dm-sam", "hive"])
@pytest.mark.parametrize("seed", range(8))
def test_any_valid_record_written_on_a_form_reads_back_or_is_told(form, seed):
    definition = dm_sam() if form == "dm-sam" else hive()
    wanted = sample_record(definition, random.Random(seed), full=seed % 2 == 0)
    submission = check(answers_of(definition, wanted), form=form)
    marked = told(submission)
    for name, content in wanted.items():
        if name in definition.items and name not in marked:
            assert submission.record[name] == content
        elif name in definition.groups:
            assert rows_of(submission.record[name], marked) == rows_of(content, marked)
    assert len(marked) < len(definition.items) / 10
    assert [e for e in structure_errors(definition, submission.record) if "pattern" in e] == []
    json.dumps(submission.record)


TEXTS = st.sampled_from(
    [
        *("", "1", "0", "9", "x", "8,5", "12.500", "> 40 000", "85 g/L", "ND", "NF", "-", "none"),
        *("03/2015", "14/03/2015", "2015", "31/02/2015", "-3", "999999", "A", "REI", "oth", "pos"),
    ]
) | st.text(max_size=12)
ADDRESSES = [place.address for place in places(dm_sam())]


@given(st.dictionaries(st.sampled_from(ADDRESSES), TEXTS, max_size=12))
def test_no_answers_make_the_check_fail_and_nothing_is_lost(answers):
    submission = check(answers)
    known = {(v.item, v.row) for v in submission.values}
    told_places = {(f.item, f.row) for f in submission.findings}
    for place in places(dm_sam()):
        text = answers.get(place.address, "").strip()
        key = (place.item.name, place.row)
        if not text or place.item.data_type is not DataType.DECIMAL:
            continue
        visible = text.strip("\u200b\ufeff\u2060\u00ad")
        assert not visible or key in known or key in told_places
    json.dumps(submission.record, allow_nan=False)
    for path, _ in structure_errors(dm_sam(), submission.record):
        assert path.removeprefix("$.") in dm_sam().never_held_back
    for stored in submission.values:
        given_parts = [stored.value, stored.missing, stored.bound]
        assert sum(part is not None for part in given_parts) == 1


LONG = 100_000


@pytest.mark.parametrize(
    "text",
    [
        "5 g" + " " * LONG + "x",
        "1" + " " * LONG + "/80",
        "9" * LONG,
        "000 " * (LONG // 4) + "1",
        "a" * LONG,
        "a@" * (LONG // 2),
        "1/" * (LONG // 2),
        "06 " * (LONG // 3),
        "Nom : " * (LONG // 6),
        "é\u0301" * (LONG // 2),
        "-" * LONG,
    ],
    ids=lambda text: text[:6].strip() or "blank",
)
def test_hostile_lengths_are_refused_at_once(text):
    started = time.process_time()
    submission = check(dict.fromkeys(("lab_hb_dx", "form_date", "sex", "comments"), text))
    assert time.process_time() - started < 5
    for name in ("lab_hb_dx", "form_date", "sex", "comments"):
        assert findings(submission, name)
        assert name not in submission.record
