"""The lower rung for PDF forms that were printed, exported or flattened: no fields are left.

The stamp printed on the pages says which form it was. The blank PDF says where its answers
stand; the pages of a Word or Excel form say it by their visible codes. Files are opened in
a limited child only. Whatever is read waits for a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from intake.formats.paper.exported import exported_form
from intake.formats.paper.printed_answers import PrintedAnswer, PrintedForm, PrintedLine
from intake.model.address import places_by_address
from intake.model.definition import FormDefinition
from intake.model.errors import UnreadableFile
from intake.model.file.container import Contents
from intake.model.finding import Finding, Location
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.stamp import FormStamp
from intake.model.submission import FileFormat, FoundField, Inspection, Rung
from intake.ports import Executor, Forms

Blanks = Callable[[FormStamp], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class PrintedRung:
    """Reads what is printed where fields once were (``ports.LowerRung``)."""

    forms: Forms
    blanks: Blanks
    """Stamp to blank forms, or sheets; the likest that the pages lie on is used."""
    executor: Executor

    @property
    def is_slow(self) -> bool:
        """Say that only children at hand are asked."""
        return False

    def applies(self, found: Inspection | UnreadableFile) -> bool:
        """Say whether a PDF names a known form and lacks some of its fields."""
        if isinstance(found, UnreadableFile) or found.format is not FileFormat.PDF:
            return False
        known = named_form(found, self.forms)
        return known is not None and bool(_lost(found, known[0]))

    def look(
        self, content: bytes, name: str, found: Inspection | UnreadableFile
    ) -> Inspection | Contents:
        """Return the file with what is printed in it; as it was found where that is nothing."""
        if isinstance(found, UnreadableFile):
            raise found
        known = named_form(found, self.forms)
        read = self._read(content, *known) if known else None
        if known is None or read is None:
            return found
        return with_printed(found, read, _lost(found, known[0]))

    def _read(
        self, content: bytes, definition: FormDefinition, stamp: FormStamp
    ) -> PrintedForm | None:
        """Return what is printed where a blank has boxes, else beside visible codes."""
        if stamp.language not in definition.languages:
            return None
        try:
            read = self._beside_likest(content, stamp)
            if read is not None:
                return read
            lines = self.executor.submit(_by_codes, content).result()
        except UnreadableFile:
            return None  # no worse than before: a person sees that nothing was read
        return exported_form(lines, definition)

    def _beside_likest(self, content: bytes, stamp: FormStamp) -> PrintedForm | None:
        """Return what is read beside the blank whose words, older or not, leave least over."""
        nearest: PrintedForm | None = None
        for blank in self.blanks(stamp):
            read = self.executor.submit(_beside_blank, content, blank, stamp).result()
            if read.answers and (nearest is None or read.unlike < nearest.unlike):
                nearest = read
            if nearest is not None and not any(nearest.unlike):
                return nearest
        return nearest


def named_form(found: Inspection, forms: Forms) -> tuple[FormDefinition, FormStamp] | None:
    """Return the form that a file's stamp names, if it is published just so."""
    for claim in found.claims:
        definition = forms.printed(claim.stamp)
        if definition is not None:
            return definition, claim.stamp
    return None


# What the children run imports its PDF library inside: the process that holds the store
# never loads it.


def _beside_blank(content: bytes, blank: bytes, stamp: FormStamp) -> PrintedForm:
    from intake.formats.paper import printed_file  # noqa: PLC0415  (see the comment above)

    return printed_file.read_printed(content, blank, stamp)


def _by_codes(content: bytes) -> tuple[PrintedLine, ...]:
    from intake.formats.paper import exported_file  # noqa: PLC0415  (see the comment above)

    return exported_file.read_exported(content)


def with_printed(found: Inspection, read: PrintedForm, lost: frozenset[str]) -> Inspection:
    """Return what a file says with what is printed in place of its lost fields.

    Beside fields that are left, an empty place says nothing: its answer may have been there.
    """
    is_mixed = bool(found.fields)
    answers = [a for a in read.answers if a.address in lost and (a.text or not is_mixed)]
    count = sum(bool(answer.text) and not answer.is_fixed for answer in answers)
    unsure = [a for a in read.answers if a.doubt and a.address in lost]
    if not count and not unsure:
        return found
    findings = [
        *(f for f in found.findings if f.code != FindingCode.FILE_NO_FIELDS),
        finding_of(FindingCode.FILE_PRINTED, {"count": str(count)}),
        *(finding_of(FindingCode.PRINTED_UNSURE, {"address": a.address, "doubt": a.doubt})
          for a in unsure),
        *([] if is_mixed else _of_pages(found, read)),
    ]  # fmt: skip
    return replace(found, fields=(*found.fields, *map(_field, answers)), findings=tuple(findings))


def _lost(found: Inspection, definition: FormDefinition) -> frozenset[str]:
    """Return the addresses of a form that have no field in a file."""
    return frozenset(places_by_address(definition)) - {field.address for field in found.fields}


def _field(answer: PrintedAnswer) -> FoundField:
    location = Location(page=answer.page, box=answer.box)
    return FoundField(answer.address, answer.text, answer.kind, Rung.PRINTED_TEXT, location)


def _of_pages(found: Inspection, read: PrintedForm) -> Iterator[Finding]:
    """Yield what the pages as a whole say: some missing, cut, twice; only marks; words added."""
    gone = sorted({*read.missing, *read.cut})
    if gone:
        pages = ", ".join(str(number) for number in gone)
        yield finding_of(FindingCode.PAGES_MISSING, {"pages": pages})
    known = {finding.code for finding in found.findings}
    if read.repeated and FindingCode.SEVERAL_FORMS not in known:
        yield finding_of(FindingCode.SEVERAL_FORMS, {"pages": str(read.repeated)})
    if read.stray:
        yield finding_of(FindingCode.TEXT_ELSEWHERE, {"count": str(read.stray)})
    if read.lacks_a_kind:
        yield finding_of(FindingCode.PRINTED_PARTLY)
