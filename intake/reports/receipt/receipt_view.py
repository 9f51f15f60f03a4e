"""Everything the receipt's page shows, decided before any markup.

Pure. The page goes to the centre that sent the file: it carries what that centre needs to
find its patient (a short hint, the filling date), never the birth date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from intake.model.definition import FormDefinition, Item
from intake.model.finding import Severity
from intake.model.receipt import Change, MemberReceipt, Outcome, Receipt, ReviewAction
from intake.privacy.private import is_private
from intake.privacy.to_centre import told_changes, told_findings, told_subject
from intake.reports.receipt.next_steps import (
    Addressed,
    Asking,
    Reply,
    is_refused,
    reply_lines,
    steps,
    told_reason,
)
from intake.reports.receipt.points import Points, points_of
from intake.reports.receipt.remarks import Remarks
from intake.reports.receipt.title import receipt_title
from intake.reports.receipt.worded_finding import WordedFinding
from intake.words.catalogue import Words
from intake.words.shown import as_shown
from intake.words.typography import typeset

_LED = (
    ReviewAction.REJECT,
    ReviewAction.OBJECTION,
    ReviewAction.CORRECT,
    ReviewAction.WITHDRAW,
)
"""The decisions that say more of a file than its outcome does."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the receipt's head."""

    label: str
    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many points of one kind are asked."""

    kind: str
    number: str
    label: str


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """One line of the table of changes."""

    code: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One file of a container, with the link to its own receipt."""

    file: str
    receipt: str
    link: str
    outcome: Outcome
    status: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How full the form is."""

    text: str
    percent: int


_FEW = 12
"""Longer lists go on folded."""


@dataclass(frozen=True, kw_only=True)
class ReceiptView:
    """The page's content, in reading order."""

    title: str
    outcome: Outcome
    status: str
    lead: str
    facts: tuple[Fact, ...]
    progress: Progress | None
    counts: tuple[Count, ...]
    steps: tuple[str, ...]
    """What to do next, three at most."""
    reason: str
    """Why a person refused the file, in their words; empty where nobody did."""
    reply: Reply | None
    of_file: tuple[WordedFinding, ...]
    """What is asked about the file as a whole."""
    remarks: Remarks
    points: Points
    changes: tuple[ChangedAnswer, ...]
    members: tuple[MemberLine, ...]
    footer: tuple[str, ...]
    few: int = _FEW
    """How many of a list are shown unfolded."""


def receipt_view(
    receipt: Receipt,
    definition: FormDefinition | None,
    words: Words,
    addressed: Addressed = Addressed(),  # noqa: B008 - frozen
) -> ReceiptView:
    """Return the content of a receipt's page in one language."""
    remarks = Remarks(told_findings(receipt), definition, words)
    points = points_of(remarks, words)
    return ReceiptView(
        title=words.printed(definition.title) if definition else "",
        outcome=receipt.outcome,
        status=receipt_title(receipt, words),
        lead=_lead(receipt, words),
        facts=tuple(_facts(receipt, words)),
        progress=_progress(receipt, words),
        counts=tuple(_counts(remarks, points, words)),
        steps=tuple(steps(Asking(receipt, remarks, points), words, addressed.reply_to)),
        reason=told_reason(receipt, addressed.reason, words),
        reply=reply_lines(receipt, addressed.reply_to, words),
        of_file=_of_file(receipt, remarks),
        remarks=remarks,
        points=points,
        changes=tuple(_changed(change, definition, words) for change in told_changes(receipt)),
        members=tuple(_members(receipt, words)),
        footer=tuple(_footer(receipt, words)),
    )


def file_name(receipt: Receipt, words: Words) -> str:
    """Return the file's name where people may see it, else what it is."""
    if receipt.name_is_safe:
        return as_shown(receipt.source.name)
    return words.text("receipt.attachment")


def _lead(receipt: Receipt, words: Words) -> str:
    """Return which sentence opens the page: the outcome's, or that of a refusal by a person."""
    last = receipt.decisions[-1].action if receipt.decisions else None
    is_gone = last is ReviewAction.UNDO and receipt.outcome is Outcome.REJECTED
    if last in _LED or (last is not None and is_gone):
        return words.text(f"receipt.lead.{last.value}")
    about = "sent" if receipt.members else "sheet" if receipt.sheet else "lead"
    return words.text(f"receipt.{about}.{receipt.outcome.value}")


