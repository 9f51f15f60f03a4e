"""The files inside ``winmail.dat``: what Outlook sends as TNEF when it takes us for Outlook.

Only names and bytes of attachments are read; properties are walked as far as the long name
and an attachment kept as an object need it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from intake.formats.containers.decoration import Attached
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode

MAGIC = b"\x78\x9f\x3e\x22"
_NEXT_ATTACHMENT, _TITLE, _DATA, _PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_LONG_NAME, _MEDIA, _CONTENT_ID, _OBJECT = 0x3707, 0x370E, 0x3712, 0x3701
_FIXED = {0x02: 4, 0x03: 4, 0x04: 4, 0x0A: 4, 0x0B: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8}
_FIXED |= {0x40: 8, 0x48: 16}
_BYTES_LIKE = {0x0D, 0x1E, 0x1F, 0x102}
_UNICODE, _EMBEDDED, _SEVERAL, _NAMED = 0x1F, 0x0D, 0x1000, 0x8000
_INTERFACE = 16
"""An object's bytes come behind the number of its interface."""


def files_of(content: bytes) -> list[Attached]:
    """Return what a TNEF file holds, in its order. Raises UnreadableFile(FILE_DAMAGED)."""
    try:
        return [_attached(found) for found in _attachments(content)]
    except (struct.error, ValueError, IndexError):
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from None


def _attachments(content: bytes) -> Iterator[Mapping[int, bytes]]:
    """Yield the attributes of each attachment."""
    found: dict[int, bytes] | None = None
    for name, data in _attributes(content):
        if name == _NEXT_ATTACHMENT:
            if found is not None:
                yield found
            found = {}
        elif found is not None:
            found[name] = data
    if found is not None:
        yield found


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    if not content.startswith(MAGIC):
        raise ValueError
    place = len(MAGIC) + 2
    while place < len(content):
        _, name, _, size = struct.unpack_from("<BHHI", content, place)
        start = place + 9
        if start + size + 2 > len(content):
            raise ValueError  # cut: a file may be missing, so none is given
        yield name, content[start : start + size]
        place = start + size + 2


def _attached(found: Mapping[int, bytes]) -> Attached:
    properties = _known(found)
    title = found.get(_TITLE, b"").rstrip(b"\0").decode("cp1252", "replace")
    content = found.get(_DATA) or _of_object(properties)
    return Attached(
        name=_text(properties, _LONG_NAME) or title or None,
        media=_text(properties, _MEDIA).lower() or "application/octet-stream",
        content=content,
        is_inline=_CONTENT_ID in properties,
    )


def _known(found: Mapping[int, bytes]) -> Mapping[int, tuple[int, bytes]]:
    """Return the properties of an attachment; none where only its name would be in them."""
    try:
        return dict(_properties(found.get(_PROPERTIES, b"")))
    except (struct.error, ValueError):
        if found.get(_DATA):
            return {}
        raise


def _of_object(properties: Mapping[int, tuple[int, bytes]]) -> bytes:
    kind, data = properties.get(_OBJECT, (0, b""))
    return data[_INTERFACE:] if kind == _EMBEDDED else data


def _text(properties: Mapping[int, tuple[int, bytes]], name: int) -> str:
    kind, data = properties.get(name, (0, b""))
    encoding = "utf-16-le" if kind == _UNICODE else "cp1252"
    return data.decode(encoding, "replace").rstrip("\0").strip()


def _properties(data: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """Yield name, type and bytes of each property; of several values, the first."""
    place = 4
    for _ in range(int.from_bytes(data[:4], "little")):
        kind, name = struct.unpack_from("<HH", data, place)
        place += 4
        if name >= _NAMED:
            place = _after_name(data, place)
        several, single = kind & _SEVERAL, kind & ~_SEVERAL
        count = 1
        if several or single in _BYTES_LIKE:
            (count,) = struct.unpack_from("<I", data, place)
            place += 4
        for number in range(count):
            value, place = _value(data, place, single)
            if number == 0:
                yield name, (single, value)


def _after_name(data: bytes, place: int) -> int:
    """Return the place behind the long name of a property: a number or a text."""
    is_text, number = struct.unpack_from("<II", data, place + 16)
    return place + 24 + (_padded(number) if is_text else 0)


def _value(data: bytes, place: int, kind: int) -> tuple[bytes, int]:
    if kind in _BYTES_LIKE:
        (size,) = struct.unpack_from("<I", data, place)
        place, step = place + 4, _padded(size)
    else:
        size = step = _FIXED[kind] if kind in _FIXED else _unknown(kind)
    if place + size > len(data):
        raise ValueError
    return data[place : place + size], place + step


def _unknown(kind: int) -> int:
    raise ValueError(kind)


def _padded(size: int) -> int:
    return -(-size // 4) * 4
