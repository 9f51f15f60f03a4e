"""The dataset holds what the records hold, and describes itself truly."""

from __future__ import annotations

import copy
import csv
import datetime as dt
import io
import json
import random
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from frictionless import Package

from intake.checks.checker import Checker
from intake.exports.dataset import CsvStyle, Profile, dataset_files
from intake.model.definition import DataType, MissingReason
from intake.model.errors import DefinitionError
from intake.model.finding import Finding, Location, Severity
from intake.model.submission import FileFormat, RawAnswer, RawSubmission, Rung, Value, ValueStatus
from intake.schema.compile import compile_definition
from intake.schema.sample import sample_record

ROOT = Path(__file__).resolve().parents[2]
HIVE = ROOT / "tests/studies/beehive/schemas/hive/2.1.0.json"
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


@pytest.fixture(scope="module")
def hive_document():
    return json.loads(HIVE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def hive(hive_document):
    return compile_definition(hive_document)


@pytest.fixture(scope="module")
def hive_records(hive, build):
    rng = random.Random(7)  # noqa: S311 - test data, the same each time
    return [build(hive, sample_record(hive, rng, full=n % 2 == 0), n) for n in range(4)]


@pytest.fixture(scope="module")
def full(sampled, definition, receipts_for):
    return dataset_files(sampled, receipts_for(*sampled), [definition], profile=Profile.FULL)


@pytest.fixture(scope="module")
def analysis(sampled, definition, receipts_for):
    return dataset_files(sampled, receipts_for(*sampled), [definition])


def validate(files, folder):
    for name, content in files.items():
        (folder / name).write_bytes(content)
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])[:5]
    assert report.stats["tasks"] == len(files) - 1


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


def test_two_values_in_one_place_are_refused_rather_than_one_lost(hive, build):
    stored = build(hive, {"breed": "buck"})
    values = (*stored.submission.values, Value(item="breed", value="carn"))
    stored = replace(stored, submission=replace(stored.submission, values=values))
    with pytest.raises(ValueError, match="breed twice"):
        dataset_files([stored], [], [hive])


def test_the_whole_package_is_valid_in_profile_full(full, tmp_path):
    validate(full, tmp_path)


def test_the_whole_package_is_valid_in_profile_analysis(analysis, tmp_path):
    validate(analysis, tmp_path)


def test_an_unlike_study_makes_a_valid_package_in_its_three_languages(
    hive, hive_records, receipts_for, tmp_path
):
    files = dataset_files(hive_records, receipts_for(*hive_records), [hive])
    validate(files, tmp_path)
    header = files["codebook.csv"].decode().splitlines()[0]
    assert "label_en,label_fr,label_de" in header


def test_an_empty_dataset_is_a_valid_package(hive, tmp_path):
    files = dataset_files([], [], [hive])
    validate(files, tmp_path)
    assert rows(files["records.csv"]) == []


def test_a_wrong_cell_makes_the_package_invalid(full, tmp_path):
    for name, content in full.items():
        (tmp_path / name).write_bytes(content)
    lines = full["findings.csv"] + b"nobody,R1,S,CODE,note,,,,\n"
    (tmp_path / "findings.csv").write_bytes(lines)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    types = {kind for (kind,) in report.flatten(["type"])}
    assert {"foreign-key", "hash-count", "byte-count"} & types
    assert "foreign-key" in types


def test_the_same_records_in_any_order_give_the_same_bytes(
    hive, hive_records, receipts_for, hive_document
):
    receipts = receipts_for(*hive_records)
    again = dataset_files(
        reversed(hive_records), reversed(receipts), [compile_definition(hive_document)]
    )
    assert again == dataset_files(hive_records, receipts, [hive])


def test_the_codebook_has_one_line_per_column_of_every_file(analysis, full):
    for files in (analysis, full):
        told = [(line["file"], line["column"]) for line in rows(files["codebook.csv"])]
        there = [
            (name, column)
            for name in files
            if name.endswith(".csv")
            for column in next(csv.reader([files[name].decode().splitlines()[0]]))
        ]
        assert sorted(told) == sorted(there)


