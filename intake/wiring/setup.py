"""Making a workspace: the planned files, and the key of the pseudonyms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from intake.model.errors import StudyError
from intake.schema.compile.definition import compile_definition
from intake.storage.proof.pseudonym import create_key
from intake.study.answers import Answers, answered
from intake.study.settings import STUDY_FILE, Study, load_study, parse_study
from intake.wiring.schema_check import refuse_faulty
from intake.words.told import told
from intake.workspace.form_library import read_document
from intake.workspace.new import Written, shipped_files, write_workspace
from intake.workspace.other_study import other_study
from intake.workspace.places import locate

_NO_ANSWERS: Answers = {}


def set_up_workspace(
    root: Path,
    schema: Path | None = None,
    answers: Answers = _NO_ANSWERS,
    *,
    whole: bool = False,
) -> Written:
    """Create what is missing in a folder, its key included; overwrite nothing.

    Args:
        root: the folder, which may not exist.
        schema: of another form than the one shipped; the study is then that of its form.
        answers: what study.toml says, typed, by key; only for a folder without a study.
        whole: refuse while anything that is needed has no answer.

    Raises:
        AnswersRefused: with the fault of each key; nothing was created.
        StudyError: the folder cannot be written, holds a wrong study.toml or another study.
        DefinitionError: the schema has a fault.
    """
    files = new_files(schema)
    planned = parse_study(files[STUDY_FILE])
    if (root / STUDY_FILE).is_file():
        _refuse_other(root, planned if schema is not None else None, answers)
    else:
        written, _ = answered(
            files[STUDY_FILE], answers, STUDY_FILE, spoken=planned.study.languages, whole=whole
        )
        files = {**files, STUDY_FILE: written}
    done = write_workspace(root, files)
    places = locate(root, load_study(root))
    name = str(places.key)
    if places.key.is_relative_to(places.root):
        name = places.key.relative_to(places.root).as_posix()
    if places.key.exists():
        return replace(done, kept=(*done.kept, name))
    create_key(places.key)
    return replace(done, created=(*done.created, name))


def new_files(schema: Path | None) -> Mapping[str, bytes]:
    """Return the files of a new study: the one shipped, or of a schema's form, by relative name.

    Raises DefinitionError for a schema that has a fault.
    """
    if schema is None:
        return shipped_files()
    refuse_faulty(schema)
    definition = compile_definition(read_document(schema))
    today = dt.datetime.now(dt.UTC).astimezone().date()
    return other_study(shipped_files(), definition, schema.read_bytes(), today)


def _refuse_other(root: Path, planned: Study | None, answers: Answers) -> None:
    """Raise StudyError where a study is there that is another, or that answers would change."""
    there = load_study(root)
    if planned is not None and there.form != planned.form:
        raise StudyError(
            f"{root / STUDY_FILE}: the study here is of the form {there.form}."
            f" Make a folder of its own for {planned.form}."
        )
    if answers:
        raise StudyError(told("settings.there", folder=str(root)))
