"""What heads the columns of a form's tables: words in every language, or numbers of rows."""

from __future__ import annotations

from functools import cache

from intake.words.messages import available_languages, messages

MOST_ROWS = 99
"""Headings of answer columns above this are no row numbers."""


@cache
def heading_words(key: str) -> frozenset[str]:
    """Return a heading (``code``, ``answer``) in every language, folded."""
    spoken = (
        messages(language).get(f"form.column.{key}", "") for language in available_languages()
    )
    return frozenset(text.casefold() for text in spoken if text)


def row_code(code: str, row: int | None) -> str:
    """Return the code of a place from its line's code and its column's heading.

    ``A01`` and 2 give ``A01.2``; ``A01=hta`` and 2 give ``A01.2=hta``.
    """
    item, equals, option = code.partition("=")
    return f"{item if row is None else f'{item}.{row}'}{equals}{option}"
