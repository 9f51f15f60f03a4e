"""Load the sentences people read: every ``<part>.<language>.toml`` of this package.

The files of one language are merged into one flat table: ``[finding.REQUIRED] title`` is
the key ``finding.REQUIRED.title``, a list's entries are numbered from 0. Formatting lives
in ``intake.words.catalogue``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

FALLBACK = "en"
"""The language used, sentence by sentence, where another has no words."""


@cache
def available_languages() -> tuple[str, ...]:
    """Return the languages that have words, in alphabetical order, the fallback last."""
    found = {_language_of(name) for name in _file_names()}
    return (*sorted(found - {FALLBACK}), FALLBACK)


@cache
def messages(language: str) -> Mapping[str, str]:
    """Return the words of one language by key; empty for a language without words.

    Raises ValueError when two files give the same key: one sentence has one home.
    """
    table: dict[str, str] = {}
    for name in _file_names():
        if _language_of(name) != language:
            continue
        for key, text in _flat(tomllib.loads(_read(name)), ""):
            if key in table:
                raise ValueError(f"{name}: the key {key} is already used by another file")
            table[key] = text
    return MappingProxyType(table)


def _file_names() -> tuple[str, ...]:
    folder = files("intake.words")
    return tuple(sorted(e.name for e in folder.iterdir() if _is_words(e.name)))


def _is_words(name: str) -> bool:
    return name.endswith(".toml") and name.count(".") == 2


def _language_of(name: str) -> str:
    return name.split(".")[1]


def _read(name: str) -> str:
    return (files("intake.words") / name).read_text(encoding="utf-8")


def _flat(node: object, prefix: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, str):
        yield prefix, node
    elif isinstance(node, dict):
        for name, child in node.items():
            yield from _flat(child, f"{prefix}.{name}" if prefix else name)
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from _flat(child, f"{prefix}.{index}")
    else:
        raise TypeError(f"{prefix}: words are texts, not {type(node).__name__}")
