"""Email messages as saved by mail programs (``.eml``): attachments, date, sender.

The text of the message is never kept: its words are counted. A forwarded message is a member;
a form inside it is found when that member is opened in turn.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import re
from email.message import Message

from intake.formats.containers.layers import contents_of
from intake.formats.containers.mime import parsed, parts_of, readable, reading
from intake.model.errors import UnreadableFile
from intake.model.file.container import Contents
from intake.model.finding_codes import FindingCode

_BOM = b"\xef\xbb\xbf"
_SECOND_IN_A_MAILBOX = re.compile(rb"\n\r?\nFrom [^\n]*\d{4}\r?\n[!-9;-~]+:")
_LONGEST_HEADER = 2000


def unpack_email(content: bytes) -> Contents:
    """Return the files attached to a message. Raises UnreadableFile."""
    text = content.removeprefix(_BOM).lstrip(b"\r\n")
    if text.startswith(b"From ") and _SECOND_IN_A_MAILBOX.search(text):
        raise UnreadableFile(FindingCode.FILE_NOT_YET_READ, {"kind": "mbox"})
    with reading():
        message = parsed(text)
        return contents_of(parts_of(message), sent=_sent(message), sender=_sender(message))


def _sent(message: Message) -> dt.datetime | None:
    try:
        sent = email.utils.parsedate_to_datetime(message.get("Date", "")[:_LONGEST_HEADER])
    except (ValueError, TypeError, LookupError, OverflowError):
        return None
    return sent if sent.tzinfo else sent.replace(tzinfo=dt.UTC)


def _sender(message: Message) -> str:
    written = message.get("From", "")[:_LONGEST_HEADER]
    return email.utils.parseaddr(readable(written))[1].strip().lower()
