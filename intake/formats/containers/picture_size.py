"""How large a picture is in dots, from its first bytes; the picture is never opened."""

from __future__ import annotations

import struct

_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""JPEG markers that begin a frame and so give its size."""
_MOST_MARKERS = 500
_UNKNOWN = (0, 0)


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG, GIF or JPEG; None where they cannot be told."""
    try:
        width, height = _declared(content)
    except struct.error:
        return None
    return (width, height) if width and height else None


def _declared(content: bytes) -> tuple[int, int]:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        width, height = struct.unpack_from(">II", content, 16)
        return width, height
    if content.startswith((b"GIF87a", b"GIF89a")):
        width, height = struct.unpack_from("<HH", content, 6)
        return width, height
    return _of_jpeg(content) if content.startswith(b"\xff\xd8") else _UNKNOWN


def _of_jpeg(content: bytes) -> tuple[int, int]:
    place = 2
    for _ in range(_MOST_MARKERS):
        while content[place : place + 2] == b"\xff\xff":
            place += 1
        mark, kind, length = struct.unpack_from(">BBH", content, place)
        if mark != 0xFF:
            break
        if kind in _FRAMES:
            height, width = struct.unpack_from(">HH", content, place + 5)
            return width, height
        place += 2 + length
    return _UNKNOWN
