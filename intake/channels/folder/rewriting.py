"""New files written beside former ones: the parts of some records replaced, the rest copied."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from io import BufferedReader, BufferedWriter
from pathlib import Path
from types import TracebackType
from typing import Self

from intake.channels.files import BESIDE, replace_file, sync_folder
from intake.channels.folder.parts import Parts
from intake.model.file.written import Change, WrittenFile

_PIECE = 1 << 20


class Rewriting:
    """Files that grow beside the former ones, from the first real change on."""

    def __init__(self, folder: Path, heads: Mapping[str, bytes], former: Parts | None) -> None:
        """Begin; without former parts no former file is looked at. Raises OSError."""
        self.parts = Parts(len(heads))
        self.is_begun = False
        self._folder = folder
        self._former = former or Parts(len(heads))
        self._at = self._copied = 0
        self._files = tuple(
            _File(folder / name, head, place) for place, (name, head) in enumerate(heads.items())
        )
        self._open = ExitStack()
        if former is None:
            self._begin()

    def __enter__(self) -> Self:
        """Open the former files, if there are any to keep something of."""
        if self._former.ids:
            for file in self._files:
                file.former = self._open.enter_context(file.path.open("rb"))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all; what was not put in place is removed."""
        self._open.close()
        for file in self._files:
            file.beside.unlink(missing_ok=True)

    def take(self, change: Change) -> None:
        """Put one record's parts in their place. Records come by id, each once."""
        record_id, new = change
        self._pass_to(self._former.place(record_id, self._at))
        is_known = self._former.has(record_id, self._at)
        if self._is_as_before(new) if is_known else new is None:
            return
        self._copy_passed()
        if new is not None:
            self.parts.add(record_id, map(len, new))
            for file, part in zip(self._files, new, strict=True):
                file.write(part)
        if is_known:
            self._leave_out_one()

    def put_in_place(self) -> Mapping[str, WrittenFile]:
        """Copy what is left, then put the new files in the place of the former. Raises OSError."""
        self._pass_to(len(self._former.ids))
        self._copy_passed()
        for file in self._files:
            file.sync()
        self._open.close()  # an open file cannot be replaced on Windows
        for file in self._files:
            replace_file(file.beside, file.path)
        sync_folder(self._folder)
        return {file.path.name: file.written for file in self._files}

    def _begin(self) -> None:
        self.is_begun = True
        self._folder.mkdir(parents=True, exist_ok=True)
        for file in self._files:
            file.sink = self._open.enter_context(file.beside.open("wb"))
            file.write(file.head)

    def _pass_to(self, place: int) -> None:
        """Go over former records that stay as they are."""
        for number, file in enumerate(self._files):
            file.passed += self._former.length(number, self._at, place)
        self._at = place

    def _copy_passed(self) -> None:
        if not self.is_begun:
            self._begin()
        for file in self._files:
            file.copy_passed()
        self.parts.add_from(self._former, self._copied, self._at)
        self._copied = self._at

    def _leave_out_one(self) -> None:
        self._pass_to(self._at + 1)
        self._copied = self._at
        for file in self._files:
            file.copied = file.passed

    def _is_as_before(self, new: tuple[bytes, ...] | None) -> bool:
        """Say whether the former record at this place has the very parts."""
        return new is not None and all(
            self._former.length(number, self._at, self._at + 1) == len(part) and file.holds(part)
            for number, (file, part) in enumerate(zip(self._files, new, strict=True))
        )


class _File:
    """One file: how far the former one is known and copied, and the new one beside it."""

    def __init__(self, path: Path, head: bytes, place: int) -> None:
        self.path, self.head = path, head
        self.beside = path.with_name(f".{os.getpid()}.{place}{BESIDE}")
        self.former: BufferedReader | None = None
        self.sink: BufferedWriter | None = None
        self.copied = self.passed = len(head)
        self._digest, self._size = hashlib.sha256(), 0

    @property
    def written(self) -> WrittenFile:
        """Return what tells the new file's bytes."""
        return WrittenFile(self._size, self._digest.hexdigest())

    def holds(self, part: bytes) -> bool:
        """Say whether the former file goes on with some bytes."""
        if self.former is None:
            return not part
        self.former.seek(self.passed)
        return self.former.read(len(part)) == part

    def write(self, content: bytes | memoryview) -> None:
        """Add bytes to the new file."""
        if self.sink is not None:
            self.sink.write(content)
            self._digest.update(content)
            self._size += len(content)

    def copy_passed(self) -> None:
        """Add what was gone over in the former file."""
        for piece in self._pieces(self.passed - self.copied):
            self.write(piece)
        self.copied = self.passed

    def sync(self) -> None:
        """Make the new file survive a power cut."""
        if self.sink is not None:
            self.sink.flush()
            os.fsync(self.sink.fileno())

    def _pieces(self, left: int) -> Iterator[memoryview]:
        if self.former is None or not left:
            return
        self.former.seek(self.copied)
        room = memoryview(bytearray(min(left, _PIECE)))
        while left:
            count = self.former.readinto(room[: min(left, _PIECE)])
            if not count:
                raise OSError(f"{self.path.name} ended before its last record")
            yield room[:count]
            left -= count
