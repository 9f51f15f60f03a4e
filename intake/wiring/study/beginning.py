"""Beginning a study from a page: the questions of a form, then the workspace; as ``init`` does."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from intake.model.errors import DefinitionError
from intake.model.local_text import LocalText
from intake.study.answers import Answers
from intake.study.questionnaire import Asked
from intake.wiring.setup import set_up_workspace
from intake.wiring.study.settings import first_questions
from intake.workspace.new import Written

_NOTHING: Mapping[str, Any] = {}


def questions_to_begin(
    schema: bytes | None, typed: Answers = _NOTHING, faults: Mapping[str, LocalText] = _NOTHING
) -> tuple[Asked, ...]:
    """Return what is asked before a study is there, of the form shipped or of a given schema.

    Raises DefinitionError for a schema that has a fault.
    """
    with _file_of(schema) as path:
        return first_questions(path, typed, faults)


def begin_study(folder: Path, schema: bytes | None, answers: Answers) -> Written:
    """Make a folder a workspace; everything that is needed must have an answer.

    Raises AnswersRefused, DefinitionError or StudyError; nothing was created then.
    """
    with _file_of(schema) as path:
        return set_up_workspace(folder, path, answers, whole=True)


@contextmanager
def _file_of(schema: bytes | None) -> Iterator[Path | None]:
    """Give a schema's bytes a file of their own, whose place no fault tells."""
    if schema is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="schema-") as folder:
        path = Path(folder) / "schema.json"
        path.write_bytes(schema)
        try:
            yield path
        except DefinitionError as problem:
            shown = str(problem).replace(f"{folder}/", "").replace(folder, "")
            raise DefinitionError(shown) from None
