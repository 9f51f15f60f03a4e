"""The words printed on the pages of a PDF and where they stand, as PDFium sees them.

Words come in the order of the page, with what PDFium puts between them. Fields and forms
are not known here.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as c

from intake.formats.pdf.rect import Rect
from intake.model.errors import over_limit
from intake.words.spelling import normal_text

MAX_LETTERS = 400_000
"""Letters of all pages; a full form prints about 50,000."""
MOST_PAGES = 100
_GAP, _LINE = 2.5, 3.0
"""Points between two letters of a word, along the line and across it."""
_GAP_OF_HEIGHT = 0.3
"""The same for large letters, as a share of their height."""
_Sides = tuple[ctypes.c_double, ctypes.c_double, ctypes.c_double, ctypes.c_double]
_HYPHEN = "\ufffe"
"""What PDFium makes of a hyphen at the end of a line."""


@dataclass(frozen=True, slots=True)
class Word:
    """Letters that stand together."""

    text: str
    box: Rect
    letters: tuple[Rect, ...] = ()
    """Where the ink of each letter is."""

    @property
    def middle(self) -> tuple[float, float]:
        """Return the middle of the word."""
        return (self.box.left + self.box.right) / 2, (self.box.bottom + self.box.top) / 2


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """The words of one page."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """Return the words in the order of the page, one space between them."""
        return " ".join(word.text for word in self.words)


def printed_pages(
    document: pypdfium2.PdfDocument, pages: Iterable[int] | None = None
) -> Iterator[PrintedPage]:
    """Yield the pages of a document, or those with these numbers from 1. Raises FILE_LIMIT."""
    if len(document) > MOST_PAGES:
        raise over_limit("pages")
    letters = 0
    for number in range(1, len(document) + 1) if pages is None else pages:
        page = document[number - 1]
        words = page.get_textpage()
        letters += words.count_chars()
        if letters > MAX_LETTERS:
            raise over_limit("text")
        yield PrintedPage(tuple(_words(words, *_origin(page))))
        words.close()
        page.close()


def inside(words: Iterable[Word], rect: Rect) -> tuple[Word, ...]:
    """Return the words whose middle lies in a rectangle."""
    return tuple(word for word in words if holds(rect, *word.middle))


def holds(rect: Rect, across: float, up: float) -> bool:
    """Say whether a point lies in a rectangle."""
    return rect.left <= across <= rect.right and rect.bottom <= up <= rect.top


def joined(words: Sequence[Word]) -> str:
    """Return words as one text in one spelling."""
    return normal_text(" ".join(word.text for word in words))


def _origin(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """Return the corner of the visible page, from which positions are counted."""
    left, bottom, _, _ = page.get_cropbox()
    return left, bottom


def _words(page: pypdfium2.PdfTextPage, left: float, bottom: float) -> Iterator[Word]:
    """Yield the words of one page; letters without a place on it end a word."""
    text = ""
    places: list[Rect] = []
    sides = (ctypes.c_double(), ctypes.c_double(), ctypes.c_double(), ctypes.c_double())
    for index in range(page.count_chars()):
        letter = _letter(page, index).strip()
        place = _box(page, index, sides, (left, bottom)) if letter else None
        if places and (place is None or not _follows(places, place)):
            yield Word(text, _around(places), tuple(places))
            text, places = "", []
        if place is not None:
            text += letter
            places.append(place)
    if places:
        yield Word(text, _around(places), tuple(places))


def _follows(letters: Sequence[Rect], after: Rect) -> bool:
    """Say whether a letter goes on with a word: programs print texts without spaces too."""
    last = letters[-1]
    if after.top < last.bottom - _LINE or after.bottom > last.top + _LINE:
        return False
    height = max(last.height, after.height, letters[0].height)
    return abs(after.left - last.right) <= max(_GAP, _GAP_OF_HEIGHT * height)


def _letter(page: pypdfium2.PdfTextPage, index: int) -> str:
    code = c.FPDFText_GetUnicode(page.raw, index)
    if c.FPDFText_IsGenerated(page.raw, index) == 1:
        return "-" if chr(code) == "-" else " "
    if code == 0 or c.FPDFText_HasUnicodeMapError(page.raw, index) == 1:
        return "\ufffd"
    return "-" if chr(code) == _HYPHEN else chr(code)


def _box(
    page: pypdfium2.PdfTextPage, index: int, sides: _Sides, corner: tuple[float, float]
) -> Rect:
    """Return where a letter lies on the visible page; PDFium writes the ``sides``."""
    west, east, south, north = sides
    c.FPDFText_GetCharBox(page.raw, index, west, east, south, north)
    left, bottom = corner
    return Rect(west.value - left, south.value - bottom, east.value - left, north.value - bottom)


def _around(letters: Sequence[Rect]) -> Rect:
    return Rect(
        min(letter.left for letter in letters),
        min(letter.bottom for letter in letters),
        max(letter.right for letter in letters),
        max(letter.top for letter in letters),
    )
