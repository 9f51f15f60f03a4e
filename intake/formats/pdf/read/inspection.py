"""All that a returned PDF says, read in a limited child process. No form is known here.

Opens the file with pikepdf, walks its fields, asks PDFium for a second opinion and gathers
the stamps. The parts are in ``walk``, ``second``, ``agreement`` and ``carriers``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf

from intake.formats.pdf.read import carriers, second
from intake.formats.pdf.read.agreement import compare_readings, shown_name
from intake.formats.pdf.read.page_content import page_digests, shape_digest
from intake.formats.pdf.read.second import SecondOpinion
from intake.formats.pdf.read.walk import Walked, WalkedField, walk
from intake.model.errors import UnreadableFile
from intake.model.finding import Finding, Location
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.submission import FileFormat, FoundField, Inspection, Rung, StampClaim

MAX_BYTES = 32 * 1024 * 1024
_MAX_LISTED = 20
_END = b"%%EOF"
_HARMLESS = re.compile(
    r"reported number of objects \(\d{1,6}\) is not one plus the highest"
    r"|xref entry for the xref stream itself is missing"
)
"""Slips in a file's index that hide no object: poppler rounds this number up when it appends
to a file saved by PDFium; PDFBox does not list the index in itself."""
_BEGUN = re.compile(rb"\A\s*\d|\d\s+obj\b|\bxref\b")
"""What follows an end mark when another save was begun: a number, an object, an index."""


def inspect(content: bytes) -> Inspection:
    """Return all that the file says. Raises UnreadableFile, never returns part of a form."""
    if len(content) > MAX_BYTES:
        raise UnreadableFile(FindingCode.FILE_TOO_LARGE, {"limit": str(MAX_BYTES // 2**20)})
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            return _guarded(pdf, content)
    except pikepdf.PasswordError as error:
        raise UnreadableFile(FindingCode.FILE_PROTECTED) from error
    except pikepdf.PdfError as error:
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from error


def _guarded(pdf: pikepdf.Pdf, content: bytes) -> Inspection:
    """Return what a file says; where a mended one leads the reading astray, it is damaged."""
    try:
        return _inspect(pdf, content)
    except (TypeError, AttributeError, ValueError) as error:
        if not is_mended(pdf, content):
            raise  # our own fault
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from error


def _inspect(pdf: pikepdf.Pdf, content: bytes) -> Inspection:
    walked = walk(pdf)
    opinion = second.ask_pdfium(content, whole_text=not walked.fields)
    claims, findings = _claims(pdf, walked, opinion)
    findings += _tree_findings(pdf, walked)
    findings += _paper_findings(pdf, walked, opinion)
    if opinion is not None and opinion.values:
        findings += compare_readings(walked, opinion, lambda: second.ask_pypdf(content))
    findings += _damage(pdf, walked, opinion, cut=is_cut(content))
    return Inspection(
        format=FileFormat.PDF,
        claims=tuple(claims),
        fields=tuple(_found(field) for field in walked.fields),
        findings=tuple(findings),
        pages=len(pdf.pages),
        program=carriers.program_family(pdf),
        saves=max(content.count(_END), 1),
        written=carriers.last_saved(pdf),
        drawn=_drawn(pdf, walked),
        holds_files=walked.holds_files or _has_attachments(pdf),
    )


def _drawn(pdf: pikepdf.Pdf, walked: Walked) -> tuple[str, ...]:
    """Return the digest of each page, then that of all boxes: where they lie, what they offer.

    A box lies on what its page draws, whatever the number: drawings exchanged below their
    boxes ask other questions.
    """
    digests = page_digests(pdf)
    below = dict(enumerate(digests, start=1))
    boxes = ([(below.get(b.page or 0), b.sides, b.export) for b in f.boxes] for f in walked.fields)
    shape = shape_digest(
        (f.name, f.kind.value, lie, f.entries) for f, lie in zip(walked.fields, boxes, strict=True)
    )
    return (*digests, shape)


def _has_attachments(pdf: pikepdf.Pdf) -> bool:
    names = pdf.Root.get("/Names")
    is_listed = isinstance(names, pikepdf.Dictionary) and "/EmbeddedFiles" in names
    return is_listed or "/AF" in pdf.Root


def drawn_digests(content: bytes) -> tuple[str, ...]:
    """Return the digests of a form of our own making, as an inspection tells them."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return _drawn(pdf, walk(pdf))


