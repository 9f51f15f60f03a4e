"""receipt.json: its contract, its published schema, what it never holds."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from intake.model.finding import Location, Severity
from intake.model.receipt import MemberReceipt, Outcome
from intake.model.submission import FileFormat
from intake.reports.receipt.receipt_json import receipt_document
from intake.words.catalogue import LANGUAGES
from tests.kit.places import ROOT
from tests.rooms.reports.samples import (
    BIRTH_CANARY,
    FORM,
    LETTERS_CANARY,
    LOADED,
    PLOT_CANARY,
    QUERIED,
    RECEIPTS,
    REVISION,
    TEXT_CANARY,
    finding,
)

SCHEMA = json.loads((ROOT / "docs" / "receipt.schema.json").read_text(encoding="utf-8"))
GOLDEN = Path(__file__).parent / "golden"
CONTRACT = {
    *("receipt", "parent", "file", "sha256", "received", "outcome", "form", "version"),
    *("language", "format", "centre", "subject", "revision", "findings"),
}
FINDING_CONTRACT = {"code", "severity", "item", "row", "location", "message"}


def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(SCHEMA)
    return Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("name", RECEIPTS)
def test_a_receipt_fits_its_published_schema(name: str) -> None:
    document = receipt_document(RECEIPTS[name], FORM if RECEIPTS[name].form else None)
    validator().validate(json.loads(json.dumps(document)))


@pytest.mark.parametrize("name", RECEIPTS)
def test_a_receipt_holds_the_keys_that_others_rely_on(name: str) -> None:
    document = receipt_document(RECEIPTS[name], FORM)
    assert set(document) >= CONTRACT
    assert all(set(found) >= FINDING_CONTRACT for found in document["findings"])
    assert all({"fr", "en"} <= set(found["message"]) for found in document["findings"])


@pytest.mark.parametrize("name", RECEIPTS)
def test_a_receipt_says_the_same_as_its_golden(name: str) -> None:
    golden = GOLDEN / f"{name}.json"
    document = receipt_document(RECEIPTS[name], FORM if RECEIPTS[name].form else None)
    if os.environ.get("UPDATE_GOLDEN"):
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        golden.write_text(text, encoding="utf-8")
    assert document == json.loads(golden.read_text(encoding="utf-8"))


def test_goldens_are_not_rewritten_where_they_are_checked() -> None:
    assert not (os.environ.get("CI") and os.environ.get("UPDATE_GOLDEN"))


def test_the_schema_is_strict() -> None:
    document = receipt_document(QUERIED, FORM)
    for broken in (
        {**document, "birth_date": "1950-01-01"},
        {**document, "outcome": "accepted"},
        {**document, "findings": [{**document["findings"][0], "raw": "x"}]},
        {**document, "received": "20/11/2026"},
        {key: value for key, value in document.items() if key != "subject"},
    ):
        with pytest.raises(ValidationError):
            validator().validate(broken)


def test_the_schema_knows_every_outcome_severity_and_format() -> None:
    assert set(SCHEMA["$defs"]["outcome"]["enum"]) == {outcome.value for outcome in Outcome}
    severities = SCHEMA["$defs"]["finding"]["properties"]["severity"]["enum"]
    assert set(severities) == {severity.value for severity in Severity}
    formats = {file_format.value for file_format in FileFormat}
    assert set(SCHEMA["properties"]["format"]["enum"]) == {*formats, None}


@pytest.mark.parametrize("name", RECEIPTS)
def test_nothing_identifying_and_no_free_text_is_in_the_document(name: str) -> None:
    for definition in (FORM, None):
        text = json.dumps(receipt_document(RECEIPTS[name], definition), ensure_ascii=False)
        for canary in (LETTERS_CANARY, BIRTH_CANARY, TEXT_CANARY, PLOT_CANARY, "Canari", "DU/MA"):
            assert canary not in text
        assert "somewhere" not in text, "the channel's own name for the file"


def test_an_answer_that_may_be_quoted_is_quoted() -> None:
    entered = {f["code"]: f["entered"] for f in receipt_document(QUERIED, FORM)["findings"]}
    assert entered["RANGE_HARD"] == "1200"
    assert entered["DATE_IMPOSSIBLE"] == "31/02/2019"
    assert entered["NUMBER_UNREADABLE"] is None
    assert entered["REQUIRED"] is None


def test_a_message_is_said_in_the_languages_of_the_words_and_of_the_form() -> None:
    rule = next(f for f in receipt_document(QUERIED, FORM)["findings"] if f["code"] == "R14")
    assert set(rule["message"]) == {*LANGUAGES, "nl"}
    assert rule["message"]["fr"] == "Arbre bien grand pour son âge."
    assert rule["message"]["nl"] == rule["message"]["en"] == "A tall tree for its age."


def test_changes_show_answers_only_where_they_may_be_shown() -> None:
    changes = {c["item"]: c for c in receipt_document(REVISION, FORM)["changes"]}
    assert (changes["height"]["before"], changes["height"]["after"]) == ("12", "8.5")
    assert (changes["birth"]["before"], changes["comment"]["after"]) == ("", "")


def test_a_finding_about_an_item_of_another_version_quotes_nothing() -> None:
    odd = replace(finding("RANGE_SOFT", "height", entered="1200"), item="gone")
    document = receipt_document(replace(LOADED, findings=(odd,)), FORM)
    assert document["findings"][0]["entered"] is None


def test_a_sheet_or_a_file_named_after_somebody_is_not_named() -> None:
    found = replace(
        finding("RANGE_SOFT", "height"), location=Location(sheet="DURANDAL Claire", cell="B4")
    )
    receipt = replace(
        QUERIED, findings=(found,), source=replace(QUERIED.source, name="DURANDAL.pdf")
    )
    for language, name in (("fr", "pièce jointe"), ("en", "attachment"), (None, "pièce jointe")):
        told = replace(receipt, language=language, name_is_safe=False)
        document = receipt_document(told, FORM)
        assert "DURANDAL" not in json.dumps(document)
        assert document["file"] == name
        assert document["findings"][0]["location"]["cell"] == "B4"


def test_a_file_of_a_container_named_after_somebody_is_numbered() -> None:
    members = [
        MemberReceipt(receipt=str(n), folder="x", outcome=Outcome.LOADED, file=f"DURANDAL{n}.pdf")
        for n in (1, 2)
    ]
    document = receipt_document(replace(LOADED, members=tuple(members)), FORM)
    assert [member["file"] for member in document["members"]] == [
        "pièce jointe 1",
        "pièce jointe 2",
    ]
