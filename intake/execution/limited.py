"""Run each file in a warm child process with limits of time and memory.

A child that is killed, hangs or exhausts its memory fails its own file only; the pool
starts another. Functions and arguments are pickled: give module-level functions and bytes.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from intake.execution.child import prepare_child, say_what_is_limited
from intake.model.errors import over_limit

P = ParamSpec("P")
T = TypeVar("T")

SECONDS = 60.0
"""Longest reading of one file, the start of the child included."""
MEMORY = 1024**3
"""Address space of a child in bytes."""
CALLS_PER_CHILD = 50
"""A child is replaced after so many files, before leaks of its libraries matter."""


class LimitedPool:
    """The default executor. Use it as a context manager."""

    def __init__(
        self,
        workers: int = 1,
        *,
        seconds: float = SECONDS,
        memory: int = MEMORY,
        modules: Sequence[str] = (),
    ) -> None:
        """Prepare the pool; ``modules`` are loaded by each child before its first call."""
        say_what_is_limited()
        self._seconds = seconds
        self._pool: Any = ProcessPool(  # its methods are not typed
            max_workers=workers,
            max_tasks=CALLS_PER_CHILD,
            initializer=prepare_child,
            initargs=(memory, tuple(modules)),
            context=multiprocessing.get_context("spawn"),
        )

    def __enter__(self) -> Self:
        """Return the executor; children start with the first call."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait for the calls under way; after an error, end them."""
        if kind is None:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()

    def submit(
        self, function: Callable[P, T], /, *arguments: P.args, **named: P.kwargs
    ) -> Future[T]:
        """Start the call; its future raises UnreadableFile(FILE_LIMIT) when a limit stops it."""
        answer: Future[T] = Future()
        inner = self._pool.schedule(function, args=arguments, kwargs=named, timeout=self._seconds)
        inner.add_done_callback(lambda done: _hand_over(done, answer))
        return answer


def _hand_over(done: Future[T], answer: Future[T]) -> None:
    """Give the caller's future what the child gave, limits in the words of the model."""
    if not answer.set_running_or_notify_cancel():
        return
    if done.cancelled():
        answer.set_exception(CancelledError())
        return
    error = done.exception()
    if error is None:
        answer.set_result(done.result())
    else:
        answer.set_exception(_in_our_words(error))


def _in_our_words(error: BaseException) -> BaseException:
    """Return FILE_LIMIT for a child stopped by a limit or lost, else the error itself."""
    limits: tuple[tuple[type[BaseException], str], ...] = (
        (TimeoutError, "time"),
        (MemoryError, "memory"),
        (ProcessExpired, "process"),
    )
    for kind, name in limits:
        if isinstance(error, kind):
            limited = over_limit(name)
            limited.__cause__ = error
            return limited
    return error
