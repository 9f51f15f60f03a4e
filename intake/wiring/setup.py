"""Making a workspace: the planned files, and the key of the pseudonyms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from intake.model.errors import StudyError
from intake.schema.compile.definition import compile_definition
from intake.storage.proof.pseudonym import create_key
from intake.study.settings import STUDY_FILE, load_study
from intake.wiring.schema_check import refuse_faulty
from intake.workspace.form_library import read_document
from intake.workspace.new import Written, shipped_files, write_workspace
from intake.workspace.other_study import other_study
from intake.workspace.places import locate


def set_up_workspace(root: Path, schema: Path | None = None) -> Written:
    """Create what is missing in a folder, its key included; overwrite nothing.

    With a schema, the study is that of its form. Raises StudyError when the folder cannot be
    written, holds a wrong study.toml or another study; DefinitionError for a faulty schema.
    """
    done = write_workspace(root, shipped_files() if schema is None else _of_form(root, schema))
    places = locate(root, load_study(root))
    name = str(places.key)
    if places.key.is_relative_to(places.root):
        name = places.key.relative_to(places.root).as_posix()
    if places.key.exists():
        return replace(done, kept=(*done.kept, name))
    create_key(places.key)
    return replace(done, created=(*done.created, name))


def _of_form(root: Path, schema: Path) -> Mapping[str, bytes]:
    """Return the files of a study of another form. Raises DefinitionError, StudyError."""
    refuse_faulty(schema)
    definition = compile_definition(read_document(schema))
    if (root / STUDY_FILE).is_file() and load_study(root).form != definition.id:
        raise StudyError(
            f"{root / STUDY_FILE}: the study here is of the form {load_study(root).form}."
            f" Make a folder of its own for {definition.id}."
        )
    today = dt.datetime.now(dt.UTC).astimezone().date()
    return other_study(shipped_files(), definition, schema.read_bytes(), today)
