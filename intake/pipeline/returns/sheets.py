"""From a returned query sheet to the entry that is saved: its answers laid over its record.

What a sheet says of each question is decided in ``pipeline.sheets``; what the record asks from
then on in ``pipeline.queries``, when the entry is saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from intake.checks.patient.content import content_digest
from intake.model.address import Place, item_places
from intake.model.definition import FormDefinition, version_order
from intake.model.errors import DecisionRefused, Refusal
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, finding_of, is_partly_read
from intake.model.query import Query
from intake.model.receipt import Outcome, Receipt
from intake.model.record import Entry, StoredRecord
from intake.model.submission import FileFormat, ItemKey, RawAnswer, RawSubmission, Submission, Value
from intake.pipeline.desk import StudyForms
from intake.pipeline.queries import steps
from intake.pipeline.records.overlay import NewAnswers, Onto, overlay
from intake.pipeline.records.undone import with_undone
from intake.pipeline.returns.deciding.outcome import outcome_of
from intake.pipeline.returns.next_revision import next_revision
from intake.pipeline.sheets.answers import Answered, Returned, Said, answers_of, applied, is_blank
from intake.pipeline.sheets.carried import carried_sheet
from intake.pipeline.sheets.known_sheets import SheetOfRecord, find_sheet, stamp_of
from intake.ports import Store

_SEEN = frozenset({FindingCode.TEXT_HIDDEN, FindingCode.CELL_DATE_TURNED})
"""What a reader asks of an answer that it read whole."""

_TICKED = "1"


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet that came back, read: its receipt without answers, and its own answers."""

    blank: Receipt
    submission: Submission


@dataclass(frozen=True, slots=True)
class _Laid:
    """A sheet beside its record."""

    read: ReadSheet
    found: SheetOfRecord
    current: StoredRecord
    answered: tuple[Answered, ...]


def sheet_entry(study: StudyForms, store: Store, read: ReadSheet) -> Entry:
    """Return what to save for a sheet that came: held, refused, a repeat, or loaded."""
    laid = _laid(study, store, read)
    if laid is None:
        sheet = read.blank.sheet
        unknown = finding_of(FindingCode.SHEET_UNKNOWN, {"sheet": sheet.text if sheet else ""})
        return _held(read, unknown)
    outcome = outcome_of(read.submission.findings)
    if not outcome.is_loaded:
        return _not_taken(read, outcome)
    return _taken(study, laid)


def _not_taken(read: ReadSheet, outcome: Outcome) -> Entry:
    """Return the entry of a sheet whose file says that it is not taken as it is."""
    if outcome is Outcome.REVIEW:
        return _held(read)
    return Entry(receipt=replace(read.blank, findings=read.submission.findings))


def _taken(study: StudyForms, laid: _Laid) -> Entry:
    """Return the entry of a sheet in no doubt: empty, a repeat, or the record's next revision."""
    read = laid.read
    if is_blank(laid.answered):
        return Entry(receipt=replace(read.blank, findings=(finding_of(FindingCode.FORM_EMPTY),)))
    if _is_known(laid):
        return _repeat(laid)
    if _is_of_other_version(laid):
        return _held(read, finding_of(FindingCode.SHEET_NOT_LAID))
    try:
        return _loaded(study, laid)
    except DecisionRefused:  # an answer of the record cannot be written again on its form
        return _held(read, finding_of(FindingCode.SHEET_NOT_LAID))


def accepted_sheet(study: StudyForms, store: Store, read: ReadSheet) -> Entry:
    """Return the entry of a held sheet that a person accepts.

    Raises DecisionRefused where it says nothing, or nothing new, of a record that is there.
    """
    laid = _laid(study, store, read)
    if laid is None or is_blank(laid.answered):
        raise DecisionRefused(Refusal.NOTHING_READ, receipt=read.blank.id)
    if _is_known(laid):
        record = laid.found.record
        raise DecisionRefused(
            Refusal.ALREADY_LOADED, subject=record.subject, receipt=record.current.receipt
        )
    if _is_of_other_version(laid):
        raise DecisionRefused(Refusal.SHEET_OTHER_VERSION, receipt=read.blank.id)
    return _loaded(study, laid)


