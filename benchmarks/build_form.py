"""Build the blank forms: time, pages, size, memory."""

from __future__ import annotations

import io
import resource
import statistics
import sys
import time
from pathlib import Path

import pikepdf

sys.path.insert(0, str(Path(__file__).parent.parent))

from intake.wiring.app import App
from intake.wiring.forms import build_forms, order_forms

RUNS = 10


def main() -> None:
    """Print one line per language."""
    app = App.open(Path(__file__).parent.parent)
    for language in app.definition.languages:
        order = order_forms(app, version=None, language=language, centre=None)
        times = []
        for _ in range(RUNS):
            started = time.perf_counter()
            built = dict(build_forms(order, None))
            times.append(time.perf_counter() - started)
        for name, content in built.items():
            pages = ""
            if name.endswith(".pdf"):
                with pikepdf.open(io.BytesIO(content)) as pdf:
                    pages = f"{len(pdf.pages)} pages"
            print(f"{name:28} {len(content) / 1000:7.0f} kB  {pages}")
        print(f"{language}: first {times[0]:.2f} s, then median {statistics.median(times):.2f} s")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
