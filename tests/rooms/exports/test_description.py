"""The data package and the codebook describe the dataset truly, over versions too."""

from __future__ import annotations

import copy
import csv
import io
import json
from collections.abc import Iterable

import pytest
from frictionless import Package

from intake.exports.dataset import CsvStyle, Profile, dataset_files
from intake.model.definition import DataType
from intake.model.errors import DefinitionError
from intake.schema.compile.definition import compile_definition

pytestmark = pytest.mark.slow

CONTRACT = [
    *("record_id", "group", "row", "item", "value", "missing", "status", "raw", "reading"),
    *("location", "file_sha256", "form_version", "revision"),
]


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))


def by(lines: Iterable[dict[str, str]], *keys: str) -> dict[tuple[str, ...], dict[str, str]]:
    return {tuple(line[key] for key in keys): line for line in lines}


def validate(files, folder):
    for name, content in files.items():
        (folder / name).write_bytes(content)
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])[:5]
    assert report.stats["tasks"] == len(files) - 1


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


def test_two_versions_share_columns_and_the_codebook_says_which_asks_what(
    hive_document, hive, build, tmp_path
):
    newer = copy.deepcopy(hive_document)
    newer["x-form"]["version"] = "10.0.0"
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
    assert lines["10.0.0",]["later"] == "pro"
    codebook = by(rows(files["codebook.csv"]), "file", "column")
    assert codebook["records.csv", "breed"]["form_versions"] == "2.1.0;10.0.0"
    assert codebook["records.csv", "keeper_kind"]["form_versions"] == "2.1.0"
    assert codebook["records.csv", "later"]["form_versions"] == "10.0.0"
    assert gone in codebook["records.csv", "breed"]["codes_en"]


def test_a_record_of_a_version_whose_schema_is_gone_stops_the_export(hive, hive_document, build):
    newer = compile_definition(
        {**hive_document, "x-form": {**hive_document["x-form"], "version": "3.0.0"}}
    )
    with pytest.raises(DefinitionError, match=r"3\.0\.0"):
        dataset_files([build(newer, {})], [], [hive])


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
