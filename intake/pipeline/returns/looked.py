"""A returned file before, while and after it is looked into."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from intake.model.correction import RecordCorrection
from intake.model.errors import UnreadableFile
from intake.model.file.container import Contents
from intake.model.receipt import SourceFile
from intake.model.submission import Inspection


@dataclass(frozen=True, slots=True)
class Started:
    """A file whose inspection has begun."""

    source: SourceFile
    inspection: Future[Inspection | Contents] | None = None
    """None for bytes already known: they are not read again."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file is: a form, a correction, a container and its members, unreadable, or known."""

    source: SourceFile
    found: Inspection | RecordCorrection | Contents | UnreadableFile | None
    """None for bytes already known."""
    members: tuple[Looked, ...] = ()
    """A container's files; their bytes are in the archive, or in the container only."""


@dataclass(frozen=True, slots=True)
class HalfLooked:
    """A file that was looked into but for what takes long."""

    comes_late: bool
    """Something in it takes long, or it rests on others: these are looked into before it."""
    finish: Callable[[], Looked]
    """Do what is left, at once where nothing is."""
    rank: tuple[int, float] = (0, 0.0)
    """Its place among those that come late."""


def correcting(source: SourceFile, correction: RecordCorrection) -> HalfLooked:
    """Return a correction: after the files, in the order of the revisions that were corrected.

    Of two of the same revision the later one was saved; the other was cut off before it was.
    """
    looked = Looked(source, correction)
    rank = (correction.revision, -correction.at.timestamp())
    return HalfLooked(comes_late=True, finish=lambda: looked, rank=rank)


class NotLookedInto(Exception):
    """Bytes that were known when they were to be looked into are no longer: look into them."""


def whole(looked: Looked) -> HalfLooked:
    """Return a file of which nothing is left to do."""
    return HalfLooked(comes_late=False, finish=lambda: looked)