def test_the_codebook_tells_code_unit_labels_and_limits(full, definition):
    lines = by(rows(full["codebook.csv"]), "file", "column")
    for item in definition.single_items:
        line = lines["records.csv", item.name]
        assert line["visible_code"] == item.code
        assert line["label_fr"] == item.label["fr"]
        assert line["label_en"] == item.label["en"]
        assert line["type"] == item.data_type
        assert line["required"] == (item.required or "")
        assert line["relevant"] == (item.relevant or "")
        assert line["identifying"] == str(int(item.identifying))
        low = "" if item.limits.low is None else format(item.limits.low, "f")
        assert line["minimum"] == low
        for option in item.options:
            assert f"{option.code}={option.title['fr']}" in line["codes_fr"]


def test_a_constraint_is_never_put_on_what_is_queried_but_not_held_back(full, definition):
    package = json.loads(full["datapackage.json"])
    records = next(r for r in package["resources"] if r["name"] == "records")
    fields = {field["name"]: field for field in records["schema"]["fields"]}
    for name in definition.never_held_back & {item.name for item in definition.single_items}:
        limits = set(fields[name].get("constraints", {}))
        assert limits <= {"pattern"}
        if definition.items[name].data_type is not DataType.PARTIAL_DATE:
            assert not limits


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


def test_two_versions_share_columns_and_the_codebook_says_which_asks_what(
    hive_document, hive, build, tmp_path
):
    newer = copy.deepcopy(hive_document)
    newer["x-form"]["version"] = "2.10.0"
    breed = newer["properties"]["breed"]
    gone = breed["oneOf"].pop(0)["const"]
    newer["properties"]["later"] = newer["properties"].pop("keeper_kind")
    newest = compile_definition(newer)
    old = build(hive, {"breed": gone, "keeper_kind": "hob"}, 1)
    new = build(newest, {"breed": "carn", "later": "pro"}, 2)
    files = dataset_files([old, new], [], [hive, newest], profile=Profile.FULL)
    validate(files, tmp_path)
    lines = by(rows(files["records.csv"]), "form_version")
    assert lines["2.1.0",]["breed"] == gone
    assert lines["2.1.0",]["keeper_kind"] == "hob"
    assert lines["2.1.0",]["later"] == ""
    assert lines["2.10.0",]["later"] == "pro"
    codebook = by(rows(files["codebook.csv"]), "file", "column")
    assert codebook["records.csv", "breed"]["form_versions"] == "2.1.0;2.10.0"
    assert codebook["records.csv", "keeper_kind"]["form_versions"] == "2.1.0"
    assert codebook["records.csv", "later"]["form_versions"] == "2.10.0"
    assert gone in codebook["records.csv", "breed"]["codes_en"]


def test_a_record_of_a_version_whose_schema_is_gone_stops_the_export(hive, hive_document, build):
    newer = compile_definition(
        {**hive_document, "x-form": {**hive_document["x-form"], "version": "3.0.0"}}
    )
    with pytest.raises(DefinitionError, match=r"3\.0\.0"):
        dataset_files([build(newer, {})], [], [hive])


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


def test_the_options_for_spreadsheets_change_the_bytes_and_the_notes(hive, build, tmp_path):
    style = CsvStyle(byte_order_mark=True, safe_for_spreadsheets=True)
    item = next(i for i in hive.single_items if i.is_free_text and not i.identifying)
    stored = build(hive, {item.name: "=1+1"})
    exact = dataset_files([stored], [], [hive], profile=Profile.FULL)
    safe = dataset_files([stored], [], [hive], profile=Profile.FULL, style=style)
    assert rows(exact["records.csv"])[0][item.name] == "=1+1"
    content = safe["records.csv"].removeprefix(b"\xef\xbb\xbf")
    assert content != safe["records.csv"]
    assert rows(content)[0][item.name] == "'=1+1"
    assert exact["datapackage.json"] != safe["datapackage.json"]
    validate(safe, tmp_path)
