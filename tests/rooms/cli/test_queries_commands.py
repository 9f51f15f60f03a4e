"""``queries`` on the command line: lists, shows, steps; refuses in one sentence."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from intake.cli.exit_codes import ExitCode
from intake.cli.main import main
from intake.model.query import QueryAction, QueryEnd, QueryState
from intake.wiring.decisions import withdraw
from intake.words.catalogue import LANGUAGES, Words
from tests.kit.office.coordinator import Copied
from tests.kit.office.few import FewOffice, demo_answers, filled
from tests.kit.places import FEW

KEYS = ["id", "record", "items", "state", "how", "code", "asked", "answered", "closed", "sheet"]
SOFT, HELD_BACK = "ZAA-001-2", "ZAA-001-1"


@pytest.fixture(scope="module")
def processed(tmp_path_factory):
    """Return a workspace with one form loaded, made once: copying it is quicker."""
    office = FewOffice(tmp_path_factory.mktemp("once") / "étude")
    office.send("a.pdf", filled(demo_answers(lab_bili_dx="900", lab_hb_dx="85", id_surname2="QZ")))
    return office.folder


@pytest.fixture
def office(processed, tmp_path):
    shutil.copytree(processed, tmp_path / "étude")
    return Copied(tmp_path / "étude", schema=FEW)


def run(office, *arguments):
    return CliRunner().invoke(main, ["queries", *arguments, "--workspace", str(office.folder)])


def asked(office, *arguments):
    done = run(office, *arguments, "--json")
    assert done.exit_code == ExitCode.DONE, done.output
    return json.loads(done.stdout)


def test_the_list_is_one_document_with_what_each_query_is(office):
    found = asked(office, "list")["queries"]

    assert [(one["id"], one["code"], one["state"]) for one in found] == [
        (HELD_BACK, "R35", "asked"),
        (SOFT, "RANGE_SOFT", "asked"),
        ("ZAA-001-3", "R33", "asked"),
    ]
    assert all(list(one) == KEYS for one in found)
    assert found[1] == {
        **dict.fromkeys(("how", "answered", "closed", "sheet")),
        "asked": found[1]["asked"],
        "id": SOFT,
        "record": "ZAA-001",
        "items": ["lab_bili_dx"],
        "state": "asked",
        "code": "RANGE_SOFT",
    }


def test_a_list_can_be_narrowed(office):
    asked(office, "confirm", SOFT)

    def ids(*options):
        return [one["id"] for one in asked(office, "list", *options)["queries"]]

    assert ids("--state", "closed") == [SOFT]
    assert ids("--state", "asked", "--state", "closed") == [HELD_BACK, SOFT, "ZAA-001-3"]
    assert ids("--centre", "ZBE") == []
    assert len(ids("--centre", "ZAA")) == len(ids("--record", "zaa-001")) == 3


def test_lines_show_what_is_asked_still(office):
    asked(office, "withdraw", SOFT, "--reason", "x")

    shown = run(office, "list")

    assert HELD_BACK in shown.output
    assert SOFT not in shown.output
    assert "1" in shown.output.splitlines()[-1]
    assert SOFT in run(office, "list", "--state", "closed").output


def test_a_query_is_shown_with_its_words_answers_and_steps(office):
    asked(office, "answer", SOFT, "ils regardent le dossier")

    document = asked(office, "show", SOFT)

    assert document["question"]["fr"].startswith("Cette valeur est inhabituelle")
    (value,) = document["answers"]
    assert (value["item"], value["value"]) == ("lab_bili_dx", "900")
    assert [step["action"] for step in document["steps"]] == ["opened", "asked", "answered"]
    assert document["steps"][0]["receipt"] == "000001"
    assert document["steps"][2]["by"]
    shown = run(office, "show", SOFT).output
    assert "900" in shown
    assert "ils regardent le dossier" in shown


def test_a_step_is_told_in_the_history_of_the_record_without_its_words(office):
    asked(office, "confirm", SOFT, "--reason", "canari")
    asked(office, "reopen", SOFT, "--reason", "canari")

    done = CliRunner().invoke(main, ["audit", "show", "ZAA-001", "--workspace", str(office.folder)])

    assert done.exit_code == ExitCode.DONE, done.output
    assert done.output.count(SOFT) == 4
    assert "canari" not in done.output
    office.app.store.verify()


def test_a_step_names_who_takes_it(office):
    asked(office, "withdraw", SOFT, "--reason", "x", "--by", "Marie Test")

    assert asked(office, "show", SOFT)["steps"][-1]["by"] == "Marie Test"
    events = office.app.history("ZAA-001")["events"]
    assert events[-1]["by"] == "Marie Test"


def test_a_question_of_the_study_is_asked_in_its_own_words(office):
    code = office.app.definition.items["lab_bili_dx"].code

    document = asked(office, "open", "ZAA-001", code, "Est-ce la valeur de l'entrée ?")

    assert (document["id"], document["code"]) == ("ZAA-001-4", "STUDY_QUESTION")
    assert document["question"]["en"].startswith("Est-ce la valeur de l'entrée ?")
    assert run(office, "open", "ZAA-001", "Z99", "Est-ce juste ?").exit_code == ExitCode.USAGE


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("confirm", "ZAA-001-9"), "ZAA-001-9"),
        (("confirm", HELD_BACK), HELD_BACK),
        (("reopen", SOFT, "--reason", "x"), SOFT),
        (("open", "ZAA-009", "A01", "Est-ce juste ?"), "ZAA-009"),
        (("list", "--record", "ZAA-009"), "ZAA-009"),
        (("withdraw", SOFT), "--reason"),
        (("answer", SOFT, " "), ""),
        (("withdraw", SOFT, "--reason", "vu avec Mme Durand"), ""),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(office, arguments, word):
    before = asked(office, "list")

    done = run(office, *arguments)

    assert done.exit_code == ExitCode.USAGE, done.output
    assert word in done.output
    assert "Durand" not in done.output
    assert asked(office, "list") == before


def test_status_counts_what_is_open_and_what_a_closed_question_changed(office):
    asked(office, "confirm", SOFT)
    run_status = ["status", "--workspace", str(office.folder)]

    document = json.loads(CliRunner().invoke(main, [*run_status, "--json"]).stdout)

    assert document["open_queries"]["centres"]["ZAA"]["open"] == 2
    assert document["closed_queries"] == [
        {"code": "RANGE_SOFT", "closed": 1, "changed": 0, "changed_percent": 0}
    ]
    shown = CliRunner().invoke(main, run_status).output
    assert "RANGE_SOFT: 0 / 1" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_query_can_say_has_words(language):
    words = Words(language)
    keys = [f"queries.state.{state.value}" for state in QueryState]
    keys += [f"queries.end.{end.value}" for end in QueryEnd]
    keys += [f"queries.action.{action.value}" for action in QueryAction]
    keys += [f"audit.query.closed.{end.value}" for end in QueryEnd]
    keys += [f"audit.query.{a.value}" for a in QueryAction if a is not QueryAction.CLOSED]
    assert [key for key in keys if not words.has(f"cli.{key}")] == []


def test_a_sheet_is_one_document_that_names_its_file(office):
    (path,) = asked(office, "sheet", "zaa-001")["files"]

    assert Path(path) == office.folder / "outbox" / "queries" / "ZAA-001-Q1.pdf"
    assert (
        Path(path).read_bytes()
        == (office.folder / "archive" / "sheets" / "ZAA-001-Q1.pdf").read_bytes()
    )
    found = asked(office, "list")["queries"]
    assert {(one["state"], one["sheet"]) for one in found} == {("asked", 1)}


@pytest.mark.parametrize(("named", "ending"), [("word", ".docx"), ("excel", ".xlsx")])
def test_a_sheet_is_written_in_the_format_and_folder_asked(office, tmp_path, named, ending):
    out = tmp_path / "à envoyer"
    (path,) = asked(office, "sheet", "ZAA-001", "--format", named, "--out", str(out))["files"]

    assert Path(path) == out / f"ZAA-001-Q1{ending}"
    assert Path(path).is_file()


def test_a_sheet_says_how_many_questions_it_asks(office):
    done = run(office, "sheet", "ZAA-001")

    assert done.exit_code == ExitCode.DONE
    assert "ZAA-001-Q1.pdf" in done.output
    assert "3 questions" in done.output


def test_no_sheet_is_made_of_a_record_that_is_not_there(office):
    done = run(office, "sheet", "ZAA-009")

    assert done.exit_code != ExitCode.DONE
    assert not (office.folder / "outbox" / "queries").exists()


def test_a_sheet_asks_nothing_once_all_is_settled(office):
    for query in ("ZAA-001-1", "ZAA-001-2", "ZAA-001-3"):
        asked(office, "withdraw", query, "--reason", "inutile")
    done = run(office, "sheet", "ZAA-001")

    assert done.exit_code != ExitCode.DONE
    assert "ZAA-001" in done.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("confirm", SOFT),
        ("answer", SOFT, "vu"),
        ("withdraw", SOFT, "--reason", "vu"),
        ("reopen", SOFT, "--reason", "vu"),
        ("open", "ZAA-001", "Q02", "Pourquoi ?"),
        ("sheet", "ZAA-001"),
    ],
)
def test_of_a_withdrawn_record_all_is_shown_and_nothing_is_asked(office, arguments):
    withdraw(office.app, "ZAA-001", "inclus deux fois", objection=False)

    assert run(office, "show", SOFT).exit_code == ExitCode.DONE
    refused = run(office, *arguments)
    assert refused.exit_code == ExitCode.USAGE
    assert "review undo" in refused.output
