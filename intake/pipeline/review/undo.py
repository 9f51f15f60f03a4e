"""Taking back the newest decision about a file, or its loading, while nothing rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from intake.model.errors import DecisionRefused, Refusal
from intake.model.file.container import Contents
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.query import Query, QueryAction, QueryEnd, QueryStep
from intake.model.receipt import Outcome, Receipt, ReviewAction
from intake.model.record import Entry, KnownForm, KnownPatients, KnownRecord
from intake.pipeline.desk import Desk
from intake.pipeline.queries.conversation import Brought, Turn
from intake.pipeline.queries.in_turn import talked
from intake.pipeline.queries.question import is_same_answer
from intake.pipeline.queries.steps import Said, asked_as_before
from intake.pipeline.queries.versions import names_of
from intake.pipeline.records.given import already_given
from intake.pipeline.returns.attempt import attempt
from intake.pipeline.returns.beside import save_decided
from intake.pipeline.returns.deciding.arrived import arrived
from intake.pipeline.returns.deciding.decide import decide
from intake.pipeline.returns.deliver import definition_of, deliver
from intake.pipeline.returns.interpret import Understood, entry_of
from intake.pipeline.returns.look import begin_again, seen
from intake.pipeline.returns.message_answers import proposed
from intake.pipeline.returns.sheets import ReadSheet, held_sheet
from intake.pipeline.review.held import Held, check_words, conclude, decided, known_patients
from intake.pipeline.review.read_again import read_again
from intake.pipeline.review.refuse import decide_anew, without_answers
from intake.pipeline.review.withdraw import closed

_TAKEN_BACK = (QueryAction.CLOSED, QueryAction.ANSWERED)
"""What an undone revision did to questions."""


def undo(desk: Desk, receipt_id: str, reason: str = "") -> Receipt:
    """Take back the newest decision about a file, or its loading. Raises DecisionRefused.

    A form that was loaded waits again, and the revision before it is current; a correction is
    gone; a withdrawn record is in the dataset again; a refused file is decided on again.
    """
    try:
        entry = desk.keeping.store.kept(receipt_id.strip())
    except KeyError:
        raise DecisionRefused(Refusal.UNKNOWN_RECEIPT, receipt=receipt_id) from None
    receipt = entry.receipt
    check_words(reason, of=receipt.id, is_needed=False)
    if receipt.is_withdrawn:
        _its_record(desk, receipt)  # a form that brought the record back stands in its place
        _refuse_sent(desk, receipt, None)
        return conclude(desk, _back(desk, entry), reason)
    if receipt.is_in_dataset:
        known = _its_record(desk, receipt)
        _refuse_sent(desk, receipt, receipt.revision)
        return _undone(desk, entry, known, reason)
    if _was_rejected(receipt):
        _refuse_sent(desk, receipt, None)
        if _is_message(receipt):
            again = decided(desk.clock, receipt, ReviewAction.UNDO)
            return conclude(desk, _proposed_again(desk, again, None), reason)
        return decide_anew(desk, receipt, ReviewAction.UNDO, reason)
    raise DecisionRefused(Refusal.NOT_UNDONE, receipt=receipt.id)


def _refuse_sent(desk: Desk, receipt: Receipt, revision: int | None) -> None:
    if desk.keeping.store.has_left(receipt.id, revision=revision):
        raise DecisionRefused(Refusal.ALREADY_SENT, receipt=receipt.id)


def _was_rejected(receipt: Receipt) -> bool:
    by_person = [d.action for d in receipt.decisions if d.action.is_a_persons]
    return receipt.outcome is Outcome.REJECTED and by_person[-1:] == [ReviewAction.REJECT]


def _its_record(desk: Desk, receipt: Receipt) -> KnownRecord:
    """Return the record of which a receipt is the current revision. Raises DecisionRefused."""
    known = desk.keeping.store.known_record(receipt.form or "", receipt.record_id or "")
    if known is None:
        raise DecisionRefused(Refusal.NOT_UNDONE, receipt=receipt.id)
    current = known.current.receipt
    if current != receipt.id:
        raise DecisionRefused(
            Refusal.NOT_CURRENT, receipt=receipt.id, subject=known.subject, current=current
        )
    return known


def _back(desk: Desk, entry: Entry) -> Entry:
    """Return a withdrawn record's entry, in the dataset again and asked about as before."""
    withdrawn = entry.receipt.decisions[-1]
    receipt = decided(desk.clock, entry.receipt, ReviewAction.UNDO)
    again = tuple(_asked_again(desk, receipt, withdrawn.at.isoformat()))
    return replace(entry, receipt=receipt, queries=again)


