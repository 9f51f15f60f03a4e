"""Emails and archives dropped as they are: one receipt for each, one for each file inside."""

from __future__ import annotations

import json
import logging
import sqlite3
from dataclasses import replace
from functools import cache

import pytest
from click.testing import CliRunner

from intake.cli.main import main
from intake.formats.registry import open_file
from intake.model.file import container
from intake.model.file.container import Contents, Member
from intake.model.receipt import Outcome
from intake.pipeline.returns import budget
from tests.kit.office import mail
from tests.kit.office.mail import Apiary, good, nameless
from tests.kit.office.office import codes

LOADED, REVIEW, REJECTED = Outcome.LOADED, Outcome.REVIEW, Outcome.REJECTED
DUPLICATE, QUERIES = Outcome.DUPLICATE, Outcome.LOADED_WITH_QUERIES


@pytest.fixture
def office(tmp_path):
    return Apiary(tmp_path / "ruches")


def sent(office, name, content):
    """Drop one file and return all the receipts of the run."""
    office.drop(name, content)
    return office.run().receipts


def tree(receipts):
    """Return (name, parent's name, outcome) of each receipt."""
    names = {receipt.id: receipt.source.name for receipt in receipts}
    return [(r.source.name, names.get(r.parent), r.outcome) for r in receipts]


def document(office, receipt, name="receipt.json"):
    return (office.folder / "outbox" / "receipts" / receipt.folder / name).read_text("utf-8")


@cache
def whole_email():
    """Return an email with a form, a correction, a signature, a zip, a forwarded message."""
    forwarded = mail.attach(mail.message(), "suite.pdf", good(3))
    made = mail.message()
    mail.attach(made, "fiche.pdf", good())
    mail.attach(made, "corrigée.pdf", good(brood_frames="9", survey_date="09/03/2025"))
    mail.with_signature(made)
    mail.attach(made, "autres.zip", mail.zip_with({"dossier/deux.pdf": good(2)}))
    made.add_attachment(forwarded)
    return mail.written(made)


def test_each_file_of_an_email_has_its_receipt_under_its_parents(office):
    receipts = sent(office, "message.eml", whole_email())

    assert [(name, parent) for name, parent, _ in tree(receipts)] == [
        ("message.eml", None),
        ("fiche.pdf", "message.eml"),
        ("corrigée.pdf", "message.eml"),
        ("autres.zip", "message.eml"),
        ("deux.pdf", "autres.zip"),
        ("attachment-4.eml", "message.eml"),
        ("suite.pdf", "attachment-4.eml"),
    ]
    assert [receipt.id for receipt in receipts] == [f"{n:06d}" for n in range(1, 8)]
    assert all(r.outcome.is_loaded for r in receipts)
    assert receipts[2].revision == 2
    note = next(f for f in receipts[0].findings if f.code == "CONTAINER")
    assert note.context == {
        "count": "4", "receipts": "000002, 000003, 000004, 000006", "ignored": "1",
    }  # fmt: skip
    assert list((office.folder / "inbox").iterdir()) == []
    assert len(office.dataset("records.csv").splitlines()) == 1 + 3
    office.app.store.verify()


def test_the_originals_of_container_and_members_are_kept(office):
    receipts = sent(office, "message.eml", whole_email())

    kept = {p.name.split(".")[0] for p in (office.folder / "archive/originals").rglob("*.*")}
    assert {receipt.source.sha256 for receipt in receipts} == kept


def test_running_again_changes_nothing_and_the_same_email_is_a_duplicate(office):
    sent(office, "message.eml", whole_email())
    assert office.run().receipts == ()

    again = sent(office, "encore.eml", whole_email())

    assert tree(again) == [("encore.eml", None, DUPLICATE)]


def test_a_file_already_received_is_a_duplicate_inside_an_email(office):
    first = office.send("fiche.pdf", good())
    receipts = sent(office, "m.eml", mail.email_with({"fiche.pdf": good(), "b.pdf": good(2)}))

    assert [outcome for _, _, outcome in tree(receipts)] == [LOADED, DUPLICATE, LOADED]
    assert receipts[1].earlier == first.id


def test_the_same_file_twice_in_one_archive_is_loaded_once(office):
    receipts = sent(office, "a.zip", mail.zip_with({"1/f.pdf": good(), "2/f.pdf": good()}))

    assert [outcome for _, _, outcome in tree(receipts)] == [LOADED, LOADED, DUPLICATE]
    assert receipts[2].earlier == receipts[1].id


