"""Real mail servers on this computer alone: aiosmtpd for what goes out, dovecot for the rest."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, Session

USER = "recueil@hopital.test"
PASSWORD = "mot-de-passe"  # noqa: S105 - of the servers below
DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
_CONFIGURATION = """\
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:{folder}/mail
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
first_valid_uid = 1
first_valid_gid = 0
mail_max_userip_connections = 50
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
"""


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Received:
    """What an SMTP server took, in order; refuses recipients that it was told to refuse."""

    messages: list[tuple[str, bytes]] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's name
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - the same
        time.sleep(self.seconds)
        self.messages.append((envelope.rcpt_tos[0], bytes(envelope.content or b"")))
        return "250 taken"


@contextlib.contextmanager
def smtp_server(received: Received) -> Iterator[int]:
    """Run an SMTP server that wants the password; yield its port."""

    def known(_server, _session, _envelope, _mechanism, given) -> AuthResult:
        is_right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=is_right, handled=False)

    controller = Controller(
        received,
        hostname="127.0.0.1",
        port=free_port(),
        auth_required=True,
        auth_require_tls=False,
        authenticator=known,
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@contextlib.contextmanager
def imap_server(folder: Path) -> Iterator[int]:
    """Run dovecot with one mailbox in a folder; yield its port."""
    port = free_port()
    own = pwd.getpwuid(os.getuid()) if os.getuid() else pwd.getpwnam("mail")
    login = own.pw_name if os.getuid() else "dovenull"
    for part in ("run", "mail", "home"):
        (folder / part).mkdir(parents=True)
        if not os.getuid():
            os.chown(folder / part, own.pw_uid, own.pw_gid)
    configuration = folder / "dovecot.conf"
    text = _CONFIGURATION.format(
        folder=folder,
        user=login,
        group=own.pw_gid,
        port=port,
        password=PASSWORD,
        uid=own.pw_uid,
        gid=own.pw_gid,
    )
    configuration.write_text(text.replace(f"default_internal_group = {own.pw_gid}\n", ""), "utf-8")
    server = subprocess.Popen([DOVECOT, "-F", "-c", configuration])
    try:
        _until_open(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def _until_open(port: int) -> None:
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError("no server came up")
