"""What stands on the pages of a PDF: the boxes of fields, and remarks laid over them.

The pages are the second way into the fields: what they show and the tree does not list is
found by climbing from a box to its field. Values are not read here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

import pikepdf

from intake.formats.pdf.read.field_text import name_of
from intake.model.errors import over_limit

MAX_NODES = 20_000
"""Fields, kids and annotations; the largest known form has about 1,100."""
MAX_DEPTH = 32
MAX_PAGES = 500
_SILENT = {"Widget", "Link", "Popup", "PrinterMark", "TrapNet"}
"""What nobody lays over a page to say something; a pop-up belongs to its note."""
_UNDRAWN = ("/Link", "/PrinterMark", "/TrapNet")
"""Of these, those that show nothing on a form unless somebody gave them a picture."""
_WIDTH = 2
"""The place of the thickness among the numbers of a border."""
_UNSEEN = 1 << 1 | 1 << 5
"""Flags of a box that no viewer shows."""


def all_annotations(pdf: pikepdf.Pdf) -> list[tuple[pikepdf.Dictionary, int]]:
    """Return the annotations of all pages with their page, in order."""
    if len(pdf.pages) > MAX_PAGES:
        raise over_limit("pages")
    found: list[tuple[pikepdf.Dictionary, int]] = []
    for number, page in enumerate(pdf.pages, start=1):
        listed = page.obj.get("/Annots")
        if not isinstance(listed, pikepdf.Array):
            continue
        if len(found) + len(listed) > MAX_NODES:
            raise over_limit("fields")
        found.extend((e, number) for e in listed if isinstance(e, pikepdf.Dictionary))
    return found


Placed = list[tuple[pikepdf.Dictionary, int]]


def parted(annotations: Placed) -> tuple[Placed, Placed]:
    """Return the boxes of fields, and the other annotations, each with its page."""
    widgets: Placed = []
    others: Placed = []
    for entry, page in annotations:
        (widgets if is_widget(entry) else others).append((entry, page))
    return widgets, others


def is_widget(annotation: pikepdf.Dictionary) -> bool:
    """Say whether an annotation is the box of a field."""
    return annotation.get("/Subtype") == "/Widget"


def is_remark(annotation: pikepdf.Dictionary) -> bool:
    """Say whether a person laid the annotation over the page: free text, note, drawing, bar."""
    kind = annotation.get("/Subtype")
    if not isinstance(kind, pikepdf.Name):
        return "/AP" in annotation  # a viewer draws it, whatever it is
    if kind == "/Link" and _is_framed(annotation):
        return True
    return name_of(kind) not in _SILENT or (kind in _UNDRAWN and "/AP" in annotation)


def _is_framed(link: pikepdf.Dictionary) -> bool:
    """Say whether a link says how thick a line viewers draw round it, and it is seen."""
    style, border = link.get("/BS"), link.get("/Border")
    width: object = 0
    if isinstance(style, pikepdf.Dictionary):
        width = style.get("/W", 1)
    elif isinstance(border, pikepdf.Array) and len(border) > _WIDTH:
        width = border[_WIDTH]
    return isinstance(width, int | float | Decimal) and width > 0


def is_unseen(widget: pikepdf.Dictionary) -> bool:
    """Say whether a box is hidden on its page, or stands on a layer that may be switched off."""
    flags = widget.get("/F")
    return "/OC" in widget or (isinstance(flags, int) and bool(flags & _UNSEEN))


def roots(
    widgets: Iterable[pikepdf.Dictionary], seen: set[tuple[int, int]]
) -> Iterator[pikepdf.Dictionary]:
    """Yield once each field above the widgets that the tree does not list."""
    met = set(seen)
    for widget in widgets:
        root = _climbed(widget)
        if not root.is_indirect or root.objgen not in met:
            met.add(root.objgen)
            yield root


def _climbed(widget: pikepdf.Dictionary) -> pikepdf.Dictionary:
    node, passed = widget, {widget.objgen}
    for _ in range(MAX_DEPTH):
        parent = node.get("/Parent")
        if not isinstance(parent, pikepdf.Dictionary) or parent.objgen in passed:
            return node
        passed.add(parent.objgen)
        node = parent
    raise over_limit("depth")
