"""Is a file finished? Pure rules over names, times and last bytes.

A copy in progress must never be read: a cut file can open as a blank form. A file is
finished when its end looks complete for its kind, or when it has been quiet for a while.
"""

from __future__ import annotations

from pathlib import PurePath

QUIET_SECONDS = 2.0
TAIL_BYTES = 2048
_UNFINISHED = {".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".opdownload"}
_SYSTEM = {"thumbs.db", "desktop.ini"}


def is_ignored(path: PurePath) -> bool:
    """Say whether a name is never a returned form: hidden, temporary, lock or system file."""
    names = (path.name, *(part.name for part in path.parents))
    if any(name.startswith(".") for name in names if name):
        return True
    name = path.name.lower()
    return (
        name.startswith("~$")
        or name.endswith("~")
        or name in _SYSTEM
        or path.suffix.lower() in _UNFINISHED
    )


def looks_complete(head: bytes, tail: bytes) -> bool:
    """Say whether the ends of a file show that nothing is missing behind.

    Only kinds with a known last mark answer yes: PDF (``%%EOF``) and zip containers
    (end of central directory).
    """
    if b"%PDF-" in head:
        return tail.rstrip(b"\r\n\t \0").endswith(b"%%EOF")
    return head.startswith(b"PK\x03\x04") and b"PK\x05\x06" in tail
