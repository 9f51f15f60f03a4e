"""Saving a full record, beside plain inserts of its answers; opening and verifying the store.

Run: ``.venv/bin/python benchmarks/save_records.py [RECORDS]``
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

from intake.model.definition import FormDefinition
from intake.model.receipt import Outcome, Receipt, SourceFile
from intake.model.record import Entry, PatientKey
from intake.model.submission import Submission, Value
from intake.schema.sample.record import sample_record
from intake.storage.store import SqlStore
from intake.workspace.form_library import SchemaLibrary

ROOT = Path(__file__).resolve().parent.parent
NOON = dt.datetime(2026, 3, 14, 12, tzinfo=dt.UTC)


def main() -> None:
    """Print medians of the first and the last hundred saves, then opening and verifying."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    forms = SchemaLibrary(ROOT / "schemas")
    definition = forms.get("dm-sam", "1.0.0")
    if definition is None:
        raise SystemExit("schemas/dm-sam/1.0.0.json is not there.")
    entries = [_entry(definition, number) for number in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        url, key = f"sqlite:///{folder}/store.sqlite", Path(folder) / "keys" / "study.key"
        store = SqlStore(url, key, forms.get)
        saves = [_taken(lambda e=e: store.save(e)) for e in entries]
        peer = _plain_inserts(Path(folder) / "plain.sqlite", entries[:100])
        store.close()
        opened: list[SqlStore] = []
        opening = _taken(lambda: opened.append(SqlStore(url, key, forms.get)))
        verifying = _taken(opened[0].verify)
        opened[0].close()
    print(f"{len(entries[0].submission.values) if entries[0].submission else 0} answers a record")
    print(f"first hundred saves: {median(saves[:100]) * 1000:.1f} ms each")
    print(f"last hundred saves:  {median(saves[-100:]) * 1000:.1f} ms each")
    print(f"plain inserts:       {median(peer) * 1000:.1f} ms each")
    print(f"opening: {opening * 1000:.0f} ms; verifying {count} records: {verifying:.2f} s")


def _entry(definition: FormDefinition, number: int) -> Entry:
    record = sample_record(definition, random.Random(number), full=True)  # noqa: S311 -- invented
    letters = "".join(chr(65 + number // 26**n % 26) for n in range(4))
    key = PatientKey(parts=(letters, "1951-07-29", "REI"), centre="REI")
    submission = Submission(
        form=definition.id,
        version=definition.version,
        language="fr",
        values=tuple(_values(record)),
        findings=(),
        record=record,
        answered=1,
        expected=1,
        expected_answered=1,
    )
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    receipt = Receipt(
        source=SourceFile(f"{number}.pdf", digest, 1, NOON),
        outcome=Outcome.LOADED,
        form=definition.id,
        version=definition.version,
    )
    return Entry(receipt=receipt, submission=submission, key=key, content=digest)


def _values(record: dict[str, object]) -> Iterator[Value]:
    for name, held in record.items():
        if isinstance(held, list) and held and isinstance(held[0], dict):
            for row in held:
                for item, answer in row.items():
                    if not item.startswith("_"):
                        text = str(answer)
                        yield Value(item=item, group=name, row=row["_row"], value=text, raw=text)
        elif not name.startswith("_"):
            yield Value(item=name, value=str(held), raw=str(held))


def _plain_inserts(path: Path, entries: list[Entry]) -> list[float]:
    """Return the seconds that each record's answers take in a table without anything else."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE value (record, item, row, value)")

        def insert(number: int, entry: Entry) -> None:
            held = entry.submission.values if entry.submission else ()
            connection.execute("BEGIN IMMEDIATE")
            rows = [(number, v.item, v.row, v.value) for v in held]
            connection.executemany("INSERT INTO value VALUES (?, ?, ?, ?)", rows)
            connection.execute("COMMIT")

        return [_taken(lambda n=n, e=e: insert(n, e)) for n, e in enumerate(entries)]


def _taken(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
