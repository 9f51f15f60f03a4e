"""What stands inside a signed message (CMS ``SignedData``: ``smime.p7m``, ``fiche.pdf.p7m``).

The signature is not verified, and neither certificates nor signers are looked at: only the
path to the content is walked, in the few lines of BER that this takes. Libraries that read
the whole structure open foreign certificates for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intake.formats.containers.transfer import from_base64
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode

_PKCS7 = bytes.fromhex("2a864886f70d0107")
_SIGNED = _PKCS7 + b"\x02"
_ENCRYPTED = {_PKCS7 + b"\x03", _PKCS7 + b"\x06", bytes.fromhex("2a864886f70d0109100117")}
"""Enveloped, encrypted, and enveloped with authentication."""
_SEQUENCE, _NAME = 0x30, 0x06
_OCTETS, _OCTETS_IN_PIECES = 0x04, 0x24
_DEEPEST = 12
_ARMOUR = re.compile(rb"-----(?:BEGIN|END) [A-Z0-9 ]{1,40}-----")
_ENTITY = re.compile(rb"\s*(?:content-[a-z-]{1,40}|mime-version)[ \t]*:", re.IGNORECASE)


def signed_content(content: bytes) -> bytes:
    """Return what was signed, as it stands in DER, BER, base64 or PEM.

    Raises UnreadableFile: MESSAGE_ENCRYPTED, FILE_UNKNOWN for a signature without content,
    FILE_DAMAGED.
    """
    binary = content if content[:1] == b"\x30" else from_base64(_ARMOUR.sub(b"", content))
    try:
        return _content(binary)
    except (IndexError, ValueError):
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from None


def is_entity(content: bytes) -> bool:
    """Say whether the content is a message without its address, as mail programs sign it."""
    return _ENTITY.match(content[:200]) is not None


@dataclass(frozen=True, slots=True)
class _Element:
    """One element of BER: its tag and the place of what it holds."""

    tag: int
    start: int
    end: int | None
    """None where only a mark after the last part says it."""


def _content(binary: bytes) -> bytes:
    kind, body = _typed(binary, _element(binary, 0))
    if kind in _ENCRYPTED:
        raise UnreadableFile(FindingCode.MESSAGE_ENCRYPTED)
    if kind != _SIGNED or body is None:
        raise UnreadableFile(FindingCode.FILE_UNKNOWN)
    parts = _parts(binary, body)
    inner = next(part for part in parts if part.tag == _SEQUENCE)  # after version and digests
    _, held = _typed(binary, inner)
    if held is None:
        raise UnreadableFile(FindingCode.FILE_UNKNOWN)
    return _octets(binary, held)


def _typed(binary: bytes, element: _Element) -> tuple[bytes, _Element | None]:
    """Return the type's name and the content that an element pairs; None for no content."""
    parts = _parts(binary, element)
    name, held = next(parts, None), next(parts, None)
    if element.tag != _SEQUENCE or name is None or name.tag != _NAME:
        raise ValueError
    inside = None if held is None else next(_parts(binary, held), None)
    return binary[name.start : name.end], inside


def _octets(binary: bytes, element: _Element, depth: int = 0) -> bytes:
    if element.tag == _OCTETS and element.end is not None:
        return binary[element.start : element.end]
    if element.tag != _OCTETS_IN_PIECES or depth > _DEEPEST:
        raise ValueError
    return b"".join(_octets(binary, part, depth + 1) for part in _parts(binary, element))


def _element(binary: bytes, place: int) -> _Element:
    tag, size = binary[place], binary[place + 1]
    start = place + 2
    if size == 0x80:
        return _Element(tag, start, None)
    if size > 0x80:
        width = size & 0x7F
        size = int.from_bytes(binary[start : start + width])
        start += width
    if start + size > len(binary):
        raise ValueError
    return _Element(tag, start, start + size)


def _parts(binary: bytes, element: _Element, depth: int = 0) -> Iterator[_Element]:
    place = element.start
    while not _is_over(binary, element, place):
        part = _element(binary, place)
        yield part
        place = _after(binary, part, depth + 1)


def _after(binary: bytes, element: _Element, depth: int) -> int:
    """Return the place behind an element."""
    if element.end is not None:
        return element.end
    if depth > _DEEPEST:
        raise ValueError
    place = element.start
    while not _is_over(binary, element, place):
        place = _after(binary, _element(binary, place), depth + 1)
    return place + 2


def _is_over(binary: bytes, element: _Element, place: int) -> bool:
    if element.end is not None:
        return place >= element.end
    return binary[place] == binary[place + 1] == 0
