"""Look for what a page break tore apart: a heading from its questions, words from a box."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intake.formats.pdf.anchors import STAMP_FIELD
from intake.formats.pdf.write.tag_tree import HEADINGS, LINK, Heard
from intake.ports import LayoutFault


def break_faults(heard: Sequence[Heard]) -> Iterator[LayoutFault]:
    """Yield headings that end a page, and fields whose question is on the page before."""
    heading: Heard | None = None
    words: Heard | None = None
    above = ""
    for said in heard:
        if said.role in HEADINGS:
            heading = said
        elif said.role != LINK:
            words = said
        elif said.target != STAMP_FIELD:
            if heading is not None and heading.page != said.page:
                yield LayoutFault(said.target, f"is parted from its heading on page {heading.page}")
            question = _question(said.target)
            if words is not None and words.page != said.page and question != above:
                yield LayoutFault(said.target, f"is parted from its words on page {words.page}")
            heading, above = None, question


def _question(target: str) -> str:
    """Return what answers of one question have in common: ``item``, ``group__row__item``."""
    name = target.partition("=")[0]
    parts = name.split("__")
    return "__".join(parts[:-1]) if len(parts) in (2, 4) else name
