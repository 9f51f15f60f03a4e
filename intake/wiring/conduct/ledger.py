"""What was written to whom: read from the audit chain, and every step added to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from intake.channels.mail.draft_folder import DraftFolder
from intake.model.errors import DecisionRefused, Refusal
from intake.model.mail.message import NOTED, Message, MessageEvent, MessageState, event_detail
from intake.pipeline.mail.due import Conduct, Heard
from intake.reports.mail_index import Card, mail_index
from intake.reports.study.collected import listed_names
from intake.study.model import Study
from intake.wiring.app import App, now
from intake.wiring.conduct.account import read_ledger
from intake.wiring.conduct.standing import outdated
from intake.words.catalogue import Words
from intake.words.shown import utf8


def note(app: App, message: Message | MessageEvent, state: MessageState) -> None:
    """Add a step of a message to the audit chain, durably."""
    app.store.note(NOTED[state], event_detail(message))


def conduct_of(app: App) -> Conduct:
    """Return the centres, what was heard of them and written to them, today."""
    return Conduct(
        centres=app.centres,
        calendar=app.study.calendar,
        ledger=read_ledger(app.store),
        today=now().date(),
        heard=heard_of(app),
        own=own_addresses(app.study),
    )


def own_addresses(study: Study) -> frozenset[str]:
    """Return the addresses by which the study itself writes, in small letters."""
    known = (study.contact.email, study.mail.address, study.mail.user)
    return frozenset(one.casefold() for one in known if one)


def heard_of(app: App) -> Mapping[str, Heard]:
    """Return what each centre sent, by its id; no record is opened for it.

    A form stamped with letters that several centres share counts for none of them: it says too
    little to thank the one or to remind the other of it.
    """
    named = listed_names(app.centres)
    tally = app.store.counts.tally(app.study.form)
    patients, still, files = Counter[str](), Counter[str](), Counter[str]()
    for centre in tally.centres:
        patients[named(centre.centre)] += centre.patients
        still[named(centre.centre)] += centre.open
    for one in tally.files:
        files[named(one.centre)] += one.count
    return {
        name: Heard(received=patients[name], open=still[name], files=files[name])
        for name in {*patients, *files}
    }


def to_send(app: App) -> tuple[MessageEvent, ...]:
    """Return the messages that are not sent, those of unknown fate included, oldest first."""
    unsent = (MessageState.DRAFTED, MessageState.SENDING)
    return tuple(event for event in read_ledger(app.store).live if event.state in unsent)


def mark_sent(app: App, keys: Iterable[str]) -> tuple[str, ...]:
    """Note that messages were sent, and put their drafts away. Raises DecisionRefused.

    Nothing is changed unless every one of them is to be sent.
    """
    with app.locked():
        return _marked(app, keys, MessageState.SENT)


def drop(app: App, keys: Iterable[str]) -> tuple[str, ...]:
    """Delete drafts that are not to be sent: what they are about is due again."""
    with app.locked():
        return _marked(app, keys, MessageState.DROPPED)


def forget_messages(app: App, receipts: Iterable[str]) -> None:
    """Delete the drafts, sent or not, that tell of receipts whose answers are deleted for good.

    What else a draft that was not sent told is due again.
    """
    named = set(receipts)
    with app.locked():
        for event in read_ledger(app.store).live:
            if named.isdisjoint(about.partition(" ")[0] for about in event.about):
                continue
            if event.state is MessageState.DRAFTED:
                note(app, event, MessageState.DROPPED)
            drafts_of(app).drop(event.key)
        refresh_index(app)


def refresh_index(app: App) -> None:
    """Write the page of the messages to send anew, and what is left to do."""
    folder = drafts_of(app)
    words = Words(app.study.language)
    names = {centre.id: centre.name for centre in app.centres}
    unsent = to_send(app)
    old = outdated(app, unsent)
    cards = [
        replace(_card(event, folder, words, names), is_outdated=event.key in old)
        for event in unsent
    ]
    title = app.study.title(app.study.language)
    folder.publish(utf8(mail_index(cards, title, app.study.language)))
    app.write_status()


def drafts_of(app: App) -> DraftFolder:
    """Return where drafts are."""
    return DraftFolder(app.places.mail)


def _marked(app: App, keys: Iterable[str], state: MessageState) -> tuple[str, ...]:
    known = {event.key: event for event in to_send(app)}
    wanted = tuple(dict.fromkeys(key.removesuffix(".eml") for key in keys))
    for key in wanted:
        if key not in known:
            raise DecisionRefused(Refusal.NO_MESSAGE, message=key)
    for key in wanted:
        note(app, known[key], state)
        if state is MessageState.SENT:
            drafts_of(app).put_away(key)
        else:
            drafts_of(app).drop(key)
    refresh_index(app)
    return wanted


def _card(event: MessageEvent, folder: DraftFolder, words: Words, names: Mapping[str, str]) -> Card:
    mail = folder.read(event.key)
    return Card(
        key=event.key,
        kind=words.text(f"mail.kind.{event.kind.value}"),
        centre=" ".join(part for part in (event.centre, names.get(event.centre, "")) if part)
        or "?",
        to=str(mail["To"] or "") if mail is not None else "",
        subject=str(mail["Subject"] or "") if mail is not None else "",
        text=folder.text(event.key),
        files=folder.files(event.key),
        is_unsure=event.state is MessageState.SENDING,
        is_gone=mail is None,
    )
