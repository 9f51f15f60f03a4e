"""Words that stand in no place to answer in, as they leave the child that reads documents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

FRONT, BESIDE, BETWEEN, AROUND = "front", "beside", "between", "heads"
"""Where: before the first line, in the other cells of a line, elsewhere, in heads and feet."""


class Loose(NamedTuple):
    """One text, where it stands, and the code of the line that it is in or comes after."""

    where: str
    code: str
    text: str


def as_text(found: Sequence[Loose]) -> str:
    """Return texts as one."""
    return json.dumps(found, ensure_ascii=False)


def loose_texts(text: str) -> list[Loose]:
    """Return the texts of such a one."""
    return [Loose(*entry) for entry in json.loads(text)]
