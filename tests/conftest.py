"""One setting for every test."""

from __future__ import annotations

import gc
import os

os.environ.setdefault("CRF_INTAKE_LANG", "en")  # what tests read, whatever the computer speaks


def pytest_collection_finish() -> None:
    """Leave what was collected out of every later look for garbage: thousands of tests live on."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
