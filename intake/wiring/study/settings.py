"""The study's settings: what is asked, before a study is there and later, and changing them.

What is written is ``study.toml`` itself, whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from intake.channels.files import write_atomically
from intake.model.errors import DefinitionError, StudyError
from intake.model.local_text import LocalText
from intake.study.answers import Answers, Changed, answered
from intake.study.questionnaire import Asked, named, questionnaire
from intake.study.settings import STUDY_FILE, document_of, faults_of, parse_study
from intake.wiring.app import App
from intake.wiring.setup import new_files
from intake.words.told import told
from intake.workspace.lock import only_one
from intake.workspace.places import Workspace, find_workspace, locate

_NOTHING: Mapping[str, Any] = {}
_PRINTED = ("study.", "contact.", "calendar.closes")
"""What the forms sent to centres bear."""


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """What is otherwise now, and what comes of it, in every language."""

    changed: tuple[Changed, ...]
    said: tuple[LocalText, ...]

    @property
    def document(self) -> Mapping[str, Any]:
        """Return all of it, ready for JSON."""
        return asdict(self)


def first_questions(
    schema: Path | None = None,
    typed: Answers = _NOTHING,
    faults: Mapping[str, LocalText] = _NOTHING,
) -> tuple[Asked, ...]:
    """Return what is asked before a study is there, of the form shipped or of a schema's.

    Raises DefinitionError for a schema that has a fault.
    """
    document = document_of(new_files(schema)[STUDY_FILE], STUDY_FILE)
    return tuple(one for one in questionnaire(document, typed, faults) if one.is_first)


def study_questions(
    root: Path, typed: Answers = _NOTHING, faults: Mapping[str, LocalText] = _NOTHING
) -> tuple[Asked, ...]:
    """Return what is asked about a study that is there, and what is wrong in its answers.

    Raises StudyError where the file cannot be read at all.
    """
    document = document_of(_read(root), str(root / STUDY_FILE))
    return questionnaire(document, typed, faults or faults_of(document))


def change_settings(root: Path, answers: Answers, *, whole: bool = False) -> SettingsChanged:
    """Write answers into ``study.toml``, and say what is otherwise now.

    Args:
        root: the folder of the study.
        answers: typed texts by key (``contact.email``); the other lines do not change by a byte.
        whole: refuse while anything that is needed is still to be filled in.

    Raises:
        AnswersRefused: with the fault of each key; nothing was written.
        StudyError, StoreUnavailable: the file cannot be read or changed; a run is under way.
    """
    source = str(root / STUDY_FILE)
    spoken = _spoken(root) if "study.languages" in answers else ()

    def after() -> tuple[bytes, tuple[Changed, ...]]:
        return answered(_read(root), answers, source, spoken=spoken, whole=whole)

    planned, _ = after()  # refused before anything is locked
    places = locate(root, parse_study(planned, source))
    with only_one(places.archive / "run.lock"):
        written, changed = after()
        if changed:
            _write(root, written)
    return SettingsChanged(changed, tuple(_said(places, changed)))


def _read(root: Path) -> bytes:
    path = root / STUDY_FILE
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise StudyError(told("setup.study.absent", source=str(path))) from None
    except OSError as error:
        problem = str(error.strerror)
        raise StudyError(told("setup.unread", source=str(path), problem=problem)) from None


def _write(root: Path, content: bytes) -> None:
    try:
        write_atomically(root / STUDY_FILE, content)
    except OSError as error:
        problem = str(error.strerror)
        source = str(root / STUDY_FILE)
        raise StudyError(told("settings.not_written", source=source, problem=problem)) from None


def _spoken(root: Path) -> tuple[str, ...]:
    """Return the languages of the study's form; none where it cannot be read."""
    try:
        return App.open(root).definition.languages
    except (StudyError, DefinitionError):
        return ()


def _said(places: Workspace, changed: tuple[Changed, ...]) -> Iterator[LocalText]:
    if not changed:
        yield told("settings.nothing")
    for one in changed:
        kind = "emptied" if not one.after else "changed_from" if one.before else "changed"
        texts = {"before": _one_line(one.before), "after": _one_line(one.after)}
        yield told(f"settings.{kind}", label=named(one.key), **texts)
    if any(one.key.startswith("calendar.") for one in changed):
        yield told("settings.after_dates")
    is_built = places.form_templates.is_dir() and any(places.form_templates.iterdir())
    if is_built and any(one.key.startswith(_PRINTED) for one in changed):
        yield told("settings.after_forms")


def _one_line(text: str) -> str:
    return " ; ".join(text.splitlines())


def title_key(schema: Path | None, language: str = "") -> str:
    """Return the key of a new study's title, in a language or in that of its form."""
    if not language:
        language = parse_study(new_files(schema)[STUDY_FILE]).language
    return f"study.title.{language}"


def study_folder(start: Path) -> Path:
    """Return the folder of the study that a folder is in. Raises StudyError."""
    return find_workspace(start)
