"""Which other ways there are to look into a file that its reader could not read."""

from __future__ import annotations

from intake.execution import libreoffice
from intake.formats.office.conversion import ConvertedRung
from intake.formats.paper.printed import Blanks, PrintedRung
from intake.formats.paper.scanned import ScannedRung
from intake.formats.registry import inspect_file
from intake.ports import Executor, LowerRung
from intake.wiring.blanks import pages_of
from intake.workspace.form_library import SchemaLibrary


def rungs_for_forms(
    executor: Executor, forms: SchemaLibrary, blanks: Blanks
) -> tuple[LowerRung, ...]:
    """Return every other way where the forms are known, in the order they are tried.

    Scans come before printed forms: the words a scanner guessed are not printed answers.
    """
    scanned = ScannedRung(forms, pages_of(blanks, executor), executor)
    return (*lower_rungs(executor), scanned, PrintedRung(forms, blanks, executor))


def lower_rungs(executor: Executor) -> tuple[LowerRung, ...]:
    """Return the other ways that need no form, in the order in which they are tried."""
    is_here = libreoffice.is_installed()
    convert = libreoffice.converted if is_here else None
    return (ConvertedRung(convert=convert, executor=executor, inspect=inspect_file),)
