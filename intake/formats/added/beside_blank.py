"""Look at the pages of a returned PDF that are not as printed, beside the blank form.

Runs in a limited child process: the returned file is hostile. Only the pages named are
drawn; the blank's pages are kept for the next file.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping

import pikepdf
import pypdfium2

from intake.formats.added.addition import Added, Addition
from intake.formats.added.changed_boxes import doubtful_places, has_moved
from intake.formats.added.page_changes import SeenPage, is_of_form, page_changes, unlike_regions
from intake.formats.paper.blank_form import BlankForm, Face, blank_form
from intake.formats.paper.ink import papers
from intake.formats.paper.page_words import printed_pages
from intake.formats.pdf.read.walk import WalkedField, walk
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode


def added_to(
    content: bytes, blank: bytes, pages: Collection[int], shown: Mapping[int, int]
) -> Added:
    """Return what a file shows beyond its blank on the pages named, and in its boxes.

    ``shown`` tells which page of the blank some pages draw unchanged. Raises UnreadableFile.
    """
    form = blank_form(blank)
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
        fields = walk(pdf).fields
    try:
        with pypdfium2.PdfDocument(content) as document:
            seen = list(_seen(document, form, fields, pages))
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from error
    return Added(
        additions=tuple(addition for page in seen for addition in _additions(page, form)),
        foreign=tuple(page.number for page in seen if _of_form(page, form) is None),
        doubtful=doubtful_places(fields, form, shown),
        extent=sum(_extent(page, form) for page in seen),
    )


def _seen(
    document: pypdfium2.PdfDocument,
    form: BlankForm,
    fields: Collection[WalkedField],
    pages: Collection[int],
) -> Iterator[SeenPage]:
    wanted = [number for number in sorted(pages) if number <= len(document)]
    printed = printed_pages(document, wanted)
    drawn = papers(document, draw_fields=False, pages=wanted)
    for number, page, paper in zip(wanted, printed, drawn, strict=True):
        seen = SeenPage(number, page, Face(page, paper))
        own = _of_form(seen, form)
        is_other = own is not None and has_moved(form.boxes_of(own), fields, number)
        yield SeenPage(number, page) if is_other else seen


def _additions(seen: SeenPage, form: BlankForm) -> Iterator[Addition]:
    own = _of_form(seen, form)
    if own is not None:
        yield from page_changes(seen, form.face(own), form.boxes_of(own))


def _extent(seen: SeenPage, form: BlankForm) -> float:
    own = _of_form(seen, form)
    regions = [] if own is None else unlike_regions(seen, form.face(own))
    return sum((r.right - r.left) * (r.top - r.bottom) for r in regions)


def _of_form(seen: SeenPage, form: BlankForm) -> int | None:
    """Return which page of the form a page is, its own number tried first."""
    numbers = sorted(range(1, len(form.faces) + 1), key=lambda number: number != seen.number)
    return next((n for n in numbers if is_of_form(seen.page, form.face(n).page)), None)