@pytest.mark.slow
@pytest.mark.parametrize(
    ("files", "outcome"),
    [
        ({"a.pdf": good}, LOADED),
        ({"a.pdf": good, "lettre.txt": lambda: b"Cher confrere"}, QUERIES),
        ({"a.pdf": lambda: good(weight="999")}, QUERIES),
        ({"a.pdf": good, "b.pdf": nameless}, REVIEW),
        ({"lettre.txt": lambda: b"Cher confrere"}, REJECTED),
        ({"vide.zip": lambda: mail.zip_with({})}, REJECTED),
    ],
)
def test_the_outcome_of_a_container_is_the_gist_of_its_members(office, files, outcome):
    content = mail.zip_with({name: make() for name, make in files.items()})

    container, *members = sent(office, "envoi.zip", content)

    assert container.outcome is outcome, [member.outcome for member in members]
    assert [m.receipt for m in container.members] == [m.id for m in members]


def test_a_container_whose_files_were_all_received_is_a_duplicate(office):
    office.send("fiche.pdf", good())
    receipts = sent(office, "a.zip", mail.zip_with({"fiche.pdf": good()}))

    assert [outcome for _, _, outcome in tree(receipts)] == [DUPLICATE, DUPLICATE]


def test_a_rejected_container_is_opened_again(office):
    content = mail.zip_with({"lettre.txt": b"Cher confrere"})
    sent(office, "a.zip", content)

    assert [outcome for _, _, outcome in tree(sent(office, "b.zip", content))] == [REJECTED] * 2


def test_an_email_without_a_file_is_rejected_with_what_to_do(office):
    receipt = office.send("message.eml", mail.written(mail.with_signature(mail.message())))

    assert (receipt.outcome, codes(receipt)) == (REJECTED, ["MESSAGE_TEXT", "CONTAINER_EMPTY"])
    assert "pièce jointe" in document(office, receipt, "receipt.html")


def test_an_email_cut_while_sent_goes_to_review_with_what_was_loaded(office):
    content = mail.email_with({"fiche.pdf": good(), "b.pdf": good(2)})

    container, first, *_ = sent(office, "coupe.eml", content[:-2000])

    assert (container.outcome, first.outcome) == (REVIEW, LOADED)
    assert codes(container) == ["CONTAINER", "CONTAINER_CUT", "MESSAGE_TEXT"]


def test_the_date_of_an_email_is_the_date_of_its_files(office):
    receipts = sent(office, "message.eml", mail.email_with({"fiche.pdf": good()}))

    assert {r.source.received.isoformat()[:10] for r in receipts} == {"2026-11-17"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "date",
    [
        None,
        "Mon, 01 Jan 1601 00:00:00 +0000",
        "soon",
        "Fri, 01 Jan 2100 00:00:00 +0000",
        "1 Jan 99999 00:00:00 +0000",
    ],
)
def test_a_date_that_cannot_be_is_the_day_first_seen(office, date):
    receipts = sent(office, "message.eml", mail.email_with({"fiche.pdf": good()}, sent=date))

    assert all(2026 <= r.source.received.year <= 2099 for r in receipts)


def test_an_email_sent_after_closing_is_late(office):
    office.change_study(opens="2026-09-01", reminder="2026-10-01", closes="2026-11-16")

    _, late = sent(office, "tard.eml", mail.email_with({"fiche.pdf": good()}))
    in_time = "Sun, 15 Nov 2026 10:00:00 +0100"
    _, good_time = sent(office, "t.eml", mail.email_with({"f.pdf": good(2)}, sent=in_time))

    assert "LATE" in codes(late)
    assert "LATE" not in codes(good_time)


def centres(office, *lines):
    text = "id;letters;name;specialty;email\n" + "\n".join(lines) + "\n"
    (office.folder / "centres.csv").write_text(text, "utf-8")


def test_a_sender_of_another_centre_is_noted_and_decides_nothing(office):
    centres(office, "ZOR;ZOR;Ville A;;a@a.example", "ZAA;ZAA;Ville B;;b@hopital.example")
    for n, (sender, noted) in enumerate(
        [("b@hopital.example", True), ("X <autre@hopital.example>", True),
         ("a@a.example", False), ("z@ailleurs.example", False)], 1,
    ):  # fmt: skip
        files = {"fiche.pdf": good(n)}
        _, receipt = sent(office, f"{n}.eml", mail.email_with(files, sender=sender))
        assert ("SENDER_CENTRE" in codes(receipt)) is noted, sender
        assert receipt.centre == "ZOR"
        assert receipt.outcome.is_loaded


def test_the_page_of_a_container_lists_its_files_with_their_receipts(office):
    receipts = sent(office, "message.eml", mail.email_with({"fiche.pdf": good()}))
    page = document(office, receipts[0], "receipt.html")

    link = f"../{receipts[1].folder}/receipt.html"
    assert link in page
    assert (office.folder / "outbox/receipts" / receipts[0].folder / link).resolve().is_file()
    assert "fiche.pdf" in page
    told = json.loads(document(office, receipts[0]))
    assert told["members"] == [
        {"receipt": receipts[1].id, "file": "fiche.pdf", "outcome": receipts[1].outcome}
    ]
    assert json.loads(document(office, receipts[1]))["parent"] == receipts[0].id


