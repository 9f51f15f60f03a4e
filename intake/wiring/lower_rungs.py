"""Which other ways there are to look into a file that its reader could not read."""

from __future__ import annotations

from intake.execution import libreoffice
from intake.formats.registry import inspect_file
from intake.pipeline.conversion import Conversion
from intake.ports import Executor, LowerRung


def lower_rungs(executor: Executor) -> tuple[LowerRung, ...]:
    """Return the other ways, in the order in which they are tried."""
    is_here = libreoffice.is_installed()
    convert = libreoffice.converted if is_here else None
    return (Conversion(convert=convert, executor=executor, inspect=inspect_file),)
