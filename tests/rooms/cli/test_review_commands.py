"""``review`` on the command line: lists, shows, decides; refuses in one sentence."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from intake.cli.exit_codes import ExitCode
from intake.cli.frame import WORDS
from intake.cli.main import main
from intake.findings.refusal import refusal_sentence
from intake.model.errors import DecisionRefused, Refusal
from intake.words.catalogue import LANGUAGES, Words
from tests.kit.office.few import FewOffice, demo_answers, filled
from tests.kit.office.protected import SECRET, locked

pytestmark = pytest.mark.slow

PRIVATE = {
    "id_surname2": "WQRST",
    "birth_date": "23/07/1963",
    "comments": "Dr House canarimot",
    "lab_hb_dx": "canarinombre",
}
CANARIES = ("WQRST", "1963", "canarimot", "canarinombre")
DECISIONS = {
    "unlock": (),
    "accept": (),
    "set": ("A02", "QA", "--reason", "x"),
    "same-as": ("ZAA-001",),
    "split": (),
    "reject": ("--reason", "x"),
    "objection": (),
}


def run(*arguments):
    return CliRunner().invoke(main, ["review", *map(str, arguments)])


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A workspace with one form to check: letters, words and a number that cannot be kept."""
    made = FewOffice(tmp_path_factory.mktemp("review") / "étude")
    made.send("fiche.pdf", filled(demo_answers(**PRIVATE)))
    return made


def test_the_list_says_what_to_decide_and_names_nobody(office):
    done = run("list", "--workspace", office.folder, "--json")
    (waiting,) = json.loads(done.stdout)["receipts"]
    assert (waiting["receipt"], waiting["centre"]) == ("000001", "ZAA")
    asked = {finding["code"]: finding["title"] for finding in waiting["decide"]}
    assert set(asked) == {"IDENTITY_TOO_LONG", "IDENTIFYING_TEXT"}
    assert all(set(title) == set(LANGUAGES) for title in asked.values())
    shown = run("list", "--workspace", office.folder)
    assert (shown.exit_code, "000001" in shown.output) == (ExitCode.DONE, True)
    for canary in CANARIES:
        assert canary not in done.output + shown.output


def test_a_file_is_shown_with_its_conflicts_first_and_its_secrets_last(office):
    done = run("show", "1", "--workspace", office.folder, "--json")
    document = json.loads(done.stdout)
    assert document["values"][0]["findings"] == ["IDENTIFYING_TEXT"]
    assert document["values"][0]["hidden"]
    asked = [finding["code"] for finding in document["findings"]]
    assert set(asked[:2]) == {"IDENTITY_TOO_LONG", "IDENTIFYING_TEXT"}
    assert asked[2:] == ["NUMBER_UNREADABLE"]
    held = {value["address"]: value for value in document["values"]}
    assert held["lab_plt_dx"] | {"location": {}} == {
        "code": "Q04",
        "address": "lab_plt_dx",
        "value": "74",
        "missing": None,
        "raw": "74",
        "hidden": False,
        "file_says": None,
        "reading": "field",
        "location": {},
        "status": "accepted",
        "findings": [],
    }
    text = run("show", "1", "--workspace", office.folder)
    for canary in CANARIES:
        assert canary not in done.output + text.output
    assert "--identity" in text.output


def test_who_the_patient_is_shows_only_when_asked(office):
    done = run("show", "1", "--workspace", office.folder, "--identity", "--json")
    held = {value["address"]: value for value in json.loads(done.stdout)["values"]}
    assert held["birth_date"]["raw"] == "23/07/1963"
    assert held["comments"]["raw"] == "Dr House canarimot"
    assert held["lab_hb_dx"]["raw"] == "canarinombre"


@pytest.mark.parametrize("name", DECISIONS)
def test_an_unknown_receipt_is_said_so(office, name):
    done = run(name, "99", *DECISIONS[name], "--workspace", office.folder)
    assert done.exit_code == ExitCode.USAGE
    assert "99" in done.stderr
    assert "review list" in done.stderr


def test_an_unknown_receipt_cannot_be_shown(office):
    assert run("show", "x", "--workspace", office.folder).exit_code == ExitCode.USAGE


def test_a_refused_answer_is_never_repeated(office):
    wrong = ("lab_hb_dx", "canarichose", "--reason", "x")
    done = run("set", "1", *wrong, "--workspace", office.folder)
    assert done.exit_code == ExitCode.USAGE
    assert "canarichose" not in done.output


def test_a_value_may_begin_with_a_minus_and_an_unknown_option_is_an_error(office):
    where = ("--workspace", office.folder, "--reason", "x")
    below = run("set", "1", "lab_plt_dx", "-3", *where)
    assert below.exit_code == ExitCode.USAGE
    assert "Q04" in below.stderr
    assert run("set", "1", "lab_plt_dx", "3", "--raison", "y", *where).exit_code == ExitCode.USAGE


