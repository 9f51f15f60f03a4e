"""Read and check one filled Excel form, beside openpyxl's ``load_workbook`` on the same file."""

from __future__ import annotations

import datetime as dt
import io
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook

sys.path.insert(0, str(Path(__file__).parent.parent))

from intake.checks.checker import Checker
from intake.formats.registry import READERS, inspect_file
from intake.model.submission import FileFormat
from tests.kit.fillers.excel_forms import blank, every_answer
from tests.kit.fillers.forms import definition
from tests.kit.fillers.with_openpyxl import fill

RUNS = 20


def main() -> None:
    """Print the medians."""
    content = fill(blank(), every_answer())
    form, checker = definition(), Checker(definition())
    reader = READERS[FileFormat.EXCEL]
    inspection = inspect_file(content, "a.xlsx")
    raw = reader.read(inspection, form)
    steps: dict[str, Callable[[], object]] = {
        "openpyxl load_workbook": lambda: load_workbook(io.BytesIO(content)),
        "inspect": lambda: inspect_file(content, "a.xlsx"),
        "read": lambda: reader.read(inspection, form),
        "check": lambda: checker.check(raw, language="fr", received=dt.date(2026, 11, 2)),
    }
    for name, work in steps.items():
        times = []
        for _ in range(RUNS):
            started = time.process_time()
            work()
            times.append((time.process_time() - started) * 1000)
        print(f"{name:24} {statistics.median(times):6.1f} ms")
    print(f"answers read: {len(raw.answers)} of 753 places; size {len(content)} bytes")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
