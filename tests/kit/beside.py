"""What a workspace says of one file: its reader, then all that was added to its form."""

from __future__ import annotations

from functools import cache

from intake.formats.added.accounting import AddedRung
from intake.formats.match import match_fields
from intake.formats.registry import open_file
from intake.model.file.container import Contents
from intake.model.finding import Finding
from tests.kit.blanks import blank, definition
from tests.kit.fakes.forms import FewForms
from tests.kit.fakes.inprocess import InProcess


@cache
def rung() -> AddedRung:
    """Return the step that accounts for the dm-sam form of the centre of the demo."""
    return AddedRung(
        FewForms(definition()), lambda _: (), lambda _, stamp: (blank(centre=stamp.centre),),
        InProcess(),
    )  # fmt: skip


def seen(content: bytes) -> tuple[Finding, ...] | Contents:
    """Return what is said of a file, placed as a receipt does; its members when it holds any."""
    found = open_file(content, "fiche.pdf")
    if isinstance(found, Contents):
        return found
    if rung().applies(found):
        found = rung().look(content, "fiche.pdf", found)
    assert not isinstance(found, Contents)
    return match_fields(found, definition()).findings
