"""Messages over servers: those that are drafted go out, those that arrived come into the inbox."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from email.utils import getaddresses

from intake.channels.files import write_atomically
from intake.channels.mail.imap import ImapMailbox, Waiting, imap_mailbox
from intake.channels.mail.server import login_of, server_of
from intake.channels.mail.smtp import addressed, smtp_postman
from intake.model.errors import DecisionRefused, Refusal
from intake.model.mail.message import MessageEvent, MessageState
from intake.pipeline.mail.sending import Fate, Handed, Parcel, send_each
from intake.wiring.app import App, now
from intake.wiring.conduct.account import read_ledger
from intake.wiring.conduct.ledger import drafts_of, note, refresh_index, to_send
from intake.wiring.conduct.standing import outdated

_SMTP, _IMAP = 587, 993
_FETCHED = "mail_fetched"
Pause = Callable[[float], None]
Outcome = Handed
"""What became of one message: what the edges of the program show."""
What = Fate


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one message of the mailbox."""

    file: str
    """Its file in the inbox; empty where it stayed in the mailbox, being too large."""
    size: int
    """0 where it left the mailbox before it could be read."""


def sendable(app: App, keys: Collection[str], *, again: bool) -> tuple[MessageEvent, ...]:
    """Return the messages to send: those named, else all that are drafted. Raises DecisionRefused.

    One whose fate is unknown is among them only when it is named, ``again``.
    """
    found = {event.key: event for event in to_send(app)}
    for key in keys:
        if key not in found or (found[key].state is MessageState.SENDING and not again):
            raise DecisionRefused(Refusal.NO_MESSAGE, message=key)
    wanted = [found[key] for key in dict.fromkeys(keys)] if keys else list(found.values())
    return tuple(e for e in wanted if keys or e.state is MessageState.DRAFTED)


def send(app: App, events: Collection[MessageEvent], pause: Pause = time.sleep) -> Iterator[Handed]:
    """Send messages one by one; yield what became of each. Raises MailRefused.

    Resumable: what was sent is marked at once, and what is unknown is not sent again.
    """
    settings = app.study.mail
    address = settings.address or app.study.contact.email
    server = server_of(settings.smtp, _SMTP)
    login = login_of(settings.user or address, settings.token_command)
    account = _Account(app, {event.key: event for event in events})
    sender = (app.study.contact.service, address)
    parcels = (_parcel(app, event, sender) for event in events)
    try:
        with smtp_postman(server, login) as postman:
            wait = 60 / settings.per_minute
            yield from send_each(parcels, address, postman, account, lambda: pause(wait))
    finally:
        with app.locked():
            refresh_index(app)


def fetch(app: App) -> Iterator[Fetched]:
    """Bring the messages of the mailbox into the inbox, each once; yield each. Raises MailRefused.

    In order: the file is written and synced, that it came is noted, it is moved in the mailbox.
    """
    settings = app.study.mail
    server = server_of(settings.imap, _IMAP)
    user = settings.user or settings.address or app.study.contact.email
    login = login_of(user, settings.token_command)
    with imap_mailbox(server, login, settings.folder, settings.done) as box:
        known = {one.detail["token"] for one in app.store.noted(_FETCHED)}
        for message in box.waiting():
            if message.size > app.study.limits.file_megabytes << 20:
                yield Fetched("", message.size)
                continue
            if message.token not in known:
                yield _brought(app, box, message)
            box.put_away(message)


def _brought(app: App, box: ImapMailbox, message: Waiting) -> Fetched:
    content = box.content(message)
    if content is None:
        return Fetched("", 0)
    digest = hashlib.sha256(content).hexdigest()
    # The same message has the same name: cut off before it was noted, it replaces itself.
    name = f"courriel-{message.token}-{digest[:8]}.eml"
    with app.locked():
        write_atomically(app.places.inbox / name, content)
        app.store.note(_FETCHED, {"token": message.token, "sha256": digest})
    return Fetched(name, len(content))


def _parcel(app: App, event: MessageEvent, sender: tuple[str, str]) -> Parcel:
    mail = drafts_of(app).read(event.key)
    if mail is None:
        return Parcel(event.key, "", b"")
    fields = [str(field) for name in ("To", "Cc", "Bcc") for field in mail.get_all(name, [])]
    to = [address for _, address in getaddresses(fields) if address]
    content = addressed(mail, event.key, sender, now())
    return Parcel(event.key, to[0] if len(to) == 1 else "", content)


@dataclass(frozen=True)
class _Account:
    """The steps of messages in the audit chain, each under the workspace's lock."""

    app: App
    claimed: dict[str, MessageEvent]
    """As each message was when it was chosen: in another state, another run has it."""

    def claim(self, key: str) -> Fate | None:
        with self.app.locked():
            current = read_ledger(self.app.store).messages[key]
            if current != self.claimed[key]:
                return Fate.TAKEN
            if outdated(self.app, [current]):
                return Fate.OUTDATED
            note(self.app, current, MessageState.SENDING)
            return None

    def went(self, key: str) -> None:
        with self.app.locked():
            note(self.app, self.claimed[key], MessageState.SENT)
            drafts_of(self.app).put_away(key)

    def stayed(self, key: str) -> None:
        with self.app.locked():
            note(self.app, self.claimed[key], MessageState.DRAFTED)
