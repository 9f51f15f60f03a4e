"""Print schema texts as a typographer would: apostrophes, spaces that do not break.

For what is printed only: the labels inside fields stay as the schema writes them.
"""

from __future__ import annotations

import re

NBSP = "\u00a0"
JOINER = "\u2060"
"""Forbids a line break, draws nothing."""
_SLASH = re.compile(r"(?<=\w)/(?=\w)")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_HIGH_SIGN = re.compile(r"[ \u00a0]+([:;?!»%])")
_OPEN_QUOTE = re.compile(r"«[ \u00a0]?")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_UNIT = re.compile(r"(?<=\d) (?=[%°]|[a-zA-Zµ]{1,5}/|(?:kg|g|mg|mm|cm|L|mL)\b)")
_SHORT = re.compile(r"(?<![\w’])([\w’]{1,4}) (?=\w)")


def titled(text: str, language: str) -> str:
    """Return a title whose lines do not end on a small word."""
    return _SHORT.sub(rf"\1{NBSP}", printed(text, language))


def printed(text: str, language: str) -> str:
    """Return a text with the language's apostrophes and unbreakable spaces."""
    text = _APOSTROPHE.sub("’", text)
    text = _SLASH.sub(f"/{JOINER}", text)
    text = _THOUSANDS.sub(NBSP, text)
    text = _UNIT.sub(NBSP, text)
    if language == "fr":
        text = _OPEN_QUOTE.sub(f"«{NBSP}", text)
        text = _HIGH_SIGN.sub(rf"{NBSP}\1", text)
    return text
