"""One spelling for texts: as a file gives them, as stored, as read, as compared.

From the least changed to the most. ``normal_text`` is what a format hands on. ``entered`` is
what is stored: composed (NFC), line ends unified, trimmed. ``plain`` is what numbers and
dates are read from. ``fold`` and ``look_alike`` are for comparison only: ``fold`` decides
what an answer means and never replaces compatibility forms (``½`` stays ``½``), so that no
number appears that was not written; ``look_alike`` decides what a person could not tell
apart, and does replace them.
"""

from __future__ import annotations

import re
import unicodedata

REPLACEMENT = "\ufffd"
"""Stands for a character that could not be read; a reader makes a finding of it."""
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNREADABLE_IN_FILE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MICRO = str.maketrans({"\u03bc": "\u00b5"})
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_EDGES = " \n\t\u00a0\u1680\u2028\u202f\u205f\u3000\ufeff\u200b" + "".join(
    chr(code) for code in range(0x2000, 0x200B)
)
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O"})


def normal_text(text: str) -> str:
    """Return a file's text with LF line ends, composed accents and one micro sign.

    Control characters and halves of surrogate pairs become the replacement character.
    """
    if text.isascii() and text.isprintable():
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    readable = _UNREADABLE_IN_FILE.sub(REPLACEMENT, lines)
    return unicodedata.normalize("NFC", readable).translate(_MICRO)


def is_readable(text: str) -> bool:
    """Say whether every character of a normal text could be read."""
    return REPLACEMENT not in text


def entered(text: str) -> str:
    """Return the text to store: what was typed, composed, with plain line ends.

    A control character is replaced, never dropped: what stood around it must not join.
    """
    lines = _LINE_ENDS.sub("\n", text)
    return unicodedata.normalize("NFC", _UNREADABLE.sub(REPLACEMENT, lines)).strip(_EDGES)


def plain(text: str) -> str:
    """Return the text with one kind of space and nothing invisible."""
    visible = _INVISIBLE.sub("", entered(text))
    return _SPACES.sub(" ", visible).strip()


def without_accents(text: str) -> str:
    """Return the text with accents removed and ligatures opened."""
    return _bare(unicodedata.normalize("NFD", text.translate(_LIGATURES)))


def fold(text: str) -> str:
    """Return the text without accents, case, outer or repeated spaces, for comparison."""
    straight = plain(text).replace("\u2019", "'").replace("\u2018", "'")
    return " ".join(without_accents(straight).casefold().split())


def look_alike(text: str) -> str:
    """Return one text for all that look the same: ``m²`` and ``m2``, ``ＡＢ`` and ``ab``.

    Without accents, case, outer or repeated spaces; superscripts, wide letters and special
    spaces as plain ones. Never a value.
    """
    return " ".join(_bare(unicodedata.normalize("NFKD", text.casefold())).split())


def _bare(decomposed: str) -> str:
    return "".join(c for c in decomposed if not unicodedata.combining(c))
