"""Bytes out of the letters that mail carries them in, also as real programs write these.

``binascii`` stops at the first padding; pieces that were encoded one by one and put behind
each other hold more. Nothing here raises: what is no letter is passed over.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Sequence

_NO_LETTER = re.compile(rb"[^A-Za-z0-9+/=]+")
_PADDING = re.compile(rb"=+")
_SOFT_BREAK = re.compile(rb"=[ \t]+(?=\r?\n)")
_BEGIN = re.compile(rb"begin [0-7]{3,4} (.{1,255})")
_END = re.compile(rb"end[ \t]*")


def from_base64(text: bytes) -> bytes:
    """Return the bytes of base64 text, of every piece that has its own padding."""
    letters = _NO_LETTER.sub(b"", text)
    return b"".join(_piece(piece) for piece in _PADDING.split(letters))


def from_quoted_printable(text: bytes) -> bytes:
    """Return the bytes of quoted-printable text; spaces behind a soft break mean nothing."""
    return binascii.a2b_qp(_SOFT_BREAK.sub(b"=", text))


def without_uuencoded(text: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """Return a text without the files written into it, and these with their names."""
    if b"begin " not in text:
        return text, []
    kept: list[bytes] = []
    files: list[tuple[bytes, bytes]] = []
    lines, place = text.splitlines(keepends=True), 0
    while place < len(lines):
        begin = _BEGIN.match(lines[place])
        found = _uudecoded(lines, place + 1) if begin else None
        if begin and found:
            files.append((begin[1].strip(), found[0]))
            place = found[1]
        else:
            kept.append(lines[place])
            place += 1
    return b"".join(kept), files


def _piece(letters: bytes) -> bytes:
    """Return the bytes of one piece; a last letter that is too few for a byte says nothing."""
    whole = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def _uudecoded(lines: Sequence[bytes], place: int) -> tuple[bytes, int] | None:
    """Return the bytes of a file and the place behind its end; None if it is none."""
    pieces = []
    try:
        while not _END.fullmatch(lines[place].rstrip(b"\r\n")):
            pieces.append(_line(lines[place].rstrip(b"\r\n")))
            place += 1
    except (binascii.Error, IndexError):
        return None
    return b"".join(pieces), place + 1


def _line(line: bytes) -> bytes:
    """Return the bytes of a line; spaces at its end may be gone or too many."""
    size = (line[0] - 32) & 63
    wanted = 1 + -(-size // 3) * 4
    return binascii.a2b_uu(line[:wanted].ljust(wanted))
