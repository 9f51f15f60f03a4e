"""A frozen dataset: a numbered copy that nothing changes, with the digest of each file.

It is written beside, then given its name, then noted in the audit chain: a number that is noted
is whole, and one that is not is taken again.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from intake.channels.files import write_atomically
from intake.exports.dataset import dataset_files
from intake.model.query import QueryEnd
from intake.model.receipt import Receipt
from intake.model.record import StoredRecord
from intake.model.submission import Submission
from intake.pipeline.queries.conversation import AnswersAt
from intake.pipeline.queries.in_time import questions_in_time
from intake.pipeline.records.on_time import is_late, last_on_time, late_since
from intake.reports.study.closing import RECORDS
from intake.storage.rows.settled import answers_at
from intake.wiring.app import App, now
from intake.words.shown import utf8

MANIFEST = "manifest.json"
_EVENT = "freeze"
_READ_ONLY = stat.S_IRUSR | stat.S_IRGRP


@dataclass(frozen=True, slots=True)
class Chosen:
    """The records that are frozen, and those that are not because they came late."""

    records: tuple[StoredRecord, ...]
    late: tuple[str, ...] = ()
    """Numbers of patients of whom nothing came in time."""
    cut_back: tuple[str, ...] = ()
    """Numbers of patients of whom an earlier revision is frozen."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen dataset: its number, where it stands, the digest of its manifest."""

    number: int
    folder: Path
    sha256: str
    files: Mapping[str, bytes]


def choose(app: App, *, with_late: bool) -> Chosen:
    """Return the records to freeze; with those that came late only when they are asked for."""
    records = tuple(app.store.records(app.study.form))
    if with_late:
        return Chosen(records)
    late = {stored.receipt.record_id for stored in app.store.receipts() if is_late(stored.receipt)}
    kept: list[StoredRecord] = []
    out: list[str] = []
    back: list[str] = []
    for record in records:
        if record.record_id not in late:
            kept.append(record)
            continue
        earlier = _on_time(app, record)
        if earlier is None:
            out.append(record.subject)
            continue
        kept.append(earlier)
        if earlier.revision != record.revision:
            back.append(record.subject)
    return Chosen(tuple(kept), tuple(out), tuple(back))


def freeze(app: App, chosen: Chosen, profile: str) -> Frozen:
    """Write the records as a numbered dataset that is only read, and note it."""
    definitions = tuple(d for d in app.forms.definitions() if d.id == app.study.form)
    files = dict(dataset_files(chosen.records, app.store.receipts(), definitions, profile=profile))
    number = 1 + max((one.detail["number"] for one in app.store.noted(_EVENT)), default=0)
    manifest = _manifest(app, number, profile, files)
    folder = app.places.freezes / f"{number:03d}-{now():%Y%m%d}"
    _put(folder, {**files, MANIFEST: manifest})
    digest = hashlib.sha256(manifest).hexdigest()
    app.store.note(_EVENT, {"number": number, "profile": profile, "manifest": digest})
    return Frozen(number, folder, digest, files)


def frozen_copies(freezes: Path, record_id: str) -> tuple[Path, ...]:
    """Return the frozen datasets that hold a record: nothing changes them, a person decides."""
    rows = (f"\n{record_id},".encode(), f"\n{record_id};".encode())
    return tuple(
        path.parent
        for path in sorted(freezes.glob(f"[0-9]*/{RECORDS}"))
        if any(row in path.read_bytes() for row in rows)
    )


def _on_time(app: App, record: StoredRecord) -> StoredRecord | None:
    """Return a record as it was before the first late file, what was settled since left out.

    None without a revision in time, or where its answers are no longer kept.
    """
    receipts = app.store.receipts_of(record.record_id)
    receipt, late = last_on_time(receipts), late_since(receipts)
    if receipt is not None and receipt.id == record.receipt:
        return record
    if receipt is None or receipt.revision is None or late is None:
        return None
    answers_of = _answers_of(app, receipts)
    submission = answers_of(receipt.revision)
    if submission is None:
        return None
    queries = app.store.queries(record.record_id)
    questions = tuple(questions_in_time(queries, late, receipt.revision, answers_of))
    return replace(
        record,
        revision=receipt.revision,
        received=receipt.source.received,
        receipt=receipt.id,
        file_sha256=receipt.source.sha256,
        file_format=receipt.format.value if receipt.format else record.file_format,
        submission=submission,
        confirmed=answers_at(QueryEnd.CONFIRMED, questions, submission),
        withdrawn=answers_at(QueryEnd.WITHDRAWN, questions, submission),
        questions=questions,
    )


def _answers_of(app: App, receipts: Iterable[Receipt]) -> AnswersAt:
    """Return what gives the answers of a record's revision; none that are no longer kept."""
    ids = {one.revision: one.id for one in receipts if one.outcome.is_loaded}

    def answers_of(revision: int) -> Submission | None:
        return app.store.kept(ids[revision]).submission if revision in ids else None

    return answers_of


def _manifest(app: App, number: int, profile: str, files: Mapping[str, bytes]) -> bytes:
    document: dict[str, Any] = {
        "freeze": number,
        "study": app.study.form,
        "profile": profile,
        "frozen": now().isoformat(timespec="seconds"),
        "audit": app.store.head,
        "files": {
            name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            for name, content in sorted(files.items())
        },
    }
    return utf8(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def _put(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files beside, read-only, then give their folder its name."""
    number = folder.name.partition("-")[0]
    beside = folder.with_name(f".{folder.name}")
    for path in (*folder.parent.glob(f"{number}-*"), *folder.parent.glob(f".{number}-*")):
        _remove(path)
    for name, content in files.items():
        write_atomically(beside / name, content)
        (beside / name).chmod(_READ_ONLY)
    beside.replace(folder)


def _remove(folder: Path) -> None:
    """Delete what a freeze that was never noted left."""
    if folder.is_dir():
        for path in _files(folder):
            path.chmod(stat.S_IWUSR | stat.S_IRUSR)
        shutil.rmtree(folder)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.is_file())
