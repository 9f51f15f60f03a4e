"""Run each file in a warm child process within limits; what comes back is plain data.

A child that is killed, hangs or exhausts its memory fails its own file only; another is
started in its place. Functions and arguments are pickled on their way there: give
module-level functions, with the type that they return, and bytes. Nothing is unpickled here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

from intake.execution.child import DEFAULT_TERMS, Terms
from intake.execution.lacks import say_lacks
from intake.execution.one_child import Child
from intake.execution.plain import taken

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Call:
    """One call and its answer to come."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    named: dict[str, Any]
    answer: Future[Any]


class LimitedPool:
    """The default executor. Use it as a context manager.

    Each worker is a thread that owns one child at a time: it asks, and waits for the answer.
    """

    def __init__(self, workers: int = 1, *, terms: Terms = DEFAULT_TERMS) -> None:
        """Prepare the pool; no child is started before the first call."""
        say_lacks()
        self._terms = terms
        self._calls: SimpleQueue[_Call | None] = SimpleQueue()
        self._children: set[Child] = set()
        self._is_stopped = False
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(workers)]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        """Return the executor."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait for the calls under way; after an error, end them."""
        self._is_stopped = kind is not None
        for _ in self._threads:
            self._calls.put(None)
        for child in tuple(self._children) if self._is_stopped else ():
            child.kill()
        for thread in self._threads:
            thread.join()

    def submit(
        self, function: Callable[P, T], /, *arguments: P.args, **named: P.kwargs
    ) -> Future[T]:
        """Start the call; its future raises UnreadableFile(FILE_LIMIT) when a limit stops it.

        It raises FaultInChild for a bug in the function.
        """
        answer: Future[T] = Future()
        self._calls.put(_Call(function, arguments, dict(named), answer))
        return answer

    def _work(self) -> None:
        child: Child | None = None
        while (call := self._calls.get()) is not None:
            if self._is_stopped:
                call.answer.cancel()
            if not call.answer.set_running_or_notify_cancel():
                continue
            try:
                child = self._living(child)
                sent = child.ask(call.function, call.arguments, call.named)
                call.answer.set_result(child.judged(partial(taken, call.function, sent)))
            except BaseException as error:  # noqa: BLE001 - it is the call's answer, whatever it is
                call.answer.set_exception(error)
        if child is not None:
            child.end()

    def _living(self, child: Child | None) -> Child:
        """Return a child that can take one call more."""
        if child is not None and child.can_go_on:
            return child
        if child is not None:
            child.end()
            self._children.discard(child)
        new = Child(self._terms)
        self._children.add(new)
        if self._is_stopped:
            new.kill()
        return new
