"""The executor that has calls answered by a cluster: batches, a window of them, no queue.

What is asked waits here, in this process alone, until a worker is free for it; a batch holds
what waits then, shared out. Nothing is kept by the cluster: what this process had not saved
when it ended is asked again by the next run. Dask is known by ``dask_cluster`` only.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import ParamSpec, Protocol, Self, TypeVar, assert_never

from intake.execution.allotted import Left, allotted, allotting
from intake.execution.child import Terms
from intake.execution.cluster.asked import Answer, Asked, asked
from intake.execution.cluster.batch import Batch, Program
from intake.execution.cluster.window import Outcome, Window
from intake.execution.one_child import Call
from intake.model.errors import ClusterFault, ClusterUnavailable, SetupError

P = ParamSpec("P")
T = TypeVar("T")

AHEAD_A_THREAD, LEAST_AHEAD, MOST_AHEAD = 32, 4, 1000
"""Files that are looked into before the one that is decided."""
MOST_HELD = 200 << 20
"""Bytes of files and answers that wait here; beyond, only a few files are looked into ahead."""
LOOK_SECONDS, NOBODY_SECONDS, SILENT_SECONDS = 5.0, 60.0, 300.0
"""How often the workers are counted; how long none may be there; how long, beside the time of
four files, nothing may come back: workers that are paused for want of memory say nothing."""


class Machines(Protocol):
    """What the executor asks of a cluster."""

    def threads(self) -> int:
        """Return how many calls can be answered at once, now. Raises ClusterUnavailable."""
        ...

    def send(self, batch: Batch, done: Callable[[Outcome], None]) -> None:
        """Have a batch answered; ``done`` is called once, from another thread."""
        ...


@dataclass(frozen=True, slots=True)
class _Done:
    """A batch that came back."""

    number: int
    outcome: Outcome


_Event = Asked | _Done | None
"""What happens to the thread that sends: asked, back, or the end."""


class ClusterExecutor:
    """``ports.Executor`` on other machines. Use it as a context manager."""

    def __init__(self, machines: Machines, terms: Terms, program: Callable[[], Program]) -> None:
        """Begin to send what is asked; ``program`` says what files are read with here."""
        self._machines = machines
        self._threads = machines.threads()
        self._terms = terms
        self._program = program
        self._events: SimpleQueue[_Event] = SimpleQueue()
        self._window = Window(program(), self._count)
        self._held = 0
        self._looks_at = time.monotonic() + LOOK_SECONDS
        self._lock = threading.Lock()
        self._nobody_since: float | None = None
        self._heard_at = time.monotonic()
        self._problem: SetupError | None = None
        self._thread = threading.Thread(target=self._run, name="cluster", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        """Return the executor."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Drop what is under way: whoever wanted it has it by now."""
        self._events.put(None)
        self._thread.join()

    def submit(
        self, function: Callable[P, T], /, *arguments: P.args, **named: P.kwargs
    ) -> Answer[T]:
        """Start the call; its future raises as that of a limited pool does.

        It raises ClusterUnavailable when the cluster can answer nothing any more.
        """
        one, answer = asked(Call(function, arguments, named), allotted(), self._released)
        self._count(len(one.question))
        self._events.put(one)
        if self._problem is not None:
            self._refuse((one,), self._problem)
        return answer

    def allotting(self, left: Left) -> AbstractContextManager[None]:
        """Hold the calls that are submitted within to what is left when they are sent, too."""
        return allotting(left)

    def ahead(self) -> int:
        """Return how many files are worth looking into before the one that is decided."""
        if self._held > MOST_HELD:
            return LEAST_AHEAD
        return max(LEAST_AHEAD, min(MOST_AHEAD, AHEAD_A_THREAD * self._threads))

    def _released(self, size: int) -> None:
        self._count(-size)

    def _count(self, size: int) -> None:
        with self._lock:
            self._held += size

    def _run(self) -> None:
        """Send and take back until the end; whatever ends it, nobody is left to wait."""
        problem: SetupError = ClusterUnavailable(ClusterFault.LOST)
        try:
            while self._step():
                if not self._window.is_under_way:
                    self._heard_at = time.monotonic()
                for number, batch in self._window.batches(self._threads):
                    self._send(number, batch)
        except SetupError as told:
            problem = told
        finally:
            self._problem = problem
            self._refuse(self._window.unanswered(), problem)
            self._refuse(self._unseen(), problem)

    def _unseen(self) -> Iterator[Asked]:
        """Yield what was asked while the thread ended."""
        while not self._events.empty():
            event = self._events.get()
            if isinstance(event, Asked):
                yield event

    def _step(self) -> bool:
        """Take all that has happened; say whether to go on. Raises SetupError."""
        if time.monotonic() >= self._looks_at:
            self._look()
        try:
            event = self._events.get(timeout=LOOK_SECONDS)
        except Empty:
            return True
        while True:
            match event:
                case None:
                    return False
                case Asked():
                    self._window.add(event)
                case _Done():
                    self._heard_at = time.monotonic()
                    self._window.back(event.number, event.outcome)
                case unknown:
                    assert_never(unknown)
            try:
                event = self._events.get_nowait()
            except Empty:
                return True

    def _look(self) -> None:
        """Count the workers anew. Raises ClusterUnavailable when none is there, or none answers."""
        self._looks_at = time.monotonic() + LOOK_SECONDS
        self._threads = self._machines.threads()
        now = time.monotonic()
        if now - self._heard_at > SILENT_SECONDS + 4 * self._terms.seconds:
            raise ClusterUnavailable(ClusterFault.LOST)
        if self._threads or not self._window.is_under_way:
            self._nobody_since = None
            return
        since = self._nobody_since = self._nobody_since or now
        if now - since >= NOBODY_SECONDS:
            raise ClusterUnavailable(ClusterFault.NO_WORKERS)

    def _send(self, number: int, batch: tuple[Asked, ...]) -> None:
        questions = tuple(one.to_send() for one in batch)
        self._machines.send(
            Batch(questions, self._terms, self._program),
            lambda outcome: self._events.put(_Done(number, outcome)),
        )

    def _refuse(self, these: Iterable[Asked], problem: SetupError) -> None:
        with self._lock:
            for one in these:
                if not one.answer.done() and one.begins():
                    one.answer.set_exception(problem)
