"""Messages in, by IMAP: whole, as they came; moved once they are here, never deleted.

A message that is here is moved to a folder of its own; what is too large stays, and is told.
"""

from __future__ import annotations

import contextlib
import hashlib
import imaplib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake.channels.mail.answers import fault_of
from intake.channels.mail.server import TIMEOUT, Login, Server, connection_fault, encryption
from intake.model.errors import MailFault, MailRefused

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_UID = re.compile(rb"\bUID (\d+)")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One message in a mailbox's folder."""

    uid: str
    token: str
    """Names it for good: its mailbox, the folder's own number, the message's.

    Folders of other mailboxes may have the same number: many servers count them from 1.
    """
    size: int


class ImapMailbox:
    """A folder of a mailbox, open."""

    def __init__(self, box: BaseMailBox, server: Server, user: str, done: str) -> None:
        """Keep the connection, whose mailbox it is, and where messages go once they are here."""
        self._box = box
        self._server = server
        self._user = user
        self._done = done
        self._is_there = False

    def waiting(self) -> tuple[Waiting, ...]:
        """Return the messages of the folder, the oldest first. Raises MailRefused."""
        with _told(self._server):
            folder = self._box.folder.get() or ""
            validity = self._box.folder.status(folder, ["UIDVALIDITY"])["UIDVALIDITY"]
            uids = [uid for uid in self._box.uids() if uid.isdecimal()]
            sizes = self._sizes() if uids else {}
        which = f"{self._server.host}/{self._user}/{folder}".encode()
        token = f"{hashlib.sha256(which).hexdigest()[:8]}-{validity}"
        return tuple(Waiting(uid, f"{token}-{uid}", sizes.get(uid, 0)) for uid in uids)

    def content(self, message: Waiting) -> bytes | None:
        """Return a message as it came; it stays unread there. Raises MailRefused.

        None where it left the folder in the meantime.
        """
        with _told(self._server):
            _, answer = self._box.client.uid("FETCH", message.uid, "(BODY.PEEK[])")
        for part in answer:
            if isinstance(part, tuple):
                return bytes(part[1])
        return None

    def put_away(self, message: Waiting) -> None:
        """Move a message to the folder of what is here. Raises MailRefused."""
        with _told(self._server):
            if not self._is_there:
                if not self._box.folder.exists(self._done):
                    self._box.folder.create(self._done)
                self._is_there = True  # not asked for each of ten thousand messages
            self._box.move(message.uid, self._done)

    def _sizes(self) -> Mapping[str, int]:
        """Return the size of each message by its number, all asked at once."""
        _, answer = self._box.client.uid("FETCH", "1:*", "(RFC822.SIZE)")
        told = [(_UID.search(line), _SIZE.search(line)) for line in answer if line]
        return {uid[1].decode(): int(size[1]) for uid, size in told if uid and size}


@contextmanager
def imap_mailbox(server: Server, login: Login, folder: str, done: str) -> Iterator[ImapMailbox]:
    """Open a folder of a mailbox. Raises MailRefused."""
    box = _connected(server)
    try:
        with _told(server):
            if login.is_token:
                box.xoauth2(login.user, login.secret, initial_folder=None)
            else:
                box.login(login.user, login.secret, initial_folder=None)
        if not _opens(box, folder):
            raise MailRefused(MailFault.FOLDER, server=server.host, folder=folder)
        yield ImapMailbox(box, server, login.user, done)
    finally:
        _leave(box)


def _connected(server: Server) -> BaseMailBox:
    try:
        from imap_tools import (  # noqa: PLC0415 - an extra
            MailBox,
            MailBoxStartTls,
            MailBoxUnencrypted,
        )
    except ImportError:
        raise MailRefused(MailFault.NO_EXTRA) from None
    try:
        if server.is_encrypted_at_once:
            return MailBox(server.host, server.port, TIMEOUT, ssl_context=encryption())
        if server.is_here:
            return MailBoxUnencrypted(server.host, server.port, TIMEOUT)
        return MailBoxStartTls(server.host, server.port, TIMEOUT, ssl_context=encryption())
    except OSError as problem:
        raise connection_fault(problem, server) from None
    except imaplib.IMAP4.error:
        place = f"{server.host}:{server.port}"
        raise MailRefused(MailFault.NOT_ENCRYPTED, server=place) from None


def _opens(box: BaseMailBox, folder: str) -> bool:
    from imap_tools.errors import ImapToolsError  # noqa: PLC0415 - an extra

    try:
        box.folder.set(folder)
    except (ImapToolsError, imaplib.IMAP4.error):
        return False
    return True


@contextmanager
def _told(server: Server) -> Iterator[None]:
    """Turn what a server refuses into what it means; its own text is not repeated."""
    from imap_tools.errors import ImapToolsError  # noqa: PLC0415 - an extra

    try:
        yield
    except (ImapToolsError, imaplib.IMAP4.abort, imaplib.IMAP4.error) as problem:
        raise MailRefused(fault_of(0, str(problem)), server=server.host, code="NO") from None
    except OSError as problem:
        raise connection_fault(problem, server) from None


def _leave(box: BaseMailBox) -> None:
    with contextlib.suppress(Exception):  # whatever a closing connection says, all was done
        box.logout()