def _claims(
    pdf: pikepdf.Pdf, walked: Walked, opinion: SecondOpinion | None
) -> tuple[list[StampClaim], list[Finding]]:
    """Return the stamps of all carriers and the contradictions between pages."""
    footers, findings = carriers.footer_claims(opinion.footers if opinion else ())
    claims = carriers.field_claims(walked.fields) + footers + carriers.metadata_claims(pdf)
    if opinion and not footers:
        claims += carriers.page_claims(opinion.texts)
    return claims, findings


def _tree_findings(pdf: pikepdf.Pdf, walked: Walked) -> list[Finding]:
    """Return what the field tree as a whole says."""
    findings = []
    if walked.duplicates:
        listed = " ".join(shown_name(name) for name in walked.duplicates[:_MAX_LISTED])
        context = {"count": str(len(walked.duplicates)), "addresses": listed}
        findings.append(finding_of(FindingCode.FIELD_DUPLICATE, context))
    if walked.remarks:
        pages = ", ".join(map(str, dict.fromkeys(walked.remarks)))
        context = {"count": str(len(walked.remarks)), "kind": "annotations", "pages": pages}
        findings.append(finding_of(FindingCode.FIELD_UNKNOWN, context))
    if _has_attachments(pdf):
        findings.append(finding_of(FindingCode.FIELD_UNKNOWN, {"kind": "attachments"}))
    unseen = [field.name for field in walked.fields if field.is_unseen]
    findings += [finding_of(FindingCode.TEXT_HIDDEN, {"address": name}) for name in unseen]
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        findings.append(finding_of(FindingCode.FILE_XFA))
    return findings


def _paper_findings(
    pdf: pikepdf.Pdf, walked: Walked, opinion: SecondOpinion | None
) -> Iterator[Finding]:
    """Yield what is said of a file without fields, and of pages that are pictures."""
    pictures = opinion.pictures if opinion else []
    if not walked.fields and len(pictures) == len(pdf.pages) > 0:
        yield finding_of(FindingCode.FILE_SCANNED, {"count": str(len(pictures))})
        return
    if pictures:
        listed = ", ".join(map(str, pictures[:_MAX_LISTED]))
        yield finding_of(FindingCode.PAGES_SCANNED, {"pages": listed})
    form = pdf.Root.get("/AcroForm")
    has_xfa = isinstance(form, pikepdf.Dictionary) and "/XFA" in form
    if not walked.fields and not has_xfa:
        yield finding_of(FindingCode.FILE_NO_FIELDS)


def is_cut(content: bytes) -> bool:
    """Say whether an appended save was begun and never ended.

    Such a file opens without a warning when little of the save is left: it then shows the
    form as it was before.
    """
    end = content.rfind(_END)
    return end >= 0 and _BEGUN.search(content[end + len(_END) :]) is not None


def is_mended(pdf: pikepdf.Pdf, content: bytes) -> bool:
    """Say whether a file, read to its end, was mended on the way or lacks a save."""
    return is_cut(content) or _is_warned_of(pdf)


def _is_warned_of(pdf: pikepdf.Pdf) -> bool:
    return any(not _HARMLESS.search(text) for text in pdf.get_warnings())


def _damage(
    pdf: pikepdf.Pdf, walked: Walked, opinion: SecondOpinion | None, *, cut: bool
) -> list[Finding]:
    """Return one finding when the file was mended on the way; warnings come late, so last."""
    reasons = {
        "cut": cut,
        "structure": _is_warned_of(pdf),
        "fields": walked.tangled,
        "second reader": opinion is None or bool(walked.fields and not opinion.values),
    }
    met = ", ".join(reason for reason, true in reasons.items() if true)
    return [finding_of(FindingCode.FILE_REPAIRED, {"reason": met})] if met else []


def _found(field: WalkedField) -> FoundField:
    return FoundField(
        address=field.name,
        text=field.reading.text,
        kind=field.kind,
        rung=Rung.FIELD,
        location=Location(page=field.page),
        read_only=field.read_only,
        export=field.reading.export,
    )
