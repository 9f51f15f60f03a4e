"""The PDF half of reading: the port's two steps, each in its own module.

``inspect`` runs in a limited child process; only there are PDF libraries imported, so the
process that holds the store never loads them. ``read`` is pure.
"""

from __future__ import annotations

import io
from dataclasses import replace

from intake.formats.match import match_fields
from intake.formats.pdf.anchors import code_of
from intake.formats.sniff import FileKind
from intake.model.address import Place, places_by_address
from intake.model.definition import FormDefinition
from intake.model.file.password import Password
from intake.model.finding_codes import FindingCode
from intake.model.submission import (
    FieldKind,
    FileFormat,
    FoundField,
    Inspection,
    RawSubmission,
    Rung,
)


class PdfReader:
    """Read returned PDF forms (``ports.FormReader``). Has no state; picklable."""

    file_format = FileFormat.PDF

    def inspect(self, content: bytes) -> Inspection:
        """Return all that the file says. Raises UnreadableFile only."""
        # Imported here so that only the limited child loads qpdf and PDFium.
        from intake.formats.pdf.read import inspection  # noqa: PLC0415  (see the comment above)

        return inspection.inspect(content)

    def read(self, inspection: Inspection, definition: FormDefinition) -> RawSubmission:
        """Match the fields with a known form; the inspection's findings are included."""
        if any(finding.code == FindingCode.FILE_FIELD_DATA for finding in inspection.findings):
            inspection = _as_places(inspection, definition)
        return match_fields(inspection, definition)


class FieldDataReader:
    """Read the answers of a form exported without it (``ports.FormReader``). Has no state."""

    file_format = FileFormat.PDF

    def __init__(self, kind: FileKind) -> None:
        """Read one of the two ways to write such data."""
        self._kind = kind

    def inspect(self, content: bytes) -> Inspection:
        """Return all that the file says. Raises UnreadableFile only."""
        from intake.formats.pdf.read import field_data  # noqa: PLC0415  (see the comment above)

        return field_data.inspect_field_data(content, self._kind)

    def read(self, inspection: Inspection, definition: FormDefinition) -> RawSubmission:
        """Match the data with a known form, as ``PdfReader`` does."""
        return PdfReader().read(inspection, definition)


def _as_places(inspection: Inspection, definition: FormDefinition) -> Inspection:
    """Return exported answers with the kinds of their places, and the others unanswered."""
    found = {field.address: field for field in inspection.fields}
    named = {
        address: found.get(address, FoundField(address, "", FieldKind.TEXT, Rung.FIELD))
        for address in places_by_address(definition)
    }
    fields = (_of_kind(place, named[a]) for a, place in places_by_address(definition).items())
    others = (field for address, field in found.items() if address not in named)
    return replace(inspection, fields=(*fields, *others))


def _of_kind(place: Place, field: FoundField) -> FoundField:
    if not place.item.is_choice:
        return field
    kind = FieldKind.TICK if place.option else FieldKind.CHOICE
    return replace(field, kind=kind, text=code_of(field.text))


def unlock_pdf(content: bytes, password: Password) -> bytes:
    """Return a protected file's form without protection, as said in ``unlock``."""
    from intake.formats.pdf.read import unlock  # noqa: PLC0415  (see the comment above)

    return unlock.unlock_pdf(content, password)


def files_inside(content: bytes) -> tuple[tuple[str, bytes], ...]:
    """Return the files that a returned PDF holds, as said in ``files_inside``."""
    from intake.formats.pdf.read import files_inside  # noqa: PLC0415  (see the comment above)

    return files_inside.files_inside(content)


def drawn_digests(content: bytes) -> tuple[str, ...]:
    """Return the digests of a PDF of our own making, as ``Inspection.drawn`` tells them."""
    from intake.formats.pdf.read import inspection  # noqa: PLC0415 - where forms are written

    return inspection.drawn_digests(content)


def is_pdf(content: bytes) -> bool:
    """Say whether a form of our own making is a PDF."""
    return content.startswith(b"%PDF-")


def count_pages(content: bytes) -> int:
    """Return how many pages a PDF of our own making has."""
    import pikepdf  # noqa: PLC0415 - in the child alone, as above

    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)
