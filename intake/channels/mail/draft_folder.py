"""The folder of the messages to send: a draft and its attachments each, and the page over them.

What was sent is moved to ``sent``; a person may change a draft before that.
"""

from __future__ import annotations

import shutil
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from pathlib import Path

from intake.channels.files import write_atomically
from intake.channels.mail.draft import draft, plain_text
from intake.model.mail.message import Message

SENT = "sent"
_DRAFT = ".eml"
_WRONG = (
    *(ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError),
    MessageError,
)
"""What the library lets through when it comes to a field, or an encoding, that is broken."""


class DraftFolder:
    """Drafts under ``<folder>``, each with the folder of its attachments."""

    def __init__(self, root: Path) -> None:
        """Remember the folder."""
        self._root = root

    def path(self, key: str) -> Path:
        """Return where the draft of a message is."""
        return self._root / f"{key}{_DRAFT}"

    def write(self, message: Message) -> Path:
        """Write a draft and its attachments, the draft last; return its path."""
        folder = self._root / message.key
        shutil.rmtree(folder, ignore_errors=True)
        for attachment in message.attachments:
            write_atomically(folder / attachment.name, attachment.content)
        write_atomically(self.path(message.key), draft(message))
        return self.path(message.key)

    def read(self, key: str) -> EmailMessage | None:
        """Return a draft as it is now; None where it was taken away, or is no message any more.

        Whoever changes one in a text editor may break it: what is returned can be shown and sent.
        """
        try:
            mail = message_from_bytes(self.path(key).read_bytes(), EmailMessage, policy=policy.SMTP)
        except FileNotFoundError:
            return None
        return mail if _is_whole(mail) else None

    def text(self, key: str) -> str:
        """Return the text of a draft to be copied; empty where there is none."""
        mail = self.read(key)
        text = _text_of(mail, "plain") if mail is not None else ""
        return "\n".join(plain_text(text).strip().splitlines())

    def files(self, key: str) -> tuple[str, ...]:
        """Return the names of a message's attachments."""
        folder = self._root / key
        if not folder.is_dir():
            return ()
        return tuple(sorted(path.name for path in folder.iterdir() if path.is_file()))

    def put_away(self, key: str) -> None:
        """Move a draft that was sent, and drop the copies of its attachments: it holds them."""
        if self.path(key).is_file():
            self._sent(key).parent.mkdir(parents=True, exist_ok=True)
            self.path(key).replace(self._sent(key))
        shutil.rmtree(self._root / key, ignore_errors=True)

    def drop(self, key: str) -> None:
        """Delete a draft, sent or not, and its attachments."""
        for path in (self.path(key), self._sent(key)):
            path.unlink(missing_ok=True)
        shutil.rmtree(self._root / key, ignore_errors=True)

    def _sent(self, key: str) -> Path:
        return self._root / SENT / f"{key}{_DRAFT}"

    def publish(self, page: bytes) -> Path:
        """Write the page of the messages to send."""
        path = self._root / "index.html"
        write_atomically(path, page)
        return path


def _is_whole(mail: EmailMessage) -> bool:
    """Say whether a message has a subject and a text, and can be written again."""
    try:
        written = [str(mail["Subject"] or ""), _text_of(mail, "plain", "html")]
        said = [part.encode().strip() for part in (*written, str(mail["To"] or ""))]
        mail.as_bytes()
    except _WRONG:
        return False
    return all(said[: len(written)])


def _text_of(mail: EmailMessage, *kinds: str) -> str:
    part = mail.get_body(kinds)
    return str(part.get_content()) if part is not None else ""
