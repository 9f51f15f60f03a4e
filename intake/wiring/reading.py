"""How returned files are looked into: the executor, the readers, the ladder's lower rungs.

Blank forms that printed ones are read beside are the kept ones, else made anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial
from pathlib import Path

from intake.execution import libreoffice
from intake.execution.child import Terms
from intake.execution.limited import LimitedPool
from intake.formats.added.accounting import AddedRung
from intake.formats.office.conversion import ConvertedRung
from intake.formats.paper.page_pictures import draw_pages
from intake.formats.paper.printed import Blanks, PrintedRung
from intake.formats.paper.scanned import CountPages, ScannedRung
from intake.formats.pdf.read.reader import count_pages
from intake.formats.registry import inspect_file, open_file, unlock_file, writers
from intake.formats.wording.first_page import Front, StudyWords
from intake.model.definition import FormDefinition
from intake.model.stamp import FormStamp, SheetStamp
from intake.model.submission import FileFormat
from intake.pipeline.desk import FileReading
from intake.pipeline.forms.generate import Order, form_name, request_for
from intake.pipeline.sheets.making import sheet_name
from intake.ports import Executor, FormRequest, Forms, LowerRung
from intake.study.model import Limits, Study
from intake.workspace.places import Workspace
from intake.workspace.printed import FrontWords, Printed, read_printed
from intake.workspace.published import kept_forms

EveryBlank = Callable[[FormDefinition, str, str | None], Iterator[bytes]]
"""Definition, language and centre to blank PDF forms."""

_MOST_CHILDREN = 4
_MOST_BLANKS = 12
"""Blank forms held in memory, a third of a megabyte each."""
_DRAWING = ("intake.formats.paper.page_pictures", "pypdfium2")
_LOADED_FIRST = (
    "intake.formats.registry",
    "intake.formats.pdf.read.inspection",
    "intake.formats.paper.printed_file",
    "intake.formats.paper.exported_file",
    "intake.formats.paper.page_pictures",
    "intake.formats.word.read.inspection",
    "intake.formats.excel.read.inspection",
)


def limited_executor(limits: Limits) -> LimitedPool:
    """Return a pool of children held to the study's time and memory limits."""
    return LimitedPool(
        min(_MOST_CHILDREN, os.cpu_count() or 1),
        terms=terms_of(limits),
    )


def drawing_executor(limits: Limits) -> LimitedPool:
    """Return one child that draws pages and loads nothing else, held to the same limits."""
    return LimitedPool(1, terms=replace(terms_of(limits), modules=_DRAWING))


def terms_of(limits: Limits) -> Terms:
    """Return what a child may use by the study's limits, here and on a cluster."""
    return Terms(
        seconds=min(limits.seconds, limits.container_seconds),
        memory=limits.memory_megabytes << 20,
        modules=_LOADED_FIRST,
    )


def file_reading(
    executor: Executor,
    limits: Limits,
    work: Path | None,
    *knowing_forms: LowerRung,
    accounting: tuple[LowerRung, ...] = (),
) -> FileReading:
    """Return what looks into files; without the rungs that know forms, any form's.

    Conversions work in the folder ``work``, or in one of the system's.
    """
    convert = partial(libreoffice.converted, work=work)
    conversion = ConvertedRung(
        convert=convert if libreoffice.is_installed() else None,
        executor=executor,
        inspect=inspect_file,
    )
    return FileReading(
        executor=executor,
        open=open_file,
        rungs=(conversion, *knowing_forms),
        accounting=accounting,
        unlock=unlock_file,
        draw=draw_pages,
        max_bytes=limits.file_megabytes << 20,
        budget_seconds=limits.container_seconds,
    )


def rungs_for_forms(executor: Executor, forms: Forms, blanks: Blanks) -> tuple[LowerRung, ...]:
    """Return the rungs that need the study's forms, in the order in which they are tried.

    Scans come before printed forms: the words a scanner guessed are not printed answers.
    """
    scanned = ScannedRung(forms, pages_of(blanks, executor), executor)
    return scanned, PrintedRung(forms, blanks, executor)


def accounting_for(
    executor: Executor, places: Workspace, study: Study, forms: Forms
) -> tuple[LowerRung, ...]:
    """Return what says all that was added to a form, beside the blank it was made of."""

    def printed(definition: FormDefinition) -> frozenset[str]:
        return ever(kept_forms(places.form_templates, definition)).drawn

    def blanks(definition: FormDefinition, stamp: FormStamp) -> Iterator[bytes]:
        if stamp.sheet is not None:
            return kept_sheets(places, stamp.sheet)
        return every(definition, stamp.language, stamp.centre)

    ever = cache(read_printed)
    every = _every_blank(places, study)
    return (AddedRung(forms, printed, blanks, executor),)


