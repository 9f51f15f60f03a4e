"""From an inspected file to the entry that is saved: identify, read, check, decide.

Reads the store to recognise a patient; writes nothing. The order of work around it
(archive, save, deliver) is in ``process``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from intake.checks.patient.content import content_digest
from intake.checks.patient.objection import objection_expressed
from intake.checks.patient.patient_key import filling_date, hint
from intake.model.definition import FormDefinition, MissingReason
from intake.model.errors import DecisionRefused
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, finding_of, is_partly_read
from intake.model.receipt import Completeness, Outcome, Receipt, SourceFile
from intake.model.record import Entry, KnownRecord, StoredRecord
from intake.model.submission import Inspection, ItemKey, RawSubmission, Submission
from intake.pipeline.desk import StudyFacts, StudyForms
from intake.pipeline.records.beyond import answered_by, only_beyond, rows_beyond
from intake.pipeline.records.given import GivenAnswer, with_given, with_what_the_file_says
from intake.pipeline.records.overlay import NewAnswers, Onto, overlay
from intake.pipeline.records.undone import with_undone
from intake.pipeline.returns.deciding.arrived import Arrived, arrived
from intake.pipeline.returns.deciding.decide import Decision, decide, with_changes
from intake.pipeline.returns.deciding.outcome import outcome_of
from intake.pipeline.returns.deciding.versions import seen_from
from intake.pipeline.returns.deciding.whose import sent_elsewhere
from intake.pipeline.returns.identify import Identified, identify
from intake.pipeline.returns.provenance import beside_it, centres_of
from intake.pipeline.returns.sheets import ReadSheet, sheet_entry
from intake.ports import Store


@dataclass(frozen=True, slots=True)
class AsText:
    """What stands in a file, before it is checked."""

    sent: RawSubmission
    given: RawSubmission
    """The same with the answers that a person gave over it."""
    around: tuple[Finding, ...] = ()
    """What is said of the file's circumstances, whatever its answers."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A form that was read: its receipt without any answer, its version, its answers."""

    blank: Receipt
    definition: FormDefinition
    submission: Submission
    text: AsText


@dataclass(frozen=True, slots=True)
class Over:
    """The record that a form's answers are laid over, and the questions that it answers."""

    record: StoredRecord
    places: frozenset[ItemKey]


def interpret(study: StudyForms, store: Store, source: SourceFile, inspection: Inspection) -> Entry:
    """Return what to save for one inspected file."""
    found = understand(study, source, inspection)
    if isinstance(found, Entry):
        return found
    if found.blank.sheet is not None:
        return sheet_entry(study, store, ReadSheet(found.blank, found.submission))
    return recognised(study, store, found)


def understand(
    study: StudyForms,
    source: SourceFile,
    inspection: Inspection,
    given: Iterable[GivenAnswer] = (),
    over: Over | None = None,
) -> Understood | Entry:
    """Return the answers of a file, those a person gave over them; else its whole entry.

    With ``over``, they are laid over a record's. Raises DecisionRefused as ``overlay`` does.
    """
    identified = identify(inspection, study.forms)
    blank = _blank_receipt(study, source, inspection, identified)
    if identified.definition is None or _has(inspection.findings, FindingCode.FILE_NO_FIELDS):
        return Entry(receipt=_not_loaded(blank, _of_an_unread_file(inspection, identified)))
    as_sent = _as_sent(study, inspection, identified.definition)
    raw = with_given(identified.definition, as_sent, given)
    if objection_expressed(identified.definition, raw):
        return Entry(receipt=_not_loaded(blank, (finding_of(FindingCode.OBJECTION),)))
    around = (
        *identified.findings, *_circumstances(study.facts, source, blank), *beside_it(source),
    )  # fmt: skip
    text = AsText(as_sent, raw, around)
    submission = _submission(study, (blank, identified.definition), text, over)
    return Understood(blank, identified.definition, submission, text)


def laid_over(study: StudyForms, found: Understood, over: Over) -> Understood:
    """Return a form that was read with its answers over a record's.

    Raises DecisionRefused as ``overlay`` does.
    """
    submission = _submission(study, (found.blank, found.definition), found.text, over)
    return replace(found, submission=submission)


def _submission(
    study: StudyForms, form: tuple[Receipt, FormDefinition], text: AsText, over: Over | None
) -> Submission:
    """Return the answers of a file, checked, with all that is said of it."""
    blank, definition = form
    read = _checked(study, blank, definition, text.given, over)
    read = with_what_the_file_says(definition, read, text.sent)
    letters = _letters(definition, read)
    written = _centre_doubts(study.facts, blank, letters)
    sent = _sender_doubts(study.facts, blank.source, blank.centre or letters)
    return replace(read, findings=(*text.around, *written, *sent, *read.findings))


