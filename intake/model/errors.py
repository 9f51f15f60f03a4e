"""Exceptions: for unreadable files, wrong set-up and bugs; never for data.

UnreadableFile      this file cannot be read; becomes a receipt
ChangedFile         this file changed while it was read; left for the next run
SetupError          something a person must mend before work can go on
  StudyError        study.toml, centres or keys
  DefinitionError   a form schema
  StoreUnavailable  store or folder not reachable, or audit broken
"""

from __future__ import annotations

from collections.abc import Mapping

from intake.model.finding_codes import FindingCode


class UnreadableFile(Exception):
    """A file that gives no answers; ``code`` says why."""

    def __init__(self, code: FindingCode, context: Mapping[str, str] | None = None) -> None:
        """Keep the code and the context of its message."""
        super().__init__(code, dict(context or {}))
        self.code = code
        self.context = dict(context or {})


class ChangedFile(Exception):
    """A file whose bytes changed between two looks: it is left where it is."""


class SetupError(Exception):
    """Something to mend before the program can work; the text says what to do."""


class StudyError(SetupError):
    """``study.toml``, ``centres.csv`` or the keys are missing or wrong."""


class DefinitionError(SetupError):
    """A form schema cannot be used."""


class StoreUnavailable(SetupError):
    """The store or a folder cannot be reached, or its audit chain is broken."""
