"""Originals, kept for good under their SHA-256; nothing here ever changes one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from intake.channels.files import write_pieces
from intake.model.errors import ChangedFile, StoreUnavailable
from intake.model.receipt import SourceFile

_EXTENSION = re.compile(r"\.[a-z0-9]{1,8}")


class FolderArchive:
    """Keep originals in ``<folder>/<two hex>/<sha256><extension>``."""

    def __init__(self, root: Path) -> None:
        """Remember the folder; it is made at the first file."""
        self._root = root

    def keep(self, source: SourceFile, chunks: Iterable[bytes]) -> None:
        """Copy and sync the original, once. Raises ChangedFile when the bytes differ."""
        target = self._path(source)
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        write_pieces(target, _verified(chunks, source))
        target.chmod(0o440)

    def content(self, sha256: str) -> bytes:
        """Return the original's bytes. Raises StoreUnavailable when it is not there."""
        found = sorted((self._root / sha256[:2]).glob(f"{sha256}*"))
        if not found:
            raise StoreUnavailable(f"The original {sha256[:12]}... is not in {self._root}.")
        return found[0].read_bytes()

    def path(self, source: SourceFile) -> Path:
        """Return where an original is kept, for a person to open."""
        found = sorted((self._root / source.sha256[:2]).glob(f"{source.sha256}*"))
        return found[0] if found else self._path(source)

    def _path(self, source: SourceFile) -> Path:
        suffix = PurePath(source.name).suffix.lower()
        extension = suffix if _EXTENSION.fullmatch(suffix) else ""
        return self._root / source.sha256[:2] / f"{source.sha256}{extension}"


def _verified(chunks: Iterable[bytes], source: SourceFile) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for piece in chunks:
        digest.update(piece)
        yield piece
    if digest.hexdigest() != source.sha256:
        raise ChangedFile(source.token)
