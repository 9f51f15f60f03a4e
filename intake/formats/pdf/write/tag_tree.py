"""Make the layout's structure tree say only what a screen reader needs, in reading order.

The layout engine tags every cell of every grid as a division: four elements in ten, heard
by nobody. They are dissolved; headings, paragraphs, tables and fields stay. What the tree
says in order is also what the layout audit looks at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Pdf

from intake.formats.pdf.anchors import LINK_PREFIX

HEADINGS = ("/H1", "/H2")
LINK = "/Link"
"""What a field's place is until it becomes a form element, and an address stays."""
_GROUPS = ("/Div", "/P")
_WORDS = ("/P", "/Span", LINK)
_INLINE_PARENTS = ("/P", "/H1", "/H2")


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing a screen reader says: a heading, words or a field."""

    role: str
    page: int
    """From 1."""
    target: str = ""
    """The place of a field; empty for words."""


@dataclass
class _Walk:
    """The tree of one document on its way to being simpler."""

    pages: dict[tuple[int, int], int]
    heard: list[Heard] = field(default_factory=list)


def simplified(pdf: Pdf) -> list[Heard]:
    """Dissolve the elements that only group others; return what is left to hear, in order."""
    walk = _Walk({page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)})
    for root in _listed(pdf.Root.StructTreeRoot):
        _simplify(walk, root)
    pdf.Root.StructTreeRoot.K[0].Lang = pdf.Root.Lang
    return walk.heard


def _simplify(walk: _Walk, element: Object) -> None:
    """Give an element the kids that are left once the groups below it are dissolved."""
    role = str(element.S)
    if role in HEADINGS:
        walk.heard.append(Heard(role, _page_below(walk, element)))
    kids = []
    changed = False
    for kid in _spliced(_listed(element)):
        if not _is_element(kid):
            _hear(walk, role, element, kid)
            kids.append(kid)
            continue
        changed = changed or kid.P.objgen != element.objgen
        kid.P = element
        _name(kid, role)
        _simplify(walk, kid)
        kids.append(kid)
    if changed:
        element.K = Array(kids)


def _spliced(kids: list[Object]) -> Iterator[Object]:
    """Yield elements with groups replaced by what they hold, and empty groups by nothing."""
    for kid in kids:
        if _is_element(kid) and str(kid.S) in _GROUPS:
            below = _listed(kid)
            if all(_is_element(grandchild) for grandchild in below):
                yield from _spliced(below)
                continue
        yield kid


def _name(element: Object, parent: str) -> None:
    """Call a block of words a paragraph: its attributes say nothing more."""
    if str(element.S) == "/Span" and parent not in _INLINE_PARENTS:
        element.S = Name.P
    if str(element.S) in _WORDS and "/A" in element:
        del element.A


def _hear(walk: _Walk, role: str, element: Object, kid: Object) -> None:
    if isinstance(kid, Dictionary) and "/Obj" in kid:
        page = walk.pages[kid.Pg.objgen]
        uri = str(kid.Obj.get("/A", Dictionary()).get("/URI", ""))
        if uri.startswith(LINK_PREFIX):
            walk.heard.append(Heard(LINK, page, uri.removeprefix(LINK_PREFIX)))
    elif role not in HEADINGS:
        spoken = "/P" if role == LINK else role  # the words of an address
        walk.heard.append(Heard(spoken, walk.pages[element.Pg.objgen]))


def _page_below(walk: _Walk, element: Object) -> int:
    """Return the page on which an element's first words stand."""
    while "/Pg" not in element:
        element = _listed(element)[0]
    return walk.pages[element.Pg.objgen]


def _is_element(kid: Object) -> bool:
    return isinstance(kid, Dictionary) and "/S" in kid


def _listed(element: Object) -> list[Object]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]