def _of_file(receipt: Receipt, remarks: Remarks) -> tuple[WordedFinding, ...]:
    """Return what is asked about the file; of a file refused by a person, what it waited for.

    Its findings say that it is being verified, and that nothing is to be sent: no longer true.
    """
    if not is_refused(receipt):
        return remarks.of_file
    return tuple(
        replace(one, words=replace(one.words, sentence="", advice="")) for one in remarks.of_file
    )


def member_name(member: MemberReceipt, number: int, words: Words) -> str:
    """Return the name of a container's file where people may see it, else its number."""
    if member.name_is_safe:
        return as_shown(member.file)
    return words.text("receipt.numbered_attachment", number=number)


def _members(receipt: Receipt, words: Words) -> Iterator[MemberLine]:
    for number, member in enumerate(receipt.members, 1):
        yield MemberLine(
            file=member_name(member, number, words),
            receipt=member.receipt,
            link=f"../{member.folder}/receipt.html",
            outcome=member.outcome,
            status=words.outcome(member.outcome),
        )


def _facts(receipt: Receipt, words: Words) -> Iterator[Fact]:
    subject = told_subject(receipt)
    patient = receipt.hint or subject
    if receipt.hint and subject:
        patient = words.text("receipt.patient_with_number", hint=receipt.hint, subject=subject)
    yield from _fact(words, "patient", patient)
    filled = receipt.filling_date
    yield from _fact(words, "filled", words.date(filled) if filled else None)
    yield from _fact(words, "received", words.date(receipt.source.received.date().isoformat()))
    yield from _fact(words, "centre", receipt.centre)
    yield from _fact(words, "form", _form(receipt))
    yield from _fact(words, "file", file_name(receipt, words))
    yield from _fact(words, "decided", _decided(receipt, words))
    inside = words.text("receipt.number", receipt=receipt.parent) if receipt.parent else None
    yield from _fact(words, "parent", inside)


def _decided(receipt: Receipt, words: Words) -> str:
    """Return what the coordinator decided: the answers given, then the last decision."""
    codes = tuple(dict.fromkeys(d.code for d in receipt.decisions if d.code))
    given = words.text("receipt.decision.set", codes=", ".join(codes)) if codes else ""
    by_a_person = [decision for decision in receipt.decisions if decision.action.is_a_persons]
    last = by_a_person[-1] if by_a_person else None
    if last is None or last.action is ReviewAction.SET:
        return given
    day = words.date(last.at.date().isoformat())
    decided = words.text(f"receipt.decision.{last.action.value}", date=day)
    if not given:
        return decided
    return words.text("receipt.decision.both", given=given, decided=decided)


def _fact(words: Words, key: str, text: str | None) -> Iterator[Fact]:
    if text:
        yield Fact(words.text(f"receipt.{key}"), text)


def _form(receipt: Receipt) -> str:
    return " ".join(part for part in ((receipt.form or "").upper(), receipt.version) if part)


def _progress(receipt: Receipt, words: Words) -> Progress | None:
    done = receipt.completeness
    if done is None or not done.expected:
        return None
    text = words.text("receipt.completeness_text", answered=done.answered, expected=done.expected)
    return Progress(text, 100 * min(done.answered, done.expected) // done.expected)


def _counts(remarks: Remarks, points: Points, words: Words) -> Iterator[Count]:
    """Yield what is asked, the heaviest first; nothing where nothing is asked."""
    numbers = {
        "error": points.count(Severity.ERROR),
        "query": points.count(Severity.QUERY),
        "missing": len(points.missing),
        "section": len(remarks.incomplete),
    }
    for kind, number in numbers.items():
        if number:
            label = words.text(f"receipt.count.{kind}", count=number)
            yield Count(kind, words.number(number), label)


def _changed(change: Change, definition: FormDefinition | None, words: Words) -> ChangedAnswer:
    item = definition.items.get(change.item) if definition else None
    if item is None or is_private(item, definition):
        hidden = words.text("receipt.hidden")
        label = words.printed(item.label) if item else ""
        return ChangedAnswer(change.code, label, hidden, hidden)
    before, after = (_answer(text, item, words) for text in (change.before, change.after))
    return ChangedAnswer(change.code, words.printed(item.label), before, after)


def _answer(text: str, item: Item, words: Words) -> str:
    if not text:
        return words.text("receipt.empty")
    return typeset(words.value(item, text), words.language)


def _footer(receipt: Receipt, words: Words) -> Iterator[str]:
    yield words.text("receipt.name") + " " + words.text("receipt.number", receipt=receipt.id)
    if _form(receipt):
        yield _form(receipt)
    yield words.date(receipt.source.received.date().isoformat())
    yield f"{words.text('receipt.fingerprint')} {receipt.source.sha256[:12]}"
