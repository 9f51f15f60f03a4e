"""Bringing the dataset in a folder up to date: by what changed, or anew where that is not known.

What a file is made of is told by the form's versions, the program, and the end of the store's
chain. A record's rows are made once a change, and kept in the files alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Protocol

import intake
from intake.exports.dataset import Dataset
from intake.model.file.written import Change, RecordLayout
from intake.model.receipt import Receipt
from intake.model.record import StoredRecord

_SOURCES = (".py", ".toml", ".json")
_FORM, _HEAD = "form", "head"


class Collected(Protocol):
    """The store, as far as a dataset is made of it."""

    @property
    def head(self) -> str:
        """Return where the audit chain ends."""
        ...

    def changed_since(self, head: str) -> frozenset[str] | None:
        """Return the records that may have changed since the chain ended there, if it did."""
        ...

    def records_by_id(
        self, form: str, only: Collection[str] | None = None
    ) -> Iterable[tuple[str, StoredRecord | None, Receipt | None]]:
        """Yield a form's records with their receipts by id: those named, or all."""
        ...


class Written(Protocol):
    """The files of a folder, made of a part a record."""

    def made_of(self) -> Mapping[str, str] | None:
        """Return what they were said to be made of; None unless all are as written."""
        ...

    def write(self, layout: RecordLayout, records: Iterable[Change]) -> tuple[str, ...]:
        """Write them anew; return the names of all."""
        ...

    def rewrite(self, layout: RecordLayout, changes: Iterable[Change]) -> bool:
        """Put changes into them; False when they must be written anew."""
        ...


def refresh(dataset: Dataset, store: Collected, files: Written) -> None:
    """Make the files hold the records as they are now; nothing is done when they do.

    Raises DefinitionError when the version of a record is absent, OSError for the files.
    """
    head, former = store.head, files.made_of()
    layout = _layout(dataset, head)
    if former == layout.made_of:
        return
    is_of_form = former is not None and former.get(_FORM) == layout.made_of[_FORM]
    changed = store.changed_since(former.get(_HEAD, "")) if former and is_of_form else None
    if changed is None or not files.rewrite(layout, _parts(dataset, store, changed)):
        files.write(layout, _parts(dataset, store))


def is_current(store: Collected, files: Written) -> bool:
    """Say whether the files hold the records as they are now, whichever program wrote them."""
    made_of = files.made_of()
    return made_of is not None and made_of.get(_HEAD) == store.head


def write_all(dataset: Dataset, store: Collected, files: Written) -> tuple[str, ...]:
    """Write the files of all records and return their names, whatever was there before."""
    return files.write(_layout(dataset, store.head), _parts(dataset, store))


def _parts(
    dataset: Dataset, store: Collected, only: Collection[str] | None = None
) -> Iterator[Change]:
    for record_id, stored, receipt in store.records_by_id(dataset.form.newest.id, only):
        yield record_id, None if stored is None else dataset.parts(stored, receipt)


def _layout(dataset: Dataset, head: str) -> RecordLayout:
    versions = [(form.version, form.fingerprint) for form in dataset.form.versions]
    told = [versions, dataset.profile.value, repr(dataset.style), program_digest()]
    digest = hashlib.sha256(json.dumps(told).encode() + dataset.codebook).hexdigest()
    return RecordLayout(dataset.heads, dataset.described, {_FORM: digest, _HEAD: head})


@cache
def program_digest() -> str:
    """Return what tells this program from another: another may write a cell otherwise."""
    folder = Path(intake.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in _SOURCES and path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
