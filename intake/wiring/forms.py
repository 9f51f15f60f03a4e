"""Blank forms of a workspace: building, and where they are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from intake.formats.registry import writers
from intake.model.definition import FormDefinition
from intake.model.errors import DefinitionError, StudyError
from intake.model.submission import FileFormat
from intake.pipeline.generate import Order, generate
from intake.ports import FormWriter
from intake.wiring.app import App


def order_forms(
    app: App, *, version: str | None, language: str | None, centre: str | None
) -> Order:
    """Return which forms to build. Raises DefinitionError or StudyError for unknown names."""
    definition = _version(app, version)
    if language is not None and language not in definition.languages:
        spoken = ", ".join(definition.languages)
        raise DefinitionError(
            f"{definition.id} {definition.version} has no language {language}; it has {spoken}."
        )
    if centre is not None and centre not in {known.id for known in app.centres}:
        raise StudyError(
            f"{app.places.centres}: no centre {centre}. Add a line for it, then run again."
        )
    return Order(
        definition=definition,
        languages=(language,) if language else definition.languages,
        centre=centre,
        study_title=app.study.study.title,
        sponsor=app.study.study.sponsor,
        contact=app.study.contact.lines,
        closing_date=app.study.calendar.closes,
    )


def build_forms(order: Order, file_format: str | None) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each ordered form."""
    yield from generate(order, chosen_writers(file_format))


def chosen_writers(file_format: str | None) -> Mapping[FileFormat, FormWriter]:
    """Return the writers of one format, or of all."""
    known = writers()
    return {f: w for f, w in known.items() if file_format in (None, f.value)}


def kept_folder(app: App, definition: FormDefinition) -> Path:
    """Return the folder where a form version's blank forms are kept."""
    return app.places.form_templates / definition.id / definition.version


def _version(app: App, version: str | None) -> FormDefinition:
    if version is None:
        return app.definition
    found = app.forms.get(app.study.form, version)
    if found is None:
        known = ", ".join(d.version for d in app.forms.definitions() if d.id == app.study.form)
        raise DefinitionError(f"{app.study.form} has no version {version}; it has {known}.")
    return found
