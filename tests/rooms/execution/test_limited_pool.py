"""One file's fault stays its own: limits, kills and errors in the pool of children."""

from __future__ import annotations

import signal
import time

import pytest

from intake.execution import lacks as lacking
from intake.execution.child import CALLS_PER_CHILD, MEMORY_CAN_BE_LIMITED, Terms, prepare
from intake.execution.limited import LimitedPool
from intake.execution.plain import FaultInChild
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode
from tests.kit.fakes.inprocess import InProcess
from tests.rooms.execution.deeds import (
    crash,
    die,
    double,
    fail,
    files,
    hang,
    process_number,
    promises_a_number,
    refuse,
    swell,
)

DEEDS = "tests.rooms.execution.deeds"


def pool_of(workers=1, seconds=60.0):
    return LimitedPool(workers, terms=Terms(seconds=seconds, modules=(DEEDS,)))


@pytest.fixture(scope="module")
def pool():
    with pool_of() as running:
        yield running


@pytest.mark.parametrize("executor", [InProcess, pool_of])
def test_every_executor_returns_results_and_refusals_alike(executor):
    with executor() as running:
        result = running.submit(double, 21)
        refusal = running.submit(refuse, reason="password")
        held = running.submit(files)

        assert result.result(30) == 42
        assert held.result(30) == files()
        with pytest.raises(UnreadableFile) as refused:
            refusal.result(30)
    assert refused.value.code is FindingCode.FILE_PROTECTED
    assert refused.value.context == {"reason": "password"}


def test_a_fault_of_ours_crosses_as_where_it_arose_never_as_its_text(pool):
    with pytest.raises(FaultInChild) as fault:
        pool.submit(fail).result(30)
    assert str(fault.value).startswith("KeyError at fail:")
    assert "Durand" not in str(fault.value)


def test_a_function_that_returns_something_else_than_it_promises_gives_nothing(pool):
    with pytest.raises(UnreadableFile) as refused:
        pool.submit(promises_a_number).result(30)
    assert refused.value.code is FindingCode.INTERNAL_ERROR


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
    with pool_of(seconds=1.5) as pool:
        bad, after = pool.submit(hang), pool.submit(double, 2)
        with pytest.raises(UnreadableFile) as refused:
            bad.result(30)
        assert after.result(30) == 4
    assert refused.value.context == {"limit": "time"}


def test_a_child_is_replaced_after_its_calls(pool):
    numbers = [pool.submit(process_number) for _ in range(2 * CALLS_PER_CHILD)]
    assert 1 < len({number.result(60) for number in numbers}) <= 3


def stop_in_the_middle():
    with pool_of() as pool:
        pool.submit(hang)
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
            prepare(Terms(memory=1, seconds=1, modules=("no_such_module",)))
    finally:
        signal.signal(signal.SIGINT, handler)


def test_a_system_that_cannot_take_something_away_says_so_once(monkeypatch, caplog):
    monkeypatch.setattr(lacking, "MEMORY_CAN_BE_LIMITED", False)
    monkeypatch.setattr(lacking.landlock, "version", lambda: 0)
    lacking.lacks.cache_clear()
    lacking.say_lacks.cache_clear()
    try:
        for _ in range(2):
            with LimitedPool(1):
                pass
        assert caplog.text.count("only the time limit") == 1
        assert caplog.text.count("no Landlock") == 1
    finally:
        lacking.lacks.cache_clear()
        lacking.say_lacks.cache_clear()


def test_a_call_is_let_run_no_longer_than_what_is_left_for_its_file(pool):
    pool.submit(double, 1).result(30)
    begun = time.monotonic()
    with pool.allotting(lambda: 0.3):
        held = pool.submit(hang)
    with pytest.raises(UnreadableFile) as stopped:
        held.result(30)
    assert (stopped.value.code, stopped.value.context) == (
        FindingCode.FILE_LIMIT,
        {"limit": "time"},
    )
    assert time.monotonic() - begun < 5
    assert pool.submit(double, 2).result(30) == 4


def test_what_is_left_counts_when_a_call_begins_not_when_it_is_asked_for(pool):
    left = iter([60.0, 0.0])
    with pool.allotting(lambda: next(left)):
        first, late = pool.submit(double, 1), pool.submit(double, 2)
    assert first.result(30) == 2
    with pytest.raises(UnreadableFile) as refused:
        late.result(30)
    assert refused.value.context == {"limit": "time"}
