"""Whatever moment the program dies at, the next run ends where an undisturbed one would."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest

from intake.formats.registry import open_file
from intake.pipeline.returns.process import process_inbox
from intake.wiring.app import App
from tests.kit.fakes.inprocess import InProcess
from tests.kit.office.crash_returns import make_workspace, twenty_returns

pytestmark = pytest.mark.slow

FEW = ("ruche-04.pdf", "ruche-04-corrigee.pdf", "copie-04.pdf", "texte.pdf")
REAL_KILLS, QUICK_KILLS = 50, 6
_LOOK = 0.02
"""Seconds between two looks at a run: looking more often takes time from what is looked at."""


class PowerCut(BaseException):
    """Nothing in the program may catch it."""


class Switch:
    """Cuts the power after a given number of finished steps, or before the last of them."""

    def __init__(self, steps: int, *, early: bool = False) -> None:
        self._left = steps
        self._early = early

    def count(self) -> None:
        self._left -= 1
        if self._left == 0:
            raise PowerCut

    def over(self, port: object, *steps: str) -> object:
        """Return a port of which these methods are steps."""
        switch = self

        class Guarded:
            def __getattr__(self, name):
                method = getattr(port, name)
                if name not in steps:
                    return method

                def step(*arguments):
                    if switch._early:
                        switch.count()
                        return method(*arguments)
                    result = method(*arguments)
                    switch.count()
                    return result

                return step

        return Guarded()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """Return a function that makes workspaces with the same key and the same inbox."""
    folder = tmp_path_factory.mktemp("crash")
    number = iter(range(10_000))

    def prepare(*names: str) -> Path:
        model = folder / f"model-{len(names)}"
        if not model.exists():
            returns = twenty_returns()
            make_workspace(model, {name: returns[name] for name in names or returns})
        return Path(shutil.copytree(model, folder / str(next(number))))

    return prepare


@lru_cache
def _inspected(content, name):
    return open_file(content, name)


def _run(root, steps=0, *, early=False):
    """Process a workspace in this process; cut the power after some steps."""
    app, switch = App.open(root), Switch(steps, early=early)
    desk = app.desk(InProcess())
    keeping = replace(
        desk.keeping,
        archive=switch.over(desk.keeping.archive, "keep"),
        store=switch.over(desk.keeping.store, "save", "mark_delivered"),
        outbox=switch.over(desk.keeping.outbox, "deliver"),
        inbox=switch.over(desk.keeping.inbox, "remove"),
    )
    desk = replace(desk, reading=replace(desk.reading, open=_inspected), keeping=keeping)
    try:
        with app.locked():
            process_inbox(desk, lambda _receipt, _total: None)
            app.refresh()
    except PowerCut:
        return False
    finally:
        app.store.close()
    return True


def _state(root):
    """Return all that a run leaves, but for the times of reception."""
    app = App.open(root)
    app.store.verify()
    assert app.store.undelivered() == ()
    app.store.close()
    files = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("inbox", "outbox", "archive/originals", "archive/taken")
        for path in (root / folder).rglob("*")
        if path.is_file()
    }
    return {_without_day(name): _without_time(name, held) for name, held in files.items()}


def _without_day(name):
    return re.sub(r"receipts/\d{8}-", "receipts/", name)


def _without_time(name, content):
    if not name.endswith("receipt.json"):
        return content
    return {key: held for key, held in json.loads(content).items() if key != "received"}


def test_a_power_cut_after_any_step_costs_nothing(prepared):
    whole = prepared(*FEW)
    assert _run(whole)
    expected = _state(whole)
    assert not [name for name in expected if name.startswith("inbox/")]

    cuts = 0
    while True:
        root = prepared(*FEW)
        if _run(root, steps=cuts + 1):
            break
        cuts += 1
        assert _run(root)
        assert _state(root) == expected, f"cut after step {cuts}"

    assert cuts == 5 * len(FEW)


@pytest.mark.parametrize("early", [pytest.param(False, marks=pytest.mark.slow), True])
def test_a_power_cut_while_an_archive_is_opened_costs_nothing(prepared, early):
    whole = prepared("archive.zip")
    assert _run(whole)
    expected = _state(whole)
    assert len([name for name in expected if name.endswith("receipt.json")]) == 6

    cuts = 0
    while True:
        root = prepared("archive.zip")
        if _run(root, steps=cuts + 1, early=early):
            break
        cuts += 1
        assert _run(root)
        assert _state(root) == expected, f"cut at step {cuts}"

    # The member that is refused exists in its archive, which is kept.
    originals, receipts, taken_from_the_inbox = 5, 6, 1
    assert cuts == originals + 3 * receipts + taken_from_the_inbox


@pytest.mark.skipif(os.name != "posix", reason="needs a fork server")
def test_a_run_killed_again_and_again_ends_as_an_undisturbed_one(prepared):
    whole = prepared(*FEW)
    assert _run(whole)

    _kill_again_and_again(lambda: prepared(*FEW), Child, QUICK_KILLS, _state(whole))


@pytest.mark.long(50)
@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kills process groups")
def test_the_program_killed_at_fifty_moments_ends_as_an_undisturbed_one(prepared):
    whole = prepared()
    Command(whole).wait()

    _kill_again_and_again(prepared, Command, REAL_KILLS, _state(whole))


def _kill_again_and_again(make, start, kills, expected):
    """Kill runs at random moments, in as many workspaces as it takes; compare each one."""
    moments, done, root = random.Random(kills), 0, make()
    while done < kills:
        run = start(root)
        _wait_for_change(root, run)
        time.sleep(moments.uniform(0, 0.25))
        done += run.kill()
        if done == kills or not _to_do(root):
            start(root).wait()
            assert _state(root) == expected
            root = make()


def _to_do(root):
    """Say whether a workspace still has returns without their receipts."""
    return any(
        path.is_file() for name in ("inbox", "archive/taken") for path in (root / name).rglob("*")
    )


class Command:
    """The program itself, with the children it starts."""

    def __init__(self, root):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "intake", "process", "--workspace", str(root), "--json"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def is_running(self):
        return self._process.poll() is None

    def kill(self):
        was_running = self.is_running()
        if was_running:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()
        return was_running

    def wait(self):
        _, said = self._process.communicate()
        assert self._process.returncode in (0, 1), said


def _process_in_child(root):
    _run(Path(root))


class Child:
    """One run in a child that has the program loaded already."""

    def __init__(self, root):
        server = multiprocessing.get_context("forkserver")
        server.set_forkserver_preload([__name__])
        self._process = server.Process(target=_process_in_child, args=(str(root),))
        self._process.start()

    def is_running(self):
        return self._process.is_alive()

    def kill(self):
        self._process.kill()
        self._process.join()
        return self._process.exitcode == -signal.SIGKILL

    def wait(self):
        self._process.join()
        assert self._process.exitcode == 0


def _wait_for_change(root, run):
    """Wait until a run begins to write, or ends."""
    before = _sizes(root)
    while run.is_running() and _sizes(root) == before:
        time.sleep(_LOOK)


def _sizes(root):
    found = {}
    for folder in ("inbox", "outbox", "archive"):
        for path in (root / folder).rglob("*"):
            try:
                found[path] = path.stat().st_size
            except FileNotFoundError:  # written beside, then renamed
                found[path] = -1
    return found
