"""How many random cases a test tries: a part each time, all of them by ``make fuzz``."""

from __future__ import annotations

import os

_PART = 4


def tries(count: int) -> int:
    """Return a quarter of a number of cases, the first ones; all where ``FUZZ`` is ``whole``."""
    return count if os.environ.get("FUZZ") == "whole" else max(count // _PART, 1)
