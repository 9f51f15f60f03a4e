"""Entries of an office file as one text, as they leave the child that reads it, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def as_text(entries: Sequence[tuple[object, ...]]) -> str:
    """Return entries of texts and truth values as one text."""
    return json.dumps(entries, ensure_ascii=False)


def entries_of(text: str, entry: Callable[..., T]) -> list[T]:
    """Return the entries of such a text, each made of its parts."""
    return [entry(*parts) for parts in json.loads(text)]
