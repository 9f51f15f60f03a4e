"""Read a printed or flattened form beside its blank: pages found, laid on, read.

Runs in a limited child process: the returned file is hostile. What the answers mean for a
form is decided by ``formats.match`` and the checks, as for any other file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pypdfium2

from intake.formats.paper.blank_form import BlankForm, Face, blank_form
from intake.formats.paper.ink import papers
from intake.formats.paper.page_words import PrintedPage, Word, printed_pages
from intake.formats.paper.printed_answers import PrintedForm
from intake.formats.paper.printed_page import (
    LaidPage,
    added_words,
    page_answers,
    stray_words,
    unshown_words,
)
from intake.formats.paper.registration import Registration, register
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode
from intake.model.stamp import FormStamp, find_stamp

WHOLE = 0.85
"""Share of a blank page's words that a page drawn to its end shows."""
_SAME_LINE = 3.0
_PAGE = re.compile(
    r"(?P<fingerprint>[0-9A-F]{8})(?: · [A-Z][A-Z0-9-]* R\d+ Q\d+)?"
    r" · (?P<page>\d{1,3})\D{1,4}\d{1,3}(?!\d)"
)
"""The stroke between the numbers may be misread: some programs lose its meaning."""


def read_printed(content: bytes, blank: bytes, stamp: FormStamp) -> PrintedForm:
    """Return what a returned file says where its blank has boxes. Raises UnreadableFile."""
    form = blank_form(blank)
    ours = find_stamp(form.stamp)
    if ours is None or replace(ours, centre=stamp.centre) != stamp:
        return PrintedForm()  # a blank of another version or language
    try:
        with pypdfium2.PdfDocument(content) as document:
            pages = tuple(printed_pages(document))
            placed = dict(_placed(form, pages, stamp))
            looks = tuple(papers(document, draw_fields=True)) if placed else ()
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from error
    numbers = [number for page in pages if (number := _number(page, stamp))]
    laid_pages = {
        number: LaidPage(at + 1, form.face(number), Face(pages[at], looks[at]), lies)
        for number, (at, lies) in placed.items()
    }
    return _read(form, laid_pages, stamp, len(numbers) - len(set(numbers)))


def _placed(
    form: BlankForm, pages: Sequence[PrintedPage], stamp: FormStamp
) -> Iterator[tuple[int, tuple[int, Registration]]]:
    """Yield for each page of the form the returned page that shows it, and how it lies."""
    numbers = [_number(page, stamp) for page in pages]
    for number, blank in enumerate(form.faces, start=1):
        candidates = [at for at, said in enumerate(numbers) if said == number] or [
            at for at, said in enumerate(numbers) if said is None
        ]
        found = ((at, register(blank.page.words, pages[at].words)) for at in candidates)
        sure = ((at, lies) for at, lies in found if lies is not None and lies.is_sure)
        first = next(sure, None)
        if first is not None:
            yield number, first


def _number(page: PrintedPage, stamp: FormStamp) -> int | None:
    """Return the page number that stands beside the stamp."""
    told = (m for m in _PAGE.finditer(page.text) if m["fingerprint"] == stamp.fingerprint)
    return next((int(match["page"]) for match in told), None)


def _read(
    form: BlankForm, laid_pages: dict[int, LaidPage], stamp: FormStamp, repeated: int
) -> PrintedForm:
    answers = [
        answer
        for number, laid in laid_pages.items()
        for answer in page_answers(laid, form.boxes_of(number))
    ]
    numbers = range(1, len(form.faces) + 1)
    return PrintedForm(
        answers=tuple(answers),
        missing=tuple(number for number in numbers if number not in laid_pages),
        cut=tuple(number for number, laid in laid_pages.items() if not _is_whole(laid)),
        repeated=repeated,
        stray=sum(_strays(form, number, laid, stamp) for number, laid in laid_pages.items()),
        unshown=sum(_unshown(laid, stamp) for laid in laid_pages.values()),
    )


def _unshown(laid: LaidPage, stamp: FormStamp) -> int:
    """Count words of the blank that are not shown, but for feet: those name a centre."""
    feet = [w.middle[1] for w in laid.blank.page.words if w.text == stamp.fingerprint]
    heights = (word.middle[1] for word in unshown_words(laid))
    return sum(all(abs(h - foot) > _SAME_LINE for foot in feet) for h in heights)


def _is_whole(laid: LaidPage) -> bool:
    """Say whether a page shows nearly all the words of its blank."""
    shown = {word.text for word in laid.returned.page.words}
    wanted = {word.text for word in laid.blank.page.words}
    return len(wanted & shown) >= WHOLE * len(wanted)


def _strays(form: BlankForm, number: int, laid: LaidPage, stamp: FormStamp) -> int:
    """Count lines outside every box, but for the stamp, which may name another centre."""
    own = set(f"{stamp.text} {form.stamp}".split())
    footers = [w.middle[1] for w in laid.blank.page.words if w.text == stamp.fingerprint]
    strays = stray_words(form.boxes_of(number), added_words(laid))
    heads = _head(laid.blank.page.words)
    heights = [
        word.middle[1]
        for word in strays
        if word.text not in own and not any(_is_same_word(word, head) for head in heads)
    ]
    beside = [h for h in heights if not any(abs(h - other) <= _SAME_LINE for other in footers)]
    return len({round(height / (2 * _SAME_LINE)) for height in beside})


def _head(words: Iterable[Word]) -> tuple[Word, ...]:
    """Return the first line of a page: the name of the form and of the section."""
    words = tuple(words)
    top = max((word.middle[1] for word in words), default=0.0)
    return tuple(word for word in words if top - word.middle[1] <= _SAME_LINE)


def _is_same_word(word: Word, other: Word) -> bool:
    """Say whether two words of a line differ at most in capitals, as editions of a form do."""
    on_line = abs(word.middle[1] - other.middle[1]) <= _SAME_LINE
    return on_line and word.text.casefold() == other.text.casefold()
