"""Is a file finished, and is its name one of a return? Pure rules over names and last bytes.

A copy in progress must never be read: a cut file can open as a blank form. A file is
finished when its end looks complete for its kind, or when it has been quiet for a while.
"""

from __future__ import annotations

from pathlib import PurePath

from intake.model.run import Why

QUIET_SECONDS = 2.0
TAIL_BYTES = 2048
_UNFINISHED = {".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".opdownload"}
_LITTER = {"thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store", ".localized", ".gitkeep"}
_LITTER_BEGINS = ("~$", "._")
"""Locks of Microsoft Office, and what a Mac writes beside each file on a shared drive."""


def is_litter(name: str) -> bool:
    """Say whether a system or an office program writes such files beside people's own."""
    return name.lower() in _LITTER or name.startswith(_LITTER_BEGINS)


def why_not_by_name(name: str) -> Why | None:
    """Return why a name is never that of a returned form; None when it may be."""
    if name.startswith(".~lock.") or name.endswith("~"):
        return Why.TEMPORARY
    if name.startswith(".") and name.strip(". "):
        return Why.HIDDEN
    return Why.TEMPORARY if PurePath(name).suffix.lower() in _UNFINISHED else None


def looks_complete(head: bytes, tail: bytes) -> bool:
    """Say whether the ends of a file show that nothing is missing behind.

    Only kinds with a known last mark answer yes: PDF (``%%EOF``) and zip containers
    (end of central directory).
    """
    if b"%PDF-" in head:
        return tail.rstrip(b"\r\n\t \0").endswith(b"%%EOF")
    return head.startswith(b"PK\x03\x04") and b"PK\x05\x06" in tail