def _asked_again(desk: Desk, receipt: Receipt, since: str) -> Iterator[Query]:
    """Yield the questions that were given up with the record."""
    step = QueryStep(action=QueryAction.REOPENED, at=desk.clock(), by=desk.by, receipt=receipt.id)
    for query in desk.keeping.store.queries(str(receipt.record_id)):
        end = query.steps[-1]
        if query.is_closed and end.receipt == receipt.id and end.at.isoformat() >= since:
            again = replace(query, steps=(*query.steps, step))
            said = Said(at=step.at, by=desk.by)
            yield asked_as_before(again, receipt.id, (QueryAction.CLOSED,), said)


def _undone(desk: Desk, entry: Entry, known: KnownRecord, reason: str) -> Receipt:
    """Set a revision aside: what it asked and answered is asked as it was before it."""
    asked = tuple(_as_before(desk, entry, known))
    made = replace(_set_aside(desk, entry, known), queries=asked)
    receipt = save_decided(desk.keeping.store, made, reason)
    deliver(desk, receipt)
    return receipt


def _as_before(desk: Desk, entry: Entry, known: KnownRecord) -> Iterable[Query]:
    """Return the record's queries as the revision before an undone one has them."""
    store = desk.keeping.store
    stored = tuple(store.queries(known.record_id))
    left = [form for form in known.forms if form.receipt != entry.receipt.id]
    if not left:
        return closed(stored, desk, entry.receipt)
    turn = Turn(
        submission=left[-1].submission,
        revision=left[-1].revision or known.revision,
        findings=_said_of(desk, left[-1]),
        brought=Brought.FORM,
        at=desk.clock(),
        receipt=entry.receipt.id,
        by=desk.by,
    )
    own = _taken_back(desk, known, entry, stored)
    talk = talked(desk.study.forms, known, turn, own)
    now = {query.number: query for query in (*own, *talk.queries)}
    record_id, subject = known.record_id, known.subject
    every = (replace(q, record_id=record_id, subject=subject) for _, q in sorted(now.items()))
    changed = (query for query in every if query not in stored)
    said = Said(at=turn.at, by=desk.by)
    return [asked_as_before(query, entry.receipt.id, _TAKEN_BACK, said) for query in changed]


def _said_of(desk: Desk, form: KnownForm) -> tuple[Finding, ...]:
    """Return what is said of a revision: by newer rules where they spoke, else by its receipt."""
    if form.submission.rechecked is not None:
        return form.submission.findings
    return desk.keeping.store.kept(form.receipt).receipt.findings


def _taken_back(
    desk: Desk, known: KnownRecord, entry: Entry, stored: Iterable[Query]
) -> tuple[Query, ...]:
    """Return a record's queries without what an undone revision said, about one that is left."""
    names = names_of(desk.study.forms, known)
    answers = {form.revision: names.answers(form.submission) for form in known.forms}
    gone = entry.receipt.revision
    then = answers.pop(gone, None)

    def back(query: Query) -> Query:
        said = _unsaid(desk, query, entry.receipt)
        if query.revision != gone or then is None:
            return said
        about = names.query(query).finding
        same = (n for n, each in answers.items() if n and is_same_answer(about, each, then))
        about_left = replace(names.query(said), revision=max(same, default=query.revision))
        return names.kept(about_left, said)

    return tuple(map(back, stored))


