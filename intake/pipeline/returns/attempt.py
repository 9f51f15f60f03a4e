"""Work on one file that must never stop the others: the one broad ``except`` is here."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from typing import TypeVar

from intake.model.errors import SetupError, UnreadableFile
from intake.model.finding_codes import FindingCode

T = TypeVar("T")

_LOG = logging.getLogger(__name__)


def attempt(work: Callable[[], T]) -> T | UnreadableFile:
    """Return what the work gives, or why the file gives nothing. Raises SetupError only."""
    try:
        return work()
    except UnreadableFile as problem:
        return problem
    except SetupError:
        raise
    except Exception as fault:  # noqa: BLE001 - one bad file must never stop the others
        _LOG.error("internal error on one file: %s", _where(fault))
        return UnreadableFile(FindingCode.INTERNAL_ERROR)


def _where(fault: Exception) -> str:
    """Say which exception arose and where, never its text: it may quote an answer."""
    frames = traceback.extract_tb(fault.__traceback__)
    trail = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-6:]))
    return f"{type(fault).__name__} at {trail}"
