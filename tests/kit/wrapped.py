"""Wrap bytes as mail programs do: CMS (signed, encrypted) and TNEF, written octet by octet."""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterable

_PKCS7 = bytes.fromhex("2a864886f70d0107")
DATA, SIGNED, ENVELOPED = (_PKCS7 + bytes([n]) for n in (1, 2, 3))
SHA_256 = bytes.fromhex("608648016503040201")
MAGIC = b"\x78\x9f\x3e\x22"


def element(tag: int, held: bytes) -> bytes:
    """Return one element of DER."""
    size = len(held)
    if size < 0x80:
        return bytes([tag, size]) + held
    width = (size.bit_length() + 7) // 8
    return bytes([tag, 0x80 | width]) + size.to_bytes(width, "big") + held


DATA_NAME = element(0x06, DATA)


def open_ended(tag: int, held: bytes) -> bytes:
    """Return one element whose end is a mark, as programs write it that do not know the size."""
    return bytes([tag, 0x80]) + held + b"\0\0"


def signed(content: bytes | None) -> bytes:
    """Return ``SignedData`` around a content; without one, only the signature's frame."""
    held = b"" if content is None else element(0xA0, element(0x04, content))
    return signed_data(element(0x30, DATA_NAME + held))


def signed_in_pieces(content: bytes, size: int = 1000) -> bytes:
    """Return the same with open ends and the content in pieces, as streams are signed."""
    pieces = (content[n : n + size] for n in range(0, len(content), size))
    octets = open_ended(0x24, b"".join(element(0x04, piece) for piece in pieces))
    held = open_ended(0x30, DATA_NAME + open_ended(0xA0, octets))
    return signed_data(held, open_ended)


def signed_data(held, frame=element) -> bytes:
    """Return ``SignedData`` around what frames its content."""
    digests = element(0x31, element(0x30, element(0x06, SHA_256)))
    body = frame(0x30, element(0x02, b"\x01") + digests + held + element(0x31, b""))
    return frame(0x30, element(0x06, SIGNED) + frame(0xA0, body))


def encrypted() -> bytes:
    """Return ``EnvelopedData`` that nobody can open."""
    body = element(0x30, element(0x02, b"\0") + element(0x31, b"") + element(0x30, bytes(999)))
    return element(0x30, element(0x06, ENVELOPED) + element(0xA0, body))


def pem(content: bytes, kind: str = "PKCS7") -> bytes:
    """Return bytes as letters between two lines."""
    lines = base64.encodebytes(content)
    return b"-----BEGIN %b-----\n%b-----END %b-----\n" % (kind.encode(), lines, kind.encode())


def winmail(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a TNEF file of these files: short names as titles, the long ones as properties."""
    made = MAGIC + b"\x01\x00" + _attribute(1, 0x9006, 0x0008, struct.pack("<I", 0x00010000))
    for name, content in files:
        made += _attribute(2, 0x9002, 0x0006, bytes(14))
        made += _attribute(2, 0x8010, 0x0001, b"FICHE~1.PDF\0")
        made += _attribute(2, 0x800F, 0x0006, content)
        made += _attribute(2, 0x9005, 0x0006, _properties(name))
    return made


def _attribute(level: int, name: int, kind: int, data: bytes) -> bytes:
    head = struct.pack("<BHHI", level, name, kind, len(data))
    return head + data + struct.pack("<H", sum(data) & 0xFFFF)


def _properties(name: str) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    padded = text.ljust(-(-len(text) // 4) * 4, b"\0")
    long_name = struct.pack("<HHII", 0x001F, 0x3707, 1, len(text)) + padded
    number = struct.pack("<HHI", 0x0003, 0x0E20, 7)
    named = struct.pack("<HH16sIII", 0x0003, 0x8001, bytes(16), 0, 5, 9)
    two = struct.pack("<HHI", 0x1003, 0x6001, 2) + struct.pack("<II", 1, 2)
    return struct.pack("<I", 4) + number + named + two + long_name
