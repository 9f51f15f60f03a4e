"""Words of the schema by language: ``title`` and ``x-i18n``, messages, units.

Every language of the form must be there: a form with a hole in one language is a fault.
"""

from __future__ import annotations

from collections.abc import Sequence

from intake.model.definition import LocalText
from intake.schema.compile.node import Node


def described(node: Node, keyword: str, languages: Sequence[str]) -> LocalText:
    """Return ``title`` or ``description`` in every language; empty when it is absent.

    The member itself is in the default language (the first), ``x-i18n`` holds the others.
    """
    default, *others = languages
    if not node.has(keyword):
        return {}
    words = {default: node.child(keyword).text()}
    for language in others:
        translation = node.child("x-i18n").child(language)
        words[language] = translation.child(keyword).text()
    return words


def titled(node: Node, languages: Sequence[str]) -> LocalText:
    """Return the title in every language. Raises DefinitionError when there is none."""
    node.child("title")
    return described(node, "title", languages)


def by_language(node: Node, languages: Sequence[str]) -> LocalText:
    """Return an object of words by language. Raises DefinitionError when one lacks."""
    return {language: node.child(language).text() for language in languages}


def same_or_by_language(node: Node | None, languages: Sequence[str]) -> LocalText:
    """Return words given once for all languages, or one by one; empty when absent."""
    if node is None:
        return {}
    if isinstance(node.value, str):
        return dict.fromkeys(languages, node.text())
    return by_language(node, languages)
