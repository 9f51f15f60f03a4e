"""The stamp: which form, version, language and centre a file claims to be.

A query sheet's says also whose sheet it is. Carried as text (footer, ``_stamp``) and as a
short token (QR code). A stamp read from a returned file is a claim, compared with what is
known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SEPARATOR = " · "
_TEXT = re.compile(
    r"(?P<form>[A-Z][A-Z0-9-]{0,30}) (?P<version>\d+\.\d+\.\d+) · (?P<language>[a-z]{2})"
    r"(?: · (?P<centre>[A-Z][A-Z0-9-]{0,15}))? · (?P<fingerprint>[0-9A-F]{8})(?![0-9A-Za-z])"
    r"(?: · (?P<subject>[A-Z][A-Z0-9-]{0,15}-\d+) R(?P<revision>\d{1,4}) Q(?P<number>\d{1,4})"
    r"(?![0-9A-Za-z]))?"
)
_TOKEN = re.compile(
    r"(?P<fingerprint>[0-9A-F]{8})(?P<language>[A-Z]{2})(?P<page>\d{2})"
    r"(?:/(?P<subject>[A-Z][A-Z0-9-]{0,15}-\d+)/(?P<revision>\d{1,4})/(?P<number>\d{1,4}))?"
)


@dataclass(frozen=True, slots=True)
class SheetStamp:
    """Whose query sheet: the record's number, the revision it is about, which of its sheets."""

    subject: str
    revision: int
    number: int

    @property
    def text(self) -> str:
        """Return e.g. ``REI-007 R2 Q1``."""
        return f"{self.subject} R{self.revision} Q{self.number}"


@dataclass(frozen=True, slots=True)
class PageToken:
    """What the QR code of one page says."""

    fingerprint: str
    language: str
    page: int
    sheet: SheetStamp | None = None


@dataclass(frozen=True, slots=True)
class FormStamp:
    """Form id (lower case), version, language, centre id and fingerprint; of a sheet, whose."""

    form: str
    version: str
    language: str
    fingerprint: str
    centre: str | None = None
    sheet: SheetStamp | None = None

    @property
    def text(self) -> str:
        """Return e.g. ``FORM 1.0.0 · fr · REI · 3FA9C210``; no centre, no third part.

        Of a query sheet, its own part is the last: ``... · 3FA9C210 · REI-007 R2 Q1``.
        """
        parts = [f"{self.form.upper()} {self.version}", self.language]
        if self.centre:
            parts.append(self.centre)
        parts.append(self.fingerprint)
        if self.sheet:
            parts.append(self.sheet.text)
        return _SEPARATOR.join(parts)

    def footer(self, page: int, pages: int) -> str:
        """Return the footer of one page: the text and ``page/pages``."""
        return f"{self.text}{_SEPARATOR}{page}/{pages}"

    def token(self, page: int) -> str:
        """Return what one page's QR code holds: twelve characters, of a sheet some more."""
        plain = f"{self.fingerprint}{self.language.upper()}{page:02d}"
        if self.sheet is None:
            return plain
        return f"{plain}/{self.sheet.subject}/{self.sheet.revision}/{self.sheet.number}"


def find_stamp(text: str) -> FormStamp | None:
    """Return the first stamp written in a text, or None."""
    match = _TEXT.search(" ".join(text.split()))
    if match is None:
        return None
    return FormStamp(
        form=match["form"].lower(),
        version=match["version"],
        language=match["language"],
        fingerprint=match["fingerprint"],
        centre=match["centre"],
        sheet=_sheet(match),
    )


def find_token(text: str) -> PageToken | None:
    """Return what a QR text says of its page, or None."""
    match = _TOKEN.fullmatch(text.strip())
    if match is None:
        return None
    return PageToken(
        match["fingerprint"], match["language"].lower(), int(match["page"]), _sheet(match)
    )


def _sheet(match: re.Match[str]) -> SheetStamp | None:
    if match["subject"] is None:
        return None
    return SheetStamp(match["subject"], int(match["revision"]), int(match["number"]))
