"""Names and texts of any origin, made such that any screen, page or file can hold them.

How an answer is spelled and read is in ``spelling``: nothing here is ever a value.
"""

from __future__ import annotations

import re
import unicodedata

from intake.words.spelling import REPLACEMENT

_UNSHOWN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HALVES = re.compile("[\ud800-\udfff]")


def as_shown(name: str) -> str:
    """Return a name, such as a file's, as it may be shown anywhere.

    Bytes that are no text, controls, marks that turn a text round and what shows as nothing
    become the replacement character; so does a name of spaces alone.
    """
    seen = (REPLACEMENT if unicodedata.category(c) in _UNSHOWN else c for c in name)
    return "".join(seen) if name.strip() or not name else REPLACEMENT


def marks_shown(content: object) -> object:
    """Return a text with its controls, and its marks of direction, as words: ``[U+202E]``."""
    if type(content) is not str:
        return content  # a number, or markup that is made of such texts
    return _UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", content)


def utf8(text: str) -> bytes:
    """Return the bytes of a text; halves of surrogate pairs are replaced."""
    return _HALVES.sub(REPLACEMENT, text).encode()
