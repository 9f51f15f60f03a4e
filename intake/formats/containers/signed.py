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
_OPEN = 0x80
"""Instead of a size: a mark ends the element."""
_DEEPEST = 12
_MOST_ELEMENTS = 500_000
"""Programs cut a content in pieces of a thousand bytes or more."""
_ARMOUR = re.compile(rb"-----(?:BEGIN|END) [A-Z0-9 ]{1,40}-----")
_ENTITY = re.compile(rb"\s*(?:content-[a-z-]{1,40}|mime-version)[ \t]*:", re.IGNORECASE)


def signed_content(content: bytes) -> bytes:
    """Return what was signed, as it stands in DER, BER, base64 or PEM.

    Raises UnreadableFile: MESSAGE_ENCRYPTED, FILE_UNKNOWN for a signature without content,
    FILE_DAMAGED.
    """
    binary = content if content[:1] == b"\x30" else from_base64(_ARMOUR.sub(b"", content))
    try:
        return _Ber(binary).content()
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


class _Ber:
    """The path to the content of one structure; raises ValueError, IndexError on any other."""

    def __init__(self, binary: bytes) -> None:
        self._binary = binary
        self._left = _MOST_ELEMENTS

    def content(self) -> bytes:
        kind, body = self._typed(self._element(0))
        if kind in _ENCRYPTED:
            raise UnreadableFile(FindingCode.MESSAGE_ENCRYPTED)
        if kind != _SIGNED or body is None:
            raise UnreadableFile(FindingCode.FILE_UNKNOWN)
        after_digests = (part for part in self._parts(body) if part.tag == _SEQUENCE)
        _, held = self._typed(_first(after_digests))
        if held is None:
            raise UnreadableFile(FindingCode.FILE_UNKNOWN)
        return self._octets(held, 0)

    def _typed(self, element: _Element) -> tuple[bytes, _Element | None]:
        """Return the type's name and the content that an element pairs; None for no content."""
        parts = self._parts(element)
        name, held = _first(parts), next(parts, None)
        if element.tag != _SEQUENCE or name.tag != _NAME:
            raise ValueError
        inside = None if held is None else next(self._parts(held), None)
        return self._binary[name.start : name.end], inside

    def _octets(self, element: _Element, depth: int) -> bytes:
        if element.tag == _OCTETS and element.end is not None:
            return self._binary[element.start : element.end]
        if element.tag != _OCTETS_IN_PIECES or depth > _DEEPEST:
            raise ValueError
        return b"".join(self._octets(part, depth + 1) for part in self._parts(element))

    def _element(self, place: int) -> _Element:
        self._left -= 1
        tag, size = self._binary[place], self._binary[place + 1]
        start = place + 2
        if size == _OPEN:
            return _Element(tag, start, None)
        if size > _OPEN:
            width = size & 0x7F
            size = int.from_bytes(self._binary[start : start + width])
            start += width
        if start + size > len(self._binary) or self._left < 0:
            raise ValueError
        return _Element(tag, start, start + size)

    def _parts(self, element: _Element) -> Iterator[_Element]:
        place = element.start
        while not self._is_over(element, place):
            part = self._element(place)
            yield part
            place = self._after(part, 0)

    def _after(self, element: _Element, depth: int) -> int:
        """Return the place behind an element."""
        if element.end is not None:
            return element.end
        if depth > _DEEPEST:
            raise ValueError
        place = element.start
        while not self._is_over(element, place):
            place = self._after(self._element(place), depth + 1)
        return place + 2

    def _is_over(self, element: _Element, place: int) -> bool:
        if element.end is not None:
            return place >= element.end
        return self._binary[place] == self._binary[place + 1] == 0


def _first(parts: Iterator[_Element]) -> _Element:
    part = next(parts, None)
    if part is None:
        raise ValueError
    return part
