"""Read and check one filled Excel or Word form, beside a peer that opens the same file.

Run: ``.venv/bin/python benchmarks/read_office.py``. The peers are openpyxl's ``load_workbook``,
python-docx's ``Document`` and, where it is installed, mammoth. None of them finds an answer.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import io
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
from openpyxl import load_workbook

sys.path.insert(0, str(Path(__file__).parent.parent))

from intake.checks.checker import Checker
from intake.demo.fill_word import fill_by_hand
from intake.formats.registry import READERS, inspect_file
from intake.model.submission import FileFormat
from tests.kit.blanks import blank
from tests.kit.fillers.excel_forms import every_answer
from tests.kit.fillers.forms import definition
from tests.kit.fillers.with_openpyxl import fill
from tests.kit.office.office import demo_answers

RUNS = 20
Steps = dict[str, Callable[[], object]]


def main() -> None:
    """Print the medians of both formats."""
    word = fill_by_hand(blank(file_format=FileFormat.WORD), demo_answers("01"))
    excel = fill(blank(file_format=FileFormat.EXCEL), every_answer())
    _report(FileFormat.EXCEL, "a.xlsx", excel, dict(_excel_peers(excel)))
    _report(FileFormat.WORD, "a.docx", word, dict(_word_peers(word)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory, the peers included: {peak:.0f} MB")


def _excel_peers(content: bytes) -> Iterator[tuple[str, Callable[[], object]]]:
    yield "openpyxl load_workbook", lambda: load_workbook(io.BytesIO(content))


def _word_peers(content: bytes) -> Iterator[tuple[str, Callable[[], object]]]:
    yield "python-docx Document", lambda: docx.Document(io.BytesIO(content))
    if importlib.util.find_spec("mammoth"):
        mammoth = importlib.import_module("mammoth")
        yield "mammoth convert_to_html", lambda: mammoth.convert_to_html(io.BytesIO(content))


def _report(file_format: FileFormat, name: str, content: bytes, peers: Steps) -> None:
    form, checker, reader = definition(), Checker(definition()), READERS[file_format]
    inspection = inspect_file(content, name)
    raw = reader.read(inspection, form)
    own: Steps = {
        "inspect": lambda: inspect_file(content, name),
        "read": lambda: reader.read(inspection, form),
        "check": lambda: checker.check(raw, language="fr", received=dt.date(2026, 11, 2)),
    }
    medians = {step: _median(work) for step, work in {**peers, **own}.items()}
    for step, milliseconds in medians.items():
        print(f"{step:24} {milliseconds:6.1f} ms")
    ours = medians["inspect"] + medians["read"]
    told = ", ".join(f"{ours / medians[peer]:.2f} of {peer}" for peer in peers)
    print(f"{name}: inspect and read {told}; {len(raw.answers)} answers, {len(content)} bytes\n")


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        started = time.process_time()
        work()
        times.append((time.process_time() - started) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main()
