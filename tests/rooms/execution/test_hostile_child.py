"""A child that runs foreign code: what it cannot do, and what its parent does not believe."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from intake.execution import calls, landlock
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode
from tests.rooms.execution.deeds import (
    announce_too_much,
    double,
    tried,
    write_to_pipe,
)
from tests.rooms.execution.test_limited_pool import pool_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="promised on Linux")
needs_landlock = pytest.mark.skipif(not landlock.version(), reason="no Landlock here")
needs_filter = pytest.mark.skipif(not calls.can_refuse(), reason="calls cannot be refused here")


def is_gone(number):
    """Say whether a process has ended, even if nobody has asked yet how."""
    try:
        state = Path(f"/proc/{number}/stat").read_text()
    except FileNotFoundError:
        return True
    return state.rpartition(")")[2].split()[0] == "Z"


@pytest.fixture(scope="module")
def pool():
    with pool_of(seconds=20) as running:
        yield running


@needs_landlock
@pytest.mark.parametrize("deed", ["read", "list", "write", "remove"])
def test_a_child_reaches_no_file_but_its_own_modules(pool, tmp_path, deed):
    key = tmp_path / "pseudonym.key"
    key.write_bytes(b"secret")
    target = tmp_path if deed == "list" else key
    assert pool.submit(tried, deed, str(target)).result() == "PermissionError"
    assert key.read_bytes() == b"secret"


@needs_landlock
def test_a_child_still_loads_modules_that_it_needs_late(pool):
    assert pool.submit(tried, "import", "").result() == "done"


@needs_landlock
def test_a_new_file_is_written_nowhere(pool, tmp_path):
    assert pool.submit(tried, "write", str(tmp_path / "new")).result() == "PermissionError"
    assert list(tmp_path.iterdir()) == []


@needs_filter
@pytest.mark.parametrize("deed", ["run", "fork", "signal", "namespace", "datagram", "raw socket"])
def test_a_child_starts_no_program_signals_nobody_and_has_no_socket(pool, deed):
    assert pool.submit(tried, deed, "").result() == "PermissionError"


@needs_filter
@pytest.mark.parametrize("deed", ["connect", "local socket"])
def test_a_child_opens_no_connection(pool, deed):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert pool.submit(tried, deed, str(port)).result() == "PermissionError"


@pytest.mark.parametrize(
    "kind",
    [
        "pickle", "pickle as an answer", "another class", "a number as text",
        "an unknown code", "a fault with words", "nothing",
    ],
)  # fmt: skip
def test_nothing_that_a_child_sends_is_run_or_believed(pool, tmp_path, caplog, kind):
    target = tmp_path / "touched"
    with pytest.raises(UnreadableFile) as refused:
        pool.submit(write_to_pipe, kind, str(target)).result()
    assert refused.value.code is FindingCode.INTERNAL_ERROR
    assert not target.exists()
    assert "Durand" not in caplog.text
    assert pool.submit(double, 2).result() == 4, "the next file has another child"


def test_an_answer_longer_than_any_is_not_waited_for(pool):
    started = time.monotonic()
    with pytest.raises(UnreadableFile) as refused:
        pool.submit(announce_too_much).result()
    assert refused.value.context == {"limit": "memory"}
    assert time.monotonic() - started < 15


@pytest.mark.slow
@pytest.mark.parametrize("deed", ["hang", "spin"])
def test_a_child_ends_with_its_parent(deed):
    code = (
        f"from tests.rooms.execution.test_limited_pool import pool_of, process_number as n\n"
        f"from tests.rooms.execution.deeds import {deed}\n"
        "pool = pool_of().__enter__()\n"
        f"print(pool.submit(n).result(), flush=True); pool.submit({deed}).result()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    child = int(parent.stdout.readline())
    time.sleep(0.5)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    time.sleep(0.5)
    assert is_gone(child)
