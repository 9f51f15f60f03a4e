"""Names and texts of any origin, made such that any screen, page or file can hold them.

How an answer is spelled and read is in ``spelling``: nothing here is ever a value.
"""

from __future__ import annotations

import re
import unicodedata

from intake.words.spelling import REPLACEMENT

_UNSHOWN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_HALVES = re.compile("[\ud800-\udfff]")


def as_shown(name: str) -> str:
    """Return a name, such as a file's, as it may be shown anywhere.

    Bytes that are no text, controls, marks that turn a text round and what shows as nothing
    become the replacement character; so does a name of spaces alone.
    """
    seen = (REPLACEMENT if unicodedata.category(c) in _UNSHOWN else c for c in name)
    return "".join(seen) if name.strip() or not name else REPLACEMENT


def utf8(text: str) -> bytes:
    """Return the bytes of a text; halves of surrogate pairs are replaced."""
    return _HALVES.sub(REPLACEMENT, text).encode()
