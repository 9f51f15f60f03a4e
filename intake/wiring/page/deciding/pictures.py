"""Pictures of a returned file for who decides about it: whole pages, and strips around an answer.

Drawn in a limited child process when they are first asked for, and kept in memory alone, so many
bytes at most: nothing of them outlives the program. What cannot be drawn is no error: a person
opens the original instead.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import replace

from intake.formats.paper.page_pictures import grey_png, page_dots
from intake.model.address import SEPARATOR, places
from intake.model.definition import FormDefinition
from intake.model.errors import StoreUnavailable, UnreadableFile
from intake.model.file.picture import PageDots
from intake.model.finding_codes import FindingCode
from intake.model.receipt import Receipt
from intake.model.record import Entry
from intake.model.submission import FileFormat, Value
from intake.pipeline.returns.attempt import attempt
from intake.pipeline.returns.deliver import definition_of
from intake.pipeline.review.held import receipt_in_review
from intake.reports.review.crops import Strip, strip_of
from intake.reports.review.held_values import held_values
from intake.wiring.app import App
from intake.wiring.reading import drawing_executor

_MOST_BYTES = 96 << 20
"""Some fifty pages."""
_SECONDS = 20.0
"""For all pages that are drawn at once."""
_MORE = 3
"""Pages with answers in doubt that are drawn beside the one that is asked for."""
_AGAIN = 60.0
"""Seconds after which it is tried again to draw what could not be drawn."""
_FRAME, _APART = 2, 5
"""Dots: how thick the frame around an answer is, and how far from it."""
_DARK = b"\x60"


_MOST_PAGES = 30
"""Pages that are searched for an answer of which nothing was kept."""
Sides = tuple[float, float, float, float]


class _Kept:
    """The pages that were drawn last, by file and number; None for what cannot be drawn."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self._pages: OrderedDict[tuple[str, int], PageDots | None] = OrderedDict()
        self._tried: dict[tuple[str, int], float] = {}

    def has(self, sha256: str, page: int) -> bool:
        """Say whether a page was drawn, or could not be a moment ago: the machine may be busy."""
        key = (sha256, page)
        is_late = time.monotonic() - self._tried.get(key, 0.0) > _AGAIN
        return key in self._pages and not (self._pages[key] is None and is_late)

    def get(self, sha256: str, page: int) -> PageDots | None:
        """Return a page that was drawn, and keep it longest."""
        self._pages.move_to_end((sha256, page))
        return self._pages[sha256, page]

    def add(self, sha256: str, pages: Mapping[int, PageDots | None]) -> None:
        """Keep more pages, and forget the oldest where they are too many."""
        self._pages |= {(sha256, number): page for number, page in pages.items()}
        self._tried |= dict.fromkeys(((sha256, number) for number in pages), time.monotonic())
        while len(self._pages) > len(pages) and self._size() > _MOST_BYTES:
            key, _ = self._pages.popitem(last=False)
            self._tried.pop(key, None)

    def clear(self) -> None:
        """Forget all."""
        self._pages.clear()
        self._tried.clear()

    def _size(self) -> int:
        return sum(len(page.dots) for page in self._pages.values() if page)


_KEPT = _Kept()


def has_pages(receipt: Receipt) -> bool:
    """Say whether a file has pages that can be drawn, as far as is known without opening it."""
    codes = {finding.code for finding in receipt.findings}
    is_drawn = receipt.format in (FileFormat.PDF, FileFormat.IMAGE)
    return FindingCode.FILE_SCANNED in codes or (
        is_drawn and FindingCode.FILE_FIELD_DATA not in codes
    )


def page_of(app: App, receipt_id: str, page: int) -> bytes | None:
    """Return a page of a file in review as a PNG file; None where it cannot be drawn.

    Raises DecisionRefused where the file does not wait.
    """
    dots = _page(app, _entry(app, receipt_id), page)
    return grey_png(dots.columns, dots.dots) if dots else None


def page_count(app: App, receipt_id: str) -> int:
    """Return how many pages a file in review has; 0 where none can be drawn.

    Raises DecisionRefused where the file does not wait.
    """
    dots = _page(app, _entry(app, receipt_id), 1)
    return dots.pages if dots else 0


