"""A letter's places filled for one message: whom it is for, what it tells, in one language.

Pure. What identifies a patient is said as receipts say it to their centre: two initials and the
number, never a birth date nor a record id.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from intake.model.finding import Severity
from intake.model.finding_codes import FindingCode
from intake.model.mail.message import Attachment, Message
from intake.model.receipt import Outcome, Receipt
from intake.pipeline.mail.due import Due, Heard
from intake.privacy.to_centre import told_findings, told_subject
from intake.study.centres import Centre
from intake.study.letters import Letter, fill
from intake.study.model import Study
from intake.words.catalogue import Words
from intake.words.shown import as_shown

COMMON = (
    "form",
    "title",
    "sponsor",
    "service",
    "email",
    "phones",
    "opens",
    "closes",
    "today",
    "minutes",
    "centre",
    "hospital",
    "department",
    "contact",
)
OF_PACK = ("call", "forms", "sheet", "event")
OF_REPLY = ("summary", "questions", "resend", "deadline", "receipts")
OF_REMINDER = ("received", "open")
PLACES = (*COMMON, *OF_PACK, *OF_REPLY, *OF_REMINDER)
"""What a letter may have in braces; what has no sense in a letter stays empty there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What every letter of one round shares."""

    study: Study
    today: dt.date
    words: Words


def common_places(writing: Writing, centre: Centre | None) -> dict[str, str]:
    """Return what the places that every letter has are filled with; the others are empty."""
    study, words = writing.study, writing.words
    calendar = study.calendar
    filled = dict.fromkeys(PLACES, "")
    filled |= {
        "form": study.form.upper(),
        "title": words.printed({words.language: study.title(words.language)}),
        "sponsor": study.study.sponsor,
        "service": study.contact.service,
        "email": study.contact.email,
        "phones": "\n".join(study.contact.phones),
        "opens": words.long_date(calendar.opens),
        "closes": words.long_date(calendar.closes),
        "today": words.long_date(writing.today),
        "minutes": str(study.study.minutes or ""),
    }
    if centre is not None:
        filled |= {
            "centre": centre.id,
            "hospital": centre.hospital,
            "department": centre.department,
            "contact": centre.contact,
        }
    return filled


def pack_places(
    words: Words, forms: Iterable[str], *, call: str, sheet: str, event: str
) -> Mapping[str, str]:
    """Return what a pack's letter says of its files, by their names."""
    names = list(forms)
    lines = [
        words.text(
            "mail.form_line", kind=words.text(f"mail.form.{name.rpartition('.')[2]}"), name=name
        )
        for name in names
    ]
    said = words.text("mail.forms", count=len(names))
    return {"forms": "\n".join([said, *lines]), "call": call, "sheet": sheet, "event": event}


def reminder_places(words: Words, heard: Heard) -> Mapping[str, str]:
    """Return what a reminder says of what was received, and of what is still asked."""
    sent = words.text("mail.received_files") if heard.files else ""
    received = words.text("mail.received", count=heard.received) if heard.received else sent
    still = words.text("mail.open", count=heard.open) if heard.open else ""
    return {"received": received, "open": still}


def reply_places(
    writing: Writing, receipts: Collection[Receipt], *, sheets: int
) -> Mapping[str, str]:
    """Return what a reply says of the files it answers, and of the sheets that go with it."""
    words = writing.words
    is_asked = any(one.outcome is Outcome.LOADED_WITH_QUERIES for one in receipts)
    is_lost = any(one.outcome is Outcome.REJECTED for one in receipts)
    is_late = writing.study.calendar.is_late(writing.today)
    deadline = words.text("mail.deadline", date=words.long_date(writing.study.calendar.closes))
    return {
        "summary": "\n".join(_summary(receipts, words)),
        "questions": words.text("mail.sheets", count=sheets) if sheets else "",
        "resend": words.text("mail.resend") if is_lost else "",
        "receipts": words.text("mail.receipts", count=len(receipts)),
        "deadline": deadline if (is_asked or is_lost) and not is_late else "",
    }


def written(
    due: Due, letter: Letter, places: Mapping[str, str], attachments: Iterable[Attachment]
) -> Message:
    """Return the message that a letter makes. Raises StudyError for an unknown place."""
    filled = fill(letter, places)
    return Message(
        key=due.key,
        kind=due.kind,
        centre=due.centre,
        to=due.to,
        language=letter.language,
        subject=filled.subject,
        text=filled.text,
        attachments=tuple(attachments),
        about=due.about,
    )


def _summary(receipts: Iterable[Receipt], words: Words) -> Iterator[str]:
    """Yield one line a file: which patient, what became of it, how much is asked."""
    for number, receipt in enumerate(receipts, 1):
        said = words.text(f"mail.outcome.{_outcome(receipt)}")
        count = _asked(receipt)
        if count:
            said = words.text("mail.asked", said=said, asked=words.text("mail.points", count=count))
        yield words.text("mail.line", name=_name(receipt, number, words), said=said)


def _name(receipt: Receipt, number: int, words: Words) -> str:
    """Return how a centre knows a file: by its patient, else by its name where it tells nobody."""
    subject = told_subject(receipt)
    if receipt.hint and subject:
        return words.text("receipt.patient_with_number", hint=receipt.hint, subject=subject)
    if receipt.hint or subject:
        return receipt.hint or str(subject)
    if receipt.name_is_safe:
        return words.text("receipt.quote", text=as_shown(receipt.source.name))
    return words.text("receipt.numbered_attachment", number=number)


def _outcome(receipt: Receipt) -> str:
    """Return what is said of a file; an objection is no refusal."""
    if any(finding.code == FindingCode.OBJECTION for finding in receipt.findings):
        return "objection"
    return receipt.outcome.value


def _asked(receipt: Receipt) -> int:
    if receipt.outcome is not Outcome.LOADED_WITH_QUERIES:
        return 0
    return sum(finding.severity is not Severity.NOTE for finding in told_findings(receipt))
