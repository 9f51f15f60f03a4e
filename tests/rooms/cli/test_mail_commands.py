"""``mail`` on the command line: who gets what and why, drafts, the page, the ledger."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from contextlib import nullcontext
from email import message_from_bytes, policy
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from intake.cli.exit_codes import ExitCode
from intake.cli.main import main
from intake.demo.returns import fill_in
from intake.wiring.app import App
from intake.wiring.conduct import drafts, ledger, transport
from tests.kit.office.coordinator import Copied
from tests.kit.office.few import FewOffice, demo_answers, filled
from tests.kit.places import FEW

HALF_WAY = dt.datetime(2027, 1, 5, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def processed(tmp_path_factory):
    """Return a workspace with one form loaded, made once: copying it is quicker."""
    office = FewOffice(tmp_path_factory.mktemp("once") / "étude")
    fill_in(office.folder)
    office.send("a.pdf", filled(demo_answers(lab_hb_dx="85")))
    return office.folder


@pytest.fixture
def office(processed, tmp_path, monkeypatch):
    shutil.copytree(processed, tmp_path / "étude")
    for module in (drafts, ledger):
        monkeypatch.setattr(module, "now", lambda: HALF_WAY)
    return Copied(tmp_path / "étude", schema=FEW)


def run(office, *arguments):
    return CliRunner().invoke(main, ["mail", *arguments, "--workspace", str(office.folder)])


def asked(office, *arguments):
    done = run(office, *arguments, "--json")
    assert done.exit_code == ExitCode.DONE, done.output
    return json.loads(done.stdout)["messages"]


def mail_folder(office):
    return office.folder / "outbox" / "mail"


def test_a_dry_run_says_who_gets_what_and_why_and_writes_nothing(office):
    found = asked(office, "reminders", "--dry-run")
    whys = {one["centre"]: one["why"] for one in found}
    assert whys.pop("ZAA") == "answered"
    assert set(whys.values()) == {"silent"}
    assert not list(mail_folder(office).glob("*.eml"))
    assert asked(office, "list") == []


def test_reminders_are_drafted_once_and_stay_on_the_page_until_they_are_sent(office):
    first = asked(office, "reminders")
    assert {one["due"] for one in first} == {True}
    assert {one["why"] for one in asked(office, "reminders")} == {"already"}
    key = first[0]["message"]
    page = (mail_folder(office) / "index.html").read_text("utf-8")
    assert page.count('<section class="card">') == len(first)
    assert "[U+" not in page
    assert "<script" not in page

    assert asked(office, "sent", key) == [key]
    assert key not in {one["message"] for one in asked(office, "list")}
    assert (mail_folder(office) / "sent" / f"{key}.eml").is_file()
    assert {one["why"] for one in asked(office, "reminders")} == {"already"}


def test_a_dropped_draft_is_due_again(office):
    key = asked(office, "reminders", "--centre", "ZAA")[0]["message"]
    assert asked(office, "drop", f"{key}.eml") == [key]
    assert not (mail_folder(office) / f"{key}.eml").exists()
    (again,) = asked(office, "reminders", "--centre", "ZAA")
    assert (again["message"], again["due"]) == (f"{key}~2", True)


def test_a_reply_holds_the_receipt_as_pdf_and_names_no_record_id(office):
    (told,) = asked(office, "replies")
    assert told["receipts"] == ["000001"]
    content = (mail_folder(office) / f"{told['message']}.eml").read_bytes()
    mail = message_from_bytes(content, policy=policy.default)
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert names[0] == "accuse-000001.pdf"
    record = next(iter(App.open(office.folder).store.records()))
    text = mail.get_body(("plain",)).get_content()
    assert record.subject in text
    assert record.record_id.encode() not in content
    assert asked(office, "replies") == []


def test_a_reply_that_was_sent_keeps_its_file_from_being_undone_and_another_does_not(office):
    store = App.open(office.folder).store
    store.note("mail", {"message": "x", "kind": "reply", "centre": "", "about": ["000009 loaded"]})
    assert not store.has_left("000001")
    reply = {"message": "y", "kind": "reply", "centre": "", "about": ["000001 loaded"]}
    store.note("mail_sending", reply)  # cut off: nobody knows whether it left
    assert store.has_left("000001")
    store.note("mail_drafted", reply)  # the server refused it
    assert not store.has_left("000001")
    key = asked(office, "replies")[0]["message"]
    asked(office, "sent", key)
    assert store.has_left("000001")


def test_a_draft_that_tells_what_was_decided_otherwise_since_is_named_as_outdated(office):
    key = asked(office, "replies")[0]["message"]
    assert [one["outdated"] for one in asked(office, "list")] == [False]
    undone = ["review", "undo", "1", "--reason", "essai", "--by", "X"]
    done = CliRunner().invoke(main, [*undone, "--workspace", str(office.folder)])
    assert done.exit_code == ExitCode.DONE, done.output
    assert [one["outdated"] for one in asked(office, "list")] == [True]
    (again,) = asked(office, "replies")
    assert again["message"] == f"{key}~2"


def test_a_file_that_is_decided_while_messages_go_out_stops_its_own(office, monkeypatch):
    first = asked(office, "reminders")[1]["message"]
    reply = asked(office, "replies")[0]["message"]
    app = App.open(office.folder)
    taken = []

    def wait(_seconds):
        undone = ["review", "undo", "1", "--reason", "essai", "--by", "X"]
        done = CliRunner().invoke(main, [*undone, "--workspace", str(office.folder)])
        assert done.exit_code == ExitCode.DONE, done.output

    postman = SimpleNamespace(deliver=lambda _sender, to, _content: taken.append(to))
    monkeypatch.setattr(transport, "server_of", lambda *_: None)
    monkeypatch.setattr(transport, "login_of", lambda *_: None)
    monkeypatch.setattr(transport, "smtp_postman", lambda *_: nullcontext(postman))
    chosen = transport.sendable(app, (first, reply), again=False)
    fates = [one.fate for one in transport.send(app, chosen, wait)]
    assert fates == [transport.What.SENT, transport.What.OUTDATED]
    assert len(taken) == 1
    assert [one["message"] for one in asked(office, "list") if one["outdated"]] == [reply]


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("study.toml", "closes = 2027-03-31", "closes = 2027-05-31"),
        ("centres.csv", "recueil@hopital-zaa.test", "autre@hopital-zaa.test"),
    ],
)
def test_a_draft_that_rests_on_settings_changed_since_is_not_taken_as_sent(
    office, file, before, after
):
    key = asked(office, "reminders", "--centre", "ZAA")[0]["message"]
    path = office.folder / file
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")
    assert [one["outdated"] for one in asked(office, "list")] == [True]
    assert asked(office, "sent", "--all") == []
    assert "mail drop" in run(office, "sent", "--all").output
    assert asked(office, "sent", key) == [key]


def test_a_draft_that_was_deleted_by_hand_is_not_taken_as_sent(office):
    gone, kept = [one["message"] for one in asked(office, "reminders")][:2]
    (mail_folder(office) / f"{gone}.eml").unlink()
    listed = {one["message"]: one["gone"] for one in asked(office, "list")}
    assert (listed[gone], listed[kept]) == (True, False)
    page = (mail_folder(office) / "index.html").read_text("utf-8")
    assert f"mail drop {gone}" in page
    done = asked(office, "sent", "--all")
    assert kept in done
    assert gone not in done


def test_after_an_objection_no_draft_tells_of_the_patient_any_more(office):
    key = asked(office, "replies")[0]["message"]
    command = ["record", "withdraw", "ZAA-001", "--objection", "--reason", "courrier", "--by", "X"]
    done = CliRunner().invoke(main, [*command, "--workspace", str(office.folder)])
    assert done.exit_code == ExitCode.DONE, done.output
    assert not (mail_folder(office) / f"{key}.eml").exists()
    assert not (mail_folder(office) / key).exists()
    assert key not in {one["message"] for one in asked(office, "list")}


def test_what_still_holds_a_placeholder_is_written_to_nobody(office):
    study = office.folder / "study.toml"
    text = study.read_text("utf-8")
    study.write_text(text.replace("service = ", 'service = "Service (à compléter)" # ', 1), "utf-8")
    done = run(office, "reminders")
    assert done.exit_code == ExitCode.DEFINITION
    assert "contact.service" in done.stderr
    assert asked(office, "list") == []


def test_no_form_of_a_schema_with_a_fault_is_sent(office):
    (schema,) = (office.folder / "schemas" / "dm-sam").glob("*.json")
    text = schema.read_text("utf-8")
    schema.write_text(text.replace("x-code", "x-cod", 1), "utf-8")
    assert run(office, "packs").exit_code == ExitCode.DEFINITION
    assert not list(mail_folder(office).glob("*.eml"))


def test_an_unknown_place_in_a_letter_is_refused_with_its_line_before_anything_is_drafted(office):
    letter = office.folder / "letters" / "half-way.fr.txt"
    letter.write_text("Objet : x\n\nBonjour {prénom},\n", "utf-8")
    done = run(office, "reminders")
    assert done.exit_code == ExitCode.DEFINITION
    assert "{prénom}" in done.stderr
    assert "3" in done.stderr
    assert asked(office, "list") == []


@pytest.mark.parametrize("arguments", [("sent",), ("sent", "x", "--all"), ("sent", "unknown")])
def test_which_message_was_sent_must_be_said(office, arguments):
    assert run(office, *arguments).exit_code == ExitCode.USAGE


def test_an_unknown_centre_is_refused(office):
    assert run(office, "packs", "--dry-run", "--centre", "QQQ").exit_code == ExitCode.DEFINITION
