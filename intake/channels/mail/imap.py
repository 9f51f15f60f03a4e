"""Messages in, by IMAP: whole, as they came; moved once they are here, never deleted.

A message that is here is moved to a folder of its own; what is too large stays, and is told.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake.channels.mail.answers import fault_of
from intake.channels.mail.server import TIMEOUT, Login, Server, connection_fault, encryption
from intake.model.errors import MailFault, MailRefused

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One message in a mailbox's folder."""

    uid: str
    token: str
    """Names it for good: the folder's own number before the message's."""
    size: int


class ImapMailbox:
    """A folder of a mailbox, open."""

    def __init__(self, box: BaseMailBox, server: Server, done: str) -> None:
        """Keep the connection, and where messages go once they are here."""
        self._box = box
        self._server = server
        self._done = done

    def waiting(self) -> tuple[Waiting, ...]:
        """Return the messages of the folder, the oldest first. Raises MailRefused."""
        with _told(self._server):
            folder = self._box.folder.get() or ""
            validity = self._box.folder.status(folder, ["UIDVALIDITY"])["UIDVALIDITY"]
            uids = [uid for uid in self._box.uids() if uid.isdecimal()]
            return tuple(Waiting(uid, f"{validity}-{uid}", self._size(uid)) for uid in uids)

    def content(self, message: Waiting) -> bytes:
        """Return a message as it came; it stays unread there. Raises MailRefused."""
        with _told(self._server):
            _, answer = self._box.client.uid("FETCH", message.uid, "(BODY.PEEK[])")
        for part in answer:
            if isinstance(part, tuple):
                return bytes(part[1])
        raise MailRefused(MailFault.OTHER, server=self._server.host, code="FETCH")

    def put_away(self, message: Waiting) -> None:
        """Move a message to the folder of what is here. Raises MailRefused."""
        with _told(self._server):
            if not self._box.folder.exists(self._done):
                self._box.folder.create(self._done)
            self._box.move(message.uid, self._done)

    def _size(self, uid: str) -> int:
        _, answer = self._box.client.uid("FETCH", uid, "(RFC822.SIZE)")
        found = _SIZE.search(answer[0] or b"") if answer else None
        return int(found[1]) if found else 0


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
        yield ImapMailbox(box, server, done)
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
