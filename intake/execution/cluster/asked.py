"""One call that waits for the cluster, from its question to its answer."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from intake.execution.allotted import Left
from intake.execution.cluster.batch import Question
from intake.execution.one_child import Call
from intake.execution.plain import NoAnswer, taken
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode

T = TypeVar("T")


class Answer(Future[T], Generic[T]):
    """A future that is given what a child sent, and rebuilds what it means when it is asked.

    Many answers wait while files are decided one by one: as sent, each is far smaller.
    """

    def __init__(self, function: Callable[..., T], released: Callable[[int], None]) -> None:
        """Keep whose answer it is, and whom to tell how many bytes need not be held any more."""
        super().__init__()
        self._function = function
        self._released = released

    def result(self, timeout: float | None = None) -> T:
        """Return what the call gave. Raises what it raised."""
        sent = cast("bytes", super().result(timeout))
        self._released(len(sent))
        self._released = _nothing
        try:
            return taken(self._function, sent)
        except NoAnswer:
            raise UnreadableFile(FindingCode.INTERNAL_ERROR) from None


def _nothing(_size: int) -> None:
    """Say nothing: asked for again, an answer is released no more."""


@dataclass(slots=True)
class Asked:
    """A call, its future, and how it is to be sent."""

    question: bytes
    left: Left
    """The seconds that are left for it, asked when it is sent."""
    answer: Answer[object]
    is_alone: bool = field(default=False)
    """A batch that it was part of killed its worker: it travels alone, to be known by that."""

    def begins(self) -> bool:
        """Say whether it is still wanted; from then on it cannot be cancelled."""
        return self.answer.running() or self.answer.set_running_or_notify_cancel()

    def to_send(self) -> Question:
        """Return it as it travels now."""
        return Question(self.question, self.left())


def asked(call: Call[T], left: Left, released: Callable[[int], None]) -> tuple[Asked, Answer[T]]:
    """Return a call ready to be sent, and the future of its answer."""
    question = pickle.dumps(call)
    answer = Answer(call.function, released)
    return Asked(question, left, cast("Answer[object]", answer)), answer
