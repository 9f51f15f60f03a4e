"""Messages through a pipe: a length, then so many bytes. Nothing in them is interpreted."""

from __future__ import annotations

import struct
from typing import BinaryIO

from intake.model.errors import over_limit

_LENGTH = struct.Struct(">Q")


def send(stream: BinaryIO, message: bytes) -> None:
    """Write one message. Raises OSError when nobody reads any more."""
    stream.write(_LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def receive(stream: BinaryIO, most: int) -> bytes:
    """Return the next message. Raises EOFError at the end, UnreadableFile beyond ``most`` bytes."""
    (length,) = _LENGTH.unpack(_read(stream, _LENGTH.size))
    if length > most:
        raise over_limit("memory")
    return _read(stream, length)


def _read(stream: BinaryIO, length: int) -> bytes:
    content = stream.read(length)
    if len(content) != length:
        raise EOFError
    return content