def _unsaid(desk: Desk, query: Query, gone: Receipt) -> Query:
    """Return a query that is asked again where an undone file answered or confirmed it."""
    newest = query.steps[-1]
    is_said = newest.action is QueryAction.ANSWERED or newest.how is QueryEnd.CONFIRMED
    if newest.receipt != gone.id or not is_said:
        return query
    step = QueryStep(action=QueryAction.REOPENED, at=desk.clock(), by=desk.by, receipt=gone.id)
    return replace(query, steps=(*query.steps, step))


def _set_aside(desk: Desk, entry: Entry, known: KnownRecord) -> Entry:
    """Return what becomes of a record's current revision that is undone."""
    receipt = decided(desk.clock, entry.receipt, ReviewAction.UNDO)
    if any(decision.action is ReviewAction.CORRECT for decision in receipt.decisions):
        gone = replace(without_answers(receipt), outcome=Outcome.REJECTED, revision=None)
        return Entry(receipt=replace(gone, findings=()))
    if _is_message(receipt):
        before = known.forms[-2].revision if len(known.forms) > 1 else None
        made = _proposed_again(desk, receipt, before)
        told = (*made.receipt.findings, finding_of(FindingCode.UNDONE, {"subject": known.subject}))
        return replace(made, receipt=replace(made.receipt, findings=told))
    definition = definition_of(desk.study.forms, receipt)
    if entry.submission is None or definition is None:
        raise DecisionRefused(Refusal.NOT_UNDONE, receipt=receipt.id)
    held = Held(receipt, definition, entry.submission)
    found = read_again(desk, held, already_given(held.submission))
    made = _waiting(desk, found, known, receipt)
    told = (*made.receipt.findings, finding_of(FindingCode.UNDONE, {"subject": known.subject}))
    own = replace(
        made.receipt, id=receipt.id, parent=receipt.parent, decisions=receipt.decisions,
        findings=told,
    )  # fmt: skip
    return replace(made, receipt=own)


def _waiting(desk: Desk, found: Understood, known: KnownRecord, receipt: Receipt) -> Entry:
    """Return a file that was loaded as one that waits, beside what the record is without it."""
    if receipt.sheet is not None:
        return held_sheet(ReadSheet(found.blank, found.submission))
    form = arrived(found.definition, found.submission, receipt.source)
    others = _without(known_patients(desk.keeping.store, form), known, receipt)
    return entry_of(found, form, replace(decide(form, others), outcome=Outcome.REVIEW))


def _is_message(receipt: Receipt) -> bool:
    return bool(receipt.answers_about) and receipt.sheet is None


def _proposed_again(desk: Desk, receipt: Receipt, before: int | None) -> Entry:
    """Return a message whose lines wait again, about the revision named or the current one.

    Raises DecisionRefused.
    """
    found = attempt(lambda: seen(desk, receipt.source, begin_again(desk, receipt.source)))
    made = None
    if isinstance(found, Contents) and found.reply is not None:
        bare = replace(
            without_answers(receipt), subject=None, record_id=None, revision=None,
            findings=found.findings,
        )  # fmt: skip
        made = proposed(desk.study, desk.keeping.store, bare, found.reply, before)
    if made is None:
        raise DecisionRefused(Refusal.NOT_UNDONE, receipt=receipt.id)
    return made


def _without(patients: KnownPatients, known: KnownRecord, receipt: Receipt) -> KnownPatients:
    """Return the known patients as they are without the undone revision."""
    forms = tuple(form for form in known.forms if form.receipt != receipt.id)
    left = (replace(known, forms=forms),) if forms else ()
    records = tuple(r for r in patients.records if r.record_id != known.record_id)
    return replace(patients, records=(*records, *left))
