"""Which executor reads returned files."""

from __future__ import annotations

import os

from intake.execution.limited import LimitedPool
from intake.study.model import Limits

_MOST_CHILDREN = 4
_LOADED_FIRST = (
    "intake.formats.registry",
    "intake.formats.pdf.read.inspection",
    "intake.formats.paper.printed_file",
    "intake.formats.paper.exported_file",
    "intake.formats.paper.page_pictures",
    "intake.formats.word.read.inspection",
    "intake.formats.excel.read.inspection",
)


def limited_executor(limits: Limits) -> LimitedPool:
    """Return a pool of children held to the study's time and memory limits."""
    return LimitedPool(
        min(_MOST_CHILDREN, os.cpu_count() or 1),
        seconds=limits.seconds,
        memory=limits.memory_megabytes << 20,
        modules=_LOADED_FIRST,
    )