def held_sheet(read: ReadSheet) -> Entry:
    """Return the entry of a sheet that waits for a person, with its own answers."""
    receipt = replace(read.blank, outcome=Outcome.REVIEW, findings=read.submission.findings)
    content = content_digest(read.submission)
    return Entry(receipt=receipt, submission=read.submission, content=content)


def _laid(study: StudyForms, store: Store, read: ReadSheet) -> _Laid | None:
    stamp = stamp_of(study.forms, read.blank)
    found = find_sheet(study.forms, store, stamp) if stamp else None
    if found is None or stamp is None or stamp.sheet is None:
        return None
    current = store.current(found.record.record_id)
    found, read = _under_newer(study, found, read, current.submission.version)
    returned = Returned(
        sheet=found.sheet,
        number=stamp.sheet.number,
        answers=read.submission,
        before=found.before,
        current=current.submission,
        is_typed=any(f.code == FindingCode.FILE_SCANNED for f in read.submission.findings),
    )
    return _Laid(read, found, current, answers_of(returned))


def _under_newer(
    study: StudyForms, found: SheetOfRecord, read: ReadSheet, version: str
) -> tuple[SheetOfRecord, ReadSheet]:
    """Return a sheet as its record's version would have made it, where that is a newer one.

    The same where its questions are not those of the newer version.
    """
    newer = study.forms.get(found.form.id, version)
    if newer is None or version_order(version) <= version_order(found.form.version):
        return found, read
    now = carried_sheet(found, read.submission, newer)
    return (now[0], replace(read, submission=now[1])) if now else (found, read)


def _is_of_other_version(laid: _Laid) -> bool:
    """Say whether a form of another version came since, whose questions are not the sheet's."""
    return laid.current.submission.version != laid.found.form.version


def _is_known(laid: _Laid) -> bool:
    return all(each.said in (Said.NOTHING, Said.KNOWN) for each in laid.answered)


def _loaded(study: StudyForms, laid: _Laid) -> Entry:
    """Return the next revision of a sheet's record. Raises DecisionRefused."""
    submission = _overlaid(study, laid)
    findings = (*submission.findings, *_about_answers(laid.answered))
    new = Entry(
        receipt=replace(laid.read.blank, findings=findings, version=laid.found.form.version),
        submission=submission,
        queries=tuple(_stepped(laid)),
    )
    return next_revision(laid.found.form, laid.found.record, laid.current, new)


def _overlaid(study: StudyForms, laid: _Laid) -> Submission:
    form, read = laid.found.form, laid.read
    places = applied(laid.answered)
    raw = RawSubmission(
        format=read.blank.format or FileFormat.PDF,
        answers=tuple(_raw(form, read.submission, places)),
        findings=tuple(_seen(laid, places)),
    )
    new = NewAnswers(
        raw=raw,
        places=places,
        language=read.submission.language,
        received=read.blank.source.received.date(),
    )
    laid_over = overlay(Onto(form, study.checker_for(form), laid.current), new)
    version = read.blank.version if read.blank.version != form.version else None
    own = (replace(v, version=version) if v.key in places else v for v in laid_over.values)
    return with_undone(form, laid.current.submission, replace(laid_over, values=tuple(own)))


def _seen(laid: _Laid, places: Iterable[ItemKey]) -> Iterator[Finding]:
    """Yield what is said of a sheet's file, and what its reader saw in and beside its answers.

    What concerns no answer that is taken (a mark, its words) is said of the file.
    """
    taken = {Place(laid.found.form.items[name], row).address: (name, row) for name, row in places}
    asked = laid.found.sheet.definition.items
    for finding in laid.read.submission.findings:
        if not finding.all_items:
            yield finding
        elif is_partly_read(finding.code) or finding.code in _SEEN:
            own = asked.get(finding.item or "")
            where = Place(own, finding.row).address if own else ""
            item, row = taken.get(where, (None, None))
            yield replace(finding, item=item, row=row, items=())


