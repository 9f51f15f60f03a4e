"""What of a message is no file sent to us: images of its text, signatures, cards.

Judged by content before declared type: what may be a form is never taken for decoration.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from intake.formats.sniff import FileKind, sniff

INLINE_IMAGE = 200_000
"""Bytes. A photographed page that a telephone puts into the text weighs more."""
ATTACHED_IMAGE = 20_000
"""Bytes. A logo that a program attaches weighs less; no readable page does."""

_IMAGES = {FileKind.JPEG, FileKind.PNG, FileKind.TIFF, FileKind.HEIC}
_WORDS = {FileKind.EMPTY, FileKind.TEXT, FileKind.HTML, FileKind.EMAIL, FileKind.UNKNOWN}
_PAPERWORK = {
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "message/delivery-status",
    "message/disposition-notification",
    "text/calendar",
    "text/directory",
    "text/rfc822-headers",
    "text/vcard",
    "text/x-vcard",
}
_PAPERWORK_NAMES = (".p7s", ".vcf", ".ics", ".asc")


@dataclass(frozen=True, slots=True)
class Attached:
    """One part of a message, as the message declares it."""

    name: str | None
    media: str
    """Declared type, such as ``image/png``, in lower case."""
    content: bytes = field(repr=False)
    is_inline: bool = False
    """Shown within the text instead of beside it."""


def is_decoration(part: Attached) -> bool:
    """Say whether a part of a message is surely not a file to read."""
    kind = sniff(part.content).kind
    is_image = kind in _IMAGES or (kind is FileKind.UNKNOWN and part.media.startswith("image/"))
    if is_image:
        return len(part.content) <= (INLINE_IMAGE if part.is_inline else ATTACHED_IMAGE)
    named = (part.name or "").lower().endswith(_PAPERWORK_NAMES)
    return kind in _WORDS and (named or part.media in _PAPERWORK)
