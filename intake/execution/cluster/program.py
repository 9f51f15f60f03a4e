"""What files are read with, here and on a worker: the same, or nothing is read there."""

from __future__ import annotations

from intake.execution.cluster.batch import Program
from intake.model.errors import ClusterFault, ClusterUnavailable

_ABSENT = "-"


def require_same(here: Program, there: Program) -> None:
    """Raise ClusterUnavailable, naming the first part that a worker has otherwise."""
    for part in sorted({*here, *there}):
        ours, theirs = here.get(part, _ABSENT), there.get(part, _ABSENT)
        if ours != theirs:
            raise ClusterUnavailable(ClusterFault.OTHER_PROGRAM, part=part, here=ours, there=theirs)
