"""One file's fault stays its own: limits, kills and errors in the pool of children."""

from __future__ import annotations

import os
import signal
import time

import pytest

from intake.execution.child import MEMORY_CAN_BE_LIMITED, prepare_child
from intake.execution.limited import LimitedPool
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode
from tests.kit.fakes.inprocess import InProcess


def double(number):
    return 2 * number


def refuse(reason):
    raise UnreadableFile(FindingCode.FILE_PROTECTED, {"reason": reason})


def fail():
    raise KeyError("a bug")


def hang():
    time.sleep(600)


def swell():
    return len(bytearray(3 * 1024**3))


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def crash():
    os.abort()


@pytest.fixture(scope="module")
def pool():
    with LimitedPool(1, seconds=60) as running:
        yield running


@pytest.mark.parametrize("executor", [InProcess, LimitedPool])
def test_every_executor_returns_results_and_errors_alike(executor):
    with executor() as running:
        result = running.submit(double, 21)
        refusal = running.submit(refuse, reason="password")
        bug = running.submit(fail)

        assert result.result(30) == 42
        with pytest.raises(UnreadableFile) as refused:
            refusal.result(30)
        with pytest.raises(KeyError):
            bug.result(30)
    assert refused.value.code is FindingCode.FILE_PROTECTED
    assert refused.value.context == {"reason": "password"}


@pytest.mark.parametrize(
    ("fault", "limit"),
    [
        pytest.param(
            swell,
            "memory",
            marks=pytest.mark.skipif(not MEMORY_CAN_BE_LIMITED, reason="no memory limit here"),
        ),
        (die, "process"),
        (crash, "process"),
    ],
)
def test_a_child_that_swells_or_dies_fails_its_own_file_only(pool, fault, limit):
    before, bad, after = pool.submit(double, 1), pool.submit(fault), pool.submit(double, 2)

    with pytest.raises(UnreadableFile) as refused:
        bad.result(60)

    assert refused.value.code is FindingCode.FILE_LIMIT
    assert refused.value.context == {"limit": limit}
    assert (before.result(60), after.result(60)) == (2, 4)


def test_a_child_that_hangs_is_ended_at_the_time_limit():
    with LimitedPool(1, seconds=1.5) as pool:
        bad, after = pool.submit(hang), pool.submit(double, 2)
        with pytest.raises(UnreadableFile) as refused:
            bad.result(30)
        assert after.result(30) == 4
    assert refused.value.context == {"limit": "time"}


def stop_in_the_middle():
    with LimitedPool(1) as pool:
        pool.submit(hang)
        raise ZeroDivisionError


def test_an_error_in_the_caller_ends_the_children_at_once():
    started = time.monotonic()
    with pytest.raises(ZeroDivisionError):
        stop_in_the_middle()
    assert time.monotonic() - started < 20


def test_what_a_child_is_to_load_is_loaded_before_its_first_file(monkeypatch):
    handler = signal.getsignal(signal.SIGINT)
    try:
        monkeypatch.setattr("intake.execution.child.MEMORY_CAN_BE_LIMITED", False)
        with pytest.raises(ModuleNotFoundError):
            prepare_child(1, ["no_such_module"])
    finally:
        signal.signal(signal.SIGINT, handler)


def test_a_system_without_memory_limits_says_so(monkeypatch, caplog):
    monkeypatch.setattr("intake.execution.child.MEMORY_CAN_BE_LIMITED", False)

    with LimitedPool(1):
        pass

    assert "only the time limit" in caplog.text
