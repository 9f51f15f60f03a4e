"""Several programs on one store, and programs that are killed while they write."""

from __future__ import annotations

import contextlib
import multiprocessing
import random
import time
from collections import defaultdict
from contextlib import closing

import pytest
from sqlalchemy import func, select

from intake.storage.database import tables
from intake.storage.database.opening import Database
from intake.storage.store import SqlStore
from tests.kit.servers.postgres import SERVER
from tests.rooms.storage.forms import FORM, definitions
from tests.rooms.storage.saver import save_many

pytestmark = pytest.mark.slow

KILLS = {"file": 10, "server": 5}
EACH = 30
HAS_FORK_SERVER = "forkserver" in multiprocessing.get_all_start_methods()
PROGRAMS = multiprocessing.get_context("forkserver" if HAS_FORK_SERVER else "spawn")


class Program:
    """One program that saves entries, in a process of its own."""

    def __init__(self, *arguments):
        self._heard, said = PROGRAMS.Pipe(duplex=False)
        self.process = PROGRAMS.Process(target=save_many, args=(*arguments, said))
        self.process.start()
        said.close()

    def wait_for_first(self):
        assert self._heard.poll(60)

    def said(self):
        """Return the numbers of the receipts that it said were saved, until its end."""
        numbers = []
        with contextlib.suppress(EOFError):
            while True:
                numbers.append(self._heard.recv())
        return numbers


@pytest.fixture(params=["file", pytest.param("server", marks=SERVER)])
def kind(request):
    """Return of which kind the database is."""
    return request.param


@pytest.fixture
def address(request, kind, url):
    """Return where a new store may be made."""
    if kind == "file":
        yield url
        return
    server = request.getfixturevalue("server")
    name = server.new()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def open_store(address, key_file):
    """Open the store once."""
    opened = []

    def open_one():
        opened.append(SqlStore(address, key_file, definitions))
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()


@pytest.fixture
def start(address, key_file):
    """Start programs that save to the store; none outlives the test."""
    started = []

    def start_one(name, count):
        started.append(Program(address, key_file, name, count))
        return started[-1]

    yield start_one
    for program in started:
        program.process.kill()
        program.process.join()


def test_two_programs_at_once_share_one_new_store(start, open_store):
    programs = [start(name, EACH) for name in ("one", "two")]
    said = [number for program in programs for number in program.said()]

    assert sorted(said) == [f"{n:06d}" for n in range(1, 2 * EACH + 1)]
    store = open_store()
    _require_whole(store)
    store.verify()
    assert [record.subject for record in store.records(FORM)] == [
        "PAR-001",
        "REI-001",
        "REI-002",
    ]


def test_programs_killed_while_they_write_leave_no_half_entry(start, open_store, address, kind):
    moments = random.Random(7)
    said = []
    for number in range(KILLS[kind]):
        program = start(f"run {number}", 1000)
        program.wait_for_first()
        time.sleep(moments.uniform(0, 0.15))
        program.process.kill()
        said += program.said()

    store = open_store()
    saved = {stored.receipt.id for stored in store.receipts()}
    assert len(said) >= KILLS[kind]
    assert set(said) <= saved
    _require_whole(store)
    _require_all_rows(address)
    store.verify()


def _require_whole(store):
    """Numbers without gap, revisions without gap, one current revision a record."""
    receipts = [stored.receipt for stored in store.receipts()]
    assert [r.id for r in receipts] == [f"{n:06d}" for n in range(1, len(receipts) + 1)]
    revisions = defaultdict(list)
    for receipt in receipts:
        if receipt.outcome.is_loaded:
            revisions[receipt.record_id].append(receipt.revision)
    assert all(found == list(range(1, len(found) + 1)) for found in revisions.values())
    newest = {record_id: len(found) for record_id, found in revisions.items()}
    assert {r.record_id: r.revision for r in store.records()} == newest


def _require_all_rows(address):
    """Each loaded receipt has all that is kept of it, or is not there."""
    with closing(Database(address)) as database, database.reading() as connection:
        wanted = select(func.count()).select_from(tables.submission)
        loaded = connection.execute(wanted).scalar()
        for table in (tables.identifying, tables.block):
            of_loaded = table.c.receipt.in_(select(tables.submission.c.receipt))
            each = select(func.count()).where(of_loaded).group_by(table.c.receipt)
            counts = list(connection.execute(each).scalars())
            assert len(counts) == loaded, table
            assert len(set(counts)) == 1, table
