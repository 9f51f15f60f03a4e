"""``watch``: looks on and on, recovers from what goes wrong, and says each thing once."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from intake.model.errors import StoreFault, StoreUnavailable
from intake.model.run import Left, Run, Why
from intake.wiring.study.watch import LONGEST_WAIT, Event, Watcher, watch
from tests.kit.office.few import FewOffice, blank
from tests.rooms.reports.samples import LOADED

NOON = dt.datetime(2027, 1, 10, 12, tzinfo=dt.UTC)


class Study:
    """A workspace that is watched, and what each of its runs gives or raises."""

    def __init__(self, office):
        self.office, self.runs, self.looks, self.day = office, [], 0, NOON
        self.watcher = Watcher(office.folder, self._read, 10.0, lambda: self.day)

    def look(self, *runs):
        self.runs = list(runs)
        return self.watcher.look()

    def _read(self, app):
        self.looks += 1
        run = self.runs.pop(0) if self.runs else Run(receipts=())
        if isinstance(run, Exception):
            raise run
        return run


@pytest.fixture
def study(tmp_path):
    return Study(FewOffice(tmp_path / "étude"))


def test_nothing_is_read_while_nothing_changes(study):
    assert [study.look().event for _ in range(3)] == [Event.QUIET] * 3
    assert study.looks == 1
    study.office.drop("a.pdf", b"%PDF-")
    happened = study.look(Run(receipts=(LOADED,)))
    assert (happened.event, study.looks) == (Event.READ, 2)


def test_a_new_day_is_looked_at_so_that_the_days_left_are_right(study):
    study.look()
    study.day += dt.timedelta(days=1)
    study.look()
    assert study.looks == 2


@pytest.mark.parametrize(
    "fault",
    [
        StoreUnavailable(StoreFault.IN_USE, store="s"),
        StoreUnavailable(StoreFault.DISK_FULL, store="s"),
        StoreUnavailable(StoreFault.RUN_UNDER_WAY),
        OSError(errno.ENOSPC, "No space left on device"),
        PermissionError(errno.EACCES, "Permission denied"),
        ZeroDivisionError("a fault of ours"),
    ],
)
def test_what_goes_wrong_is_said_once_and_tried_again_until_it_works(study, fault):
    first = study.look(fault)
    assert (first.event, first.wait) == (Event.TROUBLE, 20.0)
    assert "a fault of ours" not in str(first.problem)
    again = study.look(fault)
    assert (again.event, again.wait) == (Event.QUIET, 40.0)
    assert study.look().event is Event.RECOVERED
    assert study.look().event is Event.QUIET


def test_another_trouble_is_said_though_the_first_is_not_over(study):
    study.look(OSError(errno.ENOSPC, "No space left on device"))
    assert study.look(OSError(errno.EIO, "I/O error")).event is Event.TROUBLE


def test_the_longest_wait_is_five_minutes(study):
    waits = [study.look(OSError(errno.EIO, "I/O error")).wait for _ in range(30)]
    assert max(waits) == LONGEST_WAIT
    assert study.look().wait == 10.0


@pytest.mark.parametrize("name", ["inbox", "archive"])
def test_a_folder_that_is_gone_is_waited_for_and_never_made_anew(study, name):
    study.look()
    folder, aside = study.office.folder / name, study.office.folder / "aside"
    folder.rename(aside)
    happened = study.look()
    assert happened.event is Event.TROUBLE
    assert name in str(happened.problem)
    assert not folder.exists()
    aside.rename(folder)
    assert study.look().event is Event.RECOVERED


def test_a_study_that_is_being_mended_is_read_anew(study):
    path = study.office.folder / "study.toml"
    good = path.read_bytes()
    path.write_bytes(good.replace(b"[calendar]", b"[calender]"))
    assert "calender" in str(study.look().problem)
    path.write_bytes(good)
    assert study.look().event is Event.RECOVERED


def test_a_file_that_is_still_copied_is_looked_at_again_and_told_once(study):
    waiting = Run(receipts=(), left=(Left(name="a.pdf", why=Why.UNFINISHED),))
    assert study.look(waiting).event is Event.READ
    assert study.look(waiting).event is Event.QUIET
    assert study.looks == 2
    hidden = Run(receipts=(), left=(Left(name=".a", why=Why.HIDDEN),))
    assert study.look(hidden).event is Event.READ
    study.look()
    assert study.looks == 3


def test_it_looks_until_it_is_stopped_and_waits_as_long_as_it_is_told(study):
    waits, said = [], []

    def stopped(seconds):
        waits.append(seconds)
        return len(waits) == 4

    study.runs = [Run(receipts=(LOADED,)), OSError(errno.EIO, "I/O error")]
    study.office.drop("a.pdf", b"%PDF-")
    watch(study.watcher, said.append, stopped)
    assert [one.event for one in said] == [Event.READ]
    assert waits == [10.0] * 4


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
def test_a_real_watch_reads_waits_for_a_lost_folder_and_stops_when_told(tmp_path):
    office = FewOffice(tmp_path / "étude")
    command = [sys.executable, "-m", "intake", "watch", "--every", "1", "--json"]
    with subprocess.Popen(
        [*command, "--workspace", str(office.folder)], stdout=subprocess.PIPE, text=True
    ) as process:
        events = (json.loads(line) for line in process.stdout)
        assert next(events)["event"] == "begins"
        office.drop("vierge.pdf", blank())
        assert next(events)["receipts"][0]["outcome"] == "rejected"
        shutil.move(office.folder / "inbox", office.folder / "away")
        assert next(events)["event"] == "trouble"
        shutil.move(office.folder / "away", office.folder / "inbox")
        assert next(events)["event"] == "recovered"
        time.sleep(0.2)
        os.kill(process.pid, signal.SIGTERM)
        assert next(events)["event"] == "ends"
        assert process.wait(30) == 0
