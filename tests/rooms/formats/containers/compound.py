"""Write the small compound files (OLE) that Outlook messages are; for tests only.

Every stream is padded to 4096 bytes on disk, so that no second allocation table is needed;
its true size stands in the directory.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

SECTOR = 512
_SMALL = 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5

Tree = Mapping[str, Any]
"""Names to bytes (streams) or to another tree (storages)."""


def compound(tree: Tree) -> bytes:
    """Return a compound file with these storages and streams."""
    entries: list[list[Any]] = []
    _enter(entries, "Root Entry", _ROOT, tree)
    sectors: list[bytes] = []
    chains: list[int] = []
    for entry in entries:
        if entry[1] == _STREAM and entry[3]:
            entry[4] = len(sectors)
            _add(sectors, chains, entry[3])
    directory = len(sectors)
    _add(sectors, chains, b"".join(_directory_entry(entry) for entry in entries))
    fat_sectors = -(-(len(sectors) + 8) * 4 // SECTOR)
    table = chains + [_FAT] * fat_sectors
    table += [_FREE] * (fat_sectors * SECTOR // 4 - len(table))
    first_fat = len(sectors)
    fat = struct.pack(f"<{len(table)}I", *table)
    places = list(range(first_fat, first_fat + fat_sectors))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, fat_sectors, directory, 0, _SMALL, _END, 0, _END, 0)
    header += struct.pack("<109I", *(places + [_FREE] * (109 - len(places))))
    return header + b"".join(sectors) + fat


def _enter(entries: list[list[Any]], name: str, kind: int, held: Any) -> int:
    """Add a directory entry and those below it; siblings form a plain chain to the right."""
    number = len(entries)
    content = held if isinstance(held, bytes) else b""
    entry: list[Any] = [name, kind, _FREE, content, _END, _FREE]
    entries.append(entry)
    if kind != _STREAM:
        order = sorted(held, key=lambda n: (len(n), n.upper()))
        kinds = {n: _STREAM if isinstance(held[n], bytes) else _STORAGE for n in order}
        numbers = [_enter(entries, n, kinds[n], held[n]) for n in order]
        for left, right in pairwise(numbers):
            entries[left][5] = right
        entry[2] = numbers[0] if numbers else _FREE
    return number


def _directory_entry(entry: list[Any]) -> bytes:
    name, kind, child, content, start, right = entry
    encoded = (name + "\0").encode("utf-16-le")
    size = max(len(content), _SMALL) if content else 0
    head = encoded.ljust(64, b"\0") + struct.pack(
        "<HBBIII", len(encoded), kind, 1, _FREE, right, child
    )
    return head + bytes(36) + struct.pack("<IQ", start, size)


def _add(sectors: list[bytes], chains: list[int], content: bytes) -> None:
    padded = content.ljust(_SMALL if len(content) < _SMALL else len(content), b"\0")
    padded += bytes(-len(padded) % SECTOR)
    first = len(sectors)
    count = len(padded) // SECTOR
    sectors += [padded[n * SECTOR : (n + 1) * SECTOR] for n in range(count)]
    chains += [*range(first + 1, first + count), _END]
