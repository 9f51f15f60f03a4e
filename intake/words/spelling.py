"""One spelling for texts: as a file gives them, as stored, as read, as compared.

From the least changed to the most. ``normal_text`` is what a format hands on. ``entered`` is
what is stored: composed (NFC), line ends unified, trimmed. ``plain`` is what numbers and
dates are read from: what a person sees. What nobody sees is dropped there; what some programs
draw, or what turns the order, is replaced, so that it is asked. ``fold`` and ``look_alike``
are for comparison only: ``fold`` decides what an answer means and never replaces compatibility
forms (``½`` stays ``½``), so that no number appears that was not written; ``look_alike``
decides what a person could not tell apart, and does replace them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORDS_KEPT = 200
"""Letters of a text whose spelling is kept for the next file."""
REPLACEMENT = "\ufffd"
"""Stands for a character that could not be read; a reader makes a finding of it."""
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNREADABLE_IN_FILE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MICRO = str.maketrans({"\u03bc": "\u00b5"})
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_EDGES = " \n\t\u00a0\u1680\u2028\u202f\u205f\u3000\ufeff\u200b" + "".join(
    chr(code) for code in range(0x2000, 0x200B)
)
_OPENED = {
    "œ": "oe", "æ": "ae", "ĳ": "ij", "ø": "o", "ł": "l", "đ": "d", "ð": "d",
    "Œ": "OE", "Æ": "AE", "Ĳ": "IJ", "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "ı": "i", "ẞ": "SS",
}  # fmt: skip
_LIGATURES = str.maketrans(_OPENED)
MOST_MARKS = 30
"""More marks on one letter are no writing, and composing them costs their number squared."""
_FIRST_MARK = "\u0300"
_MARKS_UNSAID = frozenset("\u0f73\u0f75\u0f81")
"""Marks that only their decomposition tells."""
_SOFT_HYPHEN = re.compile("(?<=[^\\W\\d_])\u00ad(?=[^\\W\\d_])")
"""Between letters it tells where a word may be cut; anywhere else it is drawn as a hyphen."""
_HYPHEN = "\u2010"
_LEFT_TO_RIGHT = re.compile("[\u200e\u202a\u202c\u202d\u2066\u2068\u2069]")
"""They change nothing of letters and figures, which run from left to right anyway."""
_RIGHT_TO_LEFT = "\u061c\u200f\u202b\u2067"
_TURNED = re.compile(f"[{_RIGHT_TO_LEFT}\u202e]")
_ONE_PIECE = re.compile(r"[\w.,:/-]*")
"""Shown alike from either side, when nothing stands within it."""
_MEANT = "\u180e\u2061-\u2064"
"""A space to some programs; a sign of multiplying or adding to others."""
_BETWEEN_FIGURES = re.compile(f"(?<=\\d)[{_MEANT}]+(?=\\d)")
_NO_WIDTH = re.compile(f"[\u034f\u200b-\u200d\u2060\ufe0e\ufe0f\ufeff{_MEANT}]")


def normal_text(text: str) -> str:
    """Return a file's text with LF line ends, composed accents and one micro sign.

    Control characters and halves of surrogate pairs become the replacement character.
    """
    if text.isascii() and text.isprintable():
        return text
    return _normal_words(text) if len(text) <= _WORDS_KEPT else _normal(text)


def _normal(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    readable = _UNREADABLE_IN_FILE.sub(REPLACEMENT, lines)
    return unicodedata.normalize("NFC", fewer_marks(readable)).translate(_MICRO)


_normal_words = lru_cache(maxsize=4096)(_normal)
"""What a form prints is the same in every file."""


def fewer_marks(text: str) -> str:
    """Return the text with each heap of more than thirty marks as one replacement character.

    To be called before any composing or decomposing: these take the square of a heap's size.
    """
    if len(text) <= MOST_MARKS or max(text) < _FIRST_MARK:
        return text
    kept, heap = [], 0
    for character in text:
        is_mark = unicodedata.combining(character) or character in _MARKS_UNSAID
        heap = heap + 1 if is_mark else 0
        if heap <= MOST_MARKS:
            kept.append(character)
        elif heap == MOST_MARKS + 1:
            kept[-MOST_MARKS:] = REPLACEMENT
    return "".join(kept)


def is_readable(text: str) -> bool:
    """Say whether every character of a normal text could be read."""
    return REPLACEMENT not in text


def entered(text: str) -> str:
    """Return the text to store: what was typed, composed, with plain line ends.

    A control character is replaced, never dropped: what stood around it must not join.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    lines = _LINE_ENDS.sub("\n", fewer_marks(text))
    return unicodedata.normalize("NFC", _UNREADABLE.sub(REPLACEMENT, lines)).strip(_EDGES)


def plain(text: str) -> str:
    """Return the text with one kind of space and as it is seen, the rest replaced."""
    return _SPACES.sub(" ", as_seen(entered(text))).strip()


def as_seen(text: str) -> str:
    """Return what a person sees of a text; the replacement character where that is unsure."""
    if text.isascii():
        return text
    hyphened = _SOFT_HYPHEN.sub("", text).replace("\u00ad", _HYPHEN)
    straight = _LEFT_TO_RIGHT.sub("", hyphened)
    within = straight.strip(_RIGHT_TO_LEFT)
    turned = within if _ONE_PIECE.fullmatch(within) else straight
    return _NO_WIDTH.sub("", _BETWEEN_FIGURES.sub(REPLACEMENT, _TURNED.sub(REPLACEMENT, turned)))


def is_unsure(text: str) -> bool:
    """Say whether characters that a person may not see decide how a stored text reads."""
    seen = as_seen(text)
    return (REPLACEMENT in seen) > (REPLACEMENT in text) or (_HYPHEN in seen) > (_HYPHEN in text)


def without_accents(text: str) -> str:
    """Return the text with accents removed and ligatures opened."""
    if text.isascii():
        return text
    return _bare(unicodedata.normalize("NFD", fewer_marks(text).translate(_LIGATURES)))


def fold(text: str) -> str:
    """Return the text without accents, case, outer or repeated spaces, for comparison."""
    return _folded_words(text) if len(text) <= _WORDS_KEPT else _folded(text)


def _folded(text: str) -> str:
    straight = plain(text).replace("\u2019", "'").replace("\u2018", "'")
    return " ".join(without_accents(straight).casefold().split())


_folded_words = lru_cache(maxsize=4096)(_folded)


def look_alike(text: str) -> str:
    """Return one text for all that look the same: ``m²`` and ``m2``, ``ＡＢ`` and ``ab``.

    Without accents, case, outer or repeated spaces; superscripts, wide letters and special
    spaces as plain ones. Never a value.
    """
    folded = fewer_marks(text).casefold()
    return " ".join(_bare(unicodedata.normalize("NFKD", folded)).split())


def _bare(decomposed: str) -> str:
    if decomposed.isascii():
        return decomposed
    return "".join(c for c in decomposed if not unicodedata.combining(c))
