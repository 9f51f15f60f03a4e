"""A returned file before and after it is looked into."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass

from intake.model.container import Contents
from intake.model.errors import UnreadableFile
from intake.model.receipt import SourceFile
from intake.model.submission import Inspection


@dataclass(frozen=True, slots=True)
class Started:
    """An archived file whose inspection has begun."""

    source: SourceFile
    inspection: Future[Inspection | Contents] | None = None
    """None for bytes already known: they are not read again."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file is: a form, a container with its members, unreadable, or known (None)."""

    source: SourceFile
    found: Inspection | Contents | UnreadableFile | None
    members: tuple[Looked, ...] = ()
    """A container's files; their bytes are in the archive only."""
