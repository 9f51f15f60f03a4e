"""Originals, kept for good under their SHA-256; nothing here ever changes one.

A name proves nothing: bytes are digested each time they are read, and only an original's own
name is looked at, so that a file laid beside it is never taken for it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath

from intake.channels.files import BESIDE, write_pieces
from intake.model.errors import ChangedFile, StoreFault, StoreUnavailable
from intake.model.receipt import SourceFile

_EXTENSION = r"\.[a-z0-9]{1,8}"
_NAME = re.compile(rf"([0-9a-f]{{64}})({_EXTENSION})?")


class Condition(StrEnum):
    """What may be wrong in the archive (a closed list)."""

    MISSING = "missing"
    OTHER_BYTES = "other_bytes"
    STRANGER = "stranger"
    """Neither an original by its name, nor by its bytes."""
    UNCLAIMED = "unclaimed"
    """An original of no receipt, as a run that was cut off leaves one: harms nothing."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """One file of the archive, by its path within it, and what is wrong."""

    condition: Condition
    path: str


class FolderArchive:
    """Keep originals in ``<folder>/<two hex>/<sha256><extension>``."""

    def __init__(self, root: Path) -> None:
        """Remember the folder; it is made at the first file."""
        self._root = root

    def keep(self, source: SourceFile, chunks: Iterable[bytes]) -> None:
        """Copy and sync the original, once. Raises ChangedFile when the bytes differ.

        Other bytes that stand under its name are set aside beside it, for a person to see.
        """
        target = self.path(source)
        if target.exists():
            if _digest(target) == source.sha256:
                return
            _set_aside(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        write_pieces(target, _verified(chunks, source))
        target.chmod(0o440)

    def content(self, sha256: str) -> bytes:
        """Return the original's bytes. Raises StoreUnavailable when they are not there."""
        names = [path for path in self._folder(sha256) if path.stem == sha256]
        for path in names:
            content = path.read_bytes()
            if hashlib.sha256(content).hexdigest() == sha256:
                return content
        why = StoreFault.ORIGINAL_OTHER if names else StoreFault.ORIGINAL_MISSING
        raise StoreUnavailable(why, original=sha256[:12], folder=str(self._root))

    def path(self, source: SourceFile) -> Path:
        """Return where an original is kept, for a person to open."""
        suffix = PurePath(source.name).suffix.lower()
        extension = suffix if re.fullmatch(_EXTENSION, suffix) else ""
        return self._root / source.sha256[:2] / f"{source.sha256}{extension}"

    def examine(
        self, originals: Iterable[SourceFile], in_containers: Iterable[SourceFile] = ()
    ) -> Iterator[Noticed]:
        """Walk the archive and yield what differs from the originals that should be there.

        Those of ``in_containers`` may be there or not.
        """
        wanted = {self.path(source) for source in originals}
        known = wanted | {self.path(source) for source in in_containers}
        for path in sorted(self._root.rglob("*")):
            condition = _condition(path, is_wanted=path in known)
            wanted.discard(path)
            if condition is not None:
                yield self._noticed(condition, path)
        yield from (self._noticed(Condition.MISSING, path) for path in sorted(wanted))

    def _folder(self, sha256: str) -> list[Path]:
        """Return the originals, by their names, that stand in a digest's folder."""
        folder = self._root / sha256[:2]
        if not folder.is_dir():
            return []
        return sorted(p for p in folder.iterdir() if _NAME.fullmatch(p.name) and p.is_file())

    def _noticed(self, condition: Condition, path: Path) -> Noticed:
        return Noticed(condition, path.relative_to(self._root).as_posix())


def _condition(path: Path, *, is_wanted: bool) -> Condition | None:
    """Return what is wrong with a file; None for one as it should be, and for folders."""
    is_link = path.is_symlink()
    if not is_wanted and path.is_dir() and not is_link:
        return None
    if path.name.endswith(BESIDE):
        return None  # being written, or left by a run that was cut off: the next one sweeps it
    name = _NAME.fullmatch(path.name)
    is_original = name is not None and path.is_file() and not is_link and _digest(path) == name[1]
    if is_wanted:
        return None if is_original else Condition.OTHER_BYTES
    return Condition.UNCLAIMED if is_original else Condition.STRANGER


def _set_aside(target: Path) -> None:
    """Give what stands in an original's place a name that no original has."""
    number = 1
    while (aside := target.with_name(f"{target.name}.aside-{number}")).exists():
        number += 1
    target.rename(aside)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _verified(chunks: Iterable[bytes], source: SourceFile) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for piece in chunks:
        digest.update(piece)
        yield piece
    if digest.hexdigest() != source.sha256:
        raise ChangedFile(source.token)
