"""The command line: exit codes, JSON on standard output, words on standard error."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from intake.cli import frame
from intake.cli.exit_codes import ExitCode
from intake.cli.main import main
from intake.execution.lacks import Lack
from intake.wiring.app import App
from intake.words.catalogue import LANGUAGES, Words
from tests.kit.office.few import FewOffice, blank, demo_answers, filled
from tests.kit.office.mail import email_with
from tests.kit.small_document import small_hive


@pytest.fixture
def office(tmp_path):
    return FewOffice(tmp_path / "mon étude")


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def process(office, *more):
    return run("process", "--workspace", office.folder, *more)


def test_init_makes_a_workspace_and_changes_nothing_the_second_time(tmp_path):
    first = run("init", tmp_path / "étude", "--json")
    assert first.exit_code == ExitCode.DONE
    made = set(json.loads(first.stdout)["created"])
    assert {"study.toml", "centres.csv", "inbox/", "archive/", "keys/pseudonym.key"} <= made
    key = (tmp_path / "étude" / "keys" / "pseudonym.key").read_bytes()
    second = run("init", tmp_path / "étude", "--json")
    assert json.loads(second.stdout)["created"] == []
    assert (tmp_path / "étude" / "keys" / "pseudonym.key").read_bytes() == key


def test_a_new_workspace_can_build_its_forms_and_read_them(tmp_path):
    run("init", tmp_path / "étude")
    done = run("forms", "--workspace", tmp_path / "étude", "--language", "fr", "--json")
    assert done.exit_code == ExitCode.DONE, done.output
    suffixes = {Path(path).suffix for path in json.loads(done.stdout)["forms"]}
    assert suffixes == {".pdf", ".docx", ".xlsx"}


@pytest.mark.usefixtures("in_children")
def test_processing_prints_one_json_document(office):
    office.drop("a.pdf", filled())
    office.drop("b.pdf", b"")
    done = process(office, "--json")
    document = json.loads(done.stdout)
    assert [r["outcome"] for r in document["receipts"]] == ["loaded", "rejected"]
    assert done.exit_code == ExitCode.TO_REVIEW


def test_files_are_read_within_the_limits_of_the_study(office, limits_asked):
    path = office.folder / "study.toml"
    text = re.sub(r"(?m)^seconds = .*$", "seconds = 77", path.read_text("utf-8"))
    path.write_text(text, "utf-8")
    assert process(office).exit_code == ExitCode.DONE
    assert [limits.seconds for limits in limits_asked] == [77]


def test_queries_and_duplicates_are_not_a_failure(office):
    office.drop("a.pdf", filled(demo_answers(lab_hb_dx="85")))
    assert process(office).exit_code == ExitCode.DONE
    office.drop("b.pdf", filled(demo_answers(lab_hb_dx="85")))
    assert process(office).exit_code == ExitCode.DONE
    assert json.loads(process(office, "--json").stdout) == {"receipts": [], "left": []}


def test_what_stays_in_the_inbox_is_told_with_its_reason_and_no_name_of_a_patient(office):
    inbox = office.folder / "inbox"
    for name in (".fiche.pdf", "fiche.tmp", ".Zarrivo\x1b[2J.pdf", ".Zukor.pdf", "Thumbs.db"):
        (inbox / name).write_bytes(b"%PDF-1.7")
    os.mkfifo(inbox / "fiche.pdf")
    done = process(office, "--json")
    assert json.loads(done.stdout)["left"] == [
        {"file": None, "why": "hidden"},
        {"file": None, "why": "hidden"},
        {"file": ".fiche.pdf", "why": "hidden"},
        {"file": "fiche.pdf", "why": "foreign"},
        {"file": "fiche.tmp", "why": "temporary"},
    ]
    assert done.exit_code == ExitCode.DONE
    for output in (done.stderr, process(office).output):
        assert ".fiche.pdf" in output
        assert "2 files" in output
        assert "Zukor" not in output
        assert "Zarrivo" not in output
        assert "\x1b" not in output
        assert "Thumbs" not in output


def test_a_disk_without_room_is_said_and_the_file_stays(office, monkeypatch):
    office.drop("fiche.pdf", filled())
    monkeypatch.setattr("intake.channels.folder.private.RESERVE", 1 << 60)
    done = process(office)
    assert done.exit_code == ExitCode.STORE
    assert "disk" in done.output
    assert (office.folder / "inbox" / "fiche.pdf").exists()


def test_a_file_that_is_too_large_is_set_aside_and_named_until_somebody_deletes_it(office):
    with (office.folder / "inbox" / "fiche.pdf").open("wb") as stream:
        stream.write(b"%PDF-1.4\n")
        stream.truncate(40 << 20)
    done = process(office, "--json")
    document = json.loads(done.stdout)
    (receipt,) = document["receipts"]
    assert [finding["code"] for finding in receipt["findings"]] == ["FILE_TOO_LARGE"]
    assert "too-large" in receipt["findings"][0]["message"]["en"]
    assert (office.folder / "inbox" / "too-large" / "fiche.pdf").stat().st_size == 40 << 20
    assert not [p for p in (office.folder / "archive" / "originals").rglob("*") if p.is_file()]
    again = json.loads(process(office, "--json").stdout)
    assert again == {"receipts": [], "left": [{"file": "fiche.pdf", "why": "too_large"}]}
    assert run("audit", "--workspace", office.folder).exit_code == ExitCode.DONE


def test_a_receipt_that_cannot_be_written_is_named_and_the_others_go_on(office, monkeypatch):
    office.drop("a.pdf", b"Bonjour")
    office.drop("b.pdf", filled())
    real = App._receipt_page

    def fail(app, receipt, definition):
        if receipt.id == "000001":
            raise UnicodeEncodeError("utf-8", "x", 0, 1, "a name")
        return real(app, receipt, definition)

    monkeypatch.setattr(App, "_receipt_page", fail)
    done = process(office, "--json")
    assert len(json.loads(done.stdout)["receipts"]) == 2
    assert done.exit_code == ExitCode.OUR_FAULT
    assert "000001" in done.stderr
    again = process(office, "--json")
    assert json.loads(again.stdout)["receipts"] == []  # nothing is done twice
    monkeypatch.undo()
    assert process(office).exit_code == ExitCode.DONE
    assert (office.app.outbox.folder(office.app.store.entry("1").receipt) / "receipt.html").exists()


def test_a_folder_without_a_study_is_said_so(tmp_path):
    done = run("process", "--workspace", tmp_path)
    assert done.exit_code == ExitCode.DEFINITION
    assert "study.toml" in done.output
    assert "init" in done.output


def test_a_wrong_study_file_is_said_with_its_line(office):
    path = office.folder / "study.toml"
    text = path.read_text("utf-8").replace("closes = 2027-03-31", "closes = 2026-01-01")
    path.write_text(text, "utf-8")
    done = process(office)
    assert done.exit_code == ExitCode.DEFINITION
    assert "closes" in done.output


def test_a_lost_key_is_never_replaced_in_silence(office):
    office.drop("a.pdf", filled())
    process(office)
    (office.folder / "keys" / "pseudonym.key").unlink()
    done = process(office)
    assert done.exit_code == ExitCode.STORE
    assert "key" in done.output
    assert not (office.folder / "keys" / "pseudonym.key").exists()


def test_a_changed_audit_chain_is_found(office):
    office.drop("a.pdf", filled())
    process(office)
    assert run("audit", "--workspace", office.folder).exit_code == ExitCode.DONE
    tamper = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
        "[c.execute(f'drop trigger {n}') for (n,) in "
        "c.execute(\"select name from sqlite_master where type='trigger'\").fetchall()]; "
        "c.execute(\"update audit set body = replace(body, 'loaded', 'review')\"); c.commit()"
    )
    store = office.folder / "archive" / "store.sqlite"
    subprocess.run([sys.executable, "-c", tamper, store], check=True)
    done = run("audit", "--workspace", office.folder)
    assert done.exit_code == ExitCode.STORE


def test_status_counts_files_patients_and_queries(office):
    office.drop("a.pdf", filled(demo_answers(lab_hb_dx="85")))
    office.drop("b.pdf", blank())
    process(office)
    document = json.loads(run("status", "--workspace", office.folder, "--json").stdout)
    assert document["patients"] == 1
    assert document["files"] == {
        "total": 2,
        "loaded": 0,
        "loaded_with_queries": 1,
        "duplicate": 0,
        "review": 0,
        "rejected": 1,
    }
    assert document["open_queries"]["total"] == 1
    shown = run("status", "--workspace", office.folder)
    assert shown.exit_code == ExitCode.DONE
    assert "ZAA: 1" in shown.output


def test_status_says_what_this_computer_cannot_take_away(office, monkeypatch):
    assert "This computer" not in run("status", "--workspace", office.folder).output
    monkeypatch.setattr("intake.wiring.app.lacks", lambda: tuple(Lack))
    document = json.loads(run("status", "--workspace", office.folder, "--json").stdout)
    assert document["not_taken_away"] == [lack.value for lack in Lack]
    shown = run("status", "--workspace", office.folder).output.splitlines()
    assert sum(
        line.startswith(("This computer cannot", "If this program")) for line in shown
    ) == len(Lack)


def test_inspecting_shows_every_field_as_a_receipt_would_and_loads_nothing(office):
    path = office.folder / "fiche.pdf"
    path.write_bytes(filled({**demo_answers(), "comments": "Zorglub", "birth_date": "30/12/1951"}))
    store = office.folder / "archive" / "store.sqlite"
    held = store.read_bytes()
    done = run("inspect", path, "--workspace", office.folder, "--json")
    assert done.exit_code == ExitCode.DONE
    document = json.loads(done.stdout)
    found = {field["address"]: field for field in document["fields"]}
    assert (document["format"], document["stamp"][:12]) == ("pdf", "DM-SAM 1.0.0")
    assert len(found) == 109
    told = {name: found[name]["value"] for name in ("sex", "lab_hb_dx", "comorbidities__hta")}
    assert told == {"sex": "f", "lab_hb_dx": "9,1", "comorbidities__hta": "1"}
    assert (found["birth_date"]["value"], found["birth_date"]["filled"]) == (None, True)
    assert "Zorglub" not in done.stdout
    assert "1951" not in done.stdout
    assert store.read_bytes() == held
    assert not list((office.folder / "archive").glob("originals/**/*.pdf"))


def test_inspecting_shows_what_identifies_only_to_who_asks_for_it(office):
    path = office.folder / "fiche.pdf"
    path.write_bytes(filled({**demo_answers(), "birth_date": "30/12/1951"}))
    place = (path, "--workspace", office.folder)
    assert "  birth_date: filled in  (text, field)\n" in run("inspect", *place).stdout
    asked = run("inspect", *place, "--values")
    assert asked.stderr.startswith("All that is written in the file is shown below")
    assert "  birth_date: 30/12/1951  (text, field)\n" in asked.stdout
    refused = run("inspect", *place, "--values", "--json")
    assert (refused.exit_code, "1951" in refused.output) == (ExitCode.USAGE, False)


def test_inspecting_an_email_lists_its_files(office, tmp_path):
    path = tmp_path / "m.eml"
    path.write_bytes(email_with({"fiche ZAA.pdf": b"%PDF-1.7", "Durandal.pdf": b"%PDF-1.6"}))
    done = run("inspect", path, "--workspace", office.folder, "--json")
    assert done.exit_code == ExitCode.DONE
    named, nameless = json.loads(done.stdout)["members"]
    assert named == {"file": "fiche ZAA.pdf", "kind": "pdf", "bytes": 8}
    assert nameless == {"file": None, "kind": "pdf", "bytes": 8}
    assert "  attachment 2  (pdf, 8)" in run("inspect", path).stdout
    assert "quarrivol" not in done.stdout.lower()


@pytest.mark.usefixtures("in_children")
def test_inspecting_a_file_that_cannot_be_read_says_why(tmp_path):
    path = tmp_path / "vide.pdf"
    path.write_bytes(b"")
    done = run("inspect", path, "--json")
    assert done.exit_code == ExitCode.TO_REVIEW
    (note,) = json.loads(done.stdout)["notes"]
    assert (note["code"], set(note["message"])) == ("FILE_EMPTY", set(LANGUAGES))


def test_the_full_profile_asks_first(office):
    arguments = ["export", "--workspace", str(office.folder), "--to", str(office.folder / "out")]
    refused = CliRunner().invoke(main, [*arguments, "--profile", "full"], input="n\n")
    assert refused.exit_code != ExitCode.DONE
    assert not (office.folder / "out").exists()
    assert run(*arguments).exit_code == ExitCode.DONE


def test_check_schema_names_the_place_of_each_fault(tmp_path):
    document = small_hive()
    sound = tmp_path / "sound" / "2.1.0.json"
    sound.parent.mkdir()
    sound.write_text(json.dumps(document), "utf-8")
    document["properties"]["breed"]["x-required"] = "has_breedx"
    broken = tmp_path / "2.1.0.json"
    broken.write_text(json.dumps(document), "utf-8")
    assert run("check-schema", sound).exit_code == ExitCode.DONE
    done = run("check-schema", broken, "--json")
    assert done.exit_code == ExitCode.DEFINITION
    (fault,) = json.loads(done.stdout)[str(broken)]
    assert fault["pointer"] == "/properties/breed/x-required"


def test_the_codebook_has_a_line_for_each_item(office):
    done = run("codebook", "--workspace", office.folder, "--json")
    items = {line["item"] for line in json.loads(done.stdout)["codebook"]}
    assert {"sex", "lab_hb_dx", "mtrt_drug"} <= items


@pytest.mark.parametrize("name", sorted(main.list_commands(None)))
def test_every_command_has_help_that_says_what_it_does(name):
    done = run(name, "--help")
    assert done.exit_code == ExitCode.DONE
    assert len(done.output) > 150


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Fiches de recueil"), ("en", "Case report")]
)
def test_help_speaks_the_language_of_the_computer(language, words):
    environment = {**os.environ, "CRF_INTAKE_LANG": language, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "intake", "--help"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert words in done.stdout


def test_a_failure_of_our_own_says_where_and_quotes_nothing(office, tmp_path):
    program = tmp_path / "broken.py"
    program.write_text(
        "from intake.cli import frame\n"
        "frame.set_up_output()\n"
        "raise RuntimeError('QA XI 17/04/1961')\n"
    )
    done = subprocess.run(
        [sys.executable, program], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == ExitCode.OUR_FAULT
    assert "RuntimeError" in done.stderr
    assert "1961" not in done.stderr


def test_what_is_wrong_with_the_store_is_said_in_the_language_of_the_command(office, monkeypatch):
    process(office)
    (office.folder / "keys" / "pseudonym.key").unlink()
    for language, words in (
        ("en", "of this store is missing"),
        ("fr", "de ces données est absente"),
    ):
        monkeypatch.setattr(frame, "WORDS", Words(language))
        done = run("status", "--workspace", office.folder)
        assert done.exit_code == ExitCode.STORE
        assert f"pseudonym.key {words}" in done.stderr
