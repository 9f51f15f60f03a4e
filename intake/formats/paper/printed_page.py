"""What stands in the boxes of one printed page, laid on its blank. Pure.

A text is what was printed inside a box and is not printed on the blank; a mark is ink that
the blank does not have. What is not sure is said of its place, never left out in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from intake.formats.paper.blank_form import Box, Face
from intake.formats.paper.page_words import Word, holds, inside, joined
from intake.formats.paper.printed_answers import PrintedAnswer, Sides
from intake.formats.paper.registration import Registration
from intake.formats.pdf.anchors import JOIN
from intake.formats.pdf.font import field_font
from intake.formats.pdf.rect import Rect
from intake.model.address import UNANSWERED
from intake.words.spelling import fold

EMPTY, MARKED, SCRATCHED = 0.04, 0.09, 0.45
"""Ink beyond the blank's, of a button's box: up to the first it is empty, from the second
marked, from the third perhaps crossed out. Measured: at most 0.02 empty, 0.11 to 0.22 marked."""
TRACE = 4
"""Black dots beyond the blank's that show that something is written in a box: a full stop."""
LIST_TRACE = 24
"""The same for a list, whose printed arrow is never drawn twice alike; a label has more."""
ROUND = 0.6
"""Points around a letter that are still its ink."""
EDGE = 2.2
"""Points from a box's edge in which no program begins or ends a text that fits."""
BESIDE = 4.5
"""Points between two words of one text; between the texts of two boxes there are more."""
_SAME_PLACE = 3.0


@dataclass(frozen=True, slots=True)
class LaidPage:
    """A returned page with the blank page it was laid on."""

    number: int
    """Of the returned file, from 1."""
    blank: Face
    returned: Face
    lies: Registration


def page_answers(laid: LaidPage, boxes: Sequence[Box]) -> Iterator[PrintedAnswer]:
    """Yield one answer for each place of the page, answered or not."""
    added = added_words(laid)
    crowded = _crowded(laid, boxes, added)
    groups: dict[str, list[Box]] = {}
    for box in boxes:
        groups.setdefault(box.address, []).append(box)
    for address, found in groups.items():
        if found[0].code:
            yield _marked(laid, found)
        else:
            yield _written(laid, found[0], added, is_crowded=address in crowded)


def added_words(laid: LaidPage) -> tuple[Word, ...]:
    """Return the words of the page, placed as on the blank, that the blank does not print."""
    unlike = _absent(_placed(laid), laid.blank.page.words)
    misread = [_grown(word.box, 1) for word in unshown_words(laid)]
    return tuple(w for w in unlike if not any(holds(rect, *w.middle) for rect in misread))


def unshown_words(laid: LaidPage) -> tuple[Word, ...]:
    """Return the words of the blank that the page does not show in their places."""
    return _absent(laid.blank.page.words, _placed(laid))


def _placed(laid: LaidPage) -> tuple[Word, ...]:
    words = laid.returned.page.words
    return tuple(Word(word.text, laid.lies.back(word.box), word.letters) for word in words)


def _absent(words: Iterable[Word], others: Iterable[Word]) -> tuple[Word, ...]:
    """Return the words that do not stand, the same, in the same places among others."""
    known: dict[str, list[Word]] = {}
    for word in others:
        known.setdefault(word.text, []).append(word)
    return tuple(
        word
        for word in words
        if not any(_is_near(word.box, other.box) for other in known.get(word.text, ()))
    )


def stray_words(boxes: Iterable[Box], added: Iterable[Word]) -> tuple[Word, ...]:
    """Return the added words that stand in no box."""
    rects = tuple(box.rect for box in boxes)
    return tuple(word for word in added if not any(holds(rect, *word.middle) for rect in rects))


def _is_near(one: Rect, other: Rect) -> bool:
    across, up = one.left - other.left, one.bottom - other.bottom
    return abs(across) <= _SAME_PLACE and abs(up) <= _SAME_PLACE


def _crowded(laid: LaidPage, boxes: Sequence[Box], added: Sequence[Word]) -> frozenset[str]:
    """Return the places whose text goes on outside, or comes from outside.

    What a box cuts off is often printed all the same, unseen, over what stands beside it.
    """
    written = [box for box in boxes if not box.code]
    owners = [next((b for b in written if holds(b.rect, *w.middle)), None) for w in added]
    found: set[str] = set()
    neighbours = zip(added, owners, added[1:], owners[1:], strict=False)
    for word, owner, after, next_owner in neighbours:
        if owner is not next_owner and _goes_on(word, after):
            found.update(box.address for box in (owner, next_owner) if box is not None)
    strays = [word for word, owner in zip(added, owners, strict=True) if owner is None]
    for box in written:
        if any(_touches(box.rect, word.box) for word in strays):
            found.add(box.address)
    return frozenset(found)


