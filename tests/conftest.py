"""What holds for every test: the order, and what garbage is looked for."""

from __future__ import annotations

import gc

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker waits for another at the end."""
    items.sort(key=_seconds, reverse=True)


def _seconds(item: pytest.Item) -> int:
    marker = item.get_closest_marker("long")
    return 0 if marker is None else int(marker.args[0])


def pytest_collection_finish() -> None:
    """Leave what was collected out of every later look for garbage: thousands of tests live on."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
