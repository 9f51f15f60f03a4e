"""Run the work in this process, one call after the other: for tests and small tools.

No limit is set here; a file that exhausts memory or time takes the program with it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class InProcess:
    """An executor without isolation: one thread, so PDF libraries meet one caller."""

    def __init__(self) -> None:
        """Start the thread lazily, at the first call."""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="read")

    def __enter__(self) -> Self:
        """Return the executor."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait for the calls under way."""
        self._thread.shutdown()

    def submit(
        self, function: Callable[P, T], /, *arguments: P.args, **named: P.kwargs
    ) -> Future[T]:
        """Start the call; its future holds the result or the exception."""
        return self._thread.submit(function, *arguments, **named)
