"""The step that accounts for all that a returned PDF form shows: equal to its blank, or said.

Applies after the file was read, however it was read. A form whose pages draw what a blank
drew costs a comparison of digests and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from intake.formats.added.addition import Added, Addition
from intake.formats.paper.printed import named_form
from intake.formats.pdf.read.reader import drawn_digests
from intake.model.address import Place, places_by_address
from intake.model.definition import FormDefinition
from intake.model.errors import UnreadableFile
from intake.model.file.container import Contents
from intake.model.finding import Finding, Location
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.stamp import FormStamp
from intake.model.submission import FileFormat, Inspection, Rung
from intake.ports import Executor, Forms

_MOST_PLACES = 5
"""Places of a page above which one remark about the page says more than one for each."""

_MOST_IN_ALL = 10
"""The same for all pages of a file: the form was filled on its pages, not in its fields."""

Digests = Callable[[FormDefinition], Iterable[str]]
BlanksFor = Callable[[FormDefinition, FormStamp], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank form and the digests of what it draws."""

    content: bytes
    drawn: tuple[str, ...]

    def shown_by(self, found: Inspection) -> dict[int, int]:
        """Return the pages of a file that draw just what a page of the blank does: which one."""
        own = {digest: page for page, digest in enumerate(self.drawn[:-1], start=1) if digest}
        shown = enumerate(found.drawn[: found.pages], start=1)
        return {page: own[digest] for page, digest in shown if digest in own}


@dataclass(frozen=True, slots=True)
class AddedRung:
    """Says what stands on the pages of a form beside its fields (``ports.LowerRung``)."""

    forms: Forms
    printed: Digests
    """Digests of all blank forms that were ever made of a version."""
    blanks: BlanksFor
    """The blank forms that a stamp may have been printed on; the nearest is compared."""
    executor: Executor
    learned: dict[str, set[str]] = field(default_factory=dict)
    """Digests of the blanks that were looked at in this run, by the form's fingerprint."""

    @property
    def is_slow(self) -> bool:
        """Say that digests are compared at once."""
        return False

    def applies(self, found: Inspection | UnreadableFile) -> bool:
        """Say whether a PDF of a known form has fields, and draws what no blank drew."""
        if isinstance(found, UnreadableFile) or found.format is not FileFormat.PDF:
            return False
        known = self._known(found)
        has_fields = any(field.rung is Rung.FIELD for field in found.fields)
        return has_fields and known is not None and bool(self._unlike(found, known[0]))

    def look(
        self, content: bytes, name: str, found: Inspection | UnreadableFile
    ) -> Inspection | Contents:
        """Return the file with a finding for each thing that was added to its form."""
        if isinstance(found, UnreadableFile):
            raise found
        known = self._known(found)
        if known is None:
            return found
        definition, stamp = known
        blanks: dict[int, list[Blank]] = {}
        for content_of_blank in self.blanks(definition, stamp):
            blank = Blank(content_of_blank, self._digests(content_of_blank))
            self.learned.setdefault(definition.fingerprint, set()).update(blank.drawn)
            if not self._unlike(found, definition):
                return found
            alike = len(frozenset(blank.drawn).intersection(found.drawn))
            blanks.setdefault(alike, []).append(blank)
        pages = tuple(n for n in self._unlike(found, definition) if n <= found.pages)
        if not blanks:  # of a sheet that is kept no more: nothing to tell its own words by
            places = ", ".join(map(str, pages or range(1, found.pages + 1)))
            said = finding_of(FindingCode.PAGE_ADDED_TO, {"pages": places})
            return replace(found, findings=(*found.findings, said))
        added = self._beside(content, found, blanks[max(blanks)], pages)
        findings = findings_of(added, found, places_by_address(definition))
        return replace(found, findings=(*found.findings, *findings))

    def _beside(
        self, content: bytes, found: Inspection, blanks: Iterable[Blank], pages: tuple[int, ...]
    ) -> Added:
        """Return what was added to the likest of some blanks: they differ by the study's words."""
        told = (
            self.executor.submit(_added, content, b.content, pages, b.shown_by(found)).result()
            for b in blanks
        )
        return min(told, key=lambda added: added.extent)

    def _digests(self, blank: bytes) -> tuple[str, ...]:
        return self.executor.submit(drawn_digests, blank).result()

    def _known(self, found: Inspection) -> tuple[FormDefinition, FormStamp] | None:
        """Return the form that the stamp names, in a language that it is printed in."""
        named = named_form(found, self.forms)
        return named if named and named[1].language in named[0].languages else None

    def _unlike(self, found: Inspection, definition: FormDefinition) -> tuple[int, ...]:
        """Return the pages that no blank drew, from 1; the boxes come after the last page."""
        known = self.learned.get(definition.fingerprint, set()).union(self.printed(definition))
        return tuple(at for at, digest in enumerate(found.drawn, start=1) if digest not in known)


