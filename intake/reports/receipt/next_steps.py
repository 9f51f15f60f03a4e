"""What a receipt's reader does next: the steps, whom to answer, by when, why a file was refused.

Pure. Three steps at most, and only those that this receipt calls for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intake.model.finding import Severity
from intake.model.finding_codes import FindingCode
from intake.model.mail.reply_to import ReplyTo
from intake.model.receipt import Outcome, Receipt, ReviewAction
from intake.privacy.guard import holds_identity
from intake.reports.receipt.points import Points
from intake.reports.receipt.remarks import Remarks
from intake.words.catalogue import Words


@dataclass(frozen=True, slots=True)
class Addressed:
    """What a receipt tells a centre beside what is in it."""

    reply_to: ReplyTo | None = None
    reason: str = ""
    """Why the coordinator took the newest decision, in their words."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A receipt and what it asks, sorted."""

    receipt: Receipt
    remarks: Remarks
    points: Points


@dataclass(frozen=True, slots=True)
class Reply:
    """Whom to answer, and by when."""

    lines: tuple[str, ...]
    until: str
    """The last day to answer, where something is asked."""
    closing: str
    """The same day, where nothing is."""


def is_refused(receipt: Receipt) -> bool:
    """Say whether a person refused the file."""
    return _last_decision(receipt) is ReviewAction.REJECT


def told_reason(receipt: Receipt, reason: str, words: Words) -> str:
    """Return the reason of a refusal where it seems to name nobody; else nothing."""
    told = reason.strip()
    if not is_refused(receipt) or not told or holds_identity(told):
        return ""
    return words.text("receipt.quote", text=told)


def is_to_send_again(receipt: Receipt) -> bool:
    """Say whether nothing was kept of a form that the study still wants."""
    if receipt.outcome is not Outcome.REJECTED:
        return False
    if any(finding.code == FindingCode.CORRECTION_REFUSED for finding in receipt.findings):
        return False  # the coordinator's own file
    return _last_decision(receipt) in (None, ReviewAction.REJECT, ReviewAction.UNLOCK)


def steps(asking: Asking, words: Words, reply_to: ReplyTo | None) -> Iterator[str]:
    """Yield what to do next."""
    if is_to_send_again(asking.receipt):
        yield words.text("receipt.step.resend")
        if reply_to is not None:
            yield words.text("receipt.step.send", email=reply_to.email)
        yield words.text("receipt.step.discreet")
    elif asking.remarks.asked or asking.remarks.incomplete:
        yield from _answering(asking, words)
        yield words.text("receipt.step.discreet")


def reply_lines(receipt: Receipt, reply_to: ReplyTo | None, words: Words) -> Reply | None:
    """Return whom to answer; None where nobody is known."""
    if reply_to is None:
        return None
    date = words.date(reply_to.closes.isoformat())
    if receipt.source.received.date() > reply_to.closes:
        return Reply(reply_to.lines, words.text("receipt.closed", date=date), "")
    if receipt.outcome is Outcome.LOADED_WITH_QUERIES or is_to_send_again(receipt):
        return Reply(reply_to.lines, words.text("receipt.until", date=date), "")
    return Reply(reply_to.lines, "", words.text("receipt.closing", date=date))


def _answering(asking: Asking, words: Words) -> Iterator[str]:
    """Yield how to answer what is asked of the answers."""
    points, is_sheet = asking.points, asking.receipt.sheet is not None
    confirmable = [
        question.code
        for point in (*points.confirmations, *points.corrections)
        for question in point.questions
        if any(remark.severity is Severity.QUERY for remark in question.remarks)
    ]
    asks_change = points.corrections or points.missing or asking.remarks.incomplete
    if is_sheet:
        yield words.text("receipt.step.next_sheet")
    elif asks_change:
        yield words.text("receipt.step.correct")
    if confirmable:
        yield words.text("receipt.step.confirm", code=confirmable[0])
    if not asks_change and not is_sheet:
        yield words.text("receipt.step.otherwise")


def _last_decision(receipt: Receipt) -> ReviewAction | None:
    return receipt.decisions[-1].action if receipt.decisions else None
