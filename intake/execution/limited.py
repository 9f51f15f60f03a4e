"""Run each file in a warm child process within limits; what comes back is plain data.

A child that is killed, hangs or exhausts its memory fails its own file only; another is
started in its place. Functions and arguments are pickled on their way there: give
module-level functions, with the type that they return, and bytes. Nothing is unpickled here.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from intake.execution.allotted import Left, allotted, allotting
from intake.execution.child import DEFAULT_TERMS, Terms
from intake.execution.lacks import say_lacks
from intake.execution.one_child import Call
from intake.execution.own_children import OwnChildren
from intake.model.errors import over_limit

P = ParamSpec("P")
T = TypeVar("T")


class LimitedPool:
    """The default executor. Use it as a context manager.

    Each worker is a thread that owns one child at a time: it asks, and waits for the answer.
    """

    def __init__(self, workers: int = 1, *, terms: Terms = DEFAULT_TERMS) -> None:
        """Prepare the pool; no child is started before the first call."""
        say_lacks()
        self._threads = ThreadPoolExecutor(workers, "reading")
        self._children = OwnChildren(terms)

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
        is_cut_off = kind is not None
        self._threads.shutdown(wait=False, cancel_futures=is_cut_off)
        if is_cut_off:
            self._children.stop()
        self._threads.shutdown()
        self._children.end()

    def submit(
        self, function: Callable[P, T], /, *arguments: P.args, **named: P.kwargs
    ) -> Future[T]:
        """Start the call; its future raises UnreadableFile(FILE_LIMIT) when a limit stops it.

        It raises FaultInChild for a bug in the function.
        """
        call = Call(function, arguments, named)
        return self._threads.submit(self._asked, call, allotted())

    def allotting(self, left: Left) -> AbstractContextManager[None]:
        """Hold the calls that are submitted within to what is left when they begin, too."""
        return allotting(left)

    def _asked(self, call: Call[T], left: Left) -> T:
        seconds = min(self._children.terms.seconds, left())
        if seconds <= 0:
            raise over_limit("time")
        answer, _ = self._children.asked(call, seconds)
        return answer
