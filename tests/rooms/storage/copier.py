"""A program that copies a store, and is killed when all is copied and nothing committed."""

from __future__ import annotations

import datetime as dt
import os
import signal
from pathlib import Path
from unittest.mock import patch

from intake.storage import copying


def copy_and_die(source: str, target: str, key_file: Path) -> None:
    """Copy, and die as by a power cut before the copy is compared."""
    with patch.object(copying, "_require_equal", lambda *_: os.kill(os.getpid(), signal.SIGKILL)):
        copying.copy_store(source, target, key_file, lambda: dt.datetime.now(dt.UTC))
