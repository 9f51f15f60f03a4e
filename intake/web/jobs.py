"""Long acts: done one after the other, watched on the page, and told of when they are over.

A job that is cut off with the program leaves nothing behind: what it did is in the store and the
folders, and it is begun again by whoever asks again. Knows no act and no screen.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum

_KEPT = 50
"""Jobs that are over and can still be looked at."""


@dataclass(frozen=True, slots=True)
class Done:
    """What an act came to: a sentence, and where to go from it."""

    said: str
    then: str = ""
    """The screen that shows it; else the one that the act names."""
    undo: str = ""
    """Where a POST takes it back."""


Tell = Callable[[str], None]
"""Say how far a job is."""


class State(StrEnum):
    """How a job stands (a closed list)."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass
class Job:
    """One long act."""

    number: int
    key: str
    title: str
    then: str = "/"
    """The screen to go to from it."""
    progress: str = ""
    _future: Future[Done] = field(default_factory=Future)

    @property
    def state(self) -> State:
        """Return how it stands."""
        if self._future.done():
            return State.FAILED if self.fault else State.DONE
        return State.RUNNING if self._future.running() else State.WAITING

    @property
    def fault(self) -> BaseException | None:
        """Return what stopped it, once it is over."""
        if not self._future.done() or self._future.cancelled():
            return None
        return self._future.exception()

    @property
    def done(self) -> Done | None:
        """Return what it came to, once it is over."""
        return self._future.result() if self.state is State.DONE else None

    def tell(self, words: str) -> None:
        """Say how far it is."""
        self.progress = words


class Jobs:
    """The jobs of this start, in order."""

    def __init__(self) -> None:
        """Begin with none."""
        self._one = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
        self._jobs: dict[int, Job] = {}
        self._last = 0

    def start(self, job: Job, work: Callable[[Tell], Done]) -> Job:
        """Begin a job when those before it are over; return the waiting one of the same key."""
        for known in self._jobs.values():
            if known.key == job.key and known.state is State.WAITING:
                return known
        self._last += 1
        job.number = self._last
        self._jobs[job.number] = job
        job._future = self._one.submit(work, job.tell)
        self._forget()
        return job

    def get(self, number: int) -> Job | None:
        """Return a job by its number."""
        return self._jobs.get(number)

    @property
    def under_way(self) -> Job | None:
        """Return the job that runs, else the one that waits."""
        states = (State.RUNNING, State.WAITING)
        return next(
            (job for state in states for job in self._jobs.values() if job.state is state), None
        )

    def is_at(self, key: str) -> bool:
        """Say whether a job of a key runs or waits."""
        return any(
            job.key == key and job.state in (State.RUNNING, State.WAITING)
            for job in self._jobs.values()
        )

    def end(self) -> None:
        """Begin no other job; what runs is finished."""
        self._one.shutdown(wait=False, cancel_futures=True)

    def _forget(self) -> None:
        over = [n for n, job in self._jobs.items() if job.state in (State.DONE, State.FAILED)]
        for number in over[:-_KEPT]:
            del self._jobs[number]
