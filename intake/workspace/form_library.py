"""The published form versions of one folder: ``<form>/<version>.json``.

Read once, on first use; a text met before in this process is not compiled again. A published
file is never edited: its fingerprint is printed on every form, so two versions with one
fingerprint are refused, and so is a version whose fingerprint is no longer the published one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from intake.model.definition import FormDefinition, version_order
from intake.model.errors import DefinitionError
from intake.model.stamp import FormStamp
from intake.schema.compile.definition import compile_definition
from intake.schema.versions.formerly import misnamed
from intake.workspace.published import kept_forms, refuse_changed


class SchemaLibrary:
    """All form versions under one folder, compiled."""

    def __init__(self, folder: Path, kept: Path | None = None) -> None:
        """Remember the folder; nothing is read yet.

        Args:
            folder: of the schemas.
            kept: of the blank forms, to refuse a published schema that changed.
        """
        self._folder = folder
        self._kept = kept

    def definitions(self) -> tuple[FormDefinition, ...]:
        """Return every form version by form, the oldest version first.

        Raises DefinitionError naming the file that cannot be used.
        """
        return self._definitions

    def get(self, form: str, version: str) -> FormDefinition | None:
        """Return one form version, or None."""
        wanted = (form, version)
        return next((d for d in self._definitions if (d.id, d.version) == wanted), None)

    def printed(self, stamp: FormStamp) -> FormDefinition | None:
        """Return the form version that a stamp names with its fingerprint; no query sheet."""
        found = self.get(stamp.form, stamp.version)
        is_so = found is not None and found.fingerprint == stamp.fingerprint
        return found if is_so and stamp.sheet is None else None

    def by_fingerprint(self, digits: str) -> FormDefinition | None:
        """Return the form version with this fingerprint, or None."""
        wanted = digits.upper()
        return next((d for d in self._definitions if d.fingerprint == wanted), None)

    def latest(self, form: str) -> FormDefinition | None:
        """Return the newest version of a form, or None when the form is unknown."""
        return next((d for d in reversed(self._definitions) if d.id == form), None)

    @cached_property
    def _definitions(self) -> tuple[FormDefinition, ...]:
        found = [_load(path) for path in sorted(self._folder.glob("*/*.json"))]
        check_fingerprints(found)
        if self._kept is not None:
            for definition in found:
                refuse_changed(definition, kept_forms(self._kept, definition))
        found.sort(key=lambda d: (d.id, version_order(d.version)))
        _refuse_misnamed(found)
        return tuple(found)


def read_document(path: Path) -> dict[str, Any]:
    """Return the JSON object of a schema file; a member given twice is refused.

    Raises DefinitionError naming the file.
    """
    with _naming(path):
        return _document(_text(path))


def check_fingerprints(definitions: Sequence[FormDefinition]) -> None:
    """Raise DefinitionError when two form versions cannot be told apart on paper."""
    seen: dict[str, FormDefinition] = {}
    for definition in definitions:
        other = seen.setdefault(definition.fingerprint, definition)
        if other is not definition:
            raise DefinitionError(
                f"{definition.id} {definition.version} and {other.id} {other.version} have the "
                f"same fingerprint {definition.fingerprint}: change a word in one of them"
            )


def _refuse_misnamed(definitions: Sequence[FormDefinition]) -> None:
    """Raise DefinitionError when a version says of an older one what is not so.

    Answers of the older version would then be shown in the wrong column, or in none.
    """
    for place, definition in enumerate(definitions):
        older = [form for form in definitions[:place] if form.id == definition.id]
        for wrong in misnamed(definition, older):
            form = f"{definition.id} {definition.version}"
            raise DefinitionError(f"{form}: {wrong.name}: {wrong.problem}. {wrong.advice}.")


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Put the file's name before what is wrong with it."""
    try:
        yield
    except DefinitionError as problem:
        raise DefinitionError(f"{path}: {problem}") from problem


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as problem:
        raise DefinitionError(f"cannot be read as JSON: {problem}") from problem


def _document(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text, object_pairs_hook=_members, parse_constant=_no_number)
    except ValueError as problem:
        raise DefinitionError(f"cannot be read as JSON: {problem}") from problem
    if not isinstance(document, dict):
        raise DefinitionError("must hold a JSON object")
    return document


@lru_cache(maxsize=16)
def _compiled(text: str) -> FormDefinition:
    """Return the definition that a text holds; equal texts share one, which nobody changes."""
    definition = compile_definition(_document(text))
    try:
        version_order(definition.version)
    except ValueError as problem:
        raise DefinitionError("the version must be numbers and dots: 1.0.0") from problem
    return definition


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice!r} is given twice in one object")
    return members


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is not a number")


def _load(path: Path) -> FormDefinition:
    with _naming(path):
        definition = _compiled(_text(path))
    if (definition.id, definition.version) != (path.parent.name, path.stem):
        raise DefinitionError(
            f"{path}: holds {definition.id} {definition.version}; "
            f"it belongs in {definition.id}/{definition.version}.json"
        )
    return definition
