"""A folder of a mailbox as the program names it: what a server answers, without a server."""

from __future__ import annotations

from types import SimpleNamespace

from intake.channels.mail.imap import ImapMailbox, Waiting
from intake.channels.mail.server import Server

SERVER = Server("imap.hopital.test", 993)


def mailbox(answers: list[object], *, user: str = "recueil", folder: str = "INBOX") -> ImapMailbox:
    box = SimpleNamespace(
        folder=SimpleNamespace(
            get=lambda: folder, status=lambda _folder, _asked: {"UIDVALIDITY": 1}
        ),
        uids=lambda: ["3", "5"],
        client=SimpleNamespace(uid=lambda *_: ("OK", answers)),
    )
    return ImapMailbox(box, SERVER, user, "done")


def test_sizes_are_asked_once_for_all_and_come_in_any_order() -> None:
    answers = [b"2 (RFC822.SIZE 70 UID 5)", None, b"1 (UID 3 RFC822.SIZE 12)"]
    assert [one.size for one in mailbox(answers).waiting()] == [12, 70]


def test_messages_of_two_mailboxes_never_have_the_same_name() -> None:
    # The servers of both count their folders and messages from 1.
    boxes = (mailbox([]), mailbox([], user="autre"), mailbox([], folder="Retours"))
    tokens = [one.token for box in boxes for one in box.waiting()]
    assert len(set(tokens)) == 6


def test_a_message_that_was_deleted_meanwhile_is_no_fault() -> None:
    gone = Waiting("3", "x", 1)
    assert mailbox([None]).content(gone) is None
    assert mailbox([]).content(gone) is None
