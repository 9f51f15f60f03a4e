"""Read the coded lines of a PDF that was exported from a Word or Excel form.

Runs in a limited child process: the returned file is hostile.
"""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2

from intake.formats.paper.exported_page import ExportedPage, Heading, headings, page_lines
from intake.formats.paper.page_words import printed_pages
from intake.formats.paper.printed_answers import PrintedLine
from intake.formats.paper.table_rules import table_rules
from intake.model.errors import UnreadableFile, over_limit
from intake.model.finding_codes import FindingCode

MOST_LINES = 20_000


def read_exported(content: bytes) -> tuple[PrintedLine, ...]:
    """Return every coded cell of a file, in the order of its pages. Raises UnreadableFile."""
    try:
        with pypdfium2.PdfDocument(content) as document:
            lines: list[PrintedLine] = []
            before: Heading | None = None
            for sheet in _sheets(document):
                lines += page_lines(sheet, before)
                below = sorted(headings(sheet), key=lambda heading: heading.height)
                before = below[0] if below else before
                if len(lines) > MOST_LINES:
                    raise over_limit("cells")
            return tuple(lines)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from error


def _sheets(document: pypdfium2.PdfDocument) -> Iterator[ExportedPage]:
    for number, words in enumerate(printed_pages(document), start=1):
        page = document[number - 1]
        yield ExportedPage(number, words, table_rules(page), page.get_width())
        page.close()
