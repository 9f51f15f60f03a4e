"""A cluster of two workers reads as one machine does, whoever of them is killed."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import intake
from intake.execution.child import Terms
from intake.execution.cluster.batch import Batch
from intake.execution.cluster.dask_cluster import DaskMachines
from intake.execution.cluster.window import Died
from intake.model.errors import ClusterFault
from intake.wiring.app import App
from tests.kit.cluster import Cluster
from tests.kit.fakes.inprocess import InProcess
from tests.kit.office.crash_returns import make_workspace, twenty_returns

pytestmark = [pytest.mark.slow, pytest.mark.long(25), pytest.mark.xdist_group("cluster")]

RETURNS = (
    "ruche-01.pdf", "ruche-02.pdf", "ruche-01-corrigee.pdf", "ruche-06.pdf", "copie-02.pdf",
    "meme-contenu-02.pdf", "sans-numero.pdf", "coupee.pdf", "texte.pdf", "archive.zip",
)  # fmt: skip


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """A workspace with returns of many fates that nobody has read.

    What the archive holds is asked of the cluster after all else is decided: whatever is killed
    after the first receipt is needed again.
    """
    folder = tmp_path_factory.mktemp("cluster") / "étude"
    make_workspace(folder, {name: twenty_returns()[name] for name in RETURNS})
    return folder


@pytest.fixture(scope="module")
def expected(model, tmp_path_factory):
    """Return what one machine makes of them."""
    folder = shutil.copytree(model, tmp_path_factory.mktemp("alone") / "étude")
    App.open(folder).process(lambda _receipt, _total: None, InProcess())
    return _state(folder)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    running = Cluster(tmp_path_factory.mktemp("dask"))
    running.start_worker()
    running.start_worker()
    running.wait_for(workers=2)
    yield running
    running.end()


@pytest.fixture
def study(model, tmp_path, cluster):
    """A copy of the workspace whose settings name the cluster."""
    folder = shutil.copytree(model, tmp_path / "étude")
    with (folder / "study.toml").open("a", encoding="utf-8") as settings:
        settings.write(cluster.settings)
    return folder


def _state(folder):
    """Return all that a run leaves, but for the times of reception."""
    app = App.open(folder)
    app.store.verify()
    assert app.store.undelivered() == ()
    app.store.close()
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for part in ("inbox", "outbox", "archive/originals", "archive/taken")
        for path in (folder / part).rglob("*")
        if path.is_file()
    }
    return {re.sub(r"/\d{8}-", "/", name): _untimed(name, held) for name, held in files.items()}


def _untimed(name, content):
    if not name.endswith("receipt.json"):
        return content
    return {key: held for key, held in json.loads(content).items() if key != "received"}


def _start(folder):
    return subprocess.Popen(
        [sys.executable, "-m", "intake", "process", "--workspace", str(folder), "--json"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "CRF_INTAKE_LANG": "en"},
        start_new_session=True,
    )


def _ended(run):
    _, said = run.communicate(timeout=120)
    return run.returncode, said


def _wait_for_receipt(folder, run):
    """Wait until a run has written a receipt."""
    while run.poll() is None and not any((folder / "outbox" / "receipts").glob("*/receipt.json")):
        time.sleep(0.01)


class Raising:
    """A Dask client whose one task ends so; and the future of that task."""

    def __init__(self, raised):
        self._raised = raised

    def submit(self, *_arguments, **_named):
        return self

    def add_done_callback(self, called):
        called(self)

    def result(self):
        raise self._raised

    def release(self):
        """The cluster may forget it."""


def test_what_dask_raises_is_taken_for_what_it_means():
    # Not at the top: to import Dask takes every other test's time.
    from distributed.client import FutureCancelledError  # noqa: PLC0415
    from distributed.comm import CommClosedError  # noqa: PLC0415
    from distributed.scheduler import KilledWorker  # noqa: PLC0415

    def outcome(raised):
        came = []
        DaskMachines(Raising(raised)).send(Batch((), Terms(), dict), came.append)
        return came[0]

    assert isinstance(outcome(KilledWorker("read-1", None, 1)), Died)
    gone = (FutureCancelledError("read-1", "scheduler-connection-lost"), CommClosedError("closed"))
    assert [outcome(one).why for one in gone] == [ClusterFault.LOST] * 2
    absent = (RuntimeError("Error during deserialization"), ModuleNotFoundError("intake"))
    assert [outcome(one).why for one in absent] == [ClusterFault.NO_PROGRAM] * 2


def test_a_worker_killed_meanwhile_changes_nothing_and_no_answer_shows_in_a_log(
    study, cluster, expected
):
    run = _start(study)
    _wait_for_receipt(study, run)
    cluster.kill(cluster.workers[0])
    code, said = _ended(run)
    assert code == 1, said
    assert _state(study) == expected
    assert "looked_over" in cluster.log
    for answer in ("ruche-0", "ZOR", "1111", "RAS", "étude"):
        assert answer not in cluster.log
    cluster.start_worker()


def test_a_driver_killed_meanwhile_leaves_the_rest_to_the_next_run(study, cluster, expected):
    cut_off = _start(study)
    _wait_for_receipt(study, cut_off)
    os.killpg(cut_off.pid, signal.SIGKILL)
    cut_off.communicate()
    code, said = _ended(_start(study))
    assert code in (0, 1), said
    assert _state(study) == expected


def test_a_worker_of_another_version_is_refused_before_any_file_is_touched(
    study, cluster, tmp_path
):
    other = tmp_path / "other"
    shutil.copytree(Path(intake.__file__).parent, other / "intake")
    with (other / "intake" / "__init__.py").open("a", encoding="utf-8") as source:
        source.write("# another\n")
    number = cluster.log.count("Register worker addr")
    worker = cluster.start_worker(PYTHONPATH=str(other))
    cluster.wait_for(workers=number + 1)
    try:
        code, said = _ended(_start(study))
    finally:
        cluster.kill(worker)
    assert code == 4
    assert "reads with another version (crf-intake" in said
    assert len(list((study / "inbox").iterdir())) == len(RETURNS)


def test_a_scheduler_killed_meanwhile_is_said_and_the_next_run_does_the_rest(
    study, cluster, expected
):
    run = _start(study)
    _wait_for_receipt(study, run)
    cluster.kill(cluster.scheduler)
    code, said = _ended(run)
    assert (code, said.count("\n")) == (4, 1), said
    assert "does not answer any more. What was read is saved" in said
    assert _state_is_unfinished(study)
    code, said = _ended(_start(study))
    assert code == 4
    assert "does not answer, so nothing was read" in said
    settings = study / "study.toml"
    settings.write_text(re.sub(r"\ncluster = .*", "", settings.read_text("utf-8")), "utf-8")
    App.open(study).process(lambda _receipt, _total: None, InProcess())
    assert _state(study) == expected


def _state_is_unfinished(folder):
    return any((folder / "archive" / "taken").rglob("*.*"))
