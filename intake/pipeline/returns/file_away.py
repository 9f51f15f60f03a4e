"""Save what one returned file is: its receipt, and those of the files it holds.

A container and its members are one transaction: after a crash all of them are there, or
none. The container's number comes first, its receipt is written last, when the outcomes of
its members are known. No file is looked into while the transaction is open.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace

from intake.model.correction import RecordCorrection
from intake.model.errors import DecisionRefused, UnreadableFile
from intake.model.file.container import Contents
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.receipt import MemberReceipt, Outcome, Receipt, ReviewAction, SourceFile
from intake.model.record import Entry
from intake.model.submission import Inspection
from intake.pipeline.desk import StudyForms
from intake.pipeline.queries.conversation import Brought
from intake.pipeline.queries.in_turn import with_queries
from intake.pipeline.records.corrected import corrected_entry
from intake.pipeline.records.document import to_be_sealed
from intake.pipeline.returns.attempt import attempt
from intake.pipeline.returns.beside import give_place, tells_more
from intake.pipeline.returns.deciding.outcome import outcome_of, outcome_of_container
from intake.pipeline.returns.interpret import interpret
from intake.pipeline.returns.looked import Looked, NotLookedInto
from intake.pipeline.returns.message_answers import proposed
from intake.pipeline.returns.provenance import beside_it
from intake.ports import Clock, Store


@dataclass(frozen=True, slots=True)
class Filing:
    """What files are understood by, where they are saved, and the time of it."""

    store: Store
    study: StudyForms
    clock: Clock


def file_away(filing: Filing, looked: Looked) -> tuple[Receipt, ...]:
    """Save a file and all it holds; return its receipt, then those of its members.

    Raises NotLookedInto, nothing saved, for bytes that were passed over as known and are not
    any more: a file saved since took their place.
    """
    with filing.store.together():
        return _filed(filing, looked, None)


def _filed(filing: Filing, looked: Looked, parent: str | None) -> tuple[Receipt, ...]:
    store = filing.store
    is_known = store.receipt_for(looked.source.sha256) is not None
    if looked.found is None and not is_known:
        raise NotLookedInto
    if is_known or not looked.members:
        entry = _entry(store, filing.study, looked)
        entry = replace(entry, receipt=replace(entry.receipt, parent=parent))
        saved = store.save(_asking(filing, entry))
        give_place(store, saved, entry.steps_aside, filing.clock())
        return (saved,)
    number = store.reserve()
    receipt, below = file_members(filing, looked, number)
    return (store.save(Entry(receipt=replace(receipt, parent=parent))), *below)


def _asking(filing: Filing, entry: Entry) -> Entry:
    """Return an entry with what it asks of its record, if it is one's."""
    if not entry.receipt.is_in_dataset:
        return entry
    numbered = replace(entry, receipt=replace(entry.receipt, id=filing.store.reserve()))
    is_correction = any(d.action is ReviewAction.CORRECT for d in entry.receipt.decisions)
    brought = Brought.ANSWERS if is_correction else Brought.FORM
    return with_queries(filing.store, filing.study.forms, numbered, filing.clock(), brought)


def file_members(filing: Filing, looked: Looked, number: str) -> tuple[Receipt, list[Receipt]]:
    """Save the files that a container holds, inside ``together``.

    Returns the container's receipt, which has that number and is not saved, and all theirs.
    """
    below = [receipt for member in looked.members for receipt in _filed(filing, member, number)]
    own = [receipt for receipt in below if receipt.parent == number]
    return replace(_of_container(filing.study, looked, own), id=number), below


def _entry(store: Store, study: StudyForms, looked: Looked) -> Entry:
    """Return what to save for one file that holds no other, whatever happens to it."""
    entry = attempt(lambda: _understood(store, study, looked))
    return _unread(study, looked.source, entry) if isinstance(entry, UnreadableFile) else entry


def _understood(store: Store, study: StudyForms, looked: Looked) -> Entry:
    source = looked.source
    earlier = store.receipt_for(source.sha256)
    if earlier is not None:
        return _known(store, study, looked, earlier)
    if isinstance(looked.found, UnreadableFile):
        raise looked.found
    if isinstance(looked.found, Inspection):
        return interpret(study, store, source, looked.found)
    if isinstance(looked.found, RecordCorrection):
        return _corrected(study, store, source, looked.found)
    empty = _of_container(study, looked, [])
    reply = looked.found.reply if looked.found else None
    answers = proposed(study, store, empty, reply) if reply else None
    return answers or Entry(receipt=empty)


