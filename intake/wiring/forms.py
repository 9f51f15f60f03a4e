"""The forms of a workspace: ordering them, building them, writing them where they belong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from intake.channels.files import write_atomically
from intake.formats.office.repack import packed
from intake.formats.pdf.read.reader import drawn_digests, is_pdf
from intake.formats.registry import writers
from intake.model.definition import FormDefinition
from intake.model.errors import DefinitionError, RecordRefused, StudyError
from intake.model.local_text import LocalText
from intake.model.submission import FileFormat
from intake.pipeline.forms.centre_answers import CentreAnswers, centre_answers, with_record
from intake.pipeline.forms.generate import Order, generate
from intake.pipeline.forms.package import Pack, package
from intake.ports import FormWriter
from intake.study.centres import Centre
from intake.wiring.app import App
from intake.wiring.reading import blank_order, front_words
from intake.wiring.schema_check import refuse_faulty
from intake.words.told import told
from intake.workspace.form_library import read_document
from intake.workspace.left_to_fill import left_lines, left_to_fill, require_filled
from intake.workspace.printed import PAGES_FILE, printed_content, read_printed
from intake.workspace.published import (
    PUBLISHED_FILE,
    digest,
    kept_forms,
    published_content,
    read_published,
)

SENT = "forms"
"""Where the forms of centres go, in the outbox."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which forms are wanted, as a person names them; None where any, or all, will do."""

    version: str | None = None
    language: str | None = None
    file_format: str | None = None
    centre: str | None = None
    record: Path | None = None
    """A JSON file with the answers that the forms hold when they are sent."""
    held: str | None = None
    """The record, by its number, whose answers they hold."""


@dataclass(frozen=True, slots=True)
class WrittenForm:
    """One file that was written; ``number`` of ``total`` where centres are served in turn."""

    path: Path
    size: int
    number: int = 0
    total: int = 0
    rows_left: tuple[str, ...] = ()
    """Visible codes of the rows that its record holds and that it has no place for."""


@dataclass(frozen=True, slots=True)
class LeftBlank:
    """What the list of centres says and no answer of the form can say."""

    centre: str
    column: str
    text: str
    code: str


OnLeftBlank = Callable[[LeftBlank], None]


def write_forms(
    app: App, wanted: Wanted, folder: Path | None, on_left_blank: OnLeftBlank
) -> Iterator[WrittenForm]:
    """Write the forms of one order, and say each as soon as it stands there.

    Without a folder, blank forms are kept and published, a centre's go into the outbox.
    Raises DefinitionError, and writes nothing, when the schema has a fault.
    """
    if wanted.centre:
        require_filled(app.places, app.study, [_centre(app, wanted.centre).id])
    require_sound(app, _version(app, wanted.version))
    order = _ordered(app, wanted, on_left_blank)
    kept = kept_folder(app, order.definition)
    target = folder or (app.places.outbox / SENT if wanted.centre else kept)
    built: dict[str, bytes] = {}
    for name, content in build_forms(order, wanted.file_format):
        write_atomically(target / name, content)
        built[name] = content
        yield WrittenForm(target / name, len(content))
    remember_pages(app, order, built.values())
    if target.resolve() == kept.resolve():
        publish(app, order.definition, built)


def write_packages(
    app: App, wanted: Wanted, folder: Path | None, on_left_blank: OnLeftBlank
) -> Iterator[WrittenForm]:
    """Write one archive for the centre wanted, or for each of the list. Raises StudyError."""
    centres = (
        [_centre(app, wanted.centre).id] if wanted.centre else [centre.id for centre in app.centres]
    )
    if not centres:
        raise StudyError(told("setup.centres.none", source=str(app.places.centres)))
    require_filled(app.places, app.study, centres)
    require_sound(app, _version(app, wanted.version))
    target = folder or app.places.outbox / SENT
    language = _package_language(app, wanted.language)
    for number, centre in enumerate(centres, start=1):
        one = replace(wanted, centre=centre, language=language)
        order = _ordered(app, one, on_left_blank)
        name, content = package(order, chosen_writers(one.file_format), _remembering(app, order))
        write_atomically(target / name, content)
        yield WrittenForm(target / name, len(content), number, len(centres))


def require_sound(app: App, definition: FormDefinition) -> None:
    """Raise DefinitionError when ``check-schema`` refuses the schema that forms are built from."""
    path = app.places.schemas / definition.id / f"{definition.version}.json"
    refuse_faulty(path, kept_folder(app, definition))