def test_the_list_of_receipts_shows_members_below_their_container(office):
    receipts = sent(office, "message.eml", whole_email())
    office.send("apres.pdf", good(4))
    page = (office.folder / "outbox/receipts/index.html").read_text("utf-8")

    current = page.partition("<details>")[0]  # what a newer form replaced is folded below
    places = [current.find(f">{receipt.id}</a>") for receipt in receipts]
    shown = [place for place in places if place >= 0]
    assert len(shown) >= 3
    assert shown == sorted(shown)
    assert page.count("↳") == 6


@pytest.mark.slow
def test_nothing_of_sender_and_subject_is_told(office, caplog):
    caplog.set_level(logging.DEBUG, logger="intake")
    centres(office, "ZAA;ZAA;Ville A;;a@a.example", "ZOR;ZOR;Ville B;;j.quarrivol@example.org")
    office.drop("message.eml", whole_email())
    done = CliRunner().invoke(main, ["process", "--workspace", str(office.folder), "--json"])
    assert done.exit_code == 0, done.output
    office.app.refresh()

    shown = [done.output, done.stderr, caplog.text]
    own = (office.app.places.status, office.app.places.receipts / "index.html")
    written = [path for path in (office.folder / "outbox").rglob("*") if path.is_file()]
    shown += [path.read_text("utf-8") for path in written if path not in own]
    with sqlite3.connect(office.folder / "archive/store.sqlite") as connection:
        for table in ("audit", "receipt", "submission"):
            shown.append(str(connection.execute(f"select * from {table}").fetchall()))  # noqa: S608
        held = str(connection.execute("select * from identifying").fetchall())
    connection.close()
    for needle in ("quarrivol", "Zarrivano"):
        assert not [text for text in shown if needle.lower() in text.lower()]
    assert "j.quarrivol@example.org" in held
    # The coordinator's own list shows who sent what.
    assert "j.quarrivol@example.org" in own[1].read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(("make", "code"), [(good, 0), (nameless, 1)])
def test_the_exit_code_is_that_of_the_files_inside(office, make, code):
    office.drop("a.zip", mail.zip_with({"fiche.pdf": make()}))
    done = CliRunner().invoke(main, ["process", "--workspace", str(office.folder)])
    assert done.exit_code == code, done.output
    assert "opened" in done.output or "ouvert" in done.output


def test_containers_are_followed_three_deep_and_no_further(office):
    inner = mail.zip_with({"fiche.pdf": good()})
    third = mail.zip_with({"c.zip": inner})
    fine = sent(office, "ok.zip", mail.zip_with({"b.zip": third}))
    assert [outcome for _, _, outcome in tree(fine)] == [LOADED] * 4

    other = mail.zip_with({"fiche.pdf": good(2)})
    for name in ("d", "c", "b"):
        other = mail.zip_with({f"{name}.zip": other})
    deep = sent(office, "deep.zip", other)
    assert [outcome for _, _, outcome in tree(deep)] == [REJECTED] * 4
    assert codes(deep[-1]) == ["FILE_LIMIT"]


@pytest.mark.parametrize(
    ("where", "limit", "value"), [(budget, "MOST_MEMBERS", 10), (container, "MOST_BYTES", 500)]
)
def test_limits_hold_for_all_that_one_file_holds(office, monkeypatch, where, limit, value):
    monkeypatch.setattr(where, limit, value)
    inner = {f"{n}.zip": mail.zip_with({f"{n}{m}.txt": b"" for m in "12"}) for n in "abcdef"}

    receipts = sent(office, "bombe.zip", mail.zip_with(inner))

    refused = [receipt.source.name for receipt in receipts if codes(receipt) == ["FILE_LIMIT"]]
    assert refused
    assert len(receipts) <= 1 + 10
    assert receipts[0].outcome is REJECTED
    assert list((office.folder / "inbox").iterdir()) == []


def test_an_archive_that_holds_itself_is_refused_and_stops_nothing(office, monkeypatch):
    content = mail.zip_with({"fiche.pdf": good()})

    def twice(data, name):
        found = open_file(data, name)
        if isinstance(found, Contents):
            return replace(found, members=(*found.members, Member("same.zip", content)))
        return found

    monkeypatch.setattr("intake.wiring.reading.open_file", twice)
    receipts = sent(office, "boucle.zip", content)

    assert [outcome for _, _, outcome in tree(receipts)] == [QUERIES, LOADED, REJECTED]
    assert codes(receipts[-1]) == ["FILE_LIMIT"]
