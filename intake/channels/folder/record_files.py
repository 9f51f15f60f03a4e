"""Files made of a head and of one part a record, rewritten where records changed.

The files themselves keep the parts: what did not change is copied from the former file, in
pieces, and what was deleted of a record is left nowhere. Copying bytes is all that grows with
the number of records.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from intake.channels.files import write_atomically
from intake.channels.folder.parts import (
    Kept,
    Parts,
    made_of,
    read_kept,
    read_parts,
    signature,
    write_parts,
)
from intake.channels.folder.rewriting import Rewriting
from intake.model.file.written import Change, RecordLayout, WrittenFile

_TABLES = (".csv", ".json")


class RecordFiles:
    """The files of a folder, and the list that says where each record's parts are."""

    def __init__(self, folder: Path, parts: Path | None = None) -> None:
        """Remember the folder, and the file of the list; without one nothing is remembered."""
        self._folder = folder
        self._list = parts

    def made_of(self) -> Mapping[str, str] | None:
        """Return what the files were said to be made of; None unless all are as written."""
        return made_of(self._list, self._folder) if self._list else None

    def write(self, layout: RecordLayout, records: Iterable[Change]) -> tuple[str, ...]:
        """Write the files anew, of all records by id; return the names of all. Raises OSError."""
        with Rewriting(self._folder, layout.heads, None) as writing:
            for record in records:
                writing.take(record)
            return self._finish(layout, writing.put_in_place(), writing.parts)

    def rewrite(self, layout: RecordLayout, changes: Iterable[Change]) -> bool:
        """Put changes, by record id, into files that are as written. Raises OSError.

        False, and nothing is done, when it is not known where the parts are.
        """
        former = read_parts(self._list, len(layout.heads)) if self._list else None
        if former is None or not self._is_of(former, layout):
            return False
        with Rewriting(self._folder, layout.heads, former) as writing:
            for change in changes:
                writing.take(change)
            if writing.is_begun:
                self._finish(layout, writing.put_in_place(), writing.parts)
            else:
                kept = read_kept(self._list) if self._list else None
                self._remember(layout, former, kept.files if kept else ())
        return True

    def _is_of(self, parts: Parts, layout: RecordLayout) -> bool:
        """Say whether heads and parts are as long as the files."""
        return all(
            signature(self._folder / name)[1:2] == (len(head) + parts.total(number),)
            for number, (name, head) in enumerate(layout.heads.items())
        )

    def _finish(
        self, layout: RecordLayout, written: Mapping[str, WrittenFile], parts: Parts
    ) -> tuple[str, ...]:
        """Write what describes the files, drop those no longer made, remember the parts."""
        described = layout.describe(written)
        for name, content in described.items():
            path = self._folder / name
            if not path.is_file() or path.read_bytes() != content:
                write_atomically(path, content)
        names = (*written, *described)
        if self._list:
            self._drop_others(names)
            self._remember(layout, parts, names)
        return names

    def _drop_others(self, names: Collection[str]) -> None:
        for path in self._folder.iterdir():
            if path.is_file() and path.name not in names and path.suffix in _TABLES:
                path.unlink()

    def _remember(self, layout: RecordLayout, parts: Parts, names: Iterable[str]) -> None:
        if self._list:
            files = {name: signature(self._folder / name) for name in names}
            write_parts(self._list, Kept(layout.made_of, files), parts)
