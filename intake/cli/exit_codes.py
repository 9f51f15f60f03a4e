"""What the program's exit code says to a script."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """One meaning a number, the same for every command."""

    DONE = 0
    """Done, also with queries and duplicates."""
    TO_REVIEW = 1
    """A file of this run ended in review or rejected."""
    USAGE = 2
    DEFINITION = 3
    """A form schema or the study file is wrong."""
    STORE = 4
    """The store or a folder cannot be reached, or the audit chain is broken."""
    OUR_FAULT = 5
