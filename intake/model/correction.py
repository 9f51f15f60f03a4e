"""What the coordinator gives in the place of a record's answers: a document of its own.

It is kept like a returned file, so that every revision of a record comes from an original.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from intake.model.receipt import Correction


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCorrection:
    """Answers given to a record by a person: of whom, over which revision, who, when, why."""

    form: str
    record_id: str
    subject: str
    revision: int
    """The current one when the correction was written."""
    answers: tuple[Correction, ...]
    """At addresses or visible codes; an empty text empties the answer."""
    by: str
    at: dt.datetime
    """Aware."""
    reason: str
    seal: str = ""
    """What shows that the program wrote it, with the study's key; of all the rest."""