def _checked(
    study: StudyForms,
    blank: Receipt,
    definition: FormDefinition,
    raw: RawSubmission,
    over: Over | None,
) -> Submission:
    checker, language = study.checker_for(definition), str(blank.language)
    received = blank.source.received.date()
    if over is None:
        return checker.check(raw, language=language, received=received)
    new = NewAnswers(raw=raw, places=over.places, language=language, received=received)
    return overlay(Onto(definition, checker, over.record), new)


def _as_sent(
    study: StudyForms, inspection: Inspection, definition: FormDefinition
) -> RawSubmission:
    """Return the answers of a file as its format reads them; of a scan or photo, none."""
    if _has(inspection.findings, FindingCode.FILE_SCANNED):
        return RawSubmission(format=inspection.format, answers=(), findings=inspection.findings)
    return study.readers[inspection.format].read(inspection, definition)


def recognised(study: StudyForms, store: Store, found: Understood) -> Entry:
    """Return the entry of a form that was read."""
    blank, definition, submission = found.blank, found.definition, found.submission
    is_scan = _has(submission.findings, FindingCode.FILE_SCANNED)
    if is_scan and not _holds_answers(definition, submission):
        return _to_be_typed(found)
    if _is_empty(definition, submission):
        return Entry(receipt=_not_loaded(blank, _of_the_file(submission)))
    form = arrived(definition, submission, blank.source)
    known = store.candidates(form.clues)
    if known.objected:
        told = finding_of(FindingCode.PATIENT_OBJECTED, {"subject": ", ".join(known.objected)})
        return Entry(receipt=_not_loaded(blank, (told,)))
    decision = decide(form, seen_from(definition, known))
    if decision.record is not None and decision.outcome is not Outcome.REVIEW:
        sent = store.receipts_of(decision.record.record_id)
        note = sent_elsewhere(decision.record, sent, blank.centre, study.facts.centres)
        decision = replace(decision, findings=(*decision.findings, *note))
    if decision.record is not None and decision.outcome.is_loaded:
        return _next_of(study, store, found, form, decision)
    return entry_of(found, form, decision)


def _next_of(
    study: StudyForms, store: Store, found: Understood, form: Arrived, decision: Decision
) -> Entry:
    """Return the entry of a form that becomes its record's next revision, in no doubt."""
    record = decision.record
    if record is None:
        raise ValueError("a next revision has a record")
    current = record.current.submission
    over = over_rows_beyond(store, found.definition, found.submission, record)
    try:
        found = found if over is None else laid_over(study, found, over)
    except DecisionRefused:  # an answer in such a row cannot be written again: a person looks
        told = (*decision.findings, finding_of(FindingCode.SHEET_NOT_LAID))
        return entry_of(found, form, replace(decision, outcome=Outcome.REVIEW, findings=told))
    decision = with_changes(decision, replace(form, submission=found.submission))
    undone = with_undone(found.definition, current, found.submission)
    return entry_of(replace(found, submission=undone), form, decision)


def over_rows_beyond(
    store: Store, definition: FormDefinition, submission: Submission, record: KnownRecord
) -> Over | None:
    """Return the rows of a record that a form has no place for, to lay it over; None for none."""
    if record.current.is_withdrawn or not rows_beyond(definition, record.current.submission):
        return None
    before = only_beyond(definition, store.current(record.record_id))
    return Over(before, answered_by(definition, submission))


def _to_be_typed(found: Understood) -> Entry:
    """Return the entry of a recognised scan: a form without answers, for a person to type.

    Its receipt says nothing of what is missing: nobody has looked yet.
    """
    about_file = tuple(f for f in found.submission.findings if not _is_about_questions(f))
    submission = replace(found.submission, findings=about_file)
    return Entry(
        receipt=_not_loaded(found.blank, about_file),
        submission=submission,
        content=content_digest(submission),
    )


def entry_of(found: Understood, form: Arrived, decision: Decision) -> Entry:
    """Return the entry of a read form and its decision."""
    blank, definition, submission = found.blank, found.definition, found.submission
    is_repeated = decision.outcome is Outcome.DUPLICATE
    own = beside_it(blank.source) if is_repeated else submission.findings
    is_tied = decision.record is not None and (is_repeated or decision.outcome.is_loaded)
    receipt = replace(
        blank,
        outcome=decision.outcome,
        findings=(*own, *decision.findings),
        changes=decision.changes,
        centre=blank.centre or _letters(definition, submission),
        subject=(decision.record.subject or None) if is_tied and decision.record else None,
        record_id=(decision.record.record_id or None) if is_tied and decision.record else None,
        earlier=decision.earlier,
        completeness=Completeness(
            expected=submission.expected, answered=submission.expected_answered
        ),
        hint=hint(definition, submission),
        filling_date=filling_date(definition, submission),
    )
    if is_repeated:
        return Entry(receipt=receipt)
    return Entry(
        receipt=receipt,
        submission=submission,
        key=form.key,
        content=form.content,
        likeness=form.likeness,
        steps_aside=decision.steps_aside,
    )


