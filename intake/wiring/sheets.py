"""The query sheet of one record: in which language and format, and where it is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from intake.channels.files import write_atomically
from intake.formats.registry import writers
from intake.model.errors import DecisionRefused, Refusal
from intake.model.record import KnownRecord, StoredRecord
from intake.model.submission import FileFormat
from intake.pipeline.sheets.making import SheetOrder, make_sheet
from intake.wiring.app import App, now
from intake.wiring.reading import blank_order


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSheet:
    """Which sheet is wanted, as a person names it."""

    record: str
    """Number of the patient, e.g. ``REI-007``."""
    file_format: FileFormat | None = None
    """As the centre's last return, where none is given."""
    folder: Path | None = None
    """Of the outbox, where none is given."""


@dataclass(frozen=True, slots=True)
class WrittenSheet:
    """One sheet that was written, and how many questions it asks."""

    path: Path
    questions: int


def write_sheet(app: App, wanted: WantedSheet) -> WrittenSheet:
    """Write the sheet of what is asked of a record; its queries are then asked.

    It is kept in the archive too, beside which what comes back is read. Raises
    DecisionRefused for an unknown record, or one of which nothing is asked.
    """
    with app.locked():
        record = app.store.known_record(app.study.form, wanted.record)
        if record is None:
            raise DecisionRefused(Refusal.UNKNOWN_PATIENT, patient=wanted.record)
        if record.current.is_withdrawn:
            receipt = record.current.receipt
            raise DecisionRefused(Refusal.WITHDRAWN, subject=record.subject, receipt=receipt)
        order = _order(app, wanted, record)
        made = make_sheet(app.store, order, lambda name, content: _keep(app, name, content), now())
        path = (wanted.folder or app.places.queries) / made.name
        write_atomically(path, made.content)
    return WrittenSheet(path, made.questions)


def _order(app: App, wanted: WantedSheet, record: KnownRecord) -> SheetOrder:
    current = app.store.current(record.record_id)
    definition = app.forms.get(current.submission.form, current.submission.version)
    if definition is None:
        raise DecisionRefused(Refusal.UNKNOWN_PATIENT, patient=wanted.record)
    centre = app.store.entry(current.receipt).receipt.centre
    known = {one.id for one in app.centres}
    order = replace(blank_order(app.study, definition), centre=centre if centre in known else None)
    return SheetOrder(
        order=order,
        record=record,
        language=current.submission.language,
        writer=writers()[wanted.file_format or _last_format(current)],
        by=app.person,
    )


def _last_format(current: StoredRecord) -> FileFormat:
    """Return the format in which a centre last sent its answers; a photo was printed from PDF."""
    formats = {one.value: one for one in writers()}
    return formats.get(current.file_format, FileFormat.PDF)


def _keep(app: App, name: str, content: bytes) -> None:
    write_atomically(app.places.sheets / name, content)