def _raw(
    form: FormDefinition, sheet: Submission, places: Iterable[tuple[str, int | None]]
) -> Iterator[RawAnswer]:
    """Yield the answers of a sheet to some questions, as they stand on it."""
    given = {value.address: value for value in sheet.values}
    for name, row in places:
        whole = tuple(item_places(form.items[name], row))
        for place in whole:
            value = given.get(replace(place, option=None).address)
            text = "" if value is None else _text(value, place.option.code if place.option else "")
            if value is not None and text:
                yield RawAnswer(place.address, text, value.rung, value.location)


def _text(value: Value, option: str) -> str:
    """Return what stands in a place of an answer; of one option, its mark."""
    if not option:
        return value.raw
    marks = (part.partition("=") for part in value.raw.split(";"))
    return next((text or _TICKED for code, _, text in marks if code == option), "")


def _about_answers(answered: Iterable[Answered]) -> Iterator[Finding]:
    """Yield what is told of a sheet's answers that were not taken."""
    for each in answered:
        match each.said:
            case Said.UNCLEAR:
                yield _about(each, FindingCode.SHEET_UNCLEAR)
            case Said.LATE:
                yield _about(each, FindingCode.SHEET_LATE)
            case Said.NOTHING | Said.KNOWN | Said.CONFIRMED | Said.CHANGED | Said.WORDS:
                pass
            case unknown:
                assert_never(unknown)


def _about(answered: Answered, code: FindingCode) -> Finding:
    asked = answered.question.query.finding
    return replace(
        finding_of(code, items=asked.items, location=asked.location),
        item=asked.item,
        row=asked.row,
    )


def _stepped(laid: _Laid) -> Iterator[Query]:
    """Yield the queries of a sheet with what it said of them."""
    for each in laid.answered:
        query = each.question.query
        match each.said:
            case Said.CONFIRMED:
                now, said = _not_closed(laid, each), _said(laid, each)
                yield steps.confirmed(now, laid.found.before, query.revision, said)
            case Said.WORDS | Said.UNCLEAR:
                yield _answered(laid, each)
            case Said.CHANGED if each.words or not query.is_closed:
                yield _answered(laid, each)
            case Said.LATE if each.words:
                yield _answered(laid, each)
            case _:  # nothing new, or of a question that is settled
                pass


def _answered(laid: _Laid, each: Answered) -> Query:
    return steps.answered(_not_closed(laid, each), _said(laid, each))


def _not_closed(laid: _Laid, each: Answered) -> Query:
    """Return a query to be stepped; a closed one is asked again, so that what is said is read."""
    query = each.question.query
    if not query.is_closed:
        return query
    return steps.reopened(query, query.revision, replace(_said(laid, each), reason=""))


def _said(laid: _Laid, each: Answered) -> steps.Said:
    sheet = laid.read.blank.sheet
    number = sheet.number if sheet else None
    return steps.Said(at=laid.read.blank.source.received, sheet=number, reason=each.words)


def _held(read: ReadSheet, *more: Finding) -> Entry:
    """Return the entry of a sheet that waits for a person, and why."""
    findings = (*read.submission.findings, *more)
    return held_sheet(replace(read, submission=replace(read.submission, findings=findings)))


def _repeat(laid: _Laid) -> Entry:
    earlier = laid.found.record.current.receipt
    note = finding_of(FindingCode.DUPLICATE_CONTENT, {"receipt": earlier})
    receipt = replace(
        laid.read.blank,
        outcome=Outcome.DUPLICATE,
        findings=(note,),
        earlier=earlier,
        subject=laid.found.record.subject,
        record_id=laid.found.record.record_id,
    )
    return Entry(receipt=receipt)
