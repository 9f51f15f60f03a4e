"""Form versions at hand, and a reader whose files are plain data already."""

from __future__ import annotations

from intake.model.definition import FormDefinition
from intake.model.stamp import FormStamp
from intake.model.submission import FileFormat, Inspection, RawAnswer, RawSubmission


class FewForms:
    """``ports.Forms``: the versions given."""

    def __init__(self, *versions: FormDefinition) -> None:
        self._versions = versions

    def definitions(self) -> tuple[FormDefinition, ...]:
        return self._versions

    def get(self, form: str, version: str) -> FormDefinition | None:
        return next((d for d in self._versions if (d.id, d.version) == (form, version)), None)

    def printed(self, stamp: FormStamp) -> FormDefinition | None:
        found = self.get(stamp.form, stamp.version)
        is_so = found is not None and found.fingerprint == stamp.fingerprint
        return found if is_so and stamp.sheet is None else None


class PlainReader:
    """``ports.FormReader``: every field that was seen is an answer."""

    file_format = FileFormat.PDF

    def inspect(self, content: bytes) -> Inspection:
        raise AssertionError("the desk of the tests opens files itself")

    def read(self, inspection: Inspection, definition: FormDefinition) -> RawSubmission:
        found = [
            RawAnswer(field.address, field.text, field.rung, field.location)
            for field in inspection.fields
            if field.text
        ]
        return RawSubmission(
            format=inspection.format,
            answers=tuple(found),
            findings=inspection.findings,
            places={field.address: field.location for field in inspection.fields},
        )
