"""Set schema words as a page shows them; the catalogue's own words are already set so.

For what is shown only: the labels inside fields stay as the schema writes them. ``typeset``
is for any page, which its program breaks into lines; ``printed`` and ``titled`` are for the
PDF forms, whose lines we break.
"""

from __future__ import annotations

import re

NBSP = "\N{NO-BREAK SPACE}"
JOINER = "\N{WORD JOINER}"
"""Forbids a line break, draws nothing."""
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_BEFORE_SIGN = re.compile(rf"[ {NBSP}]+([:;?!»])")
_AFTER_QUOTE = re.compile(rf"«[ {NBSP}]*")
_SLASH = re.compile(r"(?<=\w)/(?=\w)")
_UNIT = re.compile(r"(?<=\d) (?=[%°]|[a-zA-Zµ]{1,5}/|(?:kg|g|mg|mm|cm|L|mL)\b)")
_BEFORE_PERCENT = re.compile(rf"[ {NBSP}]+%")
_SHORT = re.compile(r"(?<![\w’])([\w’]{1,4}) (?=\w)")


def typeset(text: str, language: str) -> str:
    """Return a text with typographic apostrophes, and in French with its unbreakable spaces."""
    text = _THOUSANDS.sub(NBSP, _APOSTROPHE.sub("’", text))
    if language != "fr":
        return text
    return _AFTER_QUOTE.sub(f"«{NBSP}", _BEFORE_SIGN.sub(rf"{NBSP}\1", text))


def printed(text: str, language: str) -> str:
    """Return a typeset text whose numbers keep their units and whose slashes do not break."""
    text = _SLASH.sub(f"/{JOINER}", typeset(text, language))
    text = _UNIT.sub(NBSP, text)
    return _BEFORE_PERCENT.sub(f"{NBSP}%", text) if language == "fr" else text


def titled(text: str, language: str) -> str:
    """Return a printed title whose lines do not end on a small word."""
    return _SHORT.sub(rf"\1{NBSP}", printed(text, language))
