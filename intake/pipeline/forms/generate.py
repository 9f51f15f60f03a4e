"""Forms to send: which files, with which stamp and answers, under which name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from intake.model.address import places_by_address
from intake.model.definition import FormDefinition, LocalText
from intake.model.stamp import FormStamp
from intake.model.submission import FileFormat
from intake.pipeline.forms.written import written
from intake.ports import FormRequest, FormWriter, LayoutFault


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Which forms to build of one form version."""

    definition: FormDefinition
    languages: tuple[str, ...]
    centre: str | None = None
    study_title: LocalText
    sponsor: str
    contact: tuple[str, ...] = ()
    minutes: int | None = None
    closing_date: dt.date | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    """A record that the forms hold when they are sent; it has no fault."""
    subject: str = ""
    """The number of that record, where it is one that is held; for the files' names."""


def generate(order: Order, writers: Mapping[FileFormat, FormWriter]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and bytes of each form. Raises DefinitionError on a layout fault."""
    for language in order.languages:
        for writer in writers.values():
            content = writer.write(order.definition, request_for(order, language))
            yield form_name(order, language, writer.extension), content


def audit(
    order: Order, writers: Iterable[FormWriter]
) -> Iterator[tuple[FileFormat, str, LayoutFault]]:
    """Yield each place that a form's layout lost, cut or drew twice."""
    for language in order.languages:
        for writer in writers:
            for fault in writer.audit(order.definition, request_for(order, language)):
                yield writer.file_format, language, fault


def request_for(order: Order, language: str) -> FormRequest:
    """Return the request of one language."""
    definition = order.definition
    printed = places_by_address(definition)
    texts = written(definition, order.answers, language)
    stamp = FormStamp(
        form=definition.id,
        version=definition.version,
        language=language,
        fingerprint=definition.fingerprint,
        centre=order.centre,
    )
    return FormRequest(
        language=language,
        stamp=stamp,
        study_title=order.study_title.get(language, order.study_title[definition.languages[0]]),
        sponsor=order.sponsor,
        contact=order.contact,
        minutes=order.minutes,
        closing_date=order.closing_date,
        prefill={address: text for address, text in texts.items() if address in printed},
    )


def form_name(order: Order, language: str, extension: str) -> str:
    """Return e.g. ``form-1.0.0-fr.pdf``, with a centre ``form-1.0.0-fr-REI.pdf``.

    Of a record that is held, its number stands in the place of the centre.

    At most 60 characters, as the lengths of ids and versions allow.
    """
    parts = [order.definition.id, order.definition.version, language]
    if order.subject or order.centre:
        parts.append(order.subject or str(order.centre))
    return f"{'-'.join(parts)}{extension}"
