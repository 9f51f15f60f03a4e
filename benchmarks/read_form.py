"""Read, check, save and report one filled form, beside pypdf's ``get_fields`` on the same file."""

from __future__ import annotations

import hashlib
import io
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pypdf

sys.path.insert(0, str(Path(__file__).parent.parent))

from intake.formats.pdf.read.inspection import inspect as inspect_pdf
from intake.formats.registry import READERS, inspect_file
from intake.model.receipt import SourceFile
from intake.model.submission import FileFormat
from intake.pipeline.returns.deliver import deliver
from intake.pipeline.returns.interpret import interpret
from intake.wiring.app import now
from tests.kit.office.office import Office, demo_answers, filled, the_form

RUNS = 30


def main() -> None:
    """Print the medians."""
    forms = [filled(demo_answers(mas_weight=str(40 + n))) for n in range(RUNS)]
    with tempfile.TemporaryDirectory() as folder:
        app = Office(Path(folder) / "office").app
        desk = app.desk(None)
        steps: dict[str, list[float]] = {}

        def timed(name: str, work: Callable[[], object]) -> object:
            started = time.perf_counter()
            result = work()
            steps.setdefault(name, []).append((time.perf_counter() - started) * 1000)
            return result

        for number, content in enumerate(forms):
            timed("pypdf get_fields", lambda c=content: pypdf.PdfReader(io.BytesIO(c)).get_fields())
            digest = hashlib.sha256(content).hexdigest()
            source = SourceFile(f"{number}.pdf", digest, len(content), now(), f"{number}.pdf")
            inspection = timed("inspect", lambda c=content: inspect_file(c, "a.pdf"))
            entry = timed(
                "read, check, decide",
                lambda s=source, i=inspection: interpret(desk.study, app.store, s, i),
            )
            receipt = timed("save", lambda e=entry: app.store.save(e))
            timed("report and deliver", lambda r=receipt: deliver(desk, r))
        app.store.close()
    report(steps)
    reader = READERS[FileFormat.PDF]
    raw = reader.read(inspect_pdf(forms[0]), the_form())
    print(f"answers read: {len(raw.answers)} of 753 places; size of the form {len(forms[0])} bytes")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process, pypdf included: {peak:.0f} MB")


def report(steps: dict[str, list[float]]) -> None:
    """Print each step's median, and our whole work beside the peer."""
    medians = {name: statistics.median(times) for name, times in steps.items()}
    for name, median in medians.items():
        print(f"{name:22} {median:8.1f} ms")
    peer = medians.pop("pypdf get_fields")
    ours = statistics.median(
        sum(times) for times in zip(*(steps[name] for name in medians), strict=True)
    )
    print(f"{'our whole work':22} {ours:8.1f} ms   {ours / peer:.2f} of pypdf get_fields")


if __name__ == "__main__":
    main()
