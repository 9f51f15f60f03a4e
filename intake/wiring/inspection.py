"""``inspect``: one file seen by its format, behind the same limits as any return."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from intake.formats.sniff import sniff
from intake.model.errors import StudyError, UnreadableFile
from intake.model.file.container import Contents
from intake.model.submission import Inspection
from intake.pipeline.returns import ladder
from intake.pipeline.returns.identify import identify
from intake.reports.inspection_json import (
    Telling,
    container_document,
    inspection_document,
    unreadable_document,
)
from intake.study.model import Limits
from intake.wiring.app import App
from intake.wiring.reading import file_reading, limited_executor
from intake.workspace.places import find_workspace


def inspected(path: Path, folder: Path, *, with_values: bool = False) -> dict[str, Any]:
    """Return what each reading sees in a file, as a document. Loads nothing.

    ``folder`` is in the workspace whose forms are known; anywhere else none are. A file that
    cannot be read has no format and says why in its notes; one that must be converted first
    is, if that can be done. Raises StudyError and DefinitionError for a faulty workspace.
    """
    try:
        found = _found(path)
    except UnreadableFile as problem:
        return unreadable_document(problem)
    telling = _telling(found, folder, with_values=with_values)
    if isinstance(found, Contents):
        kinds = [sniff(member.content).kind.value for member in found.members]
        return container_document(found, kinds, telling)
    return inspection_document(found, telling)


def _found(path: Path) -> Inspection | Contents:
    limits = Limits()
    with limited_executor(limits) as executor:
        reading = file_reading(executor, limits, None)
        content = path.read_bytes()
        begun = executor.submit(reading.open, content, path.name)
        return ladder.seen(reading, begun, path.name, lambda: content)


def _telling(found: Inspection | Contents, folder: Path, *, with_values: bool) -> Telling:
    """Return what may be told by the forms and words of the workspace around the folder."""
    try:
        root = find_workspace(folder)
    except StudyError:
        return Telling(with_values=with_values)
    app = App.open(root)
    if isinstance(found, Contents):
        return Telling(None, app.is_safe_name, with_values)
    return Telling(identify(found, app.forms).definition, app.is_safe_name, with_values)
