"""A message as a draft: what mail programs need to open it for sending, and nothing they give."""

from __future__ import annotations

import datetime as dt
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import icalendar
import pytest

from intake.channels.mail.draft import draft, html_text
from intake.channels.mail.draft_folder import DraftFolder
from intake.channels.mail.event import closing_event
from intake.channels.mail.smtp import addressed
from intake.model.mail.message import Attachment, Message, MessageKind

MESSAGE = Message(
    key="REI-reply-20261112",
    kind=MessageKind.REPLY,
    centre="REI",
    to="recueil@hopital.test",
    language="fr",
    subject="Étude DM-SAM : accusé de réception du 12 novembre 2026, pour un objet très long",
    text="Madame, Monsieur,\n\n**Merci** & <bienvenue> :\n- un\n- deux\nfin\n\nAu revoir",
    attachments=(
        Attachment("accusé 000001.pdf", b"%PDF-1.7\n"),
        Attachment("cloture.ics", b"BEGIN:VCALENDAR\r\n"),
        Attachment("fiche.docx", b"PK"),
    ),
)


def parsed(content: bytes) -> EmailMessage:
    return message_from_bytes(content, EmailMessage, policy=policy.default)


def test_a_draft_opens_for_writing_and_leaves_to_the_mail_program_what_it_gives() -> None:
    mail = parsed(draft(MESSAGE))
    assert mail["X-Unsent"] == "1"
    assert (mail["To"], mail["Subject"]) == (MESSAGE.to, MESSAGE.subject)
    assert [mail[name] for name in ("From", "Date", "Message-ID", "Sender")] == [None] * 4


def test_a_draft_says_the_same_as_text_and_as_html() -> None:
    mail = parsed(draft(MESSAGE))
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content().replace("\r\n", "\n")
    assert text.strip().splitlines()[2] == "Merci & <bienvenue> :"
    assert "<p><strong>Merci</strong> &amp; &lt;bienvenue&gt; :</p>\n<ul><li>un</li>" in html
    assert '<html lang="fr">' in html


def test_attachments_keep_their_names_types_and_bytes() -> None:
    found = [
        (part.get_filename(), part.get_content_type(), part.get_payload(decode=True))
        for part in parsed(draft(MESSAGE)).iter_attachments()
    ]
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert found == [
        ("accusé 000001.pdf", "application/pdf", b"%PDF-1.7\n"),
        ("cloture.ics", "text/calendar", b"BEGIN:VCALENDAR\r\n"),
        ("fiche.docx", word, b"PK"),
    ]


def test_the_same_message_is_the_same_bytes() -> None:
    assert draft(MESSAGE) == draft(MESSAGE)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\nb", "<p>a<br>b</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("a\n\n\nb", "<p>a</p>\n<p>b</p>"),
        ("un seul ** signe", "<p>un seul ** signe</p>"),
    ],
)
def test_paragraphs_and_lists_become_html(text: str, html: str) -> None:
    assert html in html_text(text, "fr")


def test_the_closing_date_is_a_whole_day_with_an_alarm_a_week_before() -> None:
    content = closing_event(dt.date(2027, 3, 31), "Clôture, fin", "À rendre", "20270331-x@y")
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert (event.start, event.end) == (dt.date(2027, 3, 31), dt.date(2027, 4, 1))
    assert str(event["summary"]) == "Clôture, fin"
    assert event.alarms.times[0].trigger == dt.date(2027, 3, 24)
    assert content == closing_event(
        dt.date(2027, 3, 31), "Clôture, fin", "À rendre", "20270331-x@y"
    )


def test_the_folder_holds_a_draft_with_its_files_until_it_was_sent(tmp_path: Path) -> None:
    folder = DraftFolder(tmp_path)
    folder.write(MESSAGE)
    assert folder.files(MESSAGE.key) == ("accusé 000001.pdf", "cloture.ics", "fiche.docx")
    assert folder.text(MESSAGE.key).splitlines()[:3] == [
        "Madame, Monsieur,",
        "",
        "Merci & <bienvenue> :",
    ]
    folder.put_away(MESSAGE.key)
    assert folder.read(MESSAGE.key) is None
    assert [path.name for path in tmp_path.rglob("*.eml")] == [f"{MESSAGE.key}.eml"]
    assert not (tmp_path / MESSAGE.key).exists()


def test_a_draft_that_somebody_took_away_is_no_fault(tmp_path: Path) -> None:
    folder = DraftFolder(tmp_path)
    assert (folder.read("x"), folder.text("x"), folder.files("x")) == (None, "", ())
    folder.put_away("x")
    folder.drop("x")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'charset="utf-8"', b'charset="inconnu"'),
        (b"Subject: ", b"X: "),
        (b"Subject: ", b"Subject: \xe9\xff "),
    ],
)
def test_a_draft_that_a_text_editor_broke_is_no_message_any_more(
    before: bytes, after: bytes, tmp_path: Path
) -> None:
    folder = DraftFolder(tmp_path)
    content = folder.write(MESSAGE).read_bytes()
    assert folder.read(MESSAGE.key) is not None
    assert before in content
    folder.path(MESSAGE.key).write_bytes(content.replace(before, after))
    assert folder.read(MESSAGE.key) is None
    assert folder.text(MESSAGE.key) == ""


def test_what_is_sent_says_from_whom_when_and_under_a_name_that_is_always_the_same() -> None:
    sender = ("Service de dermatologie, hôpital é", "recueil@hopital.test")
    day = dt.datetime(2026, 11, 12, 9, tzinfo=dt.UTC)
    mail = parsed(addressed(parsed(draft(MESSAGE)), MESSAGE.key, sender, day))
    (address,) = mail["From"].addresses
    assert (address.display_name, address.addr_spec) == sender
    assert mail["Date"].datetime == day
    assert mail["X-Unsent"] is None
    again = parsed(addressed(parsed(draft(MESSAGE)), MESSAGE.key, sender, dt.datetime.now(dt.UTC)))
    assert mail["Message-ID"] == again["Message-ID"]
    assert mail["Message-ID"].endswith("@hopital.test>")