@pytest.mark.parametrize("name", ["set", "reject"])
def test_what_changes_or_deletes_answers_needs_a_reason(office, name):
    arguments = [text for text in DECISIONS[name] if text not in ("--reason", "x")]
    done = run(name, "1", *arguments, "--workspace", office.folder)
    assert done.exit_code == ExitCode.USAGE
    assert "--reason" in done.output


@pytest.mark.parametrize("name", ["list", "show", *DECISIONS])
def test_every_decision_has_help_with_an_example(name):
    done = run(name, "--help")
    assert done.exit_code == ExitCode.DONE
    assert f"crf-intake review {name}" in " ".join(done.output.split())


@pytest.mark.parametrize("why", Refusal)
def test_every_refusal_has_its_words(why):
    context = {"receipt": "000001", "outcome": "loaded", "codes": "A", "subjects": "B"}
    context |= {"subject": "C", "patient": "D", "place": "E", "part": "F", "query": "G"}
    context |= {"current": "000002", "line": "3", "message": "H", "rows": "I"}
    context |= {"shown": "4", "count": "5"}
    assert refusal_sentence(DecisionRefused(why, **context), WORDS)
    for language in LANGUAGES:
        assert Words(language).has(f"cli.review.refused.{why}")


def test_a_form_is_completed_then_accepted_and_leaves_the_list(tmp_path):
    office = FewOffice(tmp_path / "étude")
    office.send("fiche.pdf", filled(demo_answers(id_surname2="WQRST")))
    where = ("--workspace", office.folder)
    place = office.app.definition.items["id_surname2"].code
    done = run("set", "1", place, "WQ", "--reason", "Lettres confirmées", *where)
    assert done.exit_code == ExitCode.DONE, done.output
    (decision,) = json.loads(run("show", "1", *where, "--json").stdout)["decisions"]
    assert (decision["code"], decision["reason"]) == (place, "Lettres confirmées")
    accepted = run("accept", "1", *where, "--json")
    assert json.loads(accepted.stdout)["outcome"] == "loaded"
    assert json.loads(run("list", *where, "--json").stdout) == {"receipts": []}
    again = run("accept", "1", *where)
    assert again.exit_code == ExitCode.USAGE
    assert office.dataset("records.csv").count("\n") == 2
    index = (office.folder / "outbox" / "receipts" / "index.html").read_text("utf-8")
    assert "ZAA-001" in index
    for output in (done.output, accepted.output, again.output):
        assert "WQ" not in output


@pytest.fixture
def protected(tmp_path):
    """A workspace with one form under a password."""
    made = FewOffice(tmp_path / "étude")
    made.send("fiche.pdf", locked())
    return made.folder


def unlocked(folder, *more, typed=f"{SECRET}\n"):
    words = ["review", "unlock", "1", "--workspace", str(folder), *more]
    return CliRunner().invoke(main, words, input=typed)


def test_a_password_is_read_from_one_line_and_never_repeated(protected):
    wrong = unlocked(protected, typed="autre-canari\n")
    assert (wrong.exit_code, wrong.stdout) == (ExitCode.USAGE, "")
    assert len(wrong.stderr.splitlines()) == 1
    done = unlocked(protected, "--password", "--reason", "par téléphone", "--json")
    assert done.exit_code == ExitCode.DONE
    assert [member["outcome"] for member in json.loads(done.stdout)["members"]] == ["loaded"]
    assert not {"autre-canari", SECRET} & set((wrong.output + done.output).split())


@pytest.mark.parametrize("more", [[SECRET], ["--password", SECRET], [f"--password={SECRET}"]])
def test_a_password_on_the_command_line_is_refused_without_repeating_it(protected, more):
    refused = unlocked(protected, *more)
    assert refused.exit_code == ExitCode.USAGE
    assert SECRET not in refused.output
    assert unlocked(protected).exit_code == ExitCode.DONE


def test_the_list_says_that_a_file_is_protected(protected):
    shown = run("list", "--workspace", protected)
    assert WORDS.text("finding.FILE_PROTECTED.title") in shown.output


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of this system")
def test_at_a_terminal_the_password_is_asked_for_and_not_shown(protected, tmp_path):
    import pty  # noqa: PLC0415 - not on every system

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "intake", "review", "unlock", "1"]
    process = subprocess.Popen(
        [*command, "--workspace", str(protected), "--by", "Ana"],
        env=os.environ | {"XDG_CONFIG_HOME": str(tmp_path / "settings")},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    shown = os.read(ours, 1000)
    os.write(ours, f"{SECRET}\n".encode())
    with contextlib.suppress(OSError):  # how a terminal says that the program is gone
        while part := os.read(ours, 1000):
            shown += part
    os.close(ours)
    assert process.wait(60) == ExitCode.DONE
    text = shown.decode(errors="replace")
    assert WORDS.text("cli.review.unlock.ask") in text
    assert SECRET not in text
