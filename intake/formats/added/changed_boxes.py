"""Boxes and lists that are not those of the blank form: exchanged, renamed, relabelled. Pure.

A person answers what the page shows. Where a box lies at another one's place, or a list
shows another label for its code, what is stored may not be what was meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from intake.formats.paper.blank_form import BlankForm, Box
from intake.formats.pdf.anchors import JOIN
from intake.formats.pdf.read.walk import SeenBox, WalkedField
from intake.formats.pdf.rect import Rect
from intake.model.submission import FieldKind
from intake.words.spelling import fold

_NEAR = 2.0
"""Points by which a program may round the sides of a box."""


def doubtful_places(
    fields: Iterable[WalkedField], blank: BlankForm, shown: Mapping[int, int]
) -> tuple[str, ...]:
    """Return the answered places that the returned file asks otherwise than the blank.

    ``shown`` tells which page of the blank some pages of the file draw unchanged.
    """
    own = _by_address(blank.boxes)
    return tuple(
        field.name
        for field in fields
        if field.reading.text
        and field.name in own
        and (
            _is_other(field, own[field.name], blank)
            or any(_is_astray(box, own[field.name], shown) for box in field.boxes)
        )
    )


def has_moved(boxes: Sequence[Box], fields: Iterable[WalkedField], page: int) -> bool:
    """Say whether the boxes of a page lie elsewhere than on the blank: another edition."""
    seen = {field.name: field.boxes for field in fields}
    there = [box for box in boxes if box.address in seen]
    moved = any(
        not any(b.page == page and _lies_on(b, box.rect) for b in seen[box.address])
        for box in there
    )
    return moved and not _is_exchange(there, seen)


def _is_exchange(boxes: Sequence[Box], seen: Mapping[str, Sequence[SeenBox]]) -> bool:
    """Say whether boxes only took the places of others."""
    return all(
        any(_lies_on(one, box.rect) for box in boxes)
        for box in boxes
        for one in seen[box.address]
        if one.page == box.page
    )


def _by_address(boxes: Iterable[Box]) -> dict[str, list[Box]]:
    found: dict[str, list[Box]] = {}
    for box in boxes:
        found.setdefault(box.address, []).append(box)
    return found


def _is_other(field: WalkedField, own: list[Box], blank: BlankForm) -> bool:
    if own[0].entries:
        return _is_relabelled(field, own[0])
    if own[0].kind is FieldKind.CHOICE and any(_is_renamed(box, own) for box in field.boxes):
        return True
    return any(_is_at_anothers(box, own, blank) for box in field.boxes)


def _is_relabelled(field: WalkedField, own: Box) -> bool:
    """Say whether an entry that was chosen has a label which means another code, or none."""
    codes = dict(own.entries)
    chosen = field.reading.text.split(JOIN)
    labels = [label for code, label in field.entries if code in chosen and label != code]
    return any(codes.get(fold(label)) not in chosen for label in labels if fold(label))


def _is_renamed(box: SeenBox, own: list[Box]) -> bool:
    """Say whether the mark at one place of a group stands for another answer than there."""
    here = [one for one in own if _lies_on(box, one.rect)]
    return bool(here) and all(one.code != box.export for one in here)


def _is_astray(box: SeenBox, own: list[Box], shown: Mapping[int, int]) -> bool:
    """Say whether a page is the blank's and a box on it lies where the blank has it not.

    Where a page draws something else, another edition may have its boxes elsewhere.
    """
    page = shown.get(box.page or 0)
    return page is not None and not any(o.page == page and _lies_on(box, o.rect) for o in own)


def _is_at_anothers(box: SeenBox, own: list[Box], blank: BlankForm) -> bool:
    """Say whether a box lies where the blank has the box of another place."""
    if box.page is None or any(_lies_on(box, one.rect) for one in own):
        return False
    return any(_lies_on(box, one.rect) for one in _others(box, own, blank))


def _others(box: SeenBox, own: list[Box], blank: BlankForm) -> Iterator[Box]:
    address = own[0].address
    return (one for one in blank.boxes if one.page == box.page and one.address != address)


def _lies_on(box: SeenBox, rect: Rect) -> bool:
    sides = (rect.left, rect.bottom, rect.right, rect.top)
    return len(box.sides) == len(sides) and all(
        abs(one - other) <= _NEAR for one, other in zip(box.sides, sides, strict=True)
    )
