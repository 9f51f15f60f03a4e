"""An unlike study goes through everything unchanged: only its schema and study file differ."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil

import pytest
from click.testing import CliRunner

from intake.cli.main import main
from intake.demo.fill_pdf import fill_by_hand
from intake.model.receipt import Outcome
from intake.schema.sample.record import sample_record
from intake.wiring.app import App
from intake.wiring.forms import build_forms, order_forms
from tests.kit.fakes.inprocess import InProcess
from tests.kit.fillers.typed_texts import texts
from tests.kit.forms import check, codes
from tests.kit.places import SECOND_STUDY


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(SECOND_STUDY, tmp_path / "ruches")
    return tmp_path / "ruches"


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def process(folder):
    return App.open(folder).process(lambda _receipt, _total: None, InProcess())


def return_form(folder, language, seed):
    """Drop a filled form of the study's language in the inbox; return what was written."""
    app = App.open(folder)
    order = order_forms(app, version=None, language=language, centre=None)
    ((name, blank),) = [(name, content) for name, content in build_forms(order, "pdf")]
    record = sample_record(app.definition, random.Random(seed), full=True)
    written = texts(app.definition, record, language)
    (folder / "inbox").mkdir(exist_ok=True)
    (folder / "inbox" / f"{seed}-{name}").write_bytes(fill_by_hand(blank, written))
    return record


def rows(folder, name):
    text = (folder / "outbox" / "dataset" / f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_a_return_becomes_a_record_a_receipt_and_a_dataset(folder, language):
    record = return_form(folder, language, seed=7)
    (receipt,) = process(folder).receipts
    assert receipt.outcome.is_loaded
    assert (receipt.form, receipt.version, receipt.language) == ("hive", "2.1.0", language)
    place = folder / "outbox" / "receipts" / receipt.folder
    assert f'lang="{language}"' in (place / "receipt.html").read_text("utf-8")
    document = json.loads((place / "receipt.json").read_text("utf-8"))
    assert document["subject"] == receipt.subject
    assert len(rows(folder, "records")) == 1
    for group in App.open(folder).definition.groups:
        assert len(rows(folder, group)) == len(record.get(group, []))


def test_the_commands_serve_any_study(folder):
    return_form(folder, "en", seed=8)
    assert process(folder).receipts[0].outcome is not Outcome.REJECTED
    for command in ("status", "codebook", "audit"):
        done = run(command, "--workspace", folder, "--json")
        assert done.exit_code == 0, done.output
        assert "ferritin" not in done.output
    assert run("check-schema", *folder.glob("schemas/*/*.json")).exit_code == 0
    done = run(
        "export", "--workspace", folder, "--to", folder / "out", "--profile", "full", "--yes"
    )
    assert done.exit_code == 0
    assert (folder / "out" / "datapackage.json").exists()


def test_a_form_of_another_study_is_not_taken_for_one_of_this(folder, office):
    return_form(folder, "en", seed=9)
    (content,) = [path.read_bytes() for path in (folder / "inbox").iterdir()]
    receipt = office.send("ruche.pdf", content)
    assert receipt.outcome is Outcome.REJECTED
    assert [finding.code for finding in receipt.findings] == ["FORM_OTHER_STUDY"]


@pytest.mark.parametrize(
    ("text", "code", "value"),
    [
        ("8h05", None, "08:05"),
        ("7:59", "TIME_UNUSUAL", "07:59"),
        ("19:31", "TIME_UNUSUAL", "19:31"),
        ("3:59", "TIME_OUT_OF_RANGE", ""),
        ("22:31", "TIME_OUT_OF_RANGE", ""),
        ("8h", "TIME_AMBIGUOUS", ""),
        ("Mme Durand", "TIME_UNREADABLE", ""),
    ],
)
def test_a_time_is_stored_as_it_was_meant_or_times_that_are_none_are_said(text, code, value):
    submission = check({"survey_time": text}, language="en", form="hive")
    assert codes(submission, "survey_time") == ([code] if code else [])
    assert submission.record.get("survey_time", "") == value


def test_a_rule_compares_two_times_and_says_them():
    answers = {"survey_time": "10:00", "mite_check__1__check_method": "sugar"}
    before = answers | {"mite_check__1__counted_at": "9h59"}
    after = answers | {"mite_check__1__counted_at": "10:00"}
    (fired,) = [f for f in check(before, language="en", form="hive").findings if f.code == "H6"]
    assert "(09:59) before the hour of the survey (10:00)" in fired.message["en"]
    assert "H6" not in {f.code for f in check(after, language="en", form="hive").findings}
