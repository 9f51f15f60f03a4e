"""A message as a draft file (``.eml``) that mail programs open ready to be sent.

No ``From``, no ``Date``, no ``Message-ID``: who sends it gives them. ``X-Unsent`` makes Outlook
and Thunderbird open it for writing. The same message is the same bytes.
"""

from __future__ import annotations

import hashlib
import html
import mimetypes
import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage

from intake.model.mail.message import Message

_STRONG = re.compile(r"\*\*(.+?)\*\*")
_STYLE = "font-family: Segoe UI, Arial, sans-serif; font-size: 11pt; line-height: 1.4"
_TYPES = {
    ".ics": "text/calendar",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Windows gives other types to these, or none, by what is installed there."""


def draft(message: Message) -> bytes:
    """Return a message as the bytes of a draft."""
    mail = EmailMessage(policy.SMTP)
    mail["X-Unsent"] = "1"
    if message.to:
        mail["To"] = message.to
    mail["Subject"] = message.subject
    mail["Content-Language"] = message.language
    mail.set_content(plain_text(message.text) + "\n", cte="quoted-printable")
    mail.add_alternative(html_text(message.text, message.language), subtype="html", cte="base64")
    for attachment in message.attachments:
        kind = _type_of(attachment.name)
        main, _, sub = kind.partition("/")
        mail.add_attachment(
            attachment.content, maintype=main, subtype=sub, filename=attachment.name
        )
    _fix_boundaries(mail, message.key)
    return mail.as_bytes()


def plain_text(text: str) -> str:
    """Return a message's text without its marks."""
    return _STRONG.sub(r"\1", text)


def html_text(text: str, language: str) -> str:
    """Return a message's text as HTML: paragraphs, lists, strong words, and nothing else."""
    body = "\n".join(_blocks(text))
    return (
        f'<!doctype html>\n<html lang="{html.escape(language)}">'
        f'<head><meta charset="utf-8"></head>\n<body style="{_STYLE}">\n{body}\n</body></html>\n'
    )


def _blocks(text: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", text):
        lines: list[str] = []
        items: list[str] = []
        for line in block.splitlines():
            if line.startswith("- "):
                items.append(f"<li>{_runs(line[2:])}</li>")
                continue
            if items:
                yield from _flushed(lines, items)
            lines.append(_runs(line))
        yield from _flushed(lines, items)


def _flushed(lines: list[str], items: list[str]) -> Iterator[str]:
    """Yield the paragraph and the list gathered so far, and begin anew."""
    if lines:
        yield f"<p>{'<br>'.join(lines)}</p>"
    if items:
        yield f"<ul>{''.join(items)}</ul>"
    lines.clear()
    items.clear()


def _runs(line: str) -> str:
    return _STRONG.sub(r"<strong>\1</strong>", html.escape(line, quote=False))


def _type_of(name: str) -> str:
    extension = f".{name.rpartition('.')[2].lower()}"
    return _TYPES.get(extension) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _fix_boundaries(mail: EmailMessage, key: str) -> None:
    """Give each part a boundary made of the message's name: else each run makes other bytes."""
    for number, part in enumerate(mail.walk()):
        if part.is_multipart():
            digest = hashlib.sha256(f"{key}/{number}".encode()).hexdigest()[:24]
            part.set_boundary(f"=_{digest}")