def kept_sheets(places: Workspace, sheet: SheetStamp) -> Iterator[bytes]:
    """Yield the PDF of a query sheet as it was made, if it was made as one."""
    path = places.sheets / sheet_name(sheet, ".pdf")
    if path.is_file():
        yield path.read_bytes()


def blanks_of(places: Workspace, study: Study, forms: Forms) -> Blanks:
    """Return what gives the blank PDF forms that a stamp names, those of no centre; or a sheet."""

    def blanks(stamp: FormStamp) -> Iterator[bytes]:
        if stamp.sheet is not None:
            return kept_sheets(places, stamp.sheet)
        definition = forms.printed(stamp)
        if definition is None or stamp.language not in definition.languages:
            return iter(())
        return every(definition, stamp.language, None)

    every = _every_blank(places, study)
    return blanks


def _every_blank(places: Workspace, study: Study) -> EveryBlank:
    """Return what gives all that a centre's form may have been printed on, the likeliest first.

    That is the kept one, the form with today's words, with older ones, and before any.
    """

    def blanks(definition: FormDefinition, language: str, centre: str | None) -> Iterator[bytes]:
        order = replace(blank_order(study, definition), centre=centre)
        folder = kept_forms(places.form_templates, definition)
        kept = folder / form_name(order, language, ".pdf")
        content = kept.read_bytes() if centre is None and kept.is_file() else b""
        if content:
            yield content
        stamp = request_for(order, language).stamp
        for words in (*_every_words(order, read_printed(folder)), None):
            blank = _blank(_Version(definition, definition.fingerprint), stamp, words)
            if blank != content:
                yield blank

    return blanks


@dataclass(frozen=True, slots=True)
class _Version:
    """A form version, the same as another when their fingerprints are."""

    definition: FormDefinition = field(compare=False)
    fingerprint: str


@lru_cache(maxsize=_MOST_BLANKS)
def _blank(version: _Version, stamp: FormStamp, words: FrontWords | None) -> bytes:
    """Return a blank PDF form, written once a process: no word but these is printed on it."""
    request = FormRequest(language=stamp.language, stamp=stamp)
    if words is not None:
        request = request_for(_order_of(version.definition, words, stamp.centre), stamp.language)
    return writers()[FileFormat.PDF].write(version.definition, request)


def front_words(order: Order) -> FrontWords:
    """Return what an order has printed on first pages."""
    title = tuple(sorted(order.study_title.items()))
    return FrontWords(title, order.sponsor, order.contact, order.closing_date, order.minutes)


def _order_of(definition: FormDefinition, words: FrontWords, centre: str | None) -> Order:
    """Return the order of a form as it is, or was, when the study printed some words."""
    return Order(
        definition=definition,
        languages=definition.languages,
        centre=centre,
        study_title=dict(words.title),
        sponsor=words.sponsor,
        contact=words.contact,
        closing_date=words.closes,
        minutes=words.minutes,
    )


def _every_words(today: Order, printed: Printed) -> Iterator[FrontWords]:
    """Yield what the study prints today, then what it printed before, the newest first."""
    yield front_words(today)
    yield from (words for words in reversed(printed.words) if words != front_words(today))


def study_words(
    places: Workspace, study: Study, definitions: Iterable[FormDefinition]
) -> StudyWords:
    """Return what the study prints, and ever printed, on the first page of its forms."""
    ever: dict[FrontWords, None] = {}
    is_all = False
    for definition in definitions:
        printed = read_printed(kept_forms(places.form_templates, definition))
        is_all = is_all or bool(printed.words)
        ever |= dict.fromkeys(_every_words(blank_order(study, definition), printed))
    return StudyWords(tuple(map(_front, ever)), is_all=is_all)


def _front(words: FrontWords) -> Front:
    titles = tuple(text for _, text in words.title)
    closes = words.closes.isoformat() if words.closes else ""
    return Front(titles, words.sponsor, words.contact, closes, words.minutes)


def pages_of(blanks: Blanks, executor: Executor) -> CountPages:
    """Return what counts the pages of the PDF form, or sheet, that a stamp names."""

    def count(stamp: FormStamp) -> int:
        blank = next(iter(blanks(stamp)), None)
        return 0 if blank is None else executor.submit(count_pages, blank).result()

    return count


def blank_order(study: Study, definition: FormDefinition) -> Order:
    """Return the order of a form version's blank forms in every language."""
    return Order(
        definition=definition,
        languages=definition.languages,
        study_title=study.study.title,
        sponsor=study.study.sponsor,
        contact=study.contact.lines,
        minutes=study.study.minutes,
        closing_date=study.calendar.closes,
    )
