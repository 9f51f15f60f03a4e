"""Forms that ask for a password, as the centres' programs make them."""

from __future__ import annotations

import io

import pikepdf

from tests.kit.broken.damage import changed
from tests.kit.office.few import filled

SECRET = "Sésame-canari"  # noqa: S105 - of these files alone; old formats take 15 letters


def locked(content: bytes | None = None, *, user: str = SECRET) -> bytes:
    """Return a PDF form under a password; with an empty one, only editing needs it."""
    protection = pikepdf.Encryption(owner="owner", user=user)
    return changed(filled() if content is None else content, lambda _: None, encryption=protection)


def locked_office(content: bytes) -> bytes:
    """Return a Word or Excel form encrypted as their programs do (ECMA-376, agile)."""
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415 - an optional part

    target = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(SECRET, target)
    return target.getvalue()
