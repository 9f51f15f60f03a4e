"""Read filled forms in a warm limited child, beside the same reading in this process."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from intake.formats.registry import open_file
from intake.study.model import Limits
from intake.wiring.reading import limited_executor
from tests.kit.office.office import demo_answers, filled

RUNS = 60


def main() -> None:
    """Print the medians, and the time of the first call, which starts the child."""
    forms = [filled(demo_answers(mas_weight=str(40 + n % 30))) for n in range(RUNS)]
    here = _median(lambda content: open_file(content, "a.pdf"), forms)
    with limited_executor(Limits()) as pool:
        started = time.perf_counter()
        pool.submit(open_file, forms[0], "a.pdf").result()
        print(f"first call           {(time.perf_counter() - started) * 1000:8.1f} ms")
        for _ in range(3):
            pool.submit(open_file, forms[0], "a.pdf").result()
        child = _median(lambda content: pool.submit(open_file, content, "a.pdf").result(), forms)
    print(f"in this process      {here:8.1f} ms")
    print(f"in a warm child      {child:8.1f} ms   {child - here:+.1f} ms")


def _median(read: Callable[[bytes], object], forms: list[bytes]) -> float:
    times = []
    for content in forms:
        started = time.perf_counter()
        read(content)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main()
