"""One spelling for text, whatever program wrote it: line ends, accents, micro sign.

Formats apply it as they read; what the text means is decided in ``intake.checks``.
"""

from __future__ import annotations

import re
import unicodedata

REPLACEMENT = "\ufffd"
"""Stands for a character that could not be read; a reader makes a finding of it."""
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MICRO = str.maketrans({"\u03bc": "\u00b5"})


def normal_text(text: str) -> str:
    """Return the text with LF line ends, composed accents and one micro sign.

    Control characters and halves of surrogate pairs become the replacement character.
    """
    if text.isascii() and text.isprintable():
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    readable = _UNREADABLE.sub(REPLACEMENT, lines)
    return unicodedata.normalize("NFC", readable).translate(_MICRO)


def is_readable(text: str) -> bool:
    """Say whether every character of a normal text could be read."""
    return REPLACEMENT not in text
