"""The blank forms that printed ones are read beside: the kept file, else one made anew."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from intake.formats.paper.printed import Blanks
from intake.formats.paper.scanned import CountPages
from intake.formats.pdf.read.reader import count_pages
from intake.formats.registry import writers
from intake.model.definition import FormDefinition
from intake.model.submission import FileFormat
from intake.pipeline.forms.generate import Order, form_name, request_for
from intake.ports import Executor
from intake.study.settings import Study
from intake.workspace.places import Workspace
from intake.workspace.published import kept_forms


def blanks_of(places: Workspace, study: Study) -> Blanks:
    """Return what gives the blank PDF forms of a version, the kept one first."""

    @cache
    def made(fingerprint: str, language: str) -> bytes:
        definition = known[fingerprint]
        writer = writers()[FileFormat.PDF]
        return writer.write(definition, request_for(_order(study, definition), language))

    def blanks(definition: FormDefinition, language: str) -> Iterator[bytes]:
        known[definition.fingerprint] = definition
        name = form_name(_order(study, definition), language, ".pdf")
        kept = kept_forms(places.form_templates, definition) / name
        if kept.is_file():
            yield kept.read_bytes()
        yield made(definition.fingerprint, language)

    known: dict[str, FormDefinition] = {}
    return blanks


def _order(study: Study, definition: FormDefinition) -> Order:
    return Order(
        definition=definition,
        languages=definition.languages,
        study_title=study.study.title,
        sponsor=study.study.sponsor,
        contact=study.contact.lines,
        closing_date=study.calendar.closes,
    )


def pages_of(blanks: Blanks, executor: Executor) -> CountPages:
    """Return what counts the pages of a version's PDF form in a language."""

    def count(definition: FormDefinition, language: str) -> int:
        if language not in definition.languages:
            return 0
        blank = next(iter(blanks(definition, language)))
        return executor.submit(count_pages, blank).result()

    return count
