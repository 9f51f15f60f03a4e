"""A short document for paper, in blocks: what stands in it, before it is typeset as PDF.

Pure. The template ``templates/paper.typ`` draws the blocks; who typesets it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

TEMPLATE = Path(__file__).parent / "templates" / "paper.typ"

Block = dict[str, Any]
Typeset = Callable[[Block, Path], bytes]
"""The model of a document and its template to the bytes of a PDF."""
How = Literal["plain", "soft", "strong", "code", "accent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One document: what stands at its head and foot, and its blocks in reading order."""

    title: str
    """What a reader's program shows as its name."""
    language: str
    kicker: str
    number: str = ""
    heading: str
    mark: str = ""
    """A small drawing beside the heading, as SVG; it says nothing that the heading does not."""
    foot: str = ""
    wide: bool = False
    blocks: tuple[Block, ...]


def pdf_of(paper: Paper, typeset: Typeset) -> bytes:
    """Return a document as tagged PDF; the same document is the same bytes."""
    return typeset(asdict(paper), TEMPLATE)


def run(text: str, how: How = "plain", *, turn: bool = False) -> Block:
    """Return a piece of a paragraph; ``turn`` ends its line."""
    return {"text": text, "how": how, "turn": turn}


def heading(text: str, level: int = 2) -> Block:
    """Return a title inside the document."""
    return {"kind": "heading", "text": text, "level": level}


def paragraph(*runs: Block) -> Block:
    """Return a paragraph."""
    return {"kind": "paragraph", "runs": runs}


def bullets(items: Iterable[Sequence[Block]]) -> Block:
    """Return a list."""
    return {"kind": "bullets", "items": tuple(items)}


def numbered(items: Iterable[Sequence[Block]]) -> Block:
    """Return a list with numbers."""
    return {"kind": "steps", "items": tuple(items)}


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[int],
    size: float = 8.8,
) -> Block:
    """Return a table; a width of 0 is as wide as what stands there, others share the rest."""
    return {
        "kind": "table",
        "head": tuple(head),
        "rows": tuple(tuple(row) for row in rows),
        "widths": tuple(widths),
        "size": size,
    }
