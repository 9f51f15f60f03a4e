"""What is asked of a cluster and not answered yet: what waits here, what is under way.

Decides what travels together, and what becomes of what came back or did not. No thread, no
network: whoever owns it sends the batches.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

from intake.execution.cluster.asked import Asked
from intake.execution.cluster.batch import Answers, Program
from intake.execution.cluster.program import require_same
from intake.model.errors import ClusterUnavailable, over_limit

MOST_CALLS, MOST_BYTES = 50, 8 << 20
"""Of one batch; a larger file travels alone."""
BATCHES_A_THREAD = 2
"""One is worked on while the next is on its way."""


class Died:
    """A batch whose workers died, one after another, as often as the scheduler lets them."""


Outcome = Answers | Died | ClusterUnavailable
"""What becomes of a batch."""


class Window:
    """The calls of one executor. ``counted`` is told the bytes that are held more, or less."""

    def __init__(self, here: Program, counted: Callable[[int], None]) -> None:
        """Begin with nothing; ``here`` is what files are read with on this machine."""
        self._here = here
        self._counted = counted
        self._waiting: deque[Asked] = deque()
        self._flying: dict[int, tuple[Asked, ...]] = {}
        self._sent = 0

    def add(self, one: Asked) -> None:
        """Have a call wait for its turn."""
        self._waiting.append(one)

    def batches(self, threads: int) -> Iterator[tuple[int, tuple[Asked, ...]]]:
        """Yield what is to be sent now, numbered: what waits, shared out among free places."""
        room = max(1, BATCHES_A_THREAD * threads) - len(self._flying)
        while room > 0 and self._waiting:
            batch = self._next(math.ceil(len(self._waiting) / room))
            if batch:
                self._sent += 1
                self._flying[self._sent] = batch
                yield self._sent, batch
                room -= 1

    def back(self, number: int, outcome: Outcome) -> None:
        """Give the answers of a batch; what has none waits again, before all others.

        Raises ClusterUnavailable: nothing more can be asked.
        """
        batch = self._flying[number]
        match outcome:
            case Answers():
                require_same(self._here, outcome.program)
                self._give(batch, outcome.sent)
            case Died():
                self._try_alone(batch)
            case ClusterUnavailable():
                raise outcome
            case unknown:
                assert_never(unknown)
        del self._flying[number]

    @property
    def is_under_way(self) -> bool:
        """Say whether something was sent and has not come back."""
        return bool(self._flying)

    def unanswered(self) -> Iterator[Asked]:
        """Yield all that was asked and has no answer."""
        for batch in self._flying.values():
            yield from batch
        yield from self._waiting

    def _next(self, share: int) -> tuple[Asked, ...]:
        """Take the next batch from what waits: one call, or so many that are small together."""
        batch: list[Asked] = []
        size = 0
        while self._waiting and len(batch) < min(share, MOST_CALLS):
            one = self._waiting[0]
            size += len(one.question)
            if batch and (size > MOST_BYTES or one.is_alone):
                break
            self._waiting.popleft()
            if one.begins():
                batch.append(one)
            else:
                self._counted(-len(one.question))
            if one.is_alone:
                break
        return tuple(batch)

    def _give(self, batch: Iterable[Asked], sent: Iterable[bytes | None]) -> None:
        again = []
        for one, answer in zip(batch, sent, strict=True):
            if answer is None:
                again.append(one)
                continue
            self._counted(len(answer) - len(one.question))
            one.answer.set_result(answer)
        self._waiting.extendleft(reversed(again))

    def _try_alone(self, batch: tuple[Asked, ...]) -> None:
        """Ask each call of a deadly batch by itself; one that was alone is what killed."""
        if len(batch) > 1:
            for one in batch:
                one.is_alone = True
            self._waiting.extendleft(reversed(batch))
            return
        (one,) = batch
        self._counted(-len(one.question))
        one.answer.set_exception(over_limit("process"))
