"""The PDF half of reading: the port's two steps, each in its own module.

``inspect`` runs in a limited child process; only there are PDF libraries imported, so the
process that holds the store never loads them. ``read`` is pure.
"""

from __future__ import annotations

import io

from intake.formats.match import match_fields
from intake.model.definition import FormDefinition
from intake.model.password import Password
from intake.model.submission import FileFormat, Inspection, RawSubmission


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
        return match_fields(inspection, definition)


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
