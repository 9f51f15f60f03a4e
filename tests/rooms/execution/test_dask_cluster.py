"""What a cluster must be before any file is sent to it. No cluster is started here."""

from __future__ import annotations

import importlib.util
from dataclasses import replace

import pytest

from intake.execution.child import Terms
from intake.execution.cluster.dask_cluster import DaskMachines, on_cluster
from intake.execution.cluster.worker import Worker
from intake.execution.lacks import Lack
from intake.model.errors import ClusterFault, ClusterUnavailable
from intake.study.model import Execution

HERE = {"crf-intake": "1 (abc)", "pikepdf": "10.18"}
FIT = Worker(program=HERE, has_child=True, writes_to_disk=False, lacks=())
SAFE = "tls://10.1.2.3:4000"


class Client:
    """What is asked of Dask's client."""

    def __init__(self, *workers, addresses=None, scheduler=None):
        self._workers = dict(enumerate(workers))
        self._addresses = [SAFE] if addresses is None else addresses
        self._scheduler = scheduler

    def nthreads(self):
        return dict.fromkeys(self._addresses, 1)

    def run_on_scheduler(self, _function):
        if self._scheduler:
            raise self._scheduler

    def run(self, _function, _program, _terms):
        return self._workers


def looked_over(*workers, **told):
    DaskMachines(Client(*workers, **told)).look_over(Terms(), lambda: HERE)


@pytest.mark.parametrize(
    ("worker", "why", "context"),
    [
        (
            replace(FIT, program={**HERE, "crf-intake": "1 (abd)"}),
            ClusterFault.OTHER_PROGRAM,
            {"part": "crf-intake", "here": "1 (abc)", "there": "1 (abd)"},
        ),
        (
            replace(FIT, program={"crf-intake": "1 (abc)"}),
            ClusterFault.OTHER_PROGRAM,
            {"part": "pikepdf", "here": "10.18", "there": "-"},
        ),
        (replace(FIT, writes_to_disk=True), ClusterFault.WRITES_TO_DISK, {}),
        (replace(FIT, has_child=False), ClusterFault.NO_CHILD, {}),
    ],
)
def test_one_worker_that_is_not_as_it_must_be_is_refused_with_all(worker, why, context):
    looked_over(FIT, FIT)
    with pytest.raises(ClusterUnavailable) as refused:
        looked_over(FIT, worker)
    assert (refused.value.why, refused.value.context) == (why, context)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"addresses": []}, ClusterFault.NO_WORKERS),
        ({"addresses": [SAFE, "tcp://10.1.2.3:4001"]}, ClusterFault.NOT_ENCRYPTED),
        ({"scheduler": ImportError("no module named intake")}, ClusterFault.NO_PROGRAM),
        ({"scheduler": OSError("closed")}, ClusterFault.LOST),
    ],
)
def test_a_cluster_that_cannot_serve_says_why(told, why):
    with pytest.raises(ClusterUnavailable) as refused:
        looked_over(FIT, **told)
    assert refused.value.why is why


def test_what_a_worker_s_system_cannot_take_away_is_said_but_for_what_never_runs_there(caplog):
    looked_over(replace(FIT, lacks=(Lack.FILES, Lack.OFFICE_NETWORK)))
    (line,) = caplog.messages
    assert line.startswith("On a worker of the cluster: This system has no Landlock")


def _joining(tmp_path, **files):
    execution = Execution(cluster="tls://10.1.2.3:8786", **files)
    with on_cluster(execution, tmp_path, Terms(), lambda: HERE):
        raise AssertionError("joined")


def test_certificates_that_are_none_are_named_before_anybody_is_called(tmp_path):
    (tmp_path / "cluster.pem").write_text("no certificate")
    files = {"authority": "cluster.pem", "certificate": "cluster.pem", "key": "cluster.key"}
    with pytest.raises(ClusterUnavailable) as refused:
        _joining(tmp_path, **files)
    assert refused.value.why is ClusterFault.CERTIFICATES
    assert str(tmp_path / "cluster.key") in refused.value.context["files"]


def test_without_the_extra_it_is_said_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(ClusterUnavailable) as refused:
        _joining(tmp_path, authority="a", certificate="a", key="a")
    assert refused.value.why is ClusterFault.NO_EXTRA
