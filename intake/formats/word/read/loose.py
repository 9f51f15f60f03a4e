"""Words that stand in no place to answer in, as they leave the child that reads documents."""

from __future__ import annotations

from typing import NamedTuple

FRONT, BESIDE, BETWEEN, AROUND = "front", "beside", "between", "heads"
"""Where: before the first line, in the other cells of a line, elsewhere, in heads and feet."""


class Loose(NamedTuple):
    """One text, where it stands, and the code of the line that it is in or comes after."""

    where: str
    code: str
    text: str
