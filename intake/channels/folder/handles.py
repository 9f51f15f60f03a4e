"""Files of a folder in which others write, reached without following a link on the way.

Where the system has directory handles (Linux, macOS), each folder between the root and a file
is opened from the one above and held: whatever is exchanged meanwhile, the file is the one
that was looked at. Windows has none: there each part of the path is looked at just before it
is used, and whoever takes a file compares device and number before and after. An exchange
between that look and the use is noticed there, and not prevented.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

HAS_HANDLES = {
    os.open,
    os.stat,
    os.unlink,
    os.rename,
    os.mkdir,
} <= os.supports_dir_fd and os.scandir in os.supports_fd
_CHUNK = 1 << 20
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_FILE = os.O_RDONLY | _NO_LINK | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_JUNCTION = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)


@dataclass(frozen=True, slots=True)
class Seen:
    """What tells a file from another, and from itself after a change."""

    device: int
    number: int
    size: int
    changed: int
    """Time of the last change, in nanoseconds."""
    mode: int
    links: int
    """How many names the file has."""

    @classmethod
    def of(cls, found: os.stat_result) -> Seen:
        """Return what the system says of a file."""
        is_junction = getattr(found, "st_reparse_tag", 0) == _JUNCTION
        mode = stat.S_IFLNK if is_junction else found.st_mode
        return cls(
            found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, mode, found.st_nlink
        )

    @property
    def is_file(self) -> bool:
        """Say whether it is a regular file."""
        return stat.S_ISREG(self.mode)

    @property
    def is_folder(self) -> bool:
        """Say whether it is a folder, and no link to one."""
        return stat.S_ISDIR(self.mode)


@dataclass(frozen=True, slots=True)
class HeldFolder:
    """One folder, held open by its handle where the system has them. Every call raises OSError."""

    path: Path
    handle: int | None = None

    def names(self) -> list[str]:
        """Return the names in the folder, sorted."""
        with os.scandir(self.path if self.handle is None else self.handle) as entries:
            return sorted(entry.name for entry in entries)

    def seen(self, name: str) -> Seen:
        """Look at a name, not at what a link leads to."""
        return Seen.of(os.stat(self._of(name), dir_fd=self.handle, follow_symlinks=False))

    def open(self, name: str) -> BinaryIO:
        """Open a regular file to read it; no link, no pipe."""
        descriptor = os.open(self._of(name), _FILE, dir_fd=self.handle)
        stream = os.fdopen(descriptor, "rb")
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            stream.close()
            raise FileNotFoundError(errno.ENOENT, "not a file", name)
        return stream

    def remove(self, name: str) -> None:
        """Delete a name."""
        os.unlink(self._of(name), dir_fd=self.handle)

    def move(self, name: str, target: HeldFolder, other: str) -> None:
        """Give a file another place on the same file system, unless something stands there."""
        if other in target.names():
            raise FileExistsError(errno.EEXIST, "the name is taken", other)
        os.rename(
            self._of(name), target._of(other), src_dir_fd=self.handle, dst_dir_fd=target.handle
        )

    @contextmanager
    def inner(self, name: str) -> Iterator[HeldFolder]:
        """Hold a folder of this one. Raises NotADirectoryError for a link."""
        if not self.seen(name).is_folder:
            raise NotADirectoryError(errno.ENOTDIR, "not a folder", name)
        if self.handle is None:
            yield HeldFolder(self.path / name)
            return
        handle = os.open(name, _FOLDER | _NO_LINK, dir_fd=self.handle)
        try:
            yield HeldFolder(self.path / name, handle)
        finally:
            os.close(handle)

    def _of(self, name: str) -> str | Path:
        return self.path / name if self.handle is None else name


@dataclass(frozen=True, slots=True)
class Spot:
    """A file by its root and the names that lead to it. Every call raises OSError."""

    root: Path
    parts: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the file's own name, as the system gives it."""
        return self.parts[-1]

    @contextmanager
    def folder(self) -> Iterator[HeldFolder]:
        """Hold the file's folder, reached from the root without a link."""
        with held(self.root) as root, _below(root, self.parts[:-1]) as folder:
            yield folder

    def seen(self) -> Seen:
        """Look at the file."""
        with self.folder() as folder:
            return folder.seen(self.name)

    def chunks(self) -> Iterator[bytes]:
        """Yield the file's bytes in pieces of one megabyte."""
        with self.folder() as folder:
            stream = folder.open(self.name)
        with stream:
            yield from pieces(stream)

    def digest(self) -> str:
        """Return the SHA-256 of the file."""
        return digest_of(self.chunks())


@contextmanager
def held(root: Path) -> Iterator[HeldFolder]:
    """Hold the folder where a path begins; its owner may have made it a link. Raises OSError."""
    if not HAS_HANDLES:
        yield HeldFolder(root)
        return
    handle = os.open(root, _FOLDER)
    try:
        yield HeldFolder(root, handle)
    finally:
        os.close(handle)


def pieces(stream: BinaryIO) -> Iterator[bytes]:
    """Yield what a stream holds in pieces of one megabyte."""
    while piece := stream.read(_CHUNK):
        yield piece


def digest_of(chunks: Iterable[bytes]) -> str:
    """Return the SHA-256 of bytes that come in pieces."""
    digest = hashlib.sha256()
    for piece in chunks:
        digest.update(piece)
    return digest.hexdigest()


@contextmanager
def _below(folder: HeldFolder, names: tuple[str, ...]) -> Iterator[HeldFolder]:
    """Hold a folder below another, however deep."""
    if not names:
        yield folder
        return
    with folder.inner(names[0]) as inner, _below(inner, names[1:]) as found:
        yield found
