"""The lists of the page: empty, narrowed, opened; each act leaves the store as the command."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3

import pytest

from intake.wiring import app, decisions, queries
from intake.wiring.app import App
from intake.wiring.conduct import drafts, ledger
from intake.wiring.sheets import WantedSheet, write_sheet
from intake.wiring.shown.answers import changes_in_words
from intake.words.catalogue import words_of
from tests.kit.office.office import Office, demo_answers, filled
from tests.rooms.web.browser import Browser

LISTS = ("/patients", "/files", "/queries", "/centres", "/letters", "/dataset", "/journal")


@pytest.fixture(scope="module")
def processed(tmp_path_factory):
    office = Office(tmp_path_factory.mktemp("once") / "étude")
    office.fill_in()
    office.send("Durand.pdf", filled(demo_answers(lab_bili_dx="900", lab_hb_dx="85")))
    office.app.store.close()
    return office.folder


@pytest.mark.parametrize("address", [*LISTS, "/letters?state=sent"])
def test_a_list_that_is_empty_says_what_comes_next(browser, address):
    said = browser.get(address)
    assert said.status_code == 200
    assert 'class="empty"' in said.text or address in ("/centres", "/journal")


NOON = dt.datetime(2026, 11, 3, 12, 0, tzinfo=dt.UTC)
RECEIPT, PATIENT, QUERY = "000001", "ZAA-001", "ZAA-001-2"


@pytest.fixture
def two(processed, tmp_path, monkeypatch):
    """Return a browser on a workspace, and the same workspace for what a command does."""
    for module in (app, queries, ledger, drafts):
        monkeypatch.setattr(module, "now", lambda: NOON)
    for name in ("page", "command"):
        shutil.copytree(processed, tmp_path / name)
    return Browser(tmp_path / "page"), App.open(tmp_path / "command")


@pytest.fixture
def one(two):
    return two[0]


def tables_of(folder):
    """Return every row of a store, as text: what the chain links is not the same twice."""
    with sqlite3.connect(folder / "archive" / "store.sqlite") as store:
        return sorted(line for line in store.iterdump() if "INSERT" in line)


def same_store(browser, command):
    assert tables_of(browser.folder) == tables_of(command.places.root)


def done(answer):
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


@pytest.mark.parametrize("address", LISTS)
def test_a_list_says_what_it_holds(one, address):
    answer = one.get(address)
    assert answer.status_code == 200
    assert {
        "/patients": PATIENT, "/files": "Durand.pdf", "/queries": QUERY, "/centres": "ZAA",
        "/letters": "Prepare", "/dataset": "export", "/journal": RECEIPT,
    }[address] in answer.text  # fmt: skip


def test_what_identifies_is_hidden_until_it_is_asked_for(one):
    hidden, whole = (one.text(f"/patients/{PATIENT}{more}") for more in ("", "?all=1"))
    born = demo_answers()["birth_date"]
    assert born not in hidden
    assert born in whole
    assert "hidden" in hidden


def test_a_patient_leads_to_its_questions_and_files(one):
    said = one.get(f"/patients/{PATIENT}").text
    for address in (f"/queries/{QUERY}", f"/files/{RECEIPT}", f"/files/{RECEIPT}/original"):
        assert f'href="{address}"' in said


def test_an_answer_that_became_empty_is_shown_as_lost():
    documents = [
        {"code": "A01", "before": "1", "after": ""},
        {"code": "A01", "before": "", "after": "2"},
        {"code": "A01", "before": "", "after": ""},
    ]
    kinds = [one["kind"] for one in changes_in_words(documents, None, words_of("en"))]
    assert kinds == ["lost", "given", "hidden"]


def test_a_filter_lives_in_the_address_and_its_count_is_said(one):
    said = one.text("/queries?state=live&code=RANGE_SOFT")
    assert "1 filtered of 3" in said
    assert "Nothing matches this filter" in one.text("/patients?number=XXX")
    assert one.get("/patients?page=99999999999999999999&state=nonsense").status_code == 200
    assert "shorter" in one.text("/patients?page=7")


def test_an_original_is_handed_over_as_a_file_that_stays_one(one):
    answer = one.get(f"/files/{RECEIPT}/original")
    assert answer.headers["content-disposition"] == f'attachment; filename="{RECEIPT}.pdf"'
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    "address",
    ["/files/999999", "/files/..%2f..%2fkeys", "/patients/XXX-001", "/queries/ZAA-001-99",
     "/letters/..%2f..%2fstudy.toml/draft", "/letters/x", "/centres/nobody", "/files/é/original"],
)  # fmt: skip
def test_what_is_not_there_is_said_and_nothing_else(one, address):
    assert one.get(address).status_code in (404, 409)


@pytest.mark.parametrize(
    ("name", "act", "reason"),
    [("confirm", queries.confirm, "vu"), ("answer", queries.answer, "juste"),
     ("withdraw", queries.withdraw, "sans objet")],
)  # fmt: skip
def test_an_act_on_a_question_is_the_commands(two, name, act, reason):
    browser, command = two
    assert done(browser.post(f"/queries/{QUERY}/{name}", {"reason": reason})) == f"/queries/{QUERY}"
    assert QUERY in browser.text(f"/queries/{QUERY}")
    act(command, QUERY, reason)
    same_store(browser, command)


def test_a_question_is_asked_again(two):
    browser, command = two
    for act in ("withdraw", "reopen"):
        done(browser.post(f"/queries/{QUERY}/{act}", {"reason": "erreur"}))
        getattr(queries, act)(command, QUERY, "erreur")
    same_store(browser, command)


def test_what_is_refused_keeps_what_was_typed(one):
    answer = one.post(f"/queries/{QUERY}/reopen", {"reason": "mots gardés"})
    assert answer.status_code == 409
    assert "nothing is lost" in answer.text
    answer = one.post(f"/patients/{PATIENT}/ask", {"place": "ZZZ", "text": "mots gardés"})
    assert answer.status_code == 409
    assert "mots gardés" in answer.text


def test_all_that_are_filtered_are_given_up_as_one_by_one(two):
    browser, command = two
    form = {"state": "live", "number": "ZAA", "count": "3", "reason": "fin"}
    assert "Give up the 3 filtered questions" in browser.text("/queries?state=live&number=ZAA")
    assert done(browser.post("/queries/withdraw", form)) == "/queries?number=ZAA&state=live"
    for number in (1, 2, 3):
        queries.withdraw(command, f"{PATIENT}-{number}", "fin")
    same_store(browser, command)


def test_nothing_is_given_up_where_the_list_has_changed_or_no_reason_is_given(two):
    browser, command = two
    for form in ({"count": "2", "reason": "fin"}, {"count": "3", "reason": " "}):
        answer = browser.post("/queries/withdraw", form)
        assert answer.status_code == 409
    same_store(browser, command)


def test_a_question_of_the_study_and_a_withdrawal_are_the_commands(two):
    browser, command = two
    done(browser.post(f"/patients/{PATIENT}/ask", {"place": "A01", "text": "Est-ce bien cela ?"}))
    queries.ask(command, PATIENT, "A01", "Est-ce bien cela ?")
    same_store(browser, command)
    done(browser.post(f"/patients/{PATIENT}/withdraw", {"reason": "hors critères"}))
    decisions.withdraw(command, PATIENT, "hors critères")
    assert "Taken out of the data" in browser.text(f"/patients/{PATIENT}")
    assert "nothing is asked any more" in browser.text(f"/queries/{QUERY}")
    same_store_but_salts(browser, command)


def test_a_sheet_of_questions_is_the_commands(two):
    browser, command = two
    done(browser.post(f"/patients/{PATIENT}/sheet"))
    write_sheet(command, WantedSheet(record=PATIENT))
    assert told(browser.folder) == told(command.places.root)
    (made,) = (browser.folder / "outbox" / "queries").iterdir()
    assert [made.name] == [one.name for one in command.places.queries.iterdir()]


def test_a_loading_is_undone_as_by_the_command(two):
    browser, command = two
    assert (
        done(browser.post(f"/files/{RECEIPT}/undo", {"reason": "à revoir"})) == f"/files/{RECEIPT}"
    )
    assert "undone" in browser.text(f"/files/{RECEIPT}")
    decisions.undo(command, RECEIPT, "à revoir")
    same_store_but_salts(browser, command)


def test_letters_are_drafted_read_and_marked_together(two):
    browser, command = two
    browser.post("/letters/draft", {"kind": "reply"})
    browser.wait()
    drafts.draft_replies(command, drafts.Wanted())
    again = done(browser.post("/letters/draft", {"kind": "reply"}))
    browser.wait()
    assert "Nothing was prepared" in browser.text(again)
    (event,) = ledger.to_send(command)
    said = browser.text(f"/letters/{event.key}")
    assert "Mark as sent" in said
    eml = browser.get(f"/letters/{event.key}/draft")
    assert eml.headers["content-disposition"].startswith("attachment")
    assert "Mark 1 letter as sent" in browser.text("/letters")
    assert browser.post("/letters/sent", {"count": "2"}).status_code == 409
    for act in ("sent", "drop"):
        done(browser.post(f"/letters/{act}"))
        assert "No letter was chosen" in browser.text("/letters")
    done(browser.post("/letters/sent", {"count": "1"}))
    ledger.mark_sent(command, [event.key])
    assert told(browser.folder) == told(command.places.root)
    assert event.key in browser.text("/letters?state=sent")
    assert browser.post("/letters/drop", {"key": event.key}).status_code == 409


def test_the_dataset_is_written_where_it_is_asked_for_and_nowhere_else(one, tmp_path):
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("x")
    own = str(one.folder / "outbox" / "dataset")
    before = (one.folder / "outbox" / "dataset" / "records.csv").read_bytes()
    for folder in ("relative", str(full), own, own + "/../review/x", own + "/.."):
        done(one.post("/dataset/export", {"folder": folder, "profile": "analysis"}))
        one.wait()
    assert [path.name for path in full.iterdir()] == ["letter.txt"]
    assert (one.folder / "outbox" / "dataset" / "records.csv").read_bytes() == before
    assert not (one.folder / "outbox" / "review" / "x").exists()
    assert one.post("/dataset/export", {"folder": "/x", "profile": "full"}).status_code == 422
    done(one.post("/dataset/export", {"folder": str(tmp_path / "new"), "profile": "analysis"}))
    one.wait()
    assert (tmp_path / "new" / "datapackage.json").is_file()


def test_the_journal_is_verified(one):
    where = done(one.post("/journal/verify"))
    one.wait()
    assert "Verified" in one.text(where)


def same_store_but_salts(browser, command):
    assert told(browser.folder) == told(command.places.root)


def told(folder):
    """Return the journal without links and seals: a decision's salt is new each time."""
    with sqlite3.connect(folder / "archive" / "store.sqlite") as store:
        rows = store.execute("select at, event, receipt, subject, body from audit order by seq")
        drop = ("sealed", "basis", "reason")
        return [
            (*row[:4], {k: v for k, v in json.loads(row[4]).items() if k not in drop})
            for row in rows
        ]
