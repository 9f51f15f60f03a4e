"""The conversation over real servers: pack out, form back, reply out; each once, none lost."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from imap_tools import MailBoxUnencrypted

from intake.channels.mail.imap import ImapMailbox
from intake.cli.main import main
from intake.demo.fill_pdf import fill_by_hand
from intake.demo.returns import fill_in
from intake.model.errors import MailFault, MailRefused
from intake.wiring.app import App
from intake.wiring.conduct import transport
from intake.wiring.setup import set_up_workspace
from tests.kit.office.office import demo_answers
from tests.kit.tries import tries
from tests.whole.mail.servers import (
    DOVECOT,
    PASSWORD,
    USER,
    Received,
    imap_server,
    smtp_server,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.programs,
    pytest.mark.skipif(DOVECOT is None and "CI" not in os.environ, reason="no dovecot here"),
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning"),
]
KILLS = tries(50)


@pytest.fixture(autouse=True)
def password(monkeypatch) -> None:
    monkeypatch.setenv("CRF_INTAKE_MAIL_PASSWORD", PASSWORD)


@pytest.fixture
def received() -> Received:
    return Received()


@pytest.fixture
def smtp(received):
    with smtp_server(received) as port:
        yield port


@pytest.fixture
def imap():
    # Not in pytest's folders: dovecot's own accounts must pass through.
    with TemporaryDirectory(prefix="dovecot-") as name:
        Path(name).chmod(0o755)
        with imap_server(Path(name)) as port:
            yield port


def study(folder: Path, *lines: str) -> Path:
    """Return a workspace whose study is filled in, with servers."""
    set_up_workspace(folder)
    fill_in(folder)
    path = folder / "study.toml"
    text = path.read_text("utf-8") + f'\n[mail]\nuser = "{USER}"\nper_minute = 600\n'
    path.write_text(text + "".join(f"{line}\n" for line in lines), "utf-8")
    return folder


def run(folder: Path, *arguments: str) -> dict:
    done = CliRunner().invoke(main, [*arguments, "--json", "--workspace", str(folder)])
    assert done.exit_code in (0, 1), done.output
    return json.loads(done.stdout)


def put_in_mailbox(port: int, *messages: bytes) -> None:
    with MailBoxUnencrypted("127.0.0.1", port).login(USER, PASSWORD) as box:
        for message in messages:
            box.append(message, "INBOX")


def folders(port: int) -> dict[str, int]:
    with MailBoxUnencrypted("127.0.0.1", port).login(USER, PASSWORD) as box:
        return {one.name: box.folder.status(one.name)["MESSAGES"] for one in box.folder.list()}


def returned(pack: bytes) -> bytes:
    """Return the message by which a centre sends back the form of a pack, filled."""
    parts = {
        part.get_filename(): part.get_payload(decode=True)
        for part in message_from_bytes(pack, policy=policy.default).iter_attachments()
    }
    (form,) = [content for name, content in parts.items() if name.startswith("dm-sam-")]
    answers = {name: text for name, text in demo_answers().items() if not name.startswith("_")}
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "dr@hopital-zaa.test", USER, "fiche"
    mail["Date"] = dt.datetime(2026, 11, 12, 9, tzinfo=dt.UTC)
    mail.set_content("Bonjour,\n\nCi-joint une fiche.\n")
    mail.add_attachment(
        fill_by_hand(form, answers), maintype="application", subtype="pdf", filename="fiche 1.pdf"
    )
    return mail.as_bytes()


def test_a_pack_goes_out_a_filled_form_comes_back_and_a_reply_goes_out(
    tmp_path, received, smtp, imap
) -> None:
    folder = study(tmp_path / "étude", f'smtp = "127.0.0.1:{smtp}"', f'imap = "127.0.0.1:{imap}"')
    centres = folder / "centres.csv"
    lines = centres.read_text("utf-8").splitlines()
    centres.write_text("\n".join([lines[0], lines[1].rstrip(";") + ";pdf"]) + "\n", "utf-8")

    (pack,) = run(folder, "mail", "packs")["messages"]
    run(folder, "mail", "send", "--yes")
    ((to, content),) = received.messages
    assert to == pack["to"]
    mail = message_from_bytes(content, policy=policy.default)
    assert (mail["X-Unsent"], mail["From"].addresses[0].domain) == (None, "hopital-zormont.test")
    assert mail["Date"]
    assert mail["Message-ID"]

    put_in_mailbox(imap, returned(content))
    (file,) = run(folder, "mail", "fetch")["files"]
    assert folders(imap) == {"INBOX": 0, "crf-intake": 1}
    assert run(folder, "mail", "fetch")["files"] == []
    assert (folder / "inbox" / file).is_file()

    receipts = run(folder, "process")["receipts"]
    assert [one["subject"] for one in receipts if one["subject"]] == ["ZAA-001"]
    (reply,) = run(folder, "mail", "replies")["messages"]
    run(folder, "mail", "send", "--yes")
    assert received.messages[-1][0] == reply["to"]
    answer = message_from_bytes(received.messages[-1][1], policy=policy.default)
    assert "ZAA-001" in answer.get_body(("plain",)).get_content()
    assert run(folder, "mail", "replies")["messages"] == []
    App.open(folder).store.verify()


def test_messages_come_in_once_even_when_the_program_stops_before_they_are_moved(
    tmp_path, imap, monkeypatch
) -> None:
    folder = study(tmp_path / "étude", f'imap = "127.0.0.1:{imap}"')
    put_in_mailbox(imap, *(f"Subject: {n}\r\n\r\ntexte {n}\r\n".encode() for n in range(3)))

    def stop(*_arguments: object) -> None:
        raise KeyboardInterrupt

    app = App.open(folder)
    with monkeypatch.context() as patched:
        patched.setattr(ImapMailbox, "put_away", stop)
        with pytest.raises(KeyboardInterrupt):
            list(transport.fetch(app))
    assert folders(imap) == {"INBOX": 3}
    assert len(list(transport.fetch(app))) == 2
    assert folders(imap) == {"INBOX": 0, "crf-intake": 3}
    assert len(list((folder / "inbox").glob("*.eml"))) == 3


def test_what_a_server_refuses_is_told_and_nothing_is_marked(
    tmp_path, received, smtp, imap, monkeypatch
) -> None:
    folder = study(tmp_path / "étude", f'smtp = "127.0.0.1:{smtp}"', f'imap = "127.0.0.1:{imap}"')
    monkeypatch.setenv("CRF_INTAKE_MAIL_PASSWORD", "faux")
    with pytest.raises(MailRefused) as refused:
        list(transport.fetch(App.open(folder)))
    assert refused.value.why is MailFault.LOGIN
    with pytest.raises(MailRefused) as refused:
        list(transport.send(App.open(folder), ()))
    assert refused.value.why is MailFault.LOGIN
    assert received.messages == []


@pytest.mark.long(25)
def test_fifty_kills_while_sending_send_nothing_twice_and_lose_nothing(
    tmp_path, received, smtp
) -> None:
    folder = study(tmp_path / "étude", f'smtp = "127.0.0.1:{smtp}"')
    _many_centres(folder, 3 * KILLS)
    opened = (folder / "study.toml").read_text("utf-8")
    closed = opened.replace("closes = 2027-03-31", "closes = 2026-10-20")
    assert closed != opened
    (folder / "study.toml").write_text(closed.replace("reminder = 2026-12-31\n", ""), "utf-8")
    drafted = run(folder, "mail", "reminders", "--kind", "closing")["messages"]
    due = {one["message"]: one["to"] for one in drafted if one["due"]}
    assert len(due) == 3 * KILLS

    chance = random.Random(15)
    received.seconds = 0.15
    kills = 0
    while kills < KILLS:
        kills += _killed(folder, received, chance)
    received.seconds = 0.0
    subprocess.run(_command(folder), capture_output=True, check=False)

    left = {one["message"]: one["state"] for one in run(folder, "mail", "list")["messages"]}
    taken = Counter(to for to, _ in received.messages)
    assert max(taken.values()) == 1
    assert set(left.values()) <= {"sending"}
    lost = [key for key, to in due.items() if key not in left and not taken[to]]
    assert lost == []
    print(f"{kills} kills, {taken.total()} taken once, {len(left)} named as unknown")  # noqa: T201


def _many_centres(folder: Path, count: int) -> None:
    lines = ["id;letters;hospital;email"]
    for number in range(count):
        letters = "Z" + chr(65 + number // 26) + chr(65 + number % 26)
        lines.append(f"{letters};{letters};Centre {number};recueil{number}@hopital.test")
    (folder / "centres.csv").write_text("\n".join(lines) + "\n", "utf-8")


def _command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "intake", "mail", "send", "--yes", "--workspace", str(folder)]


def _killed(folder: Path, received: Received, chance: random.Random) -> bool:
    """Send, and kill the program after some messages; say whether it still ran."""
    before, wanted = len(received.messages), chance.randint(1, 2)
    running = subprocess.Popen(
        _command(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while running.poll() is None and len(received.messages) < before + wanted:
        time.sleep(0.002)
    time.sleep(chance.uniform(0, 0.4))
    was_running = running.poll() is None
    running.kill()
    running.wait()
    return was_running
