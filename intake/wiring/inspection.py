"""``inspect``: one file seen by its format, behind the same limits as any return."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from intake.formats.sniff import sniff
from intake.model.container import Contents
from intake.model.errors import UnreadableFile
from intake.pipeline.returns import ladder
from intake.reports.inspection_json import (
    container_document,
    inspection_document,
    unreadable_document,
)
from intake.study.model import Limits
from intake.wiring.reading import file_reading, limited_executor


def inspected(path: Path) -> dict[str, Any]:
    """Return what each reading sees in a file, as a document. Loads nothing.

    A file that cannot be read has no format and says why in its notes; one that must be
    converted first is, if that can be done.
    """
    limits = Limits()
    try:
        with limited_executor(limits) as executor:
            reading = file_reading(executor, limits, None)
            content = path.read_bytes()
            begun = executor.submit(reading.open, content, path.name)
            found = ladder.seen(reading, begun, path.name, lambda: content)
    except UnreadableFile as problem:
        return unreadable_document(problem)
    if isinstance(found, Contents):
        kinds = [sniff(member.content).kind.value for member in found.members]
        return container_document(found, kinds)
    return inspection_document(found)
