"""What a child process may use, and what it loads before its first file.

Memory is limited where the system can do it (POSIX); elsewhere only time is.
"""

from __future__ import annotations

import importlib
import logging
import os
import signal
from collections.abc import Sequence

try:
    import resource
except ImportError:  # Windows
    MEMORY_CAN_BE_LIMITED = False
else:
    MEMORY_CAN_BE_LIMITED = hasattr(resource, "RLIMIT_AS")

logger = logging.getLogger(__name__)


def prepare_child(memory: int, modules: Sequence[str]) -> None:
    """Load what every file needs, then limit memory. Runs once in each child.

    An interrupt from the keyboard is the parent's business: it ends its children itself.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _silence()
    for name in modules:
        importlib.import_module(name)
    if MEMORY_CAN_BE_LIMITED:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _silence() -> None:
    """Send what libraries print nowhere: it is about a hostile file, and no news for a person.

    What went wrong comes back to the parent as an exception.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def say_what_is_limited() -> None:
    """Tell the log, once per pool, when this system cannot limit memory."""
    if not MEMORY_CAN_BE_LIMITED:
        logger.warning(
            "This system cannot limit the memory of a child process: "
            "only the time limit protects against a file that swells when opened."
        )
