"""Short words for the reader's tests: read the small form, look at what came out."""

from __future__ import annotations

from intake.formats.pdf.read.reader import PdfReader
from tests.kit.broken.damage import changed, field, filled
from tests.kit.broken.small import ANSWERS, blank, definition

READER = PdfReader()
FULL = filled(blank(), ANSWERS)
"""The small form with every answer given."""


def read(content):
    """Return what the reader makes of a file as the small form."""
    return READER.read(READER.inspect(content), definition())


def texts(raw):
    """Return the answers by address."""
    return {answer.address: answer.text for answer in raw.answers}


def codes(raw):
    """Return the codes of the findings."""
    return [finding.code for finding in raw.findings]


def with_field(name, change, content=FULL):
    """Return the form after a change to one of its fields."""
    return changed(content, lambda pdf: change(field(pdf, name)))
