"""The Excel half of reading: the port's two steps, each in its own module.

``inspect`` runs in a limited child process; only there is an XML library imported, so the
process that holds the store never loads it. ``read`` is pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.formats.excel.read.agreement import compare_readings
from intake.formats.match import match_fields
from intake.formats.wording.first_page import NO_WORDS, StudyWords
from intake.model.definition import FormDefinition
from intake.model.submission import FileFormat, Inspection, RawSubmission


@dataclass(frozen=True, slots=True)
class ExcelReader:
    """Read returned Excel forms (``ports.FormReader``). Picklable."""

    study: StudyWords = NO_WORDS
    """What the study prints on first pages, so that what was added there is seen."""
    file_format = FileFormat.EXCEL

    def inspect(self, content: bytes) -> Inspection:
        """Return all that the file says. Raises UnreadableFile only."""
        # Imported here so that only the limited child loads lxml.
        from intake.formats.excel.read import inspection  # noqa: PLC0415  (see the comment above)

        return inspection.inspect(content)

    def read(self, inspection: Inspection, definition: FormDefinition) -> RawSubmission:
        """Compare the two readings of each place of a known form and carry the named cell."""
        return match_fields(compare_readings(inspection, definition, self.study), definition)