def crop_of(app: App, receipt_id: str, address: str) -> bytes | None:
    """Return the part of a page that shows one answer, framed, with its question, as a PNG file.

    None where it cannot be drawn, or nobody knows where it stands. Raises DecisionRefused where
    the file does not wait.
    """
    entry = _entry(app, receipt_id)
    definition = definition_of(app.printed_forms, entry.receipt)
    if definition is None or address not in _addresses(definition):
        return None
    values = entry.submission.values if entry.submission else ()
    value = next((one for one in values if one.address == address), None)
    page = value.location.page if value else None
    for number in (page,) if page is not None else range(1, _MOST_PAGES + 1):
        dots = _page(app, entry, number)
        if dots is None:
            return None
        strip = strip_of(dots.height, boxes_of(dots, address, value))
        if strip is not None:
            return _cut(dots, strip)
    return None


def _addresses(definition: FormDefinition) -> set[str]:
    return {replace(place, option=None).address for place in places(definition)}


def boxes_of(dots: PageDots, address: str, value: Value | None) -> list[Sides]:
    """Return where an answer stands on a drawn page: where it was read, else its fields' boxes."""
    if value is not None and value.location.box is not None:
        return [value.location.box]
    options = address + SEPARATOR
    own = (box for box in dots.boxes if box.name == address or box.name.startswith(options))
    return [box.sides for box in own]


def forget() -> None:
    """Keep no picture any more."""
    with _KEPT.turn:
        _KEPT.clear()


def _entry(app: App, receipt_id: str) -> Entry:
    return app.store.entry(receipt_in_review(app.store, receipt_id).id)


def _page(app: App, entry: Entry, page: int) -> PageDots | None:
    sha256 = entry.receipt.source.sha256
    with _KEPT.turn:
        if not _KEPT.has(sha256, page):
            _KEPT.add(sha256, _drawn(app, entry, _wanted(app, entry, page)))
        return _KEPT.get(sha256, page)


def _wanted(app: App, entry: Entry, page: int) -> list[int]:
    """Return the page, and those that will be asked for next: a child starts once for all."""
    held = held_values(entry, definition_of(app.printed_forms, entry.receipt))
    doubtful = dict.fromkeys(one.value.location.page for one in held if one.rank < 2)
    more = [n for n in (*doubtful, page + 1) if n is not None and n != page]
    sha256 = entry.receipt.source.sha256
    return [page, *[n for n in more if not _KEPT.has(sha256, n)][:_MORE]]


def _drawn(app: App, entry: Entry, pages: Collection[int]) -> dict[int, PageDots | None]:
    """Draw some pages behind the study's limits; one that fails is None, as are those after."""
    drawn: dict[int, PageDots | None] = dict.fromkeys(pages)
    end = time.monotonic() + _SECONDS
    try:
        content = app.archive.content(entry.receipt.source.sha256)
    except StoreUnavailable:  # gone or changed: `audit` says so
        return drawn
    with drawing_executor(app.study.limits) as executor:
        for page in pages:
            with executor.allotting(lambda: end - time.monotonic()):
                found = attempt(executor.submit(page_dots, content, page).result)
            if isinstance(found, UnreadableFile):
                break
            drawn[page] = found if found and found.is_whole else None
    return drawn


def _cut(dots: PageDots, strip: Strip) -> bytes:
    """Return a strip of a page as a PNG file, with a frame around the answer."""
    columns, rows = dots.columns, len(dots.dots) // dots.columns
    scale = columns / dots.width
    first = min(int(strip.top * scale), rows - 1)
    last = min(max(int(strip.bottom * scale) + 1, first + 1), rows)
    cut = bytearray(dots.dots[first * columns : last * columns])
    left, top, right, bottom = (round(side * scale) for side in strip.box)
    outer = (left - _APART, top - first - _APART, right + _APART, bottom - first + _APART)
    _frame(cut, columns, outer)
    return grey_png(columns, bytes(cut))


def _frame(dots: bytearray, columns: int, box: tuple[int, int, int, int]) -> None:
    """Draw the sides of a box, as far as they lie on the dots."""
    rows = len(dots) // columns
    left, right = (min(max(side, 0), columns) for side in (box[0], box[2]))
    for row in range(max(box[1], 0), min(box[3], rows)):
        is_edge = row < box[1] + _FRAME or row >= box[3] - _FRAME
        spans = [(left, right)] if is_edge else [(left, left + _FRAME), (right - _FRAME, right)]
        for start, end in spans:
            start, end = max(start, 0), min(end, columns)  # noqa: PLW2901 - as far as it is there
            if end > start:
                dots[row * columns + start : row * columns + end] = _DARK * (end - start)
