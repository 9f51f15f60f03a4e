"""The files that go with a message, and what its letter says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from intake.channels.files import write_atomically
from intake.channels.folder.outbox import LATER
from intake.channels.mail.event import closing_event
from intake.formats.pdf.write.typesetting import typeset_text
from intake.model.errors import DecisionRefused
from intake.model.mail.message import Attachment
from intake.model.receipt import Receipt
from intake.pipeline.mail.compose import Writing, common_places, pack_places, reply_places
from intake.pipeline.mail.replies import (
    Reply,
    Whom,
    addressee,
    asked_about,
    newest_of_a_centre,
)
from intake.pipeline.queries.acts import find_live_record
from intake.pipeline.returns.deliver import definition_of
from intake.privacy.to_centre import told_subject
from intake.reports.mail_papers import call_paper, department_sheet
from intake.reports.paper import pdf_of
from intake.reports.receipt_paper import receipt_paper
from intake.study.centres import Centre
from intake.study.letters import fill
from intake.wiring.app import App
from intake.wiring.conduct.ledger import own_addresses
from intake.wiring.forms import build_forms, order_forms, remember_pages
from intake.wiring.sheets import WantedSheet, sheet_within
from intake.workspace.letters import call_text, own_attachments

Enclosed = tuple[Mapping[str, str], tuple[Attachment, ...]]
"""What a message says of its own, and the files that go with it."""


def pack_files(app: App) -> Callable[[Centre, Writing], Enclosed]:
    """Return what makes the files of a pack: call, forms, sheet to keep, closing date."""

    def enclose(centre: Centre, writing: Writing) -> Enclosed:
        words = writing.words
        names = {part: words.text(f"mail.file.{part}") for part in ("call", "sheet", "event")}
        forms = tuple(_forms(app, centre, words.language))
        call = _call(app, centre, writing)
        title = app.study.title(words.language)
        sheet = pdf_of(department_sheet(title, centre.id, words), typeset_text)
        own = own_attachments(app.places.root)
        files = [
            *([Attachment(names["call"], call)] if call else []),
            *forms,
            Attachment(names["sheet"], sheet),
            Attachment(names["event"], _event(app, writing)),
            *(Attachment(name, content) for name, content in own.items()),
        ]
        places = pack_places(
            words,
            [form.name for form in forms],
            call=names["call"] if call else "",
            sheet=names["sheet"],
            event=names["event"],
        )
        return places, tuple(files)

    return enclose


def reply_files(app: App, reply: Reply, writing: Writing) -> Enclosed:
    """Return the receipts as PDF, and the sheets of what is asked, each beside its record's."""
    told = [_receipt(app, receipt, writing) for receipt in reply.receipts]
    sheets = [_sheet(app, subject, reply.whom) for subject in asked_about(reply.receipts)]
    made = [sheet for sheet in sheets if sheet is not None]
    return reply_places(writing, reply.receipts, sheets=len(made)), (*told, *made)


def _forms(app: App, centre: Centre, language: str) -> Iterator[Attachment]:
    """Yield the centre's forms: in the format it prefers, else in all."""
    order = order_forms(app, version=None, language=language, centre=centre.id)
    for name, content in build_forms(order, centre.format or None):
        remember_pages(app, order, [content])
        yield Attachment(name, content)


def _call(app: App, centre: Centre, writing: Writing) -> bytes:
    """Return the study's call as PDF, in its own language where the centre's has none.

    Nothing where the workspace has none.
    """
    languages = (writing.words.language, app.study.language)
    found = (call_text(app.places.root, language) for language in languages)
    call = next(filter(None, found), None)
    if call is None:
        return b""
    filled = fill(call, common_places(writing, centre))
    return pdf_of(call_paper(filled, app.study.study.sponsor, call.language), typeset_text)


def _event(app: App, writing: Writing) -> bytes:
    study, words = app.study, writing.words
    closes = study.calendar.closes
    return closing_event(
        closes,
        words.text("mail.event.summary", title=study.title(words.language)),
        words.text("mail.event.about", email=study.contact.email),
        f"{closes:%Y%m%d}-{study.form}@crf-intake",
    )


def _receipt(app: App, receipt: Receipt, writing: Writing) -> Attachment:
    """Return a receipt as PDF, kept beside its page too.

    In the language of the form that the file is, else in that of the letter.
    """
    definition = definition_of(app.printed_forms, receipt)
    language = (receipt.language if receipt.form else None) or writing.words.language
    paper = receipt_paper(receipt, definition, language, app.addressed(receipt))
    content = pdf_of(paper, typeset_text)
    write_atomically(app.outbox.folder(receipt) / LATER, content)
    return Attachment(writing.words.text("mail.file.receipt", receipt=receipt.id), content)


def _sheet(app: App, subject: str, whom: Whom) -> Attachment | None:
    """Return the sheet of a record; None where a newer file left nothing to ask.

    Nor one where the newest file is another centre's, or came from somebody else: the sheet
    would hold its answers.
    """
    try:
        record = find_live_record(app.store, app.study.form, subject)
        newest = newest_of_a_centre(app.store.receipts_of(record.record_id))
        if newest is None or told_subject(newest) != subject:
            return None
        if addressee(app.centres, own_addresses(app.study), newest) != whom:
            return None
        path = sheet_within(app, WantedSheet(record=subject)).path
    except DecisionRefused:
        return None
    return Attachment(path.name, path.read_bytes())
