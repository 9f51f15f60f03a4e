"""Where a PDF says which form it is: footers, stamp field, metadata; who saved it, and when.

Every carrier is a claim. Comparing claims with what is published is the pipeline's work;
here only the pages of one file are compared with each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import pikepdf

from intake.formats.pdf.anchors import STAMP_FIELD
from intake.formats.pdf.read.field_text import bounded_bytes, text_of
from intake.formats.pdf.read.walk import WalkedField
from intake.formats.written import iso_date, latest, pdf_date
from intake.model.errors import UnreadableFile
from intake.model.file.dates import DateSource, Written
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.stamp import FormStamp, find_stamp
from intake.model.submission import StampClaim

_METADATA_LIMIT = 2_000_000
_PAGE = re.compile(r"[0-9A-F]{8} · (\d{1,3})/(\d{1,3})(?!\d)")
_XMP_DATE = re.compile(r"<?xmp:ModifyDate(?:>|\s*=\s*[\"'])([^<\"']{1,40})")
_FAMILIES = (
    ("adobe", "acrobat"),
    ("acrobat", "acrobat"),
    ("quartz", "apple"),
    ("ghostscript", "ghostscript"),
    ("libreoffice", "libreoffice"),
    ("microsoft", "microsoft"),
    ("itext", "itext"),
    ("pdf-lib", "pdf-lib"),
    ("pdfium", "pdfium"),
    ("skia", "chrome"),
    ("pypdf", "pypdf"),
    ("cairo", "cairo"),
    ("mupdf", "mupdf"),
    ("foxit", "foxit"),
    ("typst", "typst"),
)


def field_claims(fields: Iterable[WalkedField]) -> list[StampClaim]:
    """Return what the stamp field says."""
    texts = [field.reading.text for field in fields if field.name == STAMP_FIELD]
    return _claims("field", texts)


def footer_claims(footers: Sequence[str]) -> tuple[list[StampClaim], list[Finding]]:
    """Return what the footers say, once each, and their contradictions."""
    claims = _claims("footer", footers)
    findings = []
    if len(claims) > 1:
        findings.append(finding_of(FindingCode.STAMP_CONFLICT, {"carriers": "footer"}))
    numbers = [int(m[1]) for text in footers if (m := _PAGE.search(" ".join(text.split())))]
    if len(numbers) > len(set(numbers)):
        findings.append(finding_of(FindingCode.SEVERAL_FORMS, {"pages": str(len(footers))}))
    return claims, findings


def page_claims(texts: Sequence[str]) -> list[StampClaim]:
    """Return the stamps printed anywhere on the pages of a file without fields."""
    return _claims("footer", texts)


def metadata_claims(pdf: pikepdf.Pdf) -> list[StampClaim]:
    """Return what the document information and the XMP packet say."""
    return _claims("metadata", [_keyword(pdf, "/Keywords"), _xmp(pdf)])


def program_family(pdf: pikepdf.Pdf) -> str:
    """Return the family of the program that saved the file, empty when unknown."""
    producer = _keyword(pdf, "/Producer").lower()
    return next((family for word, family in _FAMILIES if word in producer), "")


def last_saved(pdf: pikepdf.Pdf) -> Written | None:
    """Return when the file says it was last saved: in its information or its XMP packet."""
    packet = _XMP_DATE.search(_xmp(pdf))
    in_packet = iso_date(packet[1], DateSource.PDF) if packet else None
    return latest((pdf_date(_keyword(pdf, "/ModDate")), in_packet))


def _claims(carrier: str, texts: Iterable[str]) -> list[StampClaim]:
    stamps: dict[FormStamp, None] = {}
    for text in texts:
        stamp = find_stamp(text)
        if stamp is not None:
            stamps[stamp] = None
    return [StampClaim(carrier, stamp) for stamp in stamps]


def _keyword(pdf: pikepdf.Pdf, key: str) -> str:
    information = pdf.trailer.get("/Info")
    if not isinstance(information, pikepdf.Dictionary):
        return ""
    value = information.get(key)
    return text_of(value).text[:1000] if isinstance(value, pikepdf.String) else ""


def _xmp(pdf: pikepdf.Pdf) -> str:
    packet = pdf.Root.get("/Metadata")
    if not isinstance(packet, pikepdf.Stream):
        return ""
    try:
        return bounded_bytes(packet, _METADATA_LIMIT).decode("utf-8", errors="replace")
    except UnreadableFile:
        return ""  # too large to be ours; the other carriers speak
