"""When a file was written, as something other than the file system says it.

Claims of the file or of what held it: compared with one another, never shown, never data.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class DateSource(StrEnum):
    """Where a date of writing stands (a closed list)."""

    PDF = "pdf"
    """``/ModDate`` of a PDF, or the same in its XMP packet."""
    PACKAGE = "package"
    """``dcterms:modified`` of a Word or Excel package, ``dc:date`` of an OpenDocument one."""
    ENTRY = "entry"
    """The date that a zip archive gives for the file."""


@dataclass(frozen=True, slots=True)
class Written:
    """When a file says it was last written, to the second."""

    at: dt.datetime
    """Aware where the zone is known, else as the clock on the wall showed it."""
    source: DateSource

    @property
    def is_zoned(self) -> bool:
        """Say whether the moment is known, not only what a clock showed somewhere."""
        return self.at.tzinfo is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDates:
    """All that tells when the answers of one form were written; what nobody says is None."""

    filled: str | None = None
    """ISO date on which the centre says it filled the form; may stop at month or year."""
    sent: dt.datetime | None = None
    """Aware; when the message was sent that held the file."""
    saved: Written | None = None
    """When the file says it was last saved."""
