"""Write office packages (Word, Excel) whose bytes depend on their parts alone.

The same parts give the same file, whenever and wherever it is written with one zlib.
For packages made here; a returned file is opened by ``zip_guard`` only.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

CONTENT_TYPES = "[Content_Types].xml"
_FIRST = (CONTENT_TYPES, "_rels/.rels")
"""Programs that look at the first bytes of a package expect these members first."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 9


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the package of some parts, in a fixed order, without clock or system."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in _ordered(parts):
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            archive.writestr(member, parts[name], compresslevel=_LEVEL)
    return target.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """Return the parts of a package written by a library here, never of a returned file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _ordered(names: Iterable[str]) -> list[str]:
    known = set(names)
    first = [name for name in _FIRST if name in known]
    return [*first, *sorted(known.difference(first))]
