"""A draft in a real Thunderbird: it opens as a message being written, ready to be sent.

Without an outgoing server in its profile, Thunderbird opens nothing for a draft.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.channels.mail.draft import draft
from intake.model.mail.message import Attachment, Message, MessageKind

PROGRAMS = ("thunderbird", "Xvfb", "xwininfo", "dbus-run-session")
ABSENT = [program for program in PROGRAMS if shutil.which(program) is None]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.programs,
    pytest.mark.skipif(bool(ABSENT) and "CI" not in os.environ, reason=f"no {ABSENT} here"),
]
SUBJECT = "Étude DM-SAM : rappel, clôture le 31 mars 2027"
SETTINGS = {
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.accountmanager.accounts": "account1",
    "mail.accountmanager.defaultaccount": "account1",
    "mail.account.account1.server": "server1",
    "mail.account.account1.identities": "id1",
    "mail.server.server1.type": "pop3",
    "mail.server.server1.hostname": "127.0.0.1",
    "mail.server.server1.port": 1,
    "mail.server.server1.name": "recueil",
    "mail.server.server1.userName": "recueil",
    "mail.server.server1.check_new_mail": False,
    "mail.server.server1.login_at_startup": False,
    "mail.identity.id1.useremail": "recueil@hopital.test",
    "mail.identity.id1.fullName": "Recueil",
    "mail.identity.id1.valid": True,
    "mail.identity.id1.smtpServer": "smtp1",
    "mail.smtpservers": "smtp1",
    "mail.smtp.defaultserver": "smtp1",
    "mail.smtpserver.smtp1.hostname": "127.0.0.1",
    "mail.smtpserver.smtp1.port": 1,
}
MINUTES = 3


def written(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


@contextlib.contextmanager
def running(command: list[str], **more: object) -> Iterator[None]:
    """Run a program with all that it starts, and end them all."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = subprocess.Popen(command, start_new_session=True, **quiet, **more)
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()


def windows(display: str) -> str:
    seen = subprocess.run(
        ["xwininfo", "-root", "-tree", "-display", display],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return seen.stdout


def until(display: str, wanted: str) -> None:
    deadline = time.monotonic() + 60 * MINUTES
    while wanted not in windows(display):
        assert time.monotonic() < deadline, f"no window {wanted}:\n{windows(display)}"
        time.sleep(1)


def test_a_draft_opens_in_thunderbird_as_a_message_being_written(tmp_path: Path) -> None:
    display = f":{90 + os.getpid() % 900}"
    profile = tmp_path / "profile"
    profile.mkdir()
    lines = [f'user_pref("{key}", {written(value)});' for key, value in SETTINGS.items()]
    (profile / "user.js").write_text("\n".join(lines), "utf-8")
    message = Message(
        key="REI-half-way-20270331",
        kind=MessageKind.HALF_WAY,
        to="recueil@hopital-rei.test",
        language="fr",
        subject=SUBJECT,
        text="Madame, Monsieur,\n\nBonjour.",
        attachments=(Attachment("accuse.pdf", b"%PDF-1.7\n"),),
    )
    path = tmp_path / "REI-half-way-20270331.eml"
    path.write_bytes(draft(message))
    env = {**os.environ, "DISPLAY": display, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    opened = f"thunderbird --profile {profile}"
    script = f"{opened} & sleep 15; while :; do {opened} {path}; sleep 20; done"
    with (
        running(["Xvfb", display, "-screen", "0", "1280x1000x24"]),
        running(["dbus-run-session", "--", "sh", "-c", script], env=env),
    ):
        until(display, f"Write: {SUBJECT}")
