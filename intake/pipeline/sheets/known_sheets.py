"""The forms of a study and the query sheets made of its records: what a stamp may name.

A sheet is made again from the queries that it asked, whenever one comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from intake.model.definition import FormDefinition
from intake.model.query import Query, QueryAction
from intake.model.receipt import Receipt
from intake.model.record import KnownForm, KnownRecord
from intake.model.stamp import FormStamp
from intake.model.submission import Submission
from intake.pipeline.queries.versions import queries_under
from intake.pipeline.sheets.sheet import Asked, Sheet, sheet_of
from intake.ports import Forms, Store


@dataclass(frozen=True, slots=True)
class SheetOfRecord:
    """A sheet that was made here, and the record that it asks about."""

    sheet: Sheet
    record: KnownRecord
    form: FormDefinition
    before: Submission
    """The record's answers when the sheet was made."""


@dataclass(frozen=True, slots=True)
class FormsAndSheets:
    """``ports.Forms``: published versions, and sheets by their stamps."""

    forms: Forms
    store: Callable[[], Store]
    """Opened when a sheet is first met."""

    def definitions(self) -> tuple[FormDefinition, ...]:
        """Return every version of every form; no sheet."""
        return self.forms.definitions()

    def get(self, form: str, version: str) -> FormDefinition | None:
        """Return one form version, or None."""
        return self.forms.get(form, version)

    def printed(self, stamp: FormStamp) -> FormDefinition | None:
        """Return what a stamp names, if it was printed just so: a version, or a query sheet."""
        if stamp.sheet is None:
            return self.forms.printed(stamp)
        found = find_sheet(self.forms, self.store(), stamp)
        return found.sheet.definition if found else None


def find_sheet(forms: Forms, store: Store, stamp: FormStamp) -> SheetOfRecord | None:
    """Return the sheet that a stamp names; None where none such was made of a record."""
    form = forms.printed(replace(stamp, sheet=None))
    record = store.known_record(stamp.form, stamp.sheet.subject) if stamp.sheet else None
    if form is None or record is None or stamp.sheet is None:
        return None
    if record.current.is_withdrawn:
        return None
    about = _revision(record, stamp.sheet.revision)
    if about is None or stamp.language not in form.languages:
        return None
    before, number = about.submission, stamp.sheet.number
    asked = [q for q in store.queries(record.record_id) if _asked_by(q, number, about.receipt)]
    queries = tuple(queries_under(forms, asked, record, form.version))
    if not queries:
        return None
    if (before.form, before.version) != (form.id, form.version):
        return None
    sheet = sheet_of(Asked(definition=form, before=before, queries=queries, stamp=stamp))
    return SheetOfRecord(sheet, record, form, before)


def stamp_of(forms: Forms, receipt: Receipt) -> FormStamp | None:
    """Return the stamp of the sheet that a file says to be; None for any other file."""
    form = forms.get(receipt.form or "", receipt.version or "")
    if form is None or receipt.sheet is None or receipt.language is None:
        return None
    return FormStamp(
        form.id, form.version, receipt.language, form.fingerprint, receipt.centre, receipt.sheet
    )


def _revision(record: KnownRecord, number: int) -> KnownForm | None:
    return next((known for known in record.forms if known.revision == number), None)


def _asked_by(query: Query, sheet: int, about: str) -> bool:
    """Say whether a sheet asked a query of the revision that a receipt brought, no other."""
    asked = (step for step in query.steps if step.action is QueryAction.ASKED)
    return any(step.sheet == sheet and step.receipt in (None, about) for step in asked)
