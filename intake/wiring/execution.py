"""Which executor reads returned files."""

from __future__ import annotations

import os

from intake.execution.limited import LimitedPool
from intake.study.model import Limits

_MOST_CHILDREN = 4
_LOADED_FIRST = (
    "intake.formats.registry",
    "intake.formats.pdf.inspection",
    "intake.formats.pdf.printed_file",
    "intake.formats.pdf.exported_file",
    "intake.formats.page_pictures",
    "intake.formats.word.inspection",
    "intake.formats.excel.inspection",
)


def limited_executor(limits: Limits) -> LimitedPool:
    """Return a pool of children held to the study's time and memory limits."""
    return LimitedPool(
        min(_MOST_CHILDREN, os.cpu_count() or 1),
        seconds=limits.seconds,
        memory=limits.memory_megabytes << 20,
        modules=_LOADED_FIRST,
    )
