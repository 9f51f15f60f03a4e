"""The query sheet of one record: in which language and format, and where it is written.

Where too much is missing to be asked question by question, the whole form is written instead,
with the answers that the record holds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from intake.channels.files import write_atomically
from intake.formats.registry import writers
from intake.model.errors import DecisionRefused, Refusal
from intake.model.record import KnownRecord, StoredRecord
from intake.model.submission import FileFormat
from intake.pipeline.queries.acts import find_live_record
from intake.pipeline.sheets.making import SheetOrder, ask_by_form, make_sheet, needs_whole_form
from intake.wiring.app import App, now
from intake.wiring.forms import Wanted
from intake.wiring.reading import blank_order
from intake.wiring.record_forms import last_format, write_held


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
    """One sheet that was written, and how many questions it asks; 0 for a whole form."""

    path: Path
    questions: int = 0


def write_sheet(app: App, wanted: WantedSheet) -> WrittenSheet:
    """Write the sheet of what is asked of a record; its queries are then asked.

    Raises DecisionRefused for an unknown record, or one of which nothing is asked.
    """
    with app.locked():
        return sheet_within(app, wanted)


def sheet_within(app: App, wanted: WantedSheet) -> WrittenSheet:
    """Do the same where the workspace is held already."""
    record = find_live_record(app.store, app.study.form, wanted.record)
    current = app.store.current(record.record_id)
    if needs_whole_form(app.store.queries(record.record_id)):
        return _whole_form(app, wanted, record)
    order = _order(app, wanted, record, current)
    # It is kept too: beside it is read what comes back.
    made = make_sheet(app.store, order, lambda name, content: _keep(app, name, content), now())
    path = (wanted.folder or app.places.queries) / made.name
    write_atomically(path, made.content)
    return WrittenSheet(path, made.questions)


def _whole_form(app: App, wanted: WantedSheet, record: KnownRecord) -> WrittenSheet:
    file_format = wanted.file_format.value if wanted.file_format else None
    held = Wanted(held=record.subject, file_format=file_format)
    (written,) = write_held(app, held, wanted.folder or app.places.queries)
    ask_by_form(app.store, record, by=app.who, at=now())
    return WrittenSheet(written.path)


def _order(app: App, wanted: WantedSheet, record: KnownRecord, current: StoredRecord) -> SheetOrder:
    submission = current.submission
    definition = app.forms.get(submission.form, submission.version)
    if definition is None:
        raise DecisionRefused(Refusal.UNKNOWN_PATIENT, patient=wanted.record)
    listed = {centre.id for centre in app.centres}
    centre = current.centre if current.centre in listed else None
    known = {one.value: one for one in writers()}
    return SheetOrder(
        order=replace(blank_order(app.study, definition), centre=centre),
        record=record,
        language=submission.language,
        writer=writers()[wanted.file_format or known[last_format(app, current)]],
        by=app.who,
    )


def remove_sheets(app: App, subject: str) -> None:
    """Delete every sheet of a record, kept or to be sent: they hold its answers. Raises OSError."""
    for folder in (app.places.sheets, app.places.queries):
        for path in (*folder.glob(f"{subject}-Q*"), *folder.glob(f"*-{subject}.*")):
            path.unlink()


def _keep(app: App, name: str, content: bytes) -> None:
    """Keep a sheet as it was made, for its owner only; Windows leaves that to the folder."""
    path = app.places.sheets / name
    write_atomically(path, content)
    path.parent.chmod(0o700)
    path.chmod(0o400)
