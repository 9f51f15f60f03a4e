"""What a workspace says of one file: its reader, then all that was added to its form."""

from __future__ import annotations

from functools import cache

from intake.formats.added.accounting import AddedRung
from intake.formats.match import match_fields
from intake.formats.registry import open_file
from intake.model.definition import FormDefinition
from intake.model.file.container import Contents
from intake.model.finding import Finding
from intake.model.stamp import FormStamp
from intake.model.submission import FileFormat
from tests.kit.blanks import blank, definition
from tests.kit.fakes.forms import FewForms
from tests.kit.fakes.inprocess import InProcess
from tests.kit.fillers.forms import few, few_blank


@cache
def rung(*, short: bool = False) -> AddedRung:
    """Return the step that accounts for the dm-sam form, or for that of few questions."""

    def blanks(_form: FormDefinition, stamp: FormStamp) -> tuple[bytes]:
        return (few_blank(FileFormat.PDF) if short else blank(centre=stamp.centre),)

    return AddedRung(FewForms(_form(short=short)), lambda _: (), blanks, InProcess())


def seen(content: bytes, *, short: bool = False) -> tuple[Finding, ...] | Contents:
    """Return what is said of a file, placed as a receipt does; its members when it holds any."""
    found = open_file(content, "fiche.pdf")
    if isinstance(found, Contents):
        return found
    if rung(short=short).applies(found):
        found = rung(short=short).look(content, "fiche.pdf", found)
    assert not isinstance(found, Contents)
    return match_fields(found, _form(short=short)).findings


def _form(*, short: bool) -> FormDefinition:
    return few() if short else definition()
