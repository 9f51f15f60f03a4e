"""Walk the field tree of an opened PDF: every field, its value, its page, within limits.

A limit raises; it never returns half a form. Damage that can be walked round is counted
and becomes a finding elsewhere. Nothing here knows a form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeGuard

import pikepdf

from intake.formats.pdf.anchors import COMBO, READ_ONLY, code_of
from intake.formats.pdf.read import field_text, page_marks
from intake.formats.pdf.read.drawn import Pictures
from intake.formats.pdf.read.field_text import FieldText
from intake.formats.pdf.read.page_marks import MAX_DEPTH, MAX_NODES
from intake.model.errors import over_limit
from intake.model.submission import FieldKind
from intake.words.spelling import REPLACEMENT

MAX_ALL_TEXT = 2_000_000
"""Characters of all values together; a full form holds about 20,000."""
_RADIO = 1 << 15
_PUSH_BUTTON = 1 << 16
_FAR = 100_000
"""Points beyond which no box of a page lies."""
_INHERITED = ("/FT", "/Ff", "/V", "/I", "/Opt")


@dataclass(frozen=True, slots=True)
class WalkedField:
    """One field of a file, before any form is known."""

    name: str
    reading: FieldText
    kind: FieldKind
    page: int | None
    """From 1; None when no page shows the field."""
    read_only: bool
    boxes: tuple[SeenBox, ...] = ()
    entries: tuple[tuple[str, str], ...] = ()
    """Code and label of each entry of a list, as the file has them."""
    is_unseen: bool = False
    """It holds an answer, and no viewer shows any of its boxes."""


@dataclass(frozen=True, slots=True)
class SeenBox:
    """One box of a field: its page, its sides in points, the answer that marks it."""

    page: int | None
    sides: tuple[int, ...]
    """Left, bottom, right and top, to the point."""
    export: str = ""


@dataclass(frozen=True, slots=True)
class Walked:
    """All the fields of a file and the damage met on the way."""

    fields: tuple[WalkedField, ...]
    duplicates: tuple[str, ...] = ()
    """Names borne by more than one field."""
    tangled: bool = False
    """The tree has loops, holes, or widgets that it does not list."""
    remarks: tuple[int, ...] = ()
    """The page of each note, drawing, text or picture laid over: perhaps answers, never read."""
    holds_files: bool = False
    """A note on a page holds a file."""


@dataclass(slots=True)
class _Node:
    """A dictionary of the tree with what it inherits."""

    dictionary: pikepdf.Dictionary
    name: str
    inherited: dict[str, pikepdf.Object]
    depth: int


@dataclass(slots=True)
class _State:
    """What the walk has met so far."""

    seen: set[tuple[int, int]] = field(default_factory=set)
    nodes: int = 0
    tangled: bool = False
    drawn_on: list[int] = field(default_factory=list)
    """Pages of boxes that hold a picture and no answer."""
    pictures: Pictures = field(default_factory=Pictures)

    def count(self, more: int = 1) -> None:
        """Count nodes. Raises FILE_LIMIT above the limit."""
        self.nodes += more
        if self.nodes > MAX_NODES:
            raise over_limit("fields")

    def enter(self, entry: object) -> TypeGuard[pikepdf.Dictionary]:
        """Say whether an entry is a dictionary met for the first time."""
        if not isinstance(entry, pikepdf.Dictionary):
            self.tangled = True
            return False
        if entry.is_indirect:
            if entry.objgen in self.seen:
                self.tangled = True
                return False
            self.seen.add(entry.objgen)
        return True


def walk(pdf: pikepdf.Pdf) -> Walked:
    """Return every field of the file in the order of its tree. Raises UnreadableFile."""
    on_pages = page_marks.all_annotations(pdf)
    widgets, others = page_marks.parted(on_pages)
    pages = {widget.objgen: page for widget, page in widgets if widget.is_indirect}
    state = _State(pictures=Pictures.of(pdf))
    found = list(_fields(_listed(pdf, state), state, pages))
    unlisted = [w for w, _ in widgets if not (w.is_indirect and w.objgen in state.seen)]
    if unlisted:
        state.tangled = True
        roots = page_marks.roots(unlisted, state.seen)
        found.extend(_fields(roots, state, pages))
    if sum(len(f.reading.text) + len(f.name) for f in found) > MAX_ALL_TEXT:
        raise over_limit("text")
    counts = Counter(f.name for f in found)
    duplicates = tuple(name for name, number in counts.items() if number > 1)
    holds_files = any("/FS" in entry for entry, _ in others)
    remarks = [page for entry, page in others if page_marks.is_remark(entry)]
    remarks = sorted(remarks + state.drawn_on)
    return Walked(tuple(found), duplicates, state.tangled, tuple(remarks), holds_files)


def _listed(pdf: pikepdf.Pdf, state: _State) -> list[object]:
    form = pdf.Root.get("/AcroForm")
    listed = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    if not isinstance(listed, pikepdf.Array):
        return []
    state.count(len(listed))
    return list(listed)


def _fields(
    roots: Iterable[object], state: _State, pages: dict[tuple[int, int], int]
) -> Iterator[WalkedField]:
    """Yield the fields below some roots, in document order, without recursion."""
    for root in roots:
        stack = [_node(entry, None) for entry in _entered([root], state)]
        while stack:
            node = stack.pop()
            below, kids = _split(node, state)
            stack.extend(reversed(below))
            if kids or not below:
                answer = _answer(node, kids or [node.dictionary], pages, state.pictures)
                if answer is not None:
                    yield answer
                elif "/V" not in node.inherited:  # who signs puts a name, not an answer
                    shown = [w for w in kids or [node.dictionary] if "/AP" in w]
                    state.drawn_on += [pages[w.objgen] for w in shown if w.objgen in pages]


def _entered(entries: Iterable[object], state: _State) -> Iterator[pikepdf.Dictionary]:
    """Yield the entries that are dictionaries met for the first time."""
    for entry in entries:
        if state.enter(entry):
            yield entry


def _node(dictionary: pikepdf.Dictionary, parent: _Node | None) -> _Node:
    depth = parent.depth + 1 if parent else 0
    if depth > MAX_DEPTH:
        raise over_limit("depth")
    inherited = dict(parent.inherited) if parent else {}
    for key in _INHERITED:
        value = dictionary.get(key)
        if value is not None:
            inherited[key] = value
    above = parent.name if parent else ""
    own = field_text.text_of(dictionary.get("/T")).text
    name = f"{above}.{own}" if above and own else above or own
    return _Node(dictionary, name, inherited, depth)


def _split(node: _Node, state: _State) -> tuple[list[_Node], list[pikepdf.Dictionary]]:
    """Return the fields below a node and its own widgets."""
    kids = node.dictionary.get("/Kids")
    if not isinstance(kids, pikepdf.Array):
        return [], []
    state.count(len(kids))
    below, widgets = [], []
    for kid in _entered(kids, state):
        if "/T" in kid or "/Kids" in kid:
            below.append(_node(kid, node))
        else:
            widgets.append(kid)
    return below, widgets


def _answer(
    node: _Node,
    widgets: list[pikepdf.Dictionary],
    pages: dict[tuple[int, int], int],
    pictures: Pictures,
) -> WalkedField | None:
    """Return the field of a node, None for push buttons and signatures."""
    flags = _flags(node)
    named = node.inherited.get("/FT")
    field_type = field_text.name_of(named) if isinstance(named, pikepdf.Name) else ""
    if field_type == "Sig" or (field_type == "Btn" and flags & _PUSH_BUTTON):
        return None
    states = [_states(widget) for widget in widgets]
    kind, reading = _read(field_type, node, widgets, states)
    if reading.is_odd:
        reading = reading.settled(is_shown=pictures.show(widgets, reading.text))
    elif reading.told and pictures.show(widgets, reading.told):
        reading = reading.as_shown(is_both=pictures.show(widgets, reading.text))
    is_locked = bool(flags & READ_ONLY)
    if (
        pictures.deny(widgets, meanings := _meanings(node, reading, flags))
        or (field_type == "Ch" and _is_no_label(meanings) and pictures.hide(widgets))
        or (field_type in ("Tx", "Ch") and reading.text and pictures.strike(widgets))
        or not _kids_agree(node, widgets)
        or field_text.is_marked_up(node.dictionary.get("/RV"))
    ):
        reading = replace(reading, sure=False)
    shown = [pages[w.objgen] for w in widgets if w.objgen in pages]
    page = min(shown, default=None)
    entries = field_text.entries(node.inherited.get("/Opt"))
    boxes = tuple(_boxes(zip(widgets, states, strict=True), pages, entries))
    is_unseen = bool(reading.text) and not is_locked and all(map(page_marks.is_unseen, widgets))
    return WalkedField(node.name, reading, kind, page, is_locked, boxes, entries, is_unseen)


def _flags(node: _Node) -> int:
    flags = node.inherited.get("/Ff", 0)
    return flags if isinstance(flags, int) else 0


def _boxes(
    widgets: Iterable[tuple[pikepdf.Dictionary, set[str]]],
    pages: dict[tuple[int, int], int],
    entries: tuple[tuple[str, str], ...],
) -> Iterator[SeenBox]:
    for at, (widget, states) in enumerate(widgets):
        export = min(states) if len(states) == 1 else ""
        if export and at < len(entries):
            export = entries[at][0]  # a list names its buttons by their place
        yield SeenBox(pages.get(widget.objgen), _sides(widget), export)


def _sides(widget: pikepdf.Dictionary) -> tuple[int, ...]:
    """Return the sides of a box; read as one text, which is much quicker than four numbers."""
    sides = widget.get("/Rect")
    if not isinstance(sides, pikepdf.Array) or len(sides) != len(("x", "y", "x", "y")):
        return ()
    return _rounded(sides.unparse(resolved=True))


@lru_cache(maxsize=MAX_NODES // 4)
def _rounded(sides: bytes) -> tuple[int, ...]:
    """Return the sides of a box as written: those of a form are the same in every file."""
    try:
        numbers = [float(side) for side in sides.strip(b"[] \r\n").split()]
    except ValueError:
        return ()
    return tuple(round(max(min(side, _FAR), -_FAR)) for side in numbers)


def _read(
    field_type: str, node: _Node, widgets: list[pikepdf.Dictionary], states: list[set[str]]
) -> tuple[FieldKind, FieldText]:
    value = node.inherited.get("/V")
    if field_type == "Btn":
        reading = field_text.state_of(value, [_shown(widget) for widget in widgets])
        reading = field_text.exported(reading, node.inherited.get("/Opt"), states)
        if _flags(node) & _RADIO or len(set().union(*states)) > 1:
            return FieldKind.CHOICE, reading
        ticked = "1" if reading.text else ""
        return FieldKind.TICK, FieldText(ticked, reading.sure, export=reading.text)
    if field_type == "Ch":
        options, indices = node.inherited.get("/Opt"), node.inherited.get("/I")
        return FieldKind.CHOICE, field_text.choice_of(value, indices, options)
    return FieldKind.TEXT, field_text.text_of(value)


def _meanings(node: _Node, reading: FieldText, flags: int) -> list[str]:
    """Return the texts that a box may show for its value.

    None for buttons, which are marks, and for open lists, which show every entry.
    """
    kind = node.inherited.get("/FT")
    if kind == "/Ch" and flags & COMBO:
        return field_text.spellings(reading.text, node.inherited.get("/Opt"))
    if kind in ("/Btn", "/Ch"):
        return []
    return [reading.text, reading.told] if reading.told else [reading.text]


def _is_no_label(meanings: list[str]) -> bool:
    """Say whether a list stores something else than the words or the silence that it shows.

    A label is what pdf-lib stores, and it may leave the picture empty.
    """
    own, *both = meanings or ("",)
    return all(text.strip() for text in (own, *both)) and own not in both[1:]


def _kids_agree(node: _Node, widgets: list[pikepdf.Dictionary]) -> bool:
    """Say whether no box stores a value of its own that differs from the field's.

    Buttons are left out: pypdf stores a state in each button of a group, and the program
    that saves next changes only what counts, the group's value and the states shown.
    """
    if node.inherited.get("/FT") == "/Btn":
        return True
    stored = field_text.text_of(node.inherited.get("/V")).text
    for widget in widgets:
        own = widget.get("/V") if widget.objgen != node.dictionary.objgen else None
        if own is not None and field_text.text_of(own).text != stored:
            return False
    return True


def _shown(widget: pikepdf.Dictionary) -> str | None:
    state = widget.get("/AS")
    return field_text.name_of(state) if isinstance(state, pikepdf.Name) else None


def _states(widget: pikepdf.Dictionary) -> set[str]:
    """Return the on-states that a widget can show; several of a field make it a choice."""
    looks = widget.get("/AP")
    normal = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    keys = _keys(normal) if isinstance(normal, pikepdf.Dictionary) else set()
    return {code_of(key.removeprefix("/")) for key in keys} - {""}


def _keys(looks: pikepdf.Dictionary) -> set[str]:
    try:
        return set(looks.keys())
    except UnicodeDecodeError:
        return {f"{number}{REPLACEMENT}" for number in range(len(looks))}  # only count them