def _remembering(app: App, order: Order) -> Pack:
    """Return what packs the forms of a centre, after their pages are remembered."""

    def pack(files: Mapping[str, bytes]) -> bytes:
        remember_pages(app, order, files.values())
        return packed(files)

    return pack


def still_to_fill(app: App) -> tuple[LocalText, ...]:
    """Return a line for each placeholder of the study that blank forms print. Raises StudyError."""
    return left_lines(left_to_fill(app.places, app.study, ()))


def is_kept_folder(app: App, version: str | None, folder: Path) -> bool:
    """Say whether the blank forms of a version are kept in a folder."""
    return folder.resolve() == kept_folder(app, _version(app, version)).resolve()


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
    return replace(
        blank_order(app.study, definition),
        languages=(language,) if language else definition.languages,
        centre=centre,
        answers=with_record(definition, _answers_of(app, definition, centre), record),
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
    return kept_forms(app.places.form_templates, definition)


def publish(app: App, definition: FormDefinition, built: Mapping[str, bytes]) -> None:
    """Write beside the kept forms which schema they are of; those not built now stay listed."""
    folder = kept_folder(app, definition)
    before = read_published(folder)
    files = dict(before.files) if before is not None else {}
    files |= {name: digest(content) for name, content in built.items()}
    write_atomically(folder / PUBLISHED_FILE, published_content(definition, files))


def remember_pages(app: App, order: Order, built: Iterable[bytes]) -> None:
    """Add what forms print to what was ever printed of their version.

    A form that comes back is told from its blank by it, whatever centre or date it was for.
    """
    folder = kept_folder(app, order.definition)
    before = read_printed(folder)
    after = before.with_form(_drawn(built), front_words(order))
    if after != before:
        write_atomically(folder / PAGES_FILE, printed_content(order.definition, after))


def _drawn(built: Iterable[bytes]) -> frozenset[str]:
    return frozenset(digest for form in built if is_pdf(form) for digest in drawn_digests(form))


def kept_states(app: App, version: str | None) -> Mapping[Path, str]:
    """Return whether each kept file is ``current``, ``stale``, ``missing`` or ``unknown``.

    Builds every blank form anew to compare, and writes nothing.
    """
    order = order_forms(app, version=version, language=None, centre=None)
    wanted = dict(build_forms(order, None))
    digests = {name: digest(content) for name, content in wanted.items()}
    wanted[PUBLISHED_FILE] = published_content(order.definition, digests)
    folder = kept_folder(app, order.definition)
    printed = read_printed(folder).with_form(_drawn(wanted.values()), front_words(order))
    wanted[PAGES_FILE] = printed_content(order.definition, printed)
    found = {path.name: path for path in folder.iterdir()} if folder.is_dir() else {}
    states = {folder / name: _state(folder / name, content) for name, content in wanted.items()}
    return states | {path: "unknown" for name, path in sorted(found.items()) if name not in wanted}


def _state(path: Path, wanted: bytes) -> str:
    if not path.is_file():
        return "missing"
    return "current" if path.read_bytes() == wanted else "stale"


def _ordered(app: App, wanted: Wanted, on_left_blank: OnLeftBlank) -> Order:
    """Return the order of one centre or none, after saying what its forms leave blank."""
    order = order_forms(
        app,
        version=wanted.version,
        language=wanted.language,
        centre=wanted.centre,
        record=_record(wanted.record),
    )
    for left in _answers_of(app, order.definition, wanted.centre).unmatched:
        if left.item.name not in order.answers:
            on_left_blank(LeftBlank(str(wanted.centre), left.column, left.text, left.item.code))
    return order


def _package_language(app: App, language: str | None) -> str:
    """Return the language of a package: the one asked, else the study's, else the form's."""
    spoken = app.definition.languages
    return language or (app.study.language if app.study.language in spoken else spoken[0])


def _record(path: Path | None) -> object:
    """Return what a record's file holds. Raises RecordRefused when it is no JSON object."""
    try:
        return None if path is None else read_document(path)
    except DefinitionError as problem:
        raise RecordRefused(str(problem)) from None


def _answers_of(app: App, definition: FormDefinition, centre: str | None) -> CentreAnswers:
    """Return what the list of centres says of one; nothing without. Raises StudyError."""
    return centre_answers(definition, _centre(app, centre)) if centre else CentreAnswers()


def _centre(app: App, wanted: str) -> Centre:
    found = next((centre for centre in app.centres if centre.id == wanted), None)
    if found is None:
        raise StudyError(
            told("setup.centres.unknown", source=str(app.places.centres), centre=wanted)
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
