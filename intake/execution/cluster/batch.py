"""What travels to a worker of the cluster and back, and what the worker does with it.

A worker opens no file itself: it hands each to its own limited child, as the driver would,
and sends back what the child said, unchanged. It keeps nothing and raises nothing: Dask would
write the text of an exception, and what it was called with, into its log.
"""

from __future__ import annotations

import pickle
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from intake.execution.child import Terms
from intake.execution.one_child import Call
from intake.execution.own_children import OwnChildren
from intake.execution.plain import FaultInChild, fault_again, refused
from intake.model.errors import UnreadableFile, over_limit

MOST_SECONDS = 10.0
"""A batch that has worked so long hands back what it has not begun: no file waits for all."""

Program = Mapping[str, str]
"""The name of each part that a reading rests on, and its version."""


@dataclass(frozen=True, slots=True)
class Question:
    """One call as it travels; its text says nothing of it, for a log may show it."""

    call: bytes = field(repr=False)
    """A pickled ``Call``, made by the driver."""
    seconds: float
    """What it may take, counted from the start of its batch."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Calls for one worker, and what it must be to answer them."""

    questions: tuple[Question, ...] = field(repr=False)
    terms: Terms
    program: Callable[[], Program]
    """Asked on the worker: what it reads files with."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a worker sends back."""

    program: Program
    sent: tuple[bytes | None, ...] = field(repr=False)
    """What the child sent for each call; None for one that was not begun."""


_LOCK = threading.Lock()
_KEPT: list[OwnChildren] = []
"""The children of this worker process: of one study's terms, the last that was asked."""


def is_there() -> bool:
    """Answer: asked of a worker's child to see that there can be one."""
    return True


def read_batch(batch: Batch) -> Answers:
    """Answer the calls of a batch, one after another, while there is time. Raises nothing."""
    children = _children(batch.terms)
    began = time.monotonic()
    sent: list[bytes | None] = []
    for question in batch.questions:
        passed = time.monotonic() - began
        is_late = bool(sent) and passed > MOST_SECONDS
        sent.append(None if is_late else _answer(children, question, passed))
    return Answers(batch.program(), tuple(sent))


def _answer(children: OwnChildren, question: Question, passed: float) -> bytes:
    seconds = min(children.terms.seconds, question.seconds - passed)
    if seconds <= 0:
        return refused(over_limit("time"))
    call: Call[object] = pickle.loads(question.call)  # noqa: S301 - the driver's own words
    try:
        _, sent = children.asked(call, seconds)
    except UnreadableFile as problem:
        return refused(problem)
    except FaultInChild as fault:
        return fault_again(fault)
    return sent


def _children(terms: Terms) -> OwnChildren:
    """Return this process's children, others where another study asks on other terms."""
    with _LOCK:
        if _KEPT and _KEPT[0].terms != terms:
            _KEPT.pop().stop()
        if not _KEPT:
            _KEPT.append(OwnChildren(terms))
        return _KEPT[0]