# What the child runs imports its PDF libraries inside: the process that holds the store
# never loads them.


def _added(content: bytes, blank: bytes, pages: tuple[int, ...], shown: Mapping[int, int]) -> Added:
    from intake.formats.added import beside_blank  # noqa: PLC0415  (see the comment above)

    return beside_blank.added_to(content, blank, pages, shown)


def findings_of(added: Added, found: Inspection, places: Mapping[str, Place]) -> Iterator[Finding]:
    """Yield one finding for each place, or one for all pages that were written over."""
    for address in added.doubtful:
        yield finding_of(FindingCode.READINGS_DISAGREE, {"address": address})
    by_page = _by_page(added.additions, found)
    is_over = len(_questions(added.additions, places)) > _MOST_IN_ALL
    full = [page for page, about in by_page.items() if is_over or _is_full(about, places)]
    if full:
        yield finding_of(FindingCode.PAGE_ADDED_TO, {"pages": ", ".join(map(str, full))})
    for page, about in by_page.items():
        if page not in full:
            yield from _one_by_one(page, about, places)
    foreign = [str(page) for page in added.foreign if page not in _scanned(found)]
    if foreign and not _is_joined(found):
        yield finding_of(FindingCode.PAGE_ADDED_TO, {"added": ", ".join(foreign)})


def _by_page(additions: Iterable[Addition], found: Inspection) -> dict[int, list[Addition]]:
    """Return the additions of each page, without those that were read as printed answers."""
    printed = {f.address for f in found.fields if f.rung is Rung.PRINTED_TEXT}
    pages: dict[int, list[Addition]] = {}
    for addition in additions:
        is_read = bool(addition.addresses) and printed.issuperset(addition.addresses)
        if not is_read and addition.page not in _scanned(found):
            pages.setdefault(addition.page, []).append(addition)
    return pages


def _is_joined(found: Inspection) -> bool:
    """Say whether it is said already that pages of several forms stand together."""
    return any(finding.code == FindingCode.SEVERAL_FORMS for finding in found.findings)


def _scanned(found: Inspection) -> frozenset[int]:
    """Return the pages of which it is said already that they are pictures."""
    said = (f.context for f in found.findings if f.code == FindingCode.PAGES_SCANNED)
    return frozenset(int(number) for context in said for number in context["pages"].split(", "))


def _is_full(additions: Iterable[Addition], places: Mapping[str, Place]) -> bool:
    found = list(additions)
    if any(addition.is_large for addition in found):
        return True
    return len(_questions(found, places)) > _MOST_PLACES


def _questions(
    additions: Iterable[Addition], places: Mapping[str, Place]
) -> set[tuple[str, int | None]]:
    return {_question(places.get(name)) for a in additions for name in a.addresses}


def _one_by_one(
    page: int, additions: Iterable[Addition], places: Mapping[str, Place]
) -> Iterator[Finding]:
    named: dict[tuple[str, int | None], str] = {}
    for addition in additions:
        for address in addition.addresses:
            named.setdefault(_question(places.get(address)), address)
        if not addition.addresses:
            named.setdefault(("", None), "")
    for address in named.values():
        context = {"address": address} if address else {"page": str(page)}
        where = Location(page=page)
        yield finding_of(FindingCode.CONTENT_ADDED, context, location=where)


def _question(place: Place | None) -> tuple[str, int | None]:
    return (place.item.name, place.row) if place else ("", None)
