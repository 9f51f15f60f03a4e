"""Start the command, beside a bare interpreter."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 15


def median_ms(*command: str) -> float:
    """Return the median wall time of a command."""
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def main() -> None:
    """Print both and their ratio."""
    bare = median_ms(sys.executable, "-c", "pass")
    ours = median_ms(sys.executable, "-m", "intake", "--help")
    print(f"python -c pass {bare:.0f} ms; crf-intake --help {ours:.0f} ms; ratio {ours / bare:.0f}")


if __name__ == "__main__":
    main()
