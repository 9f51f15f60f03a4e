"""How returned files are looked into: the executor, the readers, the ladder's lower rungs.

Blank forms that printed ones are read beside are the kept ones, else made anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
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
from intake.formats.wording.first_page import StudyWords
from intake.model.definition import FormDefinition
from intake.model.stamp import FormStamp, SheetStamp
from intake.model.submission import FileFormat
from intake.pipeline.desk import FileReading
from intake.pipeline.forms.generate import Order, form_name, request_for
from intake.pipeline.sheets.making import sheet_name
from intake.ports import Executor, FormRequest, Forms, LowerRung
from intake.study.model import Limits, Study
from intake.workspace.places import Workspace
from intake.workspace.published import kept_forms, printed_digests

_MOST_CHILDREN = 4
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
        terms=Terms(
            seconds=limits.seconds,
            memory=limits.memory_megabytes << 20,
            modules=_LOADED_FIRST,
        ),
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
        return digests_in(kept_forms(places.form_templates, definition))

    @cache
    def made(fingerprint: str, stamp: FormStamp, *, has_words: bool) -> bytes:
        definition = known[fingerprint]
        order = replace(blank_order(study, definition), centre=stamp.centre)
        kept = kept_forms(places.form_templates, definition)
        path = kept / form_name(order, stamp.language, ".pdf")
        if has_words and stamp.centre is None and path.is_file():
            return path.read_bytes()
        request = request_for(order, stamp.language)
        bare = FormRequest(language=stamp.language, stamp=request.stamp)
        writer = writers()[FileFormat.PDF]
        return writer.write(definition, request if has_words else bare)

    def blanks(definition: FormDefinition, stamp: FormStamp) -> Iterator[bytes]:
        """Yield the form with the study's words, then as it was before these were written.

        Of a query sheet, the one that was kept.
        """
        if stamp.sheet is not None:
            yield from kept_sheets(places, stamp.sheet)
            return
        known[definition.fingerprint] = definition
        yield made(definition.fingerprint, stamp, has_words=True)
        yield made(definition.fingerprint, stamp, has_words=False)

    known: dict[str, FormDefinition] = {}
    digests_in = cache(printed_digests)
    return (AddedRung(forms, printed, blanks, executor),)


def kept_sheets(places: Workspace, sheet: SheetStamp) -> Iterator[bytes]:
    """Yield the PDF of a query sheet as it was made, if it was made as one."""
    path = places.sheets / sheet_name(sheet, ".pdf")
    if path.is_file():
        yield path.read_bytes()


def blanks_of(places: Workspace, study: Study, forms: Forms) -> Blanks:
    """Return what gives the blank PDF forms that a stamp names, the kept one first."""

    @cache
    def made(fingerprint: str, language: str) -> bytes:
        definition = known[fingerprint]
        writer = writers()[FileFormat.PDF]
        return writer.write(definition, request_for(blank_order(study, definition), language))

    def blanks(stamp: FormStamp) -> Iterator[bytes]:
        if stamp.sheet is not None:
            yield from kept_sheets(places, stamp.sheet)
            return
        definition = forms.printed(stamp)
        if definition is None or stamp.language not in definition.languages:
            return
        known[definition.fingerprint] = definition
        name = form_name(blank_order(study, definition), stamp.language, ".pdf")
        kept = kept_forms(places.form_templates, definition) / name
        if kept.is_file():
            yield kept.read_bytes()
        yield made(definition.fingerprint, stamp.language)

    known: dict[str, FormDefinition] = {}
    return blanks


def study_words(study: Study) -> StudyWords:
    """Return what the study has printed on the first page of its forms."""
    titles = tuple(study.study.title.values())
    return StudyWords(titles, study.study.sponsor, study.contact.lines)


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
        closing_date=study.calendar.closes,
    )
