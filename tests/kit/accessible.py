"""What two PDF/UA checkers have to say of a PDF that the product makes.

They run in a process of their own, from `.venv/checkers` (see the Makefile).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.kit.places import PROGRAMS

_CHECKERS = Path(sys.prefix) / "checkers"


def complaints(content: bytes) -> list[str]:
    """Return every error and warning of both; nothing when all is well.

    Skips the test where the checkers are not installed, except in CI.
    """
    if not _CHECKERS.is_dir() and "CI" not in os.environ:
        pytest.skip("the checkers are not installed: make .venv/.ready")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "checked.pdf"
        path.write_bytes(content)
        done = subprocess.run(
            [sys.executable, PROGRAMS / "check_pdf_ua.py", path],
            env={**os.environ, "PYTHONPATH": str(_CHECKERS)},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
