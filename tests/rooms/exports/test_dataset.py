"""The dataset holds what the records hold, and describes itself truly."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest

from intake.checks.checker import Checker
from intake.exports.dataset import Profile, dataset_files
from intake.findings.current import current_findings
from intake.model.definition import DataType, MissingReason
from intake.model.finding import Finding, Location, Settled, Severity
from intake.model.query import QueryEnd, QuestionNow
from intake.model.submission import FileFormat, RawAnswer, RawSubmission, Rung, Value, ValueStatus
from intake.schema.compile.definition import compile_definition
from intake.words.catalogue import Words

CONTRACT = [
    *("record_id", "group", "row", "item", "value", "missing", "status", "raw", "reading"),
    *("location", "file_sha256", "form_version", "revision"),
]


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))


def by(lines: Iterable[dict[str, str]], *keys: str) -> dict[tuple[str, ...], dict[str, str]]:
    return {tuple(line[key] for key in keys): line for line in lines}


def text(value: object) -> str:
    return ";".join(value) if isinstance(value, list) else str(value)


def test_the_files_are_those_of_the_contract(full, analysis, definition):
    groups = {f"{name}.csv" for name in definition.groups}
    fixed = {"records.csv", "values.csv", "findings.csv", "codebook.csv", "datapackage.json"}
    assert set(full) == set(analysis) == groups | fixed


def test_every_single_value_of_every_record_stands_in_records_csv(full, sampled, definition):
    lines = by(rows(full["records.csv"]), "record_id")
    assert list(lines) == sorted((record.record_id,) for record in sampled)
    for record in sampled:
        line = lines[record.record_id,]
        for item in definition.single_items:
            expected = text(record.submission.record.get(item.name, ""))
            if item.data_type is DataType.DECIMAL and expected:
                assert Decimal(line[item.name]) == Decimal(expected)
            else:
                assert line[item.name] == expected


def test_every_row_of_every_group_stands_in_its_file(full, sampled, definition):
    for group in definition.groups.values():
        lines = by(rows(full[f"{group.name}.csv"]), "record_id", "row")
        expected = {
            (record.record_id, str(row["_row"])): row
            for record in sampled
            for row in record.submission.record.get(group.name, [])
        }
        assert set(lines) == set(expected)
        for key, row in expected.items():
            for item in group.items:
                told, held = lines[key][item.name], text(row.get(item.name, ""))
                assert told == held or Decimal(told) == Decimal(held)


def test_each_option_has_its_column_of_ones_and_zeros(full, sampled, definition):
    lines = by(rows(full["records.csv"]), "record_id")
    for record in sampled:
        for item in definition.single_items:
            if item.data_type is not DataType.MULTIPLE_CHOICE:
                continue
            held = record.submission.record.get(item.name)
            reasons = {option.code for option in item.options if option.reason}
            for option in item.options:
                cell = lines[record.record_id,][f"{item.name}__{option.code}"]
                if held is None:
                    assert cell == ""
                elif option.code in held:
                    assert cell == "1"
                else:
                    assert cell == ("" if set(held) <= reasons else "0")


def test_the_long_table_has_the_columns_of_the_contract_and_every_answer(full, sampled):
    lines = rows(full["values.csv"])
    assert list(lines[0]) == CONTRACT
    told = by(lines, "record_id", "item", "row")
    assert len(told) == len(lines)
    answers = [(record, value) for record in sampled for value in record.submission.values]
    assert len(answers) == len(lines)
    for record, value in answers:
        line = told[record.record_id, value.item, str(value.row or 0)]
        assert line["group"] == (value.group or "")
        assert line["missing"] == (value.missing.value if value.missing else "")
        assert line["raw"] == value.raw
        assert line["file_sha256"] == record.file_sha256
        held = value.bound or value.value
        shown = ";".join(held) if isinstance(held, tuple) else str("" if held is None else held)
        assert line["value"] == shown


def test_a_number_is_written_with_all_its_digits_and_no_exponent(hive, build):
    item = next(i for i in hive.single_items if i.data_type is DataType.DECIMAL)
    value = Value(item=item.name, value=Decimal("1.50E+3"), raw="1500,0")
    stored = build(hive, {item.name: 1500.0}, **{item.name: value})
    for profile in Profile:
        files = dataset_files([stored], [], [hive], profile=profile)
        assert rows(files["values.csv"])[0]["value"] == "1500" == format(value.value, "f")
        assert rows(files["records.csv"])[0][item.name] == "1500"


@pytest.mark.parametrize("profile", list(Profile))
def test_a_bound_leaves_its_number_empty_and_is_kept_in_the_long_table(hive, build, profile):
    item = next(i for i in hive.single_items if i.data_type is DataType.DECIMAL)
    stored = build(hive, {"_bound": {item.name: ">40000"}})
    files = dataset_files([stored], [], [hive], profile=profile)
    assert rows(files["records.csv"])[0][item.name] == ""
    line = by(rows(files["values.csv"]), "item")[item.name,]
    assert (line["value"], line["missing"], line["raw"]) == (">40000", "", ">40000")


@pytest.mark.parametrize(
    ("held", "cells"),
    [
        ({"_bound": {"hive_number": ">40"}}, ("", "40", "", ">")),
        ({"_bound": {"hive_number": ">=40"}}, ("", "40", "", ">=")),
        ({"_bound": {"hive_number": "<0.5"}}, ("", "", "0.5", "<")),
        ({"_bound": {"hive_number": "<=-3"}}, ("", "", "-3", "<=")),
        ({"hive_number": 12}, ("12", "12", "12", "")),
        ({"hive_number": 0}, ("0", "0", "0", "")),
        ({"_missing": {"hive_number": "UNK"}}, ("", "", "", "")),
        ({}, ("", "", "", "")),
    ],
)
def test_a_number_stands_beside_the_values_that_it_can_be(hive, build, held, cells):
    files = dataset_files([build(hive, held)], [], [hive], profile=Profile.FULL)
    (line,) = rows(files["records.csv"])
    columns = [f"hive_number{part}" for part in ("", "__low", "__high", "__bound")]
    assert tuple(line[column] for column in columns) == cells


def test_what_is_no_bound_stops_the_export(hive, build):
    value = Value(item="hive_number", bound="about 40", raw="about 40")
    stored = build(hive, {"_bound": {"hive_number": "about 40"}}, hive_number=value)
    with pytest.raises(ValueError, match="no sign and number"):
        dataset_files([stored], [], [hive], profile=Profile.FULL)


def without_values(stored):
    return replace(stored, submission=replace(stored.submission, values=()))


def test_what_only_the_record_holds_is_in_the_dataset_too(hive, build):
    stored = without_values(build(hive, {"_missing": {"breed": "NA"}, "keeper_kind": "hob"}))
    files = dataset_files([stored], [], [hive])
    assert by(rows(files["values.csv"]), "item")["breed",]["missing"] == MissingReason.NA
    assert rows(files["records.csv"])[0]["keeper_kind"] == "hob"


@pytest.mark.parametrize("in_record", ["carn", None])
def test_a_record_and_values_that_disagree_stop_the_export(hive, build, in_record):
    stored = build(hive, {"breed": "buck"})
    record = {"breed": in_record} if in_record else {"_missing": {"breed": "UNK"}}
    stored = replace(stored, submission=replace(stored.submission, record=record))
    with pytest.raises(ValueError, match="two answers to breed"):
        dataset_files([stored], [], [hive])


def test_a_held_back_value_is_empty_in_the_wide_table_and_says_why(hive, build):
    value = Value(
        item="breed", missing=MissingReason.ERR, raw="Nonesuch", status=ValueStatus.HELD_BACK
    )
    stored = build(hive, {"_missing": {"breed": "ERR"}}, breed=value)
    files = dataset_files([stored], [], [hive], profile=Profile.FULL)
    assert rows(files["records.csv"])[0]["breed"] == ""
    line = by(rows(files["values.csv"]), "item")["breed",]
    assert (line["value"], line["missing"]) == ("", "ERR")
    assert (line["status"], line["raw"]) == ("held_back", "Nonesuch")


@pytest.mark.parametrize(
    ("own", "settled", "told"),
    [
        (ValueStatus.QUERIED, {"confirmed"}, "confirmed"),
        (ValueStatus.ACCEPTED, {"confirmed"}, "confirmed"),
        (ValueStatus.QUERIED, {"withdrawn"}, "accepted"),
        (ValueStatus.QUERIED, set(), "queried"),
        (ValueStatus.ACCEPTED, {"withdrawn"}, "accepted"),
        (ValueStatus.HELD_BACK, {"confirmed", "withdrawn"}, "held_back"),
    ],
)
def test_the_status_says_what_was_confirmed_or_given_up(hive, build, own, settled, told):
    value = Value(item="breed", value="buck", raw="buck", status=own)
    stored = build(hive, {"breed": "buck"}, breed=value)
    stored = replace(stored, **dict.fromkeys(settled, frozenset({("breed", None)})))
    files = dataset_files([stored], [], [hive])
    assert by(rows(files["values.csv"]), "item")["breed",]["status"] == told


def test_two_values_in_one_place_are_refused_rather_than_one_lost(hive, build):
    stored = build(hive, {"breed": "buck"})
    values = (*stored.submission.values, Value(item="breed", value="carn"))
    stored = replace(stored, submission=replace(stored.submission, values=values))
    with pytest.raises(ValueError, match="breed twice"):
        dataset_files([stored], [], [hive])


def test_the_same_records_in_any_order_give_the_same_bytes(
    hive, hive_records, receipts_for, hive_document
):
    receipts = receipts_for(*hive_records)
    again = dataset_files(
        reversed(hive_records), reversed(receipts), [compile_definition(hive_document)]
    )
    assert again == dataset_files(hive_records, receipts, [hive])


def test_a_checked_return_is_exported_with_the_values_printed_on_its_rows(hive, build):
    group = next(g for g in hive.groups.values() if g.fixed_item)
    asked = next(i for i in group.items if i.is_number and i.name != group.fixed_item)
    answers = [
        RawAnswer(address, text, Rung.FIELD, Location(page=1))
        for address, text in {
            "breed": "carn",
            f"{group.name}__2__{asked.name}": "3",
            "hive_number": "17",
        }.items()
    ]
    raw = RawSubmission(format=FileFormat.PDF, answers=tuple(answers))
    checked = Checker(hive).check(raw, language="en", received=dt.date(2027, 1, 1))
    files = dataset_files(
        [replace(build(hive, {}), submission=checked)], [], [hive], profile=Profile.FULL
    )
    (record,) = rows(files["records.csv"])
    assert (record["breed"], record["hive_number"]) == ("carn", "17")
    (row,) = rows(files[f"{group.name}.csv"])
    assert (row["row"], row[asked.name]) == ("2", "3")
    assert row[group.fixed_item] == group.fixed_values[1]


def test_the_codebook_says_what_a_computed_text_can_be(hive_document):
    words = {"x-i18n": {"fr": {"title": "Âgée"}, "de": {"title": "Alt"}}, "title": "Old queen"}
    age = hive_document["x-derived"][0]
    level = {
        "name": "c_level",
        "type": "string",
        "expression": 'c_queen_years > 2 ? "not young" : "young"',
        "codes": {"oneOf": [{"const": "not young", **words}, {"const": "young", **words}]},
    }
    form = compile_definition({**hive_document, "x-derived": [age, age | level]})
    codebook = by(rows(dataset_files([], [], [form])["codebook.csv"]), "file", "column")
    told = codebook["records.csv", "c_level"]
    assert told["codes_en"] == "not young=Old queen | young=Old queen"
    assert told["codes_fr"] == "not young=Âgée | young=Âgée"


def test_records_of_another_form_are_left_out(hive, definition, build):
    files = dataset_files([build(definition, {})], [], [hive])
    assert rows(files["records.csv"]) == []


def test_findings_are_those_of_the_current_revision_in_words(hive, build, receipts_for):
    found = Finding(
        code="RANGE_SOFT",
        severity=Severity.QUERY,
        item="breed",
        row=None,
        location=Location(page=2, code="B01"),
    )
    stored = build(hive, {"breed": "buck"}, findings=(found,))
    earlier = build(hive, {}, 9, findings=(found,))
    files = dataset_files([stored], receipts_for(stored, earlier), [hive], profile=Profile.FULL)
    (line,) = rows(files["findings.csv"])
    assert line["record_id"] == stored.record_id
    assert line["receipt"] == stored.receipt
    assert line["subject"] == stored.subject
    assert (line["code"], line["severity"], line["item"]) == ("RANGE_SOFT", "query", "breed")
    assert line["location"] == "p. 2, B01"
    assert line["message"]


@pytest.mark.parametrize(
    ("raised", "how", "told"),
    [
        ({}, QueryEnd.CONFIRMED, ("note", "settled.confirmed")),
        ({}, QueryEnd.WITHDRAWN, ("note", "settled.withdrawn")),
        ({}, None, ("query", None)),
        ({"severity": Severity.NOTE, "settled": Settled.CONFIRMED}, None, ("query", None)),
        ({"severity": Severity.NOTE}, QueryEnd.CONFIRMED, ("note", None)),
        ({"severity": Severity.ERROR}, None, ("error", None)),
    ],
)
def test_a_finding_says_how_its_question_stands_without_another_form(
    hive, build, raised, how, told
):
    asks = Finding(code="RANGE_SOFT", severity=Severity.QUERY, item="breed", row=None)
    stored = build(hive, {"breed": "buck"}, findings=(replace(asks, **raised),))
    stored = replace(stored, questions=(QuestionNow(asks, how),))
    files = dataset_files([stored], (), [hive], profile=Profile.FULL)
    (line,) = rows(files["findings.csv"])
    words = Words(hive.languages[0]).text(told[1]) if told[1] else line["message"]
    assert (line["severity"], line["message"]) == (told[0], words)


def test_a_finding_without_a_question_of_its_own_stands_as_another_version_of_its_rule(hive, build):
    new = Finding(code="R51", severity=Severity.QUERY, item="breed", items=("breed", "queen_born"))
    old = replace(new, items=())
    stored = build(hive, {"breed": "buck"}, findings=(new, replace(new, row=2)))
    ends = (QuestionNow(new, QueryEnd.CHANGED), QuestionNow(old, QueryEnd.CONFIRMED))
    stored = replace(stored, questions=ends)
    told = [(f.severity, f.settled) for f in current_findings(stored, None)]
    assert told == [(Severity.NOTE, Settled.CONFIRMED), (Severity.QUERY, None)]


def test_of_two_findings_of_one_question_one_alone_was_confirmed(hive, build, receipts_for):
    asks = Finding(code="RANGE_SOFT", severity=Severity.QUERY, item="breed", row=None)
    stored = build(hive, {"breed": "buck"}, findings=(asks, asks))
    ends = (QuestionNow(asks, QueryEnd.CONFIRMED), QuestionNow(asks, None))
    files = dataset_files([replace(stored, questions=ends)], receipts_for(stored), [hive])
    assert [line["severity"] for line in rows(files["findings.csv"])] == ["note", "query"]
