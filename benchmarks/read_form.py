"""Read, check, save and report filled forms, beside pypdf's ``get_fields`` on the same files.

Each form is another patient's: a form that comes back again is compared with the one before,
which is another work. Times are the processor's, so that a busy machine tells the same.
"""

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

PATIENTS = 12


def main() -> None:
    """Print the medians."""
    forms = [filled(demo_answers(f"{number:02d}")) for number in range(1, PATIENTS + 1)]
    with tempfile.TemporaryDirectory() as folder:
        app = Office(Path(folder) / "office").app
        desk = app.desk(None)
        steps: dict[str, list[float]] = {}

        def timed(name: str, work: Callable[[], object]) -> object:
            started = time.process_time()
            result = work()
            steps.setdefault(name, []).append((time.process_time() - started) * 1000)
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
    """Print each step's median and least, and our whole work beside the peer."""
    peer, *own = steps
    ours = [sum(times) for times in zip(*(steps[name] for name in own), strict=True)]
    for name, times in {**steps, "our whole work": ours}.items():
        print(f"{name:22} {statistics.median(times):8.1f} ms   least {min(times):8.1f} ms")
    ratio = statistics.median(ours) / statistics.median(steps[peer])
    print(
        f"our whole work is {ratio:.2f} of {peer}, {min(ours) / min(steps[peer]):.2f} at the least"
    )


if __name__ == "__main__":
    main()