def _known(store: Store, study: StudyForms, looked: Looked, earlier: Receipt) -> Entry:
    """Return the entry of known bytes: a repeat, unless their message changes the order."""
    repeat = _repeated(study, looked.source, earlier)
    if not isinstance(looked.found, Inspection) or not tells_more(store, earlier, looked.source):
        return repeat
    entry = interpret(study, store, looked.source, looked.found)
    is_waiting = earlier.outcome is Outcome.REVIEW
    if entry.receipt.outcome is Outcome.DUPLICATE or (is_waiting and not entry.steps_aside):
        return repeat
    return replace(entry, receipt=replace(entry.receipt, earlier=earlier.id))


def _corrected(
    study: StudyForms, store: Store, source: SourceFile, correction: RecordCorrection
) -> Entry:
    """Return the entry of a correction that came by the inbox. Raises UnreadableFile.

    Only one that this study's own program wrote is applied, and only where it can be.
    """
    if not hmac.compare_digest(store.sign(to_be_sealed(correction)), correction.seal):
        raise UnreadableFile(FindingCode.FILE_UNKNOWN)
    try:
        return corrected_entry(study, store, source, correction)
    except DecisionRefused as problem:
        raise UnreadableFile(
            FindingCode.CORRECTION_REFUSED,
            {"subject": correction.subject, "why": problem.why.value},
        ) from None


def _of_container(study: StudyForms, looked: Looked, inside: list[Receipt]) -> Receipt:
    """Return the receipt of a container: what it held, and the gist of what became of it."""
    findings = tuple(_about(looked.found, inside)) if isinstance(looked.found, Contents) else ()
    return Receipt(
        source=looked.source,
        outcome=outcome_of_container(findings, [receipt.outcome for receipt in inside]),
        language=_language(study, inside),
        centre=_only({receipt.centre for receipt in inside}),
        findings=findings,
        members=tuple(_listed(receipt) for receipt in inside),
        name_is_safe=study.is_safe_name(looked.source.name),
    )


def _about(found: Contents, inside: list[Receipt]) -> tuple[Finding, ...]:
    if not inside and outcome_of(found.findings) is Outcome.REJECTED:
        return found.findings  # they say why nothing is there
    if not inside:
        return (*found.findings, finding_of(FindingCode.CONTAINER_EMPTY))
    listed = ", ".join(receipt.id for receipt in inside)
    context = {"count": str(len(inside)), "receipts": listed, "ignored": str(found.ignored)}
    return (finding_of(FindingCode.CONTAINER, context), *found.findings)


def _listed(receipt: Receipt) -> MemberReceipt:
    return MemberReceipt(
        receipt=receipt.id,
        folder=receipt.folder,
        outcome=receipt.outcome,
        file=receipt.source.name,
        name_is_safe=receipt.name_is_safe,
    )


def _language(study: StudyForms, inside: list[Receipt]) -> str:
    """Return the language of the forms inside when they share one, else the study's."""
    return _only({r.language for r in inside if r.form is not None}) or study.facts.language


def _only(found: set[str | None]) -> str | None:
    return found.pop() if len(found) == 1 else None


def _unread(study: StudyForms, source: SourceFile, problem: UnreadableFile) -> Entry:
    finding = finding_of(problem.code, problem.context)
    receipt = Receipt(
        source=source,
        outcome=outcome_of((finding,)),
        language=study.facts.language,
        findings=(finding,),
        name_is_safe=study.is_safe_name(source.name),
    )
    return Entry(receipt=receipt)


def _repeated(study: StudyForms, source: SourceFile, earlier: Receipt) -> Entry:
    """Return the entry of bytes that are already loaded or in review."""
    told = beside_it(source) if earlier.form is not None else ()
    receipt = Receipt(
        source=source,
        outcome=Outcome.DUPLICATE,
        form=earlier.form,
        version=earlier.version,
        language=earlier.language,
        format=earlier.format,
        centre=earlier.centre,
        subject=earlier.subject,
        record_id=earlier.record_id,
        findings=(finding_of(FindingCode.DUPLICATE_FILE, {"receipt": earlier.id}), *told),
        name_is_safe=study.is_safe_name(source.name),
        earlier=earlier.id,
        hint=earlier.hint,
        filling_date=earlier.filling_date,
    )
    return Entry(receipt=receipt)
