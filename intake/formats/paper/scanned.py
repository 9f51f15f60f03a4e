"""The lower rung for scans and photos: which form and pages they are, by the printed codes.

Nothing that is written on them is read. A recognised form waits with no answer, for a person
to type it; the others wait unread. Files are opened in a limited child only, and only where
the libraries that read codes are installed (the extra ``scan``).
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec

from intake.model.definition import FormDefinition
from intake.model.errors import UnreadableFile
from intake.model.file.container import Contents
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.stamp import FormStamp, PageToken, find_token
from intake.model.submission import FileFormat, Inspection, StampClaim
from intake.ports import Executor, Forms

IMAGES = frozenset({"jpeg", "png", "tiff"})
"""Kinds of image files in which a form is looked for."""
_PARTS = ("zxingcpp", "PIL")
_LOG = logging.getLogger(__name__)

CountPages = Callable[[FormStamp], int]


@dataclass(frozen=True, slots=True)
class ScannedRung:
    """Recognises a form by the codes of its scan or photo (``ports.LowerRung``)."""

    forms: Forms
    count_pages: CountPages
    """Stamp to how many pages its PDF form or sheet has; 0 when that is not known."""
    executor: Executor

    @property
    def is_slow(self) -> bool:
        """Say that only children at hand are asked."""
        return False

    def applies(self, found: Inspection | UnreadableFile) -> bool:
        """Say whether all that a file shows are pictures."""
        if isinstance(found, UnreadableFile):
            is_image = found.context.get("kind") in IMAGES
            return is_image and found.code == FindingCode.FILE_NOT_YET_READ
        return any(finding.code == FindingCode.FILE_SCANNED for finding in found.findings)

    def look(
        self, content: bytes, name: str, found: Inspection | UnreadableFile
    ) -> Inspection | Contents:
        """Return which form the pictures show. Raises UnreadableFile for an image only."""
        if isinstance(found, Inspection):
            try:
                codes = self._codes(content, is_pdf=True)
            except UnreadableFile:
                codes = ()  # no worse than before: a person sees that nothing was read
            return self._recognised(found, codes)
        codes = self._codes(content, is_pdf=False)
        return self._recognised(Inspection(format=FileFormat.IMAGE, pages=len(codes) or 1), codes)

    def _codes(self, content: bytes, *, is_pdf: bool) -> tuple[str, ...]:
        if not can_read_codes():
            return ()
        return self.executor.submit(_read_scanned, content, is_pdf=is_pdf).result()

    def _recognised(self, found: Inspection, codes: Sequence[str]) -> Inspection:
        """Return a file with the form its codes name and what they say of its pages."""
        pages = [token for code in codes if (token := find_token(code)) is not None]
        known = {one.fingerprint: one for one in self.forms.definitions()}
        claims = tuple(_claims(pages, known))
        kept = (f for f in found.findings if f.code != FindingCode.FILE_SCANNED)
        findings = (_scanned(found, pages), *kept, *_strange(pages, known))
        if len(claims) == 1:
            total = self.count_pages(claims[0].stamp)
            findings = (*findings, *_of_pages([page.page for page in pages], total))
        # Words that a scanner guessed are no stamp: only the codes are believed.
        return replace(found, claims=claims, findings=findings)


@cache
def can_read_codes() -> bool:
    """Say whether the libraries that read codes are installed; tells the log once if not."""
    are_here = all(find_spec(part) is not None for part in _PARTS)
    if not are_here:
        _LOG.warning("scans are not recognised: the part `scan` is not installed")
    return are_here


def _read_scanned(content: bytes, *, is_pdf: bool) -> tuple[str, ...]:
    # Imported here: optional, and only the limited child opens pictures.
    from intake.formats.paper import scanned_file  # noqa: PLC0415  (see the comment above)

    return scanned_file.read_scanned(content, is_pdf=is_pdf)


def _claims(pages: Sequence[PageToken], known: dict[str, FormDefinition]) -> Iterator[StampClaim]:
    for said in dict.fromkeys(replace(page, page=0) for page in pages):
        form = known.get(said.fingerprint)
        if form is not None:
            stamp = FormStamp(form.id, form.version, said.language, form.fingerprint)
            yield StampClaim("qr", replace(stamp, sheet=said.sheet))


def _scanned(found: Inspection, pages: Sequence[PageToken]) -> Finding:
    listed = ", ".join(str(number) for number in sorted({page.page for page in pages}))
    return finding_of(FindingCode.FILE_SCANNED, {"count": str(found.pages), "pages": listed})


def _strange(pages: Sequence[PageToken], known: dict[str, FormDefinition]) -> Iterator[Finding]:
    """Yield that a page names a form version which is not published."""
    if any(page.fingerprint not in known for page in pages):
        yield finding_of(FindingCode.FORM_VERSION_UNKNOWN, {"form": "?", "version": "?"})


def _of_pages(numbers: Sequence[int], total: int) -> Iterator[Finding]:
    """Yield which pages of the form were not recognised, and that one came twice."""
    gone = sorted(set(range(1, total + 1)) - set(numbers))
    if gone:
        yield finding_of(FindingCode.PAGES_MISSING, {"pages": ", ".join(map(str, gone))})
    if any(count > 1 for count in Counter(numbers).values()):
        yield finding_of(FindingCode.SEVERAL_FORMS, {"pages": str(len(numbers))})
