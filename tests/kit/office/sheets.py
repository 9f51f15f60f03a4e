"""Query sheets in a real workspace: made of a patient whose form raised questions, then filled."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from intake.model.receipt import Outcome
from intake.model.submission import FileFormat
from intake.wiring.sheets import WantedSheet, WrittenSheet, write_sheet
from tests.kit.office.office import Office, demo_answers, filled


def sheet_of(office: Office, subject: str, file_format: FileFormat) -> WrittenSheet:
    """Return the sheet of a record, made as the command makes it."""
    return write_sheet(office.app, WantedSheet(record=subject, file_format=file_format))
