"""Set schema words as a page prints them; the catalogue's own words are already set so."""

from __future__ import annotations

import re

_NBSP = "\N{NO-BREAK SPACE}"
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_BEFORE_SIGN = re.compile(rf"[ {_NBSP}]+([:;?!»])")
_AFTER_QUOTE = re.compile(rf"«[ {_NBSP}]*")


def typeset(text: str, language: str) -> str:
    """Return a text with typographic apostrophes, and in French with its unbreakable spaces."""
    text = _THOUSANDS.sub(_NBSP, _APOSTROPHE.sub("’", text))
    if language != "fr":
        return text
    return _AFTER_QUOTE.sub(f"«{_NBSP}", _BEFORE_SIGN.sub(rf"{_NBSP}\1", text))
