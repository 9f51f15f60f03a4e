"""Rewrite each link of a laid-out PDF, in place, into the field it stands for.

The same dictionaries are kept, so rectangles, reading order and structure tags stay as
the layout engine wrote them; a link's structure element becomes a form element.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Pdf, String

from intake.formats.pdf.anchors import (
    CHECKED,
    COMBO,
    MULTILINE,
    OFF,
    READ_ONLY,
    UNANSWERED_LABEL,
    on_state,
)
from intake.formats.pdf.font import RESOURCE
from intake.formats.pdf.write.appearances import Appearances, default_appearance, embed_font
from intake.formats.pdf.write.drawn_places import DrawnPlace
from intake.formats.pdf.write.layout.spec import FieldSpec, Kind
from intake.model.address import UNANSWERED

BORDER = 2
RADIO = 1 << 15
NO_SPELL_CHECK = 1 << 22
PRINTED = 4


def make_fields(pdf: Pdf, specs: Mapping[str, FieldSpec], drawn: Sequence[DrawnPlace]) -> None:
    """Turn every drawn place into a widget and give the document its form."""
    font = pdf.make_indirect(embed_font(pdf))
    resources = pdf.make_indirect(Dictionary(Font=Dictionary({RESOURCE: font})))
    appearances = Appearances(pdf, resources)
    tags = NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    places = {place.target: place for place in drawn}
    made = Array()
    for spec in specs.values():
        found = [places[target] for target in spec.targets]
        for place in found:
            _clean(place.annotation)
            tags[int(place.annotation.StructParent)].S = Name.Form
        made.append(_field(appearances, spec, found))
    form = Dictionary(Fields=made, DR=resources, DA=String(default_appearance(9)))
    pdf.Root.AcroForm = pdf.make_indirect(form)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    for page in pdf.pages:
        page.Tabs = Name.S


def saved(pdf: Pdf) -> bytes:
    """Return the document's bytes: the same for the same document."""
    pdf.remove_unreferenced_resources()
    buffer = io.BytesIO()
    pdf.save(
        buffer,
        deterministic_id=True,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return buffer.getvalue()


def _clean(annotation: pikepdf.Object) -> None:
    """Take what makes a link out of an annotation."""
    for key in ("/A", "/Contents", "/QuadPoints"):
        if key in annotation:
            del annotation[key]
    annotation.Subtype = Name.Widget
    annotation.F = PRINTED


def _field(
    appearances: Appearances, spec: FieldSpec, found: Sequence[DrawnPlace]
) -> pikepdf.Object:
    """Make one field of its places and return its dictionary."""
    if spec.kind is Kind.RADIO:
        return _radio_group(appearances, spec, found)
    (place,) = found
    widget = place.annotation
    widget.T = String(spec.name)
    widget.TU = String(spec.label)
    if spec.kind is Kind.TICK:
        chosen = spec.value == "1"
        widget.FT = Name.Btn
        widget.V = Name(CHECKED if chosen else OFF)
        _button(appearances, spec, place, CHECKED, chosen=chosen)
    else:
        _written(appearances, spec, place)
    return widget


def _radio_group(
    appearances: Appearances, spec: FieldSpec, found: Sequence[DrawnPlace]
) -> pikepdf.Object:
    state = on_state(spec.value) if spec.value else OFF
    group = appearances.pdf.make_indirect(
        Dictionary(
            FT=Name.Btn,
            T=String(spec.name),
            TU=String(spec.label),
            Ff=RADIO,
            V=Name(state),
            Kids=Array([place.annotation for place in found]),
        )
    )
    for place, (code, label) in zip(found, spec.options, strict=True):
        place.annotation.Parent = group
        place.annotation.TU = String(f"{spec.label} : {label}")
        _button(appearances, spec, place, on_state(code), chosen=spec.value == code)
    return group


def _button(
    appearances: Appearances, spec: FieldSpec, place: DrawnPlace, state: str, *, chosen: bool
) -> None:
    widget, rect = place.annotation, place.rect
    on, off = appearances.button(spec.kind, rect.width, rect.height)
    widget.AP = Dictionary(N=Dictionary({state: on, OFF: off}))
    widget.AS = Name(state if chosen else OFF)
    widget.MK = Dictionary(CA=String("l" if spec.kind is Kind.RADIO else "8"))


def _written(appearances: Appearances, spec: FieldSpec, place: DrawnPlace) -> None:
    """Make a text or a dropdown field."""
    widget, rect = place.annotation, place.rect
    flags = NO_SPELL_CHECK | (READ_ONLY if spec.read_only else 0)
    if spec.kind is Kind.DROPDOWN:
        flags |= COMBO
        pairs = [(UNANSWERED, UNANSWERED_LABEL), *spec.options]
        widget.FT = Name.Ch
        widget.Opt = Array([Array([String(c), String(label)]) for c, label in pairs])
        widget.V = String(spec.value or UNANSWERED)
    else:
        flags |= MULTILINE if spec.multiline else 0
        widget.FT = Name.Tx
        widget.V = String(spec.value)
        if spec.max_length is not None:
            widget.MaxLen = spec.max_length
    widget.Ff = flags
    if spec.centred:
        widget.Q = 1
    # Without a colour no border is drawn, but programs keep its width clear of the text.
    widget.BS = Dictionary(W=BORDER, S=Name.S)
    if "/Border" in widget:
        del widget.Border
    widget.DA = String(default_appearance(spec.size))
    widget.AP = Dictionary(N=appearances.text(spec, rect.width, rect.height))
