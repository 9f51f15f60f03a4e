"""A sentence in every language at once, for what is told before anyone knows to whom.

A fault of the study's own files is found far from the person who reads it: it is kept in all
languages, and the edge of the program chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from intake.model.local_text import LocalText
from intake.words.catalogue import LANGUAGES, words_of


def told(key: str, **context: str | int | LocalText) -> LocalText:
    """Return a sentence in each language that has words, its placeholders filled.

    A placeholder may be words in every language; ``count`` chooses the plural. Raises KeyError
    for an unknown key.
    """
    return {
        language: words_of(language).text(
            key,
            **{
                name: value if isinstance(value, int) else in_language(value, language)
                for name, value in context.items()
            },
        )
        for language in LANGUAGES
    }


def together(texts: Iterable[LocalText], separator: str = "\n") -> LocalText:
    """Return several sentences as one, in each language that has words."""
    every = list(texts)
    return {
        language: separator.join(in_language(text, language) for text in every)
        for language in LANGUAGES
    }


def in_language(text: str | LocalText, language: str) -> str:
    """Return words in a language, else in any; a text is the same in all."""
    if isinstance(text, Mapping):
        return text.get(language) or next(iter(text.values()), "")
    return text
