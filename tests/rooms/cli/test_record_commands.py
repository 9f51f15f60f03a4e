"""``record`` and ``review undo`` on the command line: shown, corrected, withdrawn, in a name."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from intake.cli.exit_codes import ExitCode
from intake.cli.main import main
from intake.demo.fill_pdf import fill_by_hand
from intake.wiring.study.person import kept_name, known_name
from tests.kit.office.few import FewOffice, demo_answers, filled

pytestmark = pytest.mark.slow

PRIVATE = {"comments": "Dr House canarimot", "birth_date": "23/07/1963"}
CANARIES = ("canarimot", "1963")


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    made = FewOffice(tmp_path_factory.mktemp("record") / "étude")
    made.send("fiche.pdf", filled(demo_answers(**PRIVATE)))
    run(made, "review", "accept", "1", "--reason", "lu")
    return made


@pytest.fixture(autouse=True)
def settings(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "réglages"))
    return tmp_path / "réglages"


def run(office, *arguments, **more):
    command = [*map(str, arguments), "--workspace", str(office.folder)]
    return CliRunner().invoke(main, command, **more)


def document(office, *arguments):
    done = run(office, *arguments, "--json")
    assert done.exit_code == ExitCode.DONE, done.output
    return json.loads(done.stdout)


def plt(office):
    shown = document(office, "record", "show", "ZAA-001")
    return next(value["value"] for value in shown["values"] if value["code"] == "Q04")


def test_a_record_is_shown_without_what_identifies(office):
    shown = document(office, "record", "show", "zaa-001")
    assert (shown["record"], shown["state"], shown["receipt"]) == ("ZAA-001", "current", "000001")
    lines = run(office, "record", "show", "ZAA-001")
    assert "ZAA-001" in lines.output
    for canary in CANARIES:
        assert canary not in lines.output + json.dumps(shown)
    named = run(office, "record", "show", "ZAA-001", "--identity")
    assert all(canary in named.output for canary in CANARIES)


def test_a_record_is_corrected_in_a_name_that_is_given_once(office, settings):
    kept_name("Ana  Lund")
    assert (settings / "crf-intake" / "name.txt").read_text("utf-8") == "Ana Lund\n"
    before = plt(office)
    reason = ("--reason", "confirmé par le centre")
    told = document(office, "record", "set", "ZAA-001", "Q04", "88", *reason)
    assert (told["subject"], told["changes"][0]["code"]) == ("ZAA-001", "Q04")
    assert (plt(office), before) == ("88", "74")
    run(office, "review", "undo", told["receipt"], *reason, "--by", "Eva Berg")
    assert plt(office) == "74"
    history = document(office, "record", "history", "ZAA-001")
    by = {event.get("action"): event["by"] for event in history["events"]}
    assert (by["correct"], by["undo"]) == ("Ana Lund", "Eva Berg")
    assert [r["receipt"] for r in history["revisions"]] == ["000001", told["receipt"]]
    lines = run(office, "record", "history", "ZAA-001").output
    assert ("Ana Lund" in lines, "confirmé par le centre" in lines) == (True, True)
    assert known_name() == "Ana Lund"


def test_several_answers_come_from_a_table(office, tmp_path):
    table = tmp_path / "réponses.csv"
    table.write_bytes("code;réponse\r\nQ04;91\r\nQ02;10,1\r\n".encode("cp1252"))
    told = document(office, "record", "set", "ZAA-001", "--from", table, "--reason", "relu")
    assert [change["code"] for change in told["changes"]] == ["Q02", "Q04"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("record", "show", "ZAA-009"),
        ("record", "history", "ZAA-009"),
        ("record", "set", "ZAA-001", "Q04", "beaucoup", "--reason", "x"),
        ("record", "set", "ZAA-001", "--reason", "x"),
        ("record", "set", "ZAA-001", "Q04", "12"),
        ("record", "withdraw", "ZAA-009", "--reason", "x"),
        ("review", "undo", "99"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(office, arguments):
    done = run(office, *arguments)
    assert done.exit_code == ExitCode.USAGE
    assert "Traceback" not in done.output


def test_nobody_is_asked_where_no_person_reads(office):
    done = run(office, "record", "set", "ZAA-001", "Q04", "93", "--reason", "relu")
    assert done.exit_code == ExitCode.DONE


def test_a_record_is_withdrawn_and_comes_back(office):
    gone = document(office, "record", "withdraw", "ZAA-001", "--reason", "inclus deux fois")
    assert gone["decisions"][-1]["action"] == "withdraw"
    assert document(office, "record", "show", "ZAA-001")["state"] == "withdrawn"
    records = (office.folder / "outbox" / "dataset" / "records.csv").read_text("utf-8-sig")
    assert len(records.splitlines()) == 1
    run(office, "review", "undo", gone["receipt"])
    assert document(office, "record", "show", "ZAA-001")["state"] == "current"


def test_after_an_objection_nothing_of_the_record_is_left(office):
    done = run(office, "record", "withdraw", "ZAA-001", "--objection", "--reason", "courrier")
    assert done.exit_code == ExitCode.DONE
    assert run(office, "record", "show", "ZAA-001").exit_code == ExitCode.USAGE
    history = document(office, "record", "history", "ZAA-001")
    assert all(not revision["changes"] for revision in history["revisions"])
    assert run(office, "audit").exit_code == ExitCode.DONE


def test_the_form_of_a_record_holds_its_answers_and_comes_back_corrected(tmp_path):
    made = FewOffice(tmp_path / "étude")
    made.send("fiche.pdf", filled(demo_answers()))
    (path,) = document(made, "forms", "--record", "ZAA-001", "--out", tmp_path)["forms"]
    assert path.endswith("dm-sam-1.0.0-fr-ZAA-001.pdf")
    content = (tmp_path / "dm-sam-1.0.0-fr-ZAA-001.pdf").read_bytes()
    back = made.send("corrigée.pdf", fill_by_hand(content, {"lab_plt_dx": "88"}))
    assert [finding.code for finding in back.findings] == ["REVISION_UNDATED"]
    kept = document(made, "review", "accept", back.id)
    assert (kept["revision"], [change["code"] for change in kept["changes"]]) == (2, ["Q04"])
    assert run(made, "forms", "--record", "ZAA-009").exit_code == ExitCode.USAGE
    assert run(made, "forms", "--record", "ZAA-001", "--check").exit_code == ExitCode.USAGE
