"""How every test is collected."""

from __future__ import annotations

import gc


def pytest_sessionstart() -> None:
    """Look for no garbage among thousands of tests while they are collected."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Leave what was collected out of every later look for garbage: it lives on."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 50)