def _blank_receipt(
    study: StudyForms, source: SourceFile, inspection: Inspection, identified: Identified
) -> Receipt:
    """Return a receipt that says which form the file is, and nothing of its answers."""
    stamp, definition = identified.stamp, identified.definition
    languages = definition.languages if definition else ()
    spoken = stamp.language if stamp else study.facts.language
    language = spoken if not languages or spoken in languages else languages[0]
    return Receipt(
        source=source,
        outcome=Outcome.REJECTED,
        form=definition.id if definition else (stamp.form or None if stamp else None),
        version=definition.version if definition else (stamp.version if stamp else None),
        language=language,
        format=inspection.format,
        centre=stamp.centre if stamp else None,
        sheet=stamp.sheet if stamp else None,
        findings=inspection.findings,
        name_is_safe=study.is_safe_name(source.name),
    )


def _circumstances(facts: StudyFacts, source: SourceFile, blank: Receipt) -> Iterable[Finding]:
    """Yield what the calendar and the centre list say of a file."""
    if facts.closing_date and source.received.date() > facts.closing_date:
        yield finding_of(FindingCode.LATE, {"closing": facts.closing_date.isoformat()})
    if blank.centre and facts.centres and blank.centre not in facts.centres:
        yield finding_of(FindingCode.CENTRE_UNKNOWN, {"centre": blank.centre})


def _centre_doubts(facts: StudyFacts, blank: Receipt, letters: str | None) -> Iterable[Finding]:
    """Yield what is odd about the centre's letters: not those of the stamp, or no centre's."""
    is_known = not facts.centres or not letters or letters in facts.centres.values()
    if not blank.centre and not is_known:
        yield finding_of(FindingCode.CENTRE_UNKNOWN, {"centre": str(letters)})
    sent_to = facts.centres.get(blank.centre or "")
    if sent_to and letters and letters != sent_to:
        yield finding_of(FindingCode.CENTRE_MISMATCH, {"written": letters, "stamped": sent_to})


def _sender_doubts(facts: StudyFacts, source: SourceFile, centre: str | None) -> Iterable[Finding]:
    """Yield a note when the email's address is another centre's than the form's."""
    suggested = centres_of(source.sender, facts.addresses)
    fitting = {*suggested, *(facts.centres.get(name, "") for name in suggested)}
    if suggested and centre not in fitting:
        named = {"centre": centre} if centre else {}
        yield finding_of(FindingCode.SENDER_CENTRE, {"sender": ", ".join(suggested), **named})


def _of_an_unread_file(inspection: Inspection, identified: Identified) -> tuple[Finding, ...]:
    """Return the findings of a file without answers: of a foreign one, only that it is foreign."""
    if _has(identified.findings, FindingCode.FORM_UNKNOWN):
        return identified.findings
    return (*inspection.findings, *identified.findings)


def _has(findings: Iterable[Finding], code: FindingCode) -> bool:
    return any(finding.code == code for finding in findings)


def _is_empty(definition: FormDefinition, submission: Submission) -> bool:
    """Say whether a form holds no answer beyond what a centre's form has prefilled."""
    return not _holds_answers(definition, submission) and not any(
        finding.item for finding in submission.findings if _is_about_an_answer(finding)
    )


def _holds_answers(definition: FormDefinition, submission: Submission) -> bool:
    return any(
        value.item not in definition.prefilled and value.missing is not MissingReason.NA
        for value in submission.values
    )


def _is_about_an_answer(finding: Finding) -> bool:
    """Say whether a finding shows that something was written, even if it was not kept."""
    silent = {FindingCode.REQUIRED, FindingCode.SECTION_INCOMPLETE, FindingCode.FIELD_MISSING}
    return finding.code not in silent


def _is_about_questions(finding: Finding) -> bool:
    """Say whether a finding is about an answer, or answers, of the form."""
    incomplete = FindingCode.SECTION_INCOMPLETE
    return finding.item is not None or bool(finding.items) or finding.code == incomplete


def _of_the_file(submission: Submission) -> tuple[Finding, ...]:
    """Return the findings of an empty form: about the file, not about its questions."""
    unsure = tuple(f for f in submission.findings if is_partly_read(f.code))
    if unsure:
        return unsure
    about_file = tuple(f for f in submission.findings if f.item is None and not f.items)
    return (*about_file, finding_of(FindingCode.FORM_EMPTY))


def _not_loaded(receipt: Receipt, findings: tuple[Finding, ...]) -> Receipt:
    """Return the receipt of a file without answers: never loaded, whatever was noticed."""
    outcome = outcome_of(findings)
    kept_back = Outcome.REVIEW if outcome.is_loaded else outcome
    return replace(receipt, findings=findings, outcome=kept_back)


def _letters(definition: FormDefinition, submission: Submission) -> str | None:
    value = submission.record.get(definition.identity.centre)
    return value if isinstance(value, str) else None
