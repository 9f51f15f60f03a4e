"""A PDF that needs a password to be opened, written again without it. For a limited child."""

from __future__ import annotations

import io

import pikepdf

from intake.formats.pdf.read.inspection import is_mended
from intake.model.errors import UnreadableFile
from intake.model.file.password import Password
from intake.model.finding_codes import FindingCode


def unlock_pdf(content: bytes, password: Password) -> bytes:
    """Return the same form without protection; the same bytes each time.

    Raises UnreadableFile: FILE_PROTECTED for another password, FILE_DAMAGED for a file that
    only opens mended. Written again it would look whole, and what it lost could not be seen.
    """
    target = io.BytesIO()
    if "\0" in password.text:  # the library takes it for the end of the text
        raise UnreadableFile(FindingCode.FILE_PROTECTED)
    try:
        with pikepdf.open(
            io.BytesIO(content), password=password.text, suppress_warnings=True
        ) as pdf:
            pdf.save(target, encryption=False, deterministic_id=True)
            if is_mended(pdf, content):
                raise UnreadableFile(FindingCode.FILE_DAMAGED)
    except pikepdf.PasswordError:
        raise UnreadableFile(FindingCode.FILE_PROTECTED) from None
    except pikepdf.PdfError:
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from None
    return target.getvalue()
