"""A PostgreSQL server of Debian's, for tests: its own folder, user, socket and port.

It runs as a child that dies with the tests, never as root: root's tests run it as ``postgres``.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import URL

OWNER, PASSWORD = "keeper", "s3cret-épée/@:?"
_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
_ACCOUNT = "postgres"
_QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=local", "max_connections=40")


def lacking() -> str:
    """Return why no server can be started here; empty where one can."""
    if not _PROGRAMS:
        return "PostgreSQL's server is not installed"
    if shutil.which("setpriv") is None:
        return "setpriv, which starts it, is not installed"
    return ""


SERVER = (
    pytest.mark.slow,
    pytest.mark.xdist_group("postgres"),  # one server serves them all
    pytest.mark.long(30),
    pytest.mark.skipif(bool(lacking()), reason=lacking() or "a server can be started"),
)
"""What marks a test that needs a server."""


@dataclass
class Server:
    """A running server; the superuser comes in by the socket without a password."""

    folder: Path
    port: int
    numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str, **changed: object) -> str:
        """Return the address of a database, by the network, with the owner's password."""
        parts = {"username": OWNER, "password": PASSWORD, "host": "127.0.0.1", "port": self.port}
        url = URL.create("postgresql", database=database, **(parts | changed))
        return url.render_as_string(hide_password=False)

    def ask(self, *statements: str, database: str = "postgres") -> list[tuple]:
        """Carry out statements as the superuser; return the rows of the last one."""
        import psycopg  # noqa: PLC0415 an extra: only where a server is

        known = {"host": str(self.folder), "port": self.port, "user": OWNER, "dbname": database}
        with psycopg.connect(**known, autocommit=True) as connection:
            for statement in statements:
                done = connection.execute(statement)
            return done.fetchall() if done.description else []

    def new(self, template: str = "template0", more: str = "") -> str:
        """Make a database, empty or as a template is, and return its name."""
        name = f"store{next(self.numbers)}"
        self.ask(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy {more}")
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected."""
        self.ask(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextlib.contextmanager
def running_server() -> Iterator[Server]:
    """Start a server, and stop it at the end."""
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "password").write_text(PASSWORD, encoding="utf-8")
        if os.geteuid() == 0:
            shutil.chown(folder, _ACCOUNT)
            shutil.chown(folder / "password", _ACCOUNT)
        data = folder / "data"
        _program("initdb", "-D", data, "-U", OWNER, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
                 "--auth-local=trust", "--auth-host=scram-sha-256",
                 f"--pwfile={folder / 'password'}").wait()  # fmt: skip
        server = Server(folder, _free_port())
        options = ["listen_addresses=127.0.0.1", f"port={server.port}",
                   f"unix_socket_directories={folder}", *_QUICK]  # fmt: skip
        flags = [part for option in options for part in ("-c", option)]
        process = _program("postgres", "-D", data, *flags)
        try:
            _wait(server, process)
            yield server
        finally:
            process.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
            process.wait(30)


def _program(name: str, *arguments: object) -> subprocess.Popen:
    account = ["--reuid", _ACCOUNT, "--regid", _ACCOUNT, "--clear-groups"]
    before = account if os.geteuid() == 0 else []
    command = ["setpriv", *before, "--pdeathsig", "INT", str(_PROGRAMS[-1] / name)]
    where = {"cwd": "/", "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([*command, *map(str, arguments)], **where)


def _wait(server: Server, process: subprocess.Popen) -> None:
    import psycopg  # noqa: PLC0415 as above

    for _ in range(600):
        with contextlib.suppress(psycopg.OperationalError):
            server.ask("SELECT 1")
            return
        assert process.poll() is None, "the server ended"
        time.sleep(0.05)
    raise AssertionError("the server does not answer")


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]
