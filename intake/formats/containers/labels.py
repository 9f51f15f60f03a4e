"""The name a member is called by: what its sender wrote, made harmless to show.

A label never becomes a path: it loses its folders, and the characters that show as nothing
or turn the text round.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from intake.formats.sniff import sniff

LONGEST = 150
_SEPARATORS = re.compile(r"[/\\]")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def label(name: str | None, position: int, content: bytes) -> str:
    """Return the label of a member; one without a name is called by its place."""
    last = _SEPARATORS.split(name or "")[-1]
    seen = "".join(c for c in last if unicodedata.category(c) not in _UNSEEN).strip()
    if not seen.strip("."):
        extensions = sniff(content).extensions
        return f"attachment-{position}{extensions[0] if extensions else ''}"
    return _shortened(seen)


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    suffix = PurePosixPath(name).suffix[:10]
    return name[: LONGEST - len(suffix) - 1] + "…" + suffix
