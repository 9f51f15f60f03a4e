"""Look for what a layout lost, cut, drew twice or tore apart. The layout engine never complains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from intake.formats.pdf.anchors import STAMP_FIELD, fields
from intake.formats.pdf.font import field_font, printed_characters
from intake.formats.pdf.rect import Rect
from intake.formats.pdf.write.drawn_places import DrawnPlace
from intake.formats.pdf.write.layout.answers import Node
from intake.formats.pdf.write.layout.box_sizes import PADDING, SHORT_TEXT, holds
from intake.formats.pdf.write.layout.geometry import BOTTOM, MM, PAGE_HEIGHT, PAGE_WIDTH, SIDE, TOP
from intake.formats.pdf.write.layout.spec import FieldSpec, Kind
from intake.formats.pdf.write.tag_tree import HEADINGS, LINK, Heard
from intake.model.definition import FormDefinition
from intake.ports import LayoutFault

_SLACK = 0.5
"""Points that a place may pass the body's edge: half a border."""
_ARROW = 4.9 * MM
"""Room of a dropdown's arrow and edges."""


def layout_faults(
    definition: FormDefinition, specs: Mapping[str, FieldSpec], drawn: Sequence[DrawnPlace]
) -> Iterator[LayoutFault]:
    """Yield every fault of the places drawn."""
    yield from _field_faults(definition, specs)
    yield from _count_faults(specs, drawn)
    yield from _edge_faults(drawn)
    yield from _overlap_faults(drawn)
    yield from _box_faults(specs, drawn)


def _field_faults(
    definition: FormDefinition, specs: Mapping[str, FieldSpec]
) -> Iterator[LayoutFault]:
    wanted = {*fields(definition), STAMP_FIELD}
    for name in sorted(wanted - set(specs)):
        yield LayoutFault(name, "has no field")
    for name in sorted(set(specs) - wanted):
        yield LayoutFault(name, "is not an address of the form")


def _count_faults(
    specs: Mapping[str, FieldSpec], drawn: Sequence[DrawnPlace]
) -> Iterator[LayoutFault]:
    wanted = [target for spec in specs.values() for target in spec.targets]
    counts = Counter(place.target for place in drawn)
    for target in wanted:
        if counts[target] != 1:
            yield LayoutFault(target, f"is drawn {counts[target]} times")
    for target in sorted(set(counts) - set(wanted)):
        yield LayoutFault(target, "is drawn but is no field")


def _edge_faults(drawn: Sequence[DrawnPlace]) -> Iterator[LayoutFault]:
    left, right = SIDE * MM - _SLACK, (PAGE_WIDTH - SIDE) * MM + _SLACK
    low, high = BOTTOM * MM - _SLACK, (PAGE_HEIGHT - TOP) * MM + _SLACK
    for place in drawn:
        rect = place.rect
        if rect.left < left or rect.right > right or rect.bottom < low or rect.top > high:
            yield LayoutFault(place.target, f"leaves the body of page {place.page}")
        if min(rect.width, rect.height) < 5:
            yield LayoutFault(place.target, f"is too small on page {place.page}")


def _overlap_faults(drawn: Sequence[DrawnPlace]) -> Iterator[LayoutFault]:
    ordered = sorted(drawn, key=lambda place: (place.page, place.rect.bottom))
    for index, one in enumerate(ordered):
        for two in ordered[index + 1 :]:
            if two.page != one.page or two.rect.bottom >= one.rect.top:
                break
            if one.rect.overlaps(two.rect):
                yield LayoutFault(one.target, f"overlaps {two.target} on page {one.page}")


def _box_faults(
    specs: Mapping[str, FieldSpec], drawn: Sequence[DrawnPlace]
) -> Iterator[LayoutFault]:
    for place in drawn:
        spec = specs.get(place.target)
        if spec is not None and spec.kind is Kind.DROPDOWN:
            yield from _narrow(spec, place.rect)
        elif spec is not None and spec.kind is Kind.TEXT:
            yield from _small(spec, place.rect)


def _small(spec: FieldSpec, rect: Rect) -> Iterator[LayoutFault]:
    """Yield a text box that cannot show, readably, the longest answer it is for."""
    if spec.sample and field_font().width(spec.sample, spec.size) > rect.width - 2 * PADDING:
        yield LayoutFault(spec.name, f"is too narrow for {spec.sample}")
    width, height = rect.width / MM, rect.height / MM
    if spec.length > SHORT_TEXT and not holds(spec.length, width, height):
        yield LayoutFault(spec.name, f"is too small for {spec.length} characters")


def _narrow(spec: FieldSpec, rect: Rect) -> Iterator[LayoutFault]:
    room = rect.width - (0 if spec.read_only else _ARROW)
    for code, label in spec.options:
        if spec.read_only and code != spec.value:
            continue
        if field_font().width(label, spec.size) > room:
            yield LayoutFault(spec.name, f"is too narrow for its answer {code}")


def text_faults(model: Node, specs: Mapping[str, FieldSpec]) -> Iterator[LayoutFault]:
    """Yield the printed or chosen texts that hold characters outside the fonts."""
    printable = printed_characters()
    for text in sorted(set(_texts(model["front"], model["sections"]))):
        missing = "".join(sorted(set(text) - printable))
        if missing:
            yield LayoutFault(text, f"holds characters that the fonts lack: {missing}")
    for spec in specs.values():
        for code, label in spec.options:
            if not all(field_font().can_draw(character) for character in label):
                yield LayoutFault(spec.name, f"cannot show its answer {code}")


def _texts(*nodes: object) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif isinstance(node, Mapping):
            yield from _texts(*node.values())
        elif isinstance(node, list | tuple):
            yield from _texts(*node)


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
