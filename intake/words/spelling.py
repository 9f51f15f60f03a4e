"""Text as entered, and text as compared.

``entered`` is what is stored: composed (NFC), line ends unified, trimmed. ``plain`` is what
numbers and dates are read from. ``fold`` is for comparison only. Compatibility forms are
never replaced (``½`` stays ``½``), so that no number appears that was not written.
"""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_EDGES = " \n\t\u00a0\u1680\u2028\u202f\u205f\u3000\ufeff\u200b" + "".join(
    chr(code) for code in range(0x2000, 0x200B)
)
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O"})


def entered(text: str) -> str:
    """Return the text to store: what was typed, composed, with plain line ends.

    A control character is replaced, never dropped: what stood around it must not join.
    """
    lines = _LINE_ENDS.sub("\n", text)
    return unicodedata.normalize("NFC", _UNREADABLE.sub("\ufffd", lines)).strip(_EDGES)


def plain(text: str) -> str:
    """Return the text with one kind of space and nothing invisible."""
    visible = _INVISIBLE.sub("", entered(text))
    return _SPACES.sub(" ", visible).strip()


def without_accents(text: str) -> str:
    """Return the text with accents removed and ligatures opened."""
    decomposed = unicodedata.normalize("NFD", text.translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def fold(text: str) -> str:
    """Return the text without accents, case, outer or repeated spaces, for comparison."""
    straight = plain(text).replace("\u2019", "'").replace("\u2018", "'")
    return " ".join(without_accents(straight).casefold().split())
