"""The forms of a workspace: ordering them, building them, keeping the blank ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from intake.channels.files import write_atomically
from intake.formats.registry import writers
from intake.model.definition import FormDefinition
from intake.model.errors import DefinitionError, RecordRefused, StudyError
from intake.model.submission import FileFormat
from intake.pipeline.forms.centre_answers import CentreAnswers, centre_answers
from intake.pipeline.forms.generate import Order, generate
from intake.pipeline.forms.record_faults import record_faults
from intake.ports import FormWriter
from intake.study.centres import Centre
from intake.wiring.app import App
from intake.workspace.published import (
    PUBLISHED_FILE,
    digest,
    kept_forms,
    published_content,
    read_published,
)


def order_forms(
    app: App,
    *,
    version: str | None,
    language: str | None,
    centre: str | None,
    record: object = None,
) -> Order:
    """Return which forms to build; a centre's bring what the list of centres says of it.

    Raises DefinitionError or StudyError for unknown names, RecordRefused for a record that
    the form cannot hold.
    """
    definition = _version(app, version)
    if language is not None and language not in definition.languages:
        spoken = ", ".join(definition.languages)
        raise DefinitionError(
            f"{definition.id} {definition.version} has no language {language}; it has {spoken}."
        )
    return Order(
        definition=definition,
        languages=(language,) if language else definition.languages,
        centre=centre,
        study_title=app.study.study.title,
        sponsor=app.study.study.sponsor,
        contact=app.study.contact.lines,
        closing_date=app.study.calendar.closes,
        answers=_answers(definition, answers_of(app, definition, centre), record),
    )


def answers_of(app: App, definition: FormDefinition, centre: str | None) -> CentreAnswers:
    """Return what the list of centres says of one; nothing without. Raises StudyError."""
    return centre_answers(definition, _centre(app, centre)) if centre else CentreAnswers()


def build_forms(order: Order, file_format: str | None) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each ordered form."""
    yield from generate(order, chosen_writers(file_format))


def chosen_writers(file_format: str | None) -> Mapping[FileFormat, FormWriter]:
    """Return the writers of one format, or of all."""
    known = writers()
    return {f: w for f, w in known.items() if file_format in (None, f.value)}


def kept_folder(app: App, definition: FormDefinition) -> Path:
    """Return the folder where a form version's blank forms are kept."""
    return kept_forms(app.places.form_templates, definition)


def publish(app: App, definition: FormDefinition, built: Mapping[str, bytes]) -> None:
    """Write beside the kept forms which schema they are of; those not built now stay listed."""
    folder = kept_folder(app, definition)
    before = read_published(folder)
    files = dict(before.files) if before is not None else {}
    files |= {name: digest(content) for name, content in built.items()}
    write_atomically(folder / PUBLISHED_FILE, published_content(definition, files))


def kept_states(app: App, version: str | None) -> Mapping[Path, str]:
    """Return whether each kept file is ``current``, ``stale``, ``missing`` or ``unknown``.

    Builds every blank form anew to compare, and writes nothing.
    """
    order = order_forms(app, version=version, language=None, centre=None)
    wanted = dict(build_forms(order, None))
    digests = {name: digest(content) for name, content in wanted.items()}
    wanted[PUBLISHED_FILE] = published_content(order.definition, digests)
    folder = kept_folder(app, order.definition)
    found = {path.name: path for path in folder.iterdir()} if folder.is_dir() else {}
    states = {folder / name: _state(folder / name, content) for name, content in wanted.items()}
    return states | {path: "unknown" for name, path in sorted(found.items()) if name not in wanted}


def _state(path: Path, wanted: bytes) -> str:
    if not path.is_file():
        return "missing"
    return "current" if path.read_bytes() == wanted else "stale"


def _answers(definition: FormDefinition, known: CentreAnswers, record: object) -> Mapping[str, Any]:
    """Return a centre's answers with those of a record over them. Raises RecordRefused."""
    if record is None:
        return known.record
    faults = record_faults(definition, record)
    if faults or not isinstance(record, Mapping):
        raise RecordRefused("the record cannot be written in the form:\n  " + "\n  ".join(faults))
    item = definition.identity.centre
    letters = known.record.get(item)
    if letters is not None and record.get(item, letters) != letters:
        raise RecordRefused(f"{item}: the record is of another centre than the form")
    beside = record.get("_missing", {})
    own = {name: answer for name, answer in known.record.items() if name not in beside}
    return {**own, **record}


def _centre(app: App, wanted: str) -> Centre:
    found = next((centre for centre in app.centres if centre.id == wanted), None)
    if found is None:
        raise StudyError(
            f"{app.places.centres}: no centre {wanted}. Add a line for it, then run again."
        )
    return found


def _version(app: App, version: str | None) -> FormDefinition:
    if version is None:
        return app.definition
    found = app.forms.get(app.study.form, version)
    if found is None:
        known = ", ".join(d.version for d in app.forms.definitions() if d.id == app.study.form)
        raise DefinitionError(f"{app.study.form} has no version {version}; it has {known}.")
    return found
