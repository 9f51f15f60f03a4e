"""A study changes its form while forms of the first version still come back."""

from __future__ import annotations

import copy
import csv
import io
import json
import random
import shutil

import pytest
from click.testing import CliRunner

from intake.cli.exit_codes import ExitCode
from intake.cli.main import main
from intake.demo.fill_pdf import fill_by_hand
from intake.model.finding import Severity
from intake.schema.sample.record import sample_record
from intake.wiring.app import App
from intake.wiring.forms import build_forms, order_forms
from tests.kit.fakes.inprocess import InProcess
from tests.kit.fillers.typed_texts import texts
from tests.kit.places import HIVE, SECOND_STUDY

FIRST = json.loads(HIVE.read_text(encoding="utf-8"))
RULE = {
    "id": "H9",
    "severity": "query",
    "when": "frames >= 0",
    "items": ["frames"],
    "message": {"en": "Frames counted?", "fr": "Cadres comptés ?", "de": "Waben gezählt?"},
}


def second():
    """Return version 2.2.0: a question renamed, one more, one rule more."""
    document = copy.deepcopy(FIRST)
    document["x-form"]["version"] = "2.2.0"
    renamed = {}
    for name, schema in document["properties"].items():
        if name == "brood_frames":
            said = [{"version": "2.1.0", "name": name}]
            renamed["frames"] = {**schema, "x-formerly": said}
            renamed["boxes"] = {**schema, "x-code": "B10", "title": "Boxes"}
        else:
            renamed[name] = schema
    document["properties"] = renamed
    document["x-rules"] = [*document["x-rules"], RULE]
    return document


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(SECOND_STUDY, tmp_path / "ruches")
    return tmp_path / "ruches"


def publish(folder):
    path = folder / "schemas" / "hive" / "2.2.0.json"
    path.write_text(json.dumps(second()), encoding="utf-8")


def send(folder, version, seed):
    """Fill and process a form of a version; return its receipt and what was written."""
    app = App.open(folder)
    order = order_forms(app, version=version, language="en", centre=None)
    ((name, blank),) = build_forms(order, "pdf")
    record = sample_record(order.definition, random.Random(seed), full=True)
    (folder / "inbox").mkdir(exist_ok=True)
    filled = fill_by_hand(blank, texts(order.definition, record, "en"))
    (folder / "inbox" / f"{seed}-{name}").write_bytes(filled)
    (receipt,) = App.open(folder).process(lambda _receipt, _total: None, InProcess()).receipts
    return receipt, record


def rows(folder, name):
    text = (folder / "outbox" / "dataset" / f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def run(folder, *arguments):
    return CliRunner().invoke(main, [*arguments, "--workspace", str(folder)])


@pytest.mark.slow
def test_both_versions_come_back_into_one_dataset_and_the_newest_rules_speak_of_all(folder):
    first, written = send(folder, None, seed=7)
    publish(folder)
    late, _ = send(folder, "2.1.0", seed=8)
    newest, _ = send(folder, "2.2.0", seed=9)
    assert [r.version for r in (first, late, newest)] == ["2.1.0", "2.1.0", "2.2.0"]
    assert all(receipt.outcome.is_loaded for receipt in (first, late, newest))

    lines = {line["record_id"]: line for line in rows(folder, "records")}
    assert len(lines) == 3
    assert "brood_frames" not in lines[first.record_id]
    assert lines[first.record_id]["frames"] == str(written["brood_frames"])
    told = {(v["record_id"], v["item"]): v for v in rows(folder, "values")}
    assert told[first.record_id, "boxes"]["missing"] == "NOTASKED"
    assert told[first.record_id, "frames"]["form_version"] == "2.1.0"
    assert told[newest.record_id, "frames"]["form_version"] == "2.2.0"

    before = rows(folder, "values")
    told = json.loads(run(folder, "recheck", "--dry-run", "--json").stdout)
    assert (told["version"], told["checked"], len(told["records"])) == ("2.2.0", 2, 2)
    assert "H9" not in {line["code"] for line in rows(folder, "findings") if _is_of(line, first)}
    done = run(folder, "recheck")
    assert done.exit_code == ExitCode.DONE, done.output
    assert "2 records checked with the rules of version 2.2.0" in done.stdout
    said = [line for line in rows(folder, "findings") if line["code"] == "H9"]
    assert {line["record_id"] for line in said} == set(lines)
    assert {(line["item"], line["message"]) for line in said} == {("frames", "Frames counted?")}
    assert rows(folder, "values") == before
    assert json.loads(run(folder, "recheck", "--json").stdout)["checked"] == 0
    assert run(folder, "audit").exit_code == ExitCode.DONE
    events = json.loads(_show(folder, first.subject).stdout)["events"]
    assert [event["event"] for event in events[-2:]] == ["rechecked", "query"]


def _is_of(line, receipt):
    return line["record_id"] == receipt.record_id


def _show(folder, subject):
    told = ["audit", "show", subject, "--workspace", str(folder), "--json"]
    return CliRunner().invoke(main, told)


@pytest.mark.slow
def test_what_the_first_version_did_not_ask_is_asked_only_if_the_study_wants_it(folder):
    first, _ = send(folder, None, seed=7)
    publish(folder)
    told = json.loads(run(folder, "recheck", "--json").stdout)
    (record,) = told["records"]
    assert record["record"] == first.subject
    assert {(f["code"], f["item"]) for f in record["appeared"]} == {("H9", "frames")}
    told = json.loads(run(folder, "recheck", "--ask-new", "--json").stdout)
    (record,) = told["records"]
    (asked,) = record["appeared"]
    assert (asked["code"], asked["item"], asked["place"]) == ("REQUIRED", "boxes", "B10")
    assert asked["severity"] == Severity.ERROR
    assert json.loads(run(folder, "recheck", "--ask-new", "--json").stdout)["records"] == []
