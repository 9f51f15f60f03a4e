"""A mail server's address, and whose account is used there: password or token, never stored.

A secret comes from the environment, else from the computer's keyring, else from a command that
prints a token. No text of a server or a command is repeated: it may hold one.
"""

from __future__ import annotations

import os
import ssl
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from ipaddress import ip_address

from intake.model.errors import MailFault, MailRefused

PASSWORD = "CRF_INTAKE_MAIL_PASSWORD"  # noqa: S105 - the name of a variable
KEYRING = "crf-intake"
"""The name under which the keyring has the password of an account."""
TIMEOUT = 60.0
_TLS_PORTS = (465, 993)


@dataclass(frozen=True, slots=True)
class Server:
    """One server."""

    host: str
    port: int

    @property
    def is_encrypted_at_once(self) -> bool:
        """Say whether the port is one on which all is encrypted from the first byte."""
        return self.port in _TLS_PORTS

    @property
    def is_here(self) -> bool:
        """Say whether the server is this computer: nothing then goes over a network."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False


@dataclass(frozen=True, slots=True)
class Login:
    """An account and what opens it."""

    user: str
    secret: str = field(repr=False)
    is_token: bool = False

    @property
    def xoauth2(self) -> str:
        """Return the text by which a token logs in."""
        return f"user={self.user}\x01auth=Bearer {self.secret}\x01\x01"


def server_of(text: str | None, usual_port: int) -> Server:
    """Return the server that ``host:port``, or a host alone, names. Raises MailRefused."""
    host, _, port = (text or "").strip().rpartition(":") if ":" in (text or "") else (text, "", "")
    if not host or not (port or str(usual_port)).isdecimal():
        raise MailRefused(MailFault.NO_SETTINGS)
    return Server(host.strip("[]"), int(port or usual_port))


def login_of(user: str, token_command: Sequence[str]) -> Login:
    """Return how an account logs in. Raises MailRefused where nothing opens it."""
    if token_command:
        return Login(user, _token(token_command), is_token=True)
    secret = os.environ.get(PASSWORD) or _from_keyring(user)
    if not secret:
        raise MailRefused(MailFault.NO_SECRET, user=user, variable=PASSWORD)
    return Login(user, secret)


@cache
def encryption() -> ssl.SSLContext:
    """Return how connections are encrypted: certificates and names are verified."""
    return ssl.create_default_context()


def connection_fault(problem: OSError, server: Server) -> MailRefused:
    """Return why a server could not be reached."""
    context = {"server": f"{server.host}:{server.port}"}
    if isinstance(problem, ssl.SSLCertVerificationError):
        return MailRefused(MailFault.CERTIFICATE, **context)
    if isinstance(problem, ssl.SSLError):
        return MailRefused(MailFault.NOT_ENCRYPTED, **context)
    return MailRefused(MailFault.UNREACHABLE, **context)


def _token(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the coordinator's own command, no shell
            list(command), capture_output=True, timeout=TIMEOUT, check=True, text=True
        )
    except (OSError, subprocess.SubprocessError):
        raise MailRefused(MailFault.NO_TOKEN, command=command[0]) from None
    lines = done.stdout.split()
    if len(lines) != 1:
        raise MailRefused(MailFault.NO_TOKEN, command=command[0])
    return lines[0]


def _from_keyring(user: str) -> str:
    try:
        import keyring  # noqa: PLC0415 - an extra, and slow: only where the environment has none
        from keyring.errors import KeyringError  # noqa: PLC0415
    except ImportError:
        return ""
    try:
        return keyring.get_password(KEYRING, user) or ""
    except (KeyringError, RuntimeError):  # no keyring runs on this computer
        return ""
