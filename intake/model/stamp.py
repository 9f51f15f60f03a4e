"""The stamp: which form, version, language and centre a file claims to be.

Carried as text (footer, ``_stamp``) and as a short token (QR code). A stamp read from a
returned file is a claim, compared with what is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SEPARATOR = " · "
_TEXT = re.compile(
    r"(?P<form>[A-Z][A-Z0-9-]{0,30}) (?P<version>\d+\.\d+\.\d+) · (?P<language>[a-z]{2})"
    r"(?: · (?P<centre>[A-Z][A-Z0-9-]{0,15}))? · (?P<fingerprint>[0-9A-F]{8})(?![0-9A-Za-z])"
)
_TOKEN = re.compile(r"(?P<fingerprint>[0-9A-F]{8})(?P<language>[A-Z]{2})(?P<page>\d{2})")


@dataclass(frozen=True, slots=True)
class FormStamp:
    """Form id (lower case), version, language, centre id and fingerprint."""

    form: str
    version: str
    language: str
    fingerprint: str
    centre: str | None = None

    @property
    def text(self) -> str:
        """Return e.g. ``FORM 1.0.0 · fr · REI · 3FA9C210``; no centre, no third part."""
        parts = [f"{self.form.upper()} {self.version}", self.language]
        if self.centre:
            parts.append(self.centre)
        return _SEPARATOR.join([*parts, self.fingerprint])

    def footer(self, page: int, pages: int) -> str:
        """Return the footer of one page: the text and ``page/pages``."""
        return f"{self.text}{_SEPARATOR}{page}/{pages}"

    def token(self, page: int) -> str:
        """Return the twelve characters of one page's QR code."""
        return f"{self.fingerprint}{self.language.upper()}{page:02d}"


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
    )


def find_token(text: str) -> tuple[str, str, int] | None:
    """Return (fingerprint, language, page) of a QR text, or None."""
    match = _TOKEN.fullmatch(text.strip())
    if match is None:
        return None
    return match["fingerprint"], match["language"].lower(), int(match["page"])
