"""What of a message is no file sent to us: images of its text, signatures, cards.

Judged by content before declared type: what may be a form is never taken for decoration, a
photograph of a page shown in the text least of all.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from intake.formats.containers.picture_size import picture_size
from intake.formats.sniff import FileKind, sniff

INLINE_IMAGE = 200_000
"""Bytes. Where an image of the text does not tell its size in dots, a photo weighs more."""
ATTACHED_IMAGE = 20_000
"""Bytes. A logo that a program attaches weighs less; no readable page does."""
_PAGE_SIDE = 600
"""Dots. On fewer, the answers of a page cannot be read; logos and portraits have fewer."""
_PAGE_LENGTH = 2.5
"""Sides of a page, or of the screen that shows one; banners are longer."""

_IMAGES = {FileKind.JPEG, FileKind.PNG, FileKind.TIFF, FileKind.HEIC}
_WORDS = {FileKind.EMPTY, FileKind.TEXT, FileKind.HTML, FileKind.EMAIL, FileKind.UNKNOWN}
_WORDS |= {FileKind.SIGNED}
_PAPERWORK = {
    "application/pgp-encrypted",
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
_RESOURCE_FORK = b"\x00\x05\x16\x07"
"""How AppleDouble begins what a Mac keeps beside a file: icons, never the file itself."""


@dataclass(frozen=True, slots=True)
class Attached:
    """One part of a message, as the message declares it."""

    name: str | None
    media: str
    """Declared type, such as ``image/png``, in lower case."""
    content: bytes = field(repr=False)
    is_inline: bool = False
    """Shown within the text instead of beside it."""
    link: str = field(default="", repr=False)
    """Where the file is, when the message holds only its address."""
    sent: dt.datetime | None = None
    """When the message within this one was sent that the part is of."""


def is_decoration(part: Attached) -> bool:
    """Say whether a part of a message is surely not a file to read."""
    kind = sniff(part.content).kind
    is_image = kind in _IMAGES or (kind is FileKind.UNKNOWN and part.media.startswith("image/"))
    if is_image:
        return _is_small(part)
    if part.content.startswith(_RESOURCE_FORK):
        return True
    named = (part.name or "").lower().endswith(_PAPERWORK_NAMES)
    return kind in _WORDS and (named or part.media in _PAPERWORK)


def _is_small(part: Attached) -> bool:
    """Say whether an image is too small, or too long, to show a page of a form."""
    if len(part.content) <= ATTACHED_IMAGE:
        return True
    if not part.is_inline:
        return False
    size = picture_size(part.content)
    if size is None:
        return len(part.content) <= INLINE_IMAGE
    return min(size) < _PAGE_SIDE or max(size) > _PAGE_LENGTH * min(size)