def _goes_on(word: Word, after: Word) -> bool:
    """Say whether one word follows the other on its line."""
    same_line = abs(word.middle[1] - after.middle[1]) <= _SAME_PLACE
    return same_line and -1 <= after.box.left - word.box.right <= BESIDE


def _touches(rect: Rect, word: Rect) -> bool:
    return _grown(rect, BESIDE).overlaps(word)


def _grown(rect: Rect, by: float) -> Rect:
    return Rect(rect.left - by, rect.bottom - by, rect.right + by, rect.top + by)


def _marked(laid: LaidPage, boxes: Sequence[Box]) -> PrintedAnswer:
    """Return the answer that is marked among those of one place."""
    inks = [(_ink(laid, box.rect), box) for box in boxes]
    marked = [box for ink, box in inks if ink >= MARKED]
    doubt = ""
    if any(EMPTY < ink < MARKED for ink, _ in inks):
        doubt = "faint"
    elif any(ink >= SCRATCHED for ink, _ in inks):
        doubt = "scratched"
    elif len(marked) > 1:
        doubt = "several"
    where = marked[0] if marked else boxes[0]
    text = JOIN.join(box.code for box in marked)
    return _answer(laid, where, text, doubt)


def _written(laid: LaidPage, box: Box, added: Sequence[Word], *, is_crowded: bool) -> PrintedAnswer:
    """Return the text printed in a box; of a list, its code."""
    words = inside(added, box.rect)
    text = joined(words)
    doubt = _doubt(laid, box, words, text)
    if is_crowded:
        doubt = "cut"
    if box.entries:
        text, is_known = _entry(box, text)
        if is_known and text and doubt == "unread":
            doubt = ""  # the arrow of the list, drawn beside a whole label
        doubt = doubt or ("" if is_known else "list")
    return _answer(laid, box, text, doubt)


def _answer(laid: LaidPage, box: Box, text: str, doubt: str) -> PrintedAnswer:
    return PrintedAnswer(
        address=box.address,
        kind=box.kind,
        text=text,
        page=laid.number,
        box=_sides(laid.lies.there(box.rect)),
        doubt=doubt,
        is_mark=bool(box.code),
        is_fixed=box.is_fixed,
    )


def _sides(rect: Rect) -> Sides:
    return round(rect.left, 1), round(rect.bottom, 1), round(rect.right, 1), round(rect.top, 1)


def _entry(box: Box, text: str) -> tuple[str, bool]:
    """Return the code of a list's label or code, and whether there is such an entry."""
    codes = dict(box.entries)
    found = codes.get(text, codes.get(fold(text)))
    if found == UNANSWERED or not text:
        return "", True
    return (text, False) if found is None else (found, True)


def _doubt(laid: LaidPage, box: Box, words: Sequence[Word], text: str) -> str:
    if words and _dots(laid, box.rect) < TRACE:
        return "unseen"
    letters = [_grown(letter, ROUND) for word in words for letter in word.letters]
    if _dots(laid, box.rect, letters) >= (LIST_TRACE if box.entries else TRACE):
        return "unread"
    if not _is_plain(text):
        return "letters"
    return "cut" if any(_is_at_edge(box, word.box) for word in words) else ""


def _is_plain(text: str) -> bool:
    """Say whether every letter is one that the form's font has: others are often misread."""
    return all(letter.isspace() or field_font().can_draw(letter) for letter in text)


def _is_at_edge(box: Box, word: Rect) -> bool:
    """Say whether a word reaches an edge of its box; then more may have stood there."""
    if box.is_long and word.bottom < box.rect.bottom + EDGE / 2:
        return True
    right = box.rect.right - (0 if box.is_long else EDGE)
    return word.right > right or word.left < box.rect.left + EDGE / 2


def _ink(laid: LaidPage, rect: Rect) -> float:
    """Return how much darker a place is than on the blank."""
    return laid.returned.paper.darkness(laid.lies.there(rect)) - laid.blank.paper.darkness(rect)


def _dots(laid: LaidPage, rect: Rect, letters: Sequence[Rect] = ()) -> int:
    """Return how many more dots are black than on the blank, away from edges and letters."""
    inner = _grown(rect, -1)
    there = laid.lies.there(inner)
    return laid.returned.paper.black(there, letters) - laid.blank.paper.black(inner)
