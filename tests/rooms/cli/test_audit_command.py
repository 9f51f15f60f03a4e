"""``audit``: all is verified, what is wrong is named, a record's history is told."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

from intake.channels.folder.archive import Condition
from intake.cli.exit_codes import ExitCode
from intake.cli.main import main
from intake.model.receipt import ReviewAction
from intake.storage.proof.audit import FORGOTTEN, RECEIPT, RECHECKED
from intake.words.catalogue import LANGUAGES, Words
from tests.kit.office.coordinator import Copied
from tests.kit.office.few import FewOffice, blank, demo_answers, filled
from tests.kit.places import FEW


@pytest.fixture(scope="module")
def processed(tmp_path_factory):
    """Return a workspace with one form loaded, made once: copying it is quicker."""
    office = FewOffice(tmp_path_factory.mktemp("once") / "étude")
    office.drop("a.pdf", filled())
    assert run("process", "--workspace", office.folder).exit_code == ExitCode.DONE
    return office.folder


@pytest.fixture
def office(processed, tmp_path):
    shutil.copytree(processed, tmp_path / "étude")
    return Copied(tmp_path / "étude", schema=FEW)


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def original(office):
    (path,) = (office.folder / "archive" / "originals").rglob("*.pdf")
    return path


@pytest.mark.parametrize(
    "words", [("audit",), ("audit", "verify"), ("audit", "--workspace", "{}", "verify")]
)
def test_audit_alone_verifies_as_audit_verify_does(office, words):
    given = [word.format(office.folder) for word in words]
    if "--workspace" not in given:
        given += ["--workspace", office.folder]
    done = run(*given, "--json")
    assert done.exit_code == ExitCode.DONE, done.output
    document = json.loads(done.stdout)
    assert (document["audit"], document["originals"]) == ("verified", [])
    assert document["head"].split("-")[0] == "2"


def test_an_original_that_is_missing_or_changed_is_named(office):
    path = original(office)
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.7 another form")
    path.with_name("DURANDAL Claire née le 12 03 1961.pdf").write_bytes(b"x")
    done = run("audit", "--workspace", office.folder, "--json")
    assert done.exit_code == ExitCode.STORE
    document = json.loads(done.stdout)
    assert document["audit"] == "broken"
    found = {one["condition"]: one["file"] for one in document["originals"]}
    assert found["other_bytes"] == f"{path.parent.name}/{path.name}"
    assert "DURANDAL" not in found["stranger"]
    path.unlink()
    shown = run("audit", "--workspace", office.folder)
    assert shown.exit_code == ExitCode.STORE
    assert f"{path.parent.name}/{path.name}" in shown.output


def test_the_full_profile_leaves_a_changed_store_by_no_way(office):
    original(office).unlink()
    out = office.folder / "out"
    arguments = ("export", "--workspace", office.folder, "--to", out)
    refused = run(*arguments, "--profile", "full", "--yes")
    assert refused.exit_code == ExitCode.STORE
    assert "audit" in refused.output
    assert not out.exists()
    assert run(*arguments).exit_code == ExitCode.DONE


def test_the_line_that_a_run_printed_is_found_again(office):
    office.drop("b.pdf", blank())
    printed = next(
        word
        for word in run("process", "--workspace", office.folder).output.split()
        if word.startswith("3-")
    )
    place = ("--workspace", office.folder)
    assert run("audit", "--head", printed, *place).exit_code == ExitCode.DONE
    lost = run("audit", "--head", "3-000000000000", *place)
    assert lost.exit_code == ExitCode.STORE
    assert "3-000000000000" in lost.output


def test_a_record_tells_its_history_and_nobody_s_answers(office):
    office.drop("b.pdf", filled(demo_answers(lab_hb_dx="8,8", form_date="09/10/2026")))
    run("process", "--workspace", office.folder)
    done = run("audit", "show", "ZAA-001", "--workspace", office.folder, "--json")
    assert done.exit_code == ExitCode.DONE, done.output
    document = json.loads(done.stdout)
    assert document["record"] == "ZAA-001"
    told = [(e["event"], e["receipt"], e["outcome"], e["revision"]) for e in document["events"]]
    assert told == [
        ("receipt", "000001", "loaded", 1),
        ("receipt", "000002", "loaded", 2),
    ]
    shown = run("audit", "show", "ZAA-001", "--workspace", office.folder)
    assert len(shown.output.splitlines()) == 2
    assert "000002" in shown.output


def test_a_record_that_nobody_has_is_said_so(office):
    done = run("audit", "show", "ZAA-999", "--workspace", office.folder)
    assert done.exit_code == ExitCode.USAGE
    assert "ZAA-999" in done.output


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_history_or_an_archive_can_say_has_words(language):
    words = Words(language)
    keys = [f"action.{action.value}" for action in ReviewAction]
    keys += [f"original.{condition.value}" for condition in Condition]
    keys += [f"event.{event}" for event in (RECEIPT, FORGOTTEN, RECHECKED)]
    assert [key for key in keys if not words.has(f"cli.audit.{key}")] == []
