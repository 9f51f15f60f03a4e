"""Making a query sheet: what is still asked of a record, written once, and said to be asked.

Its bytes are kept before its queries are stepped: a sheet that comes back has its blank here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from intake.model.errors import DecisionRefused, Refusal
from intake.model.finding_codes import FindingCode
from intake.model.query import Query
from intake.model.record import KnownRecord
from intake.model.stamp import FormStamp, SheetStamp
from intake.pipeline.forms.generate import Order, request_for
from intake.pipeline.queries.steps import Said, asked
from intake.pipeline.sheets.sheet import Asked, Sheet, sheet_of
from intake.ports import FormWriter, Store

Keep = Callable[[str, bytes], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOrder:
    """Of which record, for whom, in which language and format."""

    order: Order
    """Of the record's form version and centre, with the study's words."""
    record: KnownRecord
    language: str
    writer: FormWriter
    by: str = ""


@dataclass(frozen=True, slots=True)
class MadeSheet:
    """A sheet that was made: the name of its file, its bytes, how many questions it asks."""

    name: str
    content: bytes
    questions: int


def make_sheet(store: Store, wanted: SheetOrder, keep: Keep, at: dt.datetime) -> MadeSheet:
    """Write the sheet of all that is asked of a record and step its queries to asked.

    Raises DecisionRefused where nothing is asked that a sheet can ask.
    """
    queries = tuple(store.queries(wanted.record.record_id))
    stamp = _stamp(wanted, 1 + max((_last_sheet(query) for query in queries), default=0))
    sheet = sheet_of(
        Asked(
            definition=wanted.order.definition,
            before=wanted.record.current.submission,
            queries=tuple(query for query in queries if not query.is_closed),
            stamp=stamp,
        )
    )
    if not sheet.questions or stamp.sheet is None:
        raise DecisionRefused(Refusal.NOTHING_ASKED, subject=wanted.record.subject)
    name = sheet_name(stamp.sheet, wanted.writer.extension)
    content = _written(wanted, sheet, stamp)
    keep(name, content)
    about = wanted.record.current.receipt
    said = Said(at=at, by=wanted.by, receipt=about, sheet=stamp.sheet.number)
    with store.together():
        for question in sheet.questions:
            store.step(asked(question.query, said))
    return MadeSheet(name, content, len(sheet.questions))


def needs_whole_form(queries: Iterable[Query]) -> bool:
    """Say whether whole sections are missing: the form itself asks for them best."""
    missing = FindingCode.SECTION_INCOMPLETE
    return any(query.finding.code == missing and not query.is_closed for query in queries)


def ask_by_form(store: Store, record: KnownRecord, *, by: str, at: dt.datetime) -> None:
    """Step the queries of a record whose whole form is sent to asked."""
    with store.together():
        for query in tuple(store.queries(record.record_id)):
            if not query.is_closed:
                store.step(asked(query, Said(at=at, by=by)))


def sheet_name(sheet: SheetStamp, extension: str) -> str:
    """Return e.g. ``REI-007-Q1.pdf``; no patient is named by it."""
    return f"{sheet.subject}-Q{sheet.number}{extension}"


def _written(wanted: SheetOrder, sheet: Sheet, stamp: FormStamp) -> bytes:
    request = request_for(wanted.order, wanted.language)
    own = replace(request, stamp=stamp, study_title="", prefill=sheet.prefill)
    return wanted.writer.write(sheet.definition, own)


def _stamp(wanted: SheetOrder, number: int) -> FormStamp:
    form, record = wanted.order.definition, wanted.record
    about = record.current.revision or record.revision  # a newer number may be an undone one's
    sheet = SheetStamp(record.subject, about, number)
    return FormStamp(
        form.id, form.version, wanted.language, form.fingerprint, wanted.order.centre, sheet
    )


def _last_sheet(query: Query) -> int:
    return max((step.sheet or 0 for step in query.steps), default=0)
