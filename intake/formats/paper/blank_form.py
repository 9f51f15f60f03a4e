"""The places of a blank form: on which page, in which rectangle, holding what.

Read from a form of our own making, never from a returned one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pikepdf
import pypdfium2
from pikepdf import Array, Object

from intake.formats.paper.ink import Paper, papers
from intake.formats.paper.page_words import PrintedPage, printed_pages
from intake.formats.pdf.anchors import MULTILINE, OFF, READ_ONLY, STAMP_FIELD, code_of
from intake.formats.pdf.rect import Rect
from intake.model.submission import FieldKind
from intake.words.spelling import fold


@dataclass(frozen=True, slots=True)
class Box:
    """One rectangle of a blank form; a single choice has one for each answer."""

    address: str
    page: int
    """From 1."""
    rect: Rect
    kind: FieldKind
    code: str = ""
    """The answer that a mark stands for; empty for what is written."""
    is_long: bool = False
    """Text of several lines."""
    is_fixed: bool = False
    """Printed by the form itself; nobody answers there."""
    entries: tuple[tuple[str, str], ...] = ()
    """Folded label or code, and code, of each entry of a list."""


@dataclass(frozen=True, slots=True)
class Face:
    """One page: what is printed on it and how it looks."""

    page: PrintedPage
    paper: Paper


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A blank form: its boxes and its pages."""

    stamp: str
    boxes: tuple[Box, ...]
    faces: tuple[Face, ...]

    def face(self, page: int) -> Face:
        """Return one page, from 1."""
        return self.faces[page - 1]

    def boxes_of(self, page: int) -> tuple[Box, ...]:
        """Return the boxes of one page."""
        return tuple(box for box in self.boxes if box.page == page)


@lru_cache(maxsize=4)
def blank_form(content: bytes) -> BlankForm:
    """Return what a blank form of ours holds; kept, for the next returned one."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        boxes = tuple(_boxes(pdf))
        stamp = _stamp(pdf)
    with pypdfium2.PdfDocument(content) as document:
        pages = zip(printed_pages(document), papers(document, draw_fields=False), strict=True)
        return BlankForm(stamp, boxes, tuple(Face(page, paper) for page, paper in pages))


def _stamp(pdf: pikepdf.Pdf) -> str:
    named = (field for field in pdf.Root.AcroForm.Fields if field.get("/T") == STAMP_FIELD)
    return next((str(field.V) for field in named), "")


def _boxes(pdf: pikepdf.Pdf) -> Iterator[Box]:
    for number, page in enumerate(pdf.pages, start=1):
        for widget in page.obj.get("/Annots", Array()):
            if widget.get("/Subtype") != "/Widget":
                continue  # the link of an address
            field = widget if "/T" in widget else widget.Parent
            name = str(field.T)
            if name != STAMP_FIELD:
                yield _box(name, number, field, widget)


def _box(name: str, page: int, field: Object, widget: Object) -> Box:
    rect = Rect(*(float(side) for side in widget.Rect))
    kind = str(field.FT)
    if kind == "/Btn":
        state = next(key for key in widget.AP.N.keys() if key != OFF)  # noqa: SIM118 - not a dict
        is_tick = field.objgen == widget.objgen
        told = FieldKind.TICK if is_tick else FieldKind.CHOICE
        return Box(name, page, rect, told, code="1" if is_tick else code_of(state))
    flags = int(field.get("/Ff", 0))
    fixed = bool(flags & READ_ONLY)
    if kind == "/Ch":
        entries = tuple(_entries(field).items())
        return Box(name, page, rect, FieldKind.CHOICE, entries=entries, is_fixed=fixed)
    is_long = bool(flags & MULTILINE)
    return Box(name, page, rect, FieldKind.TEXT, is_long=is_long, is_fixed=fixed)


def _entries(field: Object) -> Mapping[str, str]:
    """Return the codes of a list by folded label and by code; a code comes first."""
    codes = {str(entry[0]): str(entry[0]) for entry in field.Opt}
    labels = {fold(str(entry[1])): str(entry[0]) for entry in field.Opt}
    return {**labels, **codes}
