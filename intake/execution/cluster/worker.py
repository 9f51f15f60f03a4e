"""What a worker of the cluster shows of itself before any file is sent to it."""

from __future__ import annotations

import math
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from intake.execution.child import Terms
from intake.execution.cluster.batch import Batch, Program, Question, is_there, read_batch
from intake.execution.lacks import Lack, lacks
from intake.execution.one_child import Call
from intake.execution.plain import FaultInChild, NoAnswer, taken
from intake.model.errors import UnreadableFile


@dataclass(frozen=True, slots=True)
class Worker:
    """One worker, as it is found."""

    program: Program
    has_child: bool
    """A limited child was started and answered."""
    writes_to_disk: bool
    """Dask may write answers to its disk when memory is short."""
    lacks: tuple[Lack, ...]
    """What its system cannot take away from what opens files."""


def looked_over(program: Callable[[], Program], terms: Terms, dask_worker: Any) -> Worker:  # noqa: ANN401 - Dask's own
    """Return what this worker is. Runs on each, and raises nothing."""
    question = Question(pickle.dumps(Call(is_there, (), {})), math.inf)
    answers = read_batch(Batch((question,), terms, program))
    return Worker(
        program=answers.program,
        has_child=_is_answered(answers.sent[0] or b""),
        writes_to_disk=not isinstance(dask_worker.data, dict),
        lacks=lacks(),
    )


def _is_answered(sent: bytes) -> bool:
    try:
        return taken(is_there, sent)
    except (UnreadableFile, FaultInChild, NoAnswer):
        return False
