"""The form of one record as it is held, to be corrected by its centre and sent back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from intake.channels.files import write_atomically
from intake.formats.registry import writers
from intake.model.address import Place
from intake.model.definition import FormDefinition
from intake.model.errors import DecisionRefused, Refusal
from intake.model.record import StoredRecord
from intake.model.submission import FileFormat
from intake.pipeline.forms.generate import Order
from intake.pipeline.records.beyond import rows_beyond
from intake.wiring.app import App
from intake.wiring.forms import SENT, Wanted, WrittenForm, build_forms, order_forms, remember_pages


def write_held(app: App, wanted: Wanted, folder: Path | None) -> Iterator[WrittenForm]:
    """Write the form of a record with its answers; what was held back stays empty.

    In the language and format in which it last came, unless others are wanted. Raises
    DecisionRefused for a record that is not there.
    """
    held = _held(app, str(wanted.held))
    order = _order(app, held, wanted.language)
    left = _rows_left(order.definition, held)
    target = folder or app.places.outbox / SENT
    file_format = wanted.file_format or last_format(app, held)
    for name, content in build_forms(order, file_format):
        write_atomically(target / name, content)
        remember_pages(app, order, [content])
        yield WrittenForm(target / name, len(content), rows_left=left)


def _rows_left(definition: FormDefinition, held: StoredRecord) -> tuple[str, ...]:
    """Return the rows that a form of a record does not print, each by its first visible code."""
    rows = rows_beyond(definition, held.submission)
    return tuple(
        Place(definition.groups[group].items[0], row).code for group in rows for row in rows[group]
    )


def _held(app: App, name: str) -> StoredRecord:
    known = app.store.known_record(app.study.form, name)
    if known is None:
        raise DecisionRefused(Refusal.UNKNOWN_PATIENT, patient=name)
    if known.current.is_withdrawn:
        raise DecisionRefused(
            Refusal.WITHDRAWN, subject=known.subject, receipt=known.current.receipt
        )
    return app.store.current(known.record_id)


def _order(app: App, held: StoredRecord, language: str | None) -> Order:
    submission = held.submission
    listed = {centre.id for centre in app.centres}
    order = order_forms(
        app,
        version=submission.version,
        language=language or submission.language,
        centre=held.centre if held.centre in listed else None,
    )
    return replace(order, answers=submission.record, subject=held.subject)


def last_format(app: App, held: StoredRecord) -> str:
    """Return the format in which a record's newest file came, PDF where none is known.

    A correction has none, and a photo is of a printed PDF.
    """
    formats = [r.format for r in app.store.receipts_of(held.record_id) if r.format in writers()]
    return (formats[-1] or FileFormat.PDF).value if formats else FileFormat.PDF.value
