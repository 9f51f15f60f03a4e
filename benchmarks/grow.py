"""A study that grows: what a file, an empty run and a decision cost at any number of records.

Run: ``.venv/bin/python benchmarks/grow.py [RECORDS [URL]]``; the store is a file, or an empty
database of a PostgreSQL server. Three demo forms are filled, read and
processed as files are. Their answers are then saved again under new identities, straight into
the store, as many times as asked for: reading 20,000 files would take hours and grows with
nothing. At each tenth a few real forms of new patients pass the whole way. Seconds are those of
the processor: on a loaded machine they tell more than those of the clock.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from intake.demo.fill_pdf import fill_by_hand
from intake.model.receipt import Outcome, Receipt
from intake.model.record import Clues, Entry, PatientKey
from intake.pipeline.returns.process import process_inbox
from intake.wiring import decisions
from intake.wiring.app import App
from tests.kit.fakes.inprocess import InProcess
from tests.kit.office.office import Office, blank, demo_answers, filled

MODELS = ("01", "02", "03")
TENTHS, REAL_FORMS, TOGETHER = 10, 3, 100
FIRST_DAY = dt.date(1930, 1, 1).toordinal()
DAYS = 30_000
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CENTRES = ("ZAA", "ZBB", "ZCC", "ZDD", "ZEE", "ZFF", "ZGG", "ZHH")
EMPTY = "App.open(root).process(lambda *_: None, InProcess())"
DECIDE = "decisions.split(App.open(root), '{}')"
VERIFY = "App.open(root).store.verify()"
_CHILD = """
import sys, time
from pathlib import Path
from intake.wiring import decisions
from intake.wiring.app import App
from tests.kit.fakes.inprocess import InProcess
root = Path(sys.argv[1])
before = time.process_time()
{work}
peak = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
print(time.process_time() - before, int(peak) / 1024)
"""


def main() -> None:
    """Print what each tenth costs, then an empty run, a decision, verifying, memory, bytes."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    print("Records are written straight into the store; a few real forms pass at each tenth.")
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder) / "office")
        if len(sys.argv) > 2:
            office.change_study(url=f'"{sys.argv[2]}"')
        app = office.app
        models = list(_models(app))
        tenths = [_tenth(app, models, count, number) for number in range(TENTHS)]
        for place, name in enumerate(("recognised and saved", "a whole file", "the outbox")):
            print(f"last tenth over first, {name}: {tenths[-1][place] / tenths[0][place]:.2f}")
        first, second = (_waiting(app, models[0], number) for number in (1, 2))
        seconds = _processor(lambda: decisions.split(app, first))
        print(f"a decision, the program being open: {seconds:.2f} s")
        app.store.close()
        parts = {"a decision": DECIDE.format(second), "a run without files": EMPTY}
        for name, work in {**parts, "verifying": VERIFY}.items():
            seconds, megabytes = _child(app.places.root, work)
            print(f"{name}: {seconds:.2f} s, {megabytes:.0f} MB")
        for path in (app.places.archive / "store.sqlite", app.places.outbox / "dataset"):
            size = sum(p.stat().st_size for p in (path, *path.glob("*")) if p.is_file())
            print(f"{path.name}: {size / (count + len(MODELS)):.0f} bytes a record")


def _models(app: App) -> Iterator[Entry]:
    """Process the demo's forms and yield their entries with the questions asked."""
    for number in MODELS:
        (app.places.inbox / f"{number}.pdf").write_bytes(filled(demo_answers(number)))
    run = app.process(lambda *_: None, InProcess())
    for receipt in run.receipts:
        asked = app.store.queries(receipt.record_id or "")
        queries = tuple(replace(query, record_id="", subject="") for query in asked)
        yield replace(app.store.kept(receipt.id), queries=queries)


def _tenth(app: App, models: list[Entry], count: int, number: int) -> tuple[float, float, float]:
    """Save a tenth of the records, then process real forms; print and return milliseconds."""
    first, last = (count * n // TENTHS for n in (number, number + 1))
    times = []
    for start in range(first, last, TOGETHER):
        with app.store.together():
            for each in range(start, min(start + TOGETHER, last)):
                entry = _clone(models[each % len(models)], each)
                times.append(_processor(lambda e=entry: _recognise_and_save(app, e)))
    app.refresh()
    files = []
    for form in range(REAL_FORMS):
        _drop(app, f"{number}-{form}", 10_000_000 + number * REAL_FORMS + form)
        files.append(_processor(lambda: process_inbox(app.desk(InProcess()), lambda *_: None)))
    saved, real = 1000 * median(times), 1000 * median(files)
    refreshed = 1000 * _processor(app.refresh)
    told = f"{last:7} records: recognised and saved {saved:6.2f} ms, a whole file {real:6.1f} ms"
    print(f"{told}, the outbox after it {refreshed:7.1f} ms", flush=True)
    return saved, real, refreshed


def _recognise_and_save(app: App, entry: Entry) -> None:
    app.store.candidates(Clues(entry.receipt.form or "", entry.key, entry.likeness))
    app.store.mark_delivered(app.store.save(entry).id)


def _identity(number: int) -> dict[str, str]:
    chance = random.Random(number)  # noqa: S311 -- invented people
    day = dt.date.fromordinal(FIRST_DAY + chance.randrange(DAYS))
    return {
        "id_surname2": "".join(chance.choices(LETTERS, k=2)),
        "id_firstname2": "".join(chance.choices(LETTERS, k=2)),
        "birth_date": day.isoformat(),
        "centre3": chance.choice(CENTRES),
    }


def _clone(model: Entry, number: int) -> Entry:
    """Return a model's answers as another patient's, who came in another file."""
    who, submission = _identity(number), model.submission
    if submission is None:
        raise SystemExit("A demo form was not loaded.")
    values = (
        replace(v, value=who[v.item], raw=who[v.item]) if v.item in who else v
        for v in submission.values
    )
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    receipt = model.receipt
    return replace(
        model,
        receipt=_unnumbered(replace(receipt, source=replace(receipt.source, sha256=digest))),
        submission=replace(submission, values=tuple(values), record={**submission.record, **who}),
        key=PatientKey(tuple(who.values()), who["centre3"]),
        content=digest,
        likeness=digest,
    )


def _unnumbered(receipt: Receipt) -> Receipt:
    return replace(receipt, id="", record_id=None, subject=None, revision=None)


def _drop(app: App, name: str, number: int) -> None:
    who = _identity(number)
    year, month, day = who["birth_date"].split("-")
    own = {"birth_date": f"{day}/{month}/{year}", "mas_weight": str(40 + number % 89)}
    answers = demo_answers("01", **{**who, **own, "lab_crp_dx": str(1 + number % 97)})
    form = fill_by_hand(blank(None), answers)
    (app.places.inbox / f"{name}.pdf").write_bytes(form)


def _waiting(app: App, model: Entry, number: int) -> str:
    """Save a form that waits, and return its receipt; the outbox knows of it."""
    held = _clone(model, 20_000_000 + number)
    waiting = replace(held.receipt, outcome=Outcome.REVIEW)
    receipt = app.store.save(replace(held, receipt=waiting, queries=()))
    app.store.mark_delivered(receipt.id)
    app.refresh()
    return receipt.id


def _processor(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def _child(root: Path, work: str) -> tuple[float, float]:
    """Do some work in a process of its own; return seconds of processor and megabytes at most."""
    command = [sys.executable, "-c", _CHILD.format(work=work), str(root)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=sys.path[0])
    seconds, megabytes = told.stdout.split()
    return float(seconds), float(megabytes)


if __name__ == "__main__":
    main()
