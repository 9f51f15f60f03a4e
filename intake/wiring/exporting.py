"""``export``: the dataset into a folder in one of its formats, verified, counted and noted."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from intake.channels.files import replace_file
from intake.channels.folder.record_files import RecordFiles
from intake.exports.dataset import Dataset, dataset_of
from intake.exports.refresh import Collected, write_all
from intake.exports.tables.record_view import view
from intake.exports.tables.strata import Told, class_of
from intake.exports.writers.registry import is_beside_csv, module_of, write_in
from intake.exports.writers.written_dataset import WrittenDataset
from intake.model.errors import PartMissing
from intake.model.file.export_format import ExportFormat
from intake.model.receipt import Receipt
from intake.model.record import StoredRecord
from intake.model.run import Progress
from intake.privacy.profiles import Profile
from intake.privacy.strata import CENTRE, PERIOD, Strata, told_strata
from intake.wiring.app import App
from intake.wiring.audit import require_whole

_MADE = "made"


def export(
    app: App, folder: Path, profile: str, to: ExportFormat, progress: Progress
) -> tuple[str, ...]:
    """Write the dataset into a folder and note it in the audit chain; return the names.

    All is verified before what identifies patients leaves. What stood in the folder under other
    names stays. Raises PartMissing before anything is written, StoreUnavailable, OSError.
    """
    needed = module_of(to)
    if needed and find_spec(needed.module) is None:
        raise PartMissing(needed.extra)
    if profile == "full":
        require_whole(app.audit())
    dataset = _dataset(app, Profile(profile))
    store = _Counted(app, progress)
    with _beside(folder) as stage:
        names = _written(dataset, store, to, stage)
        for name in names:
            replace_file(stage / name, folder / Path(name).name)
    app.store.note("export", {"profile": profile, "format": to.value})
    return tuple(sorted(Path(name).name for name in names))


def _dataset(app: App, profile: Profile) -> Dataset:
    """Return the study's dataset, with what may be told of centres and periods."""
    definitions = [d for d in app.forms.definitions() if d.id == app.study.form]
    plain = dataset_of(definitions, profile)
    asked = app.study.dataset
    strata = Strata(centre=asked.centre, period_years=asked.period_years)
    if profile is Profile.FULL or not strata.columns:
        return plain
    told = Told(strata, lambda centre: f"C{app.store.sign(f'centre {centre}')[:8]}")
    every = app.store.records_by_id(app.study.form)
    views = (view(stored, None, plain.form.versions) for _, stored, _ in every if stored)
    classes = ((class_of(v, CENTRE, told), class_of(v, PERIOD, told)) for v in views)
    allowed = told_strata(strata, classes, asked.fewest)
    return dataset_of(definitions, profile, told=replace(told, strata=allowed))


def _written(dataset: Dataset, store: Collected, to: ExportFormat, stage: Path) -> Collection[str]:
    """Write the CSV files, then the format that is made of them; return what leaves."""
    tables = write_all(dataset, store, RecordFiles(stage))
    files = tuple(each.file for each in dataset.files)
    source = WrittenDataset(stage, files, dataset.form.languages)
    if is_beside_csv(to):
        return dict.fromkeys((*tables, *write_in(to, source, stage)))
    made = stage / _MADE
    made.mkdir()
    return [f"{_MADE}/{name}" for name in write_in(to, source, made)]


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """Yield a folder inside another that its owner alone reads, and remove it in the end."""
    folder.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=".export-", dir=folder))
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


class _Counted:
    """The store, whose records are counted as they leave."""

    def __init__(self, app: App, progress: Progress) -> None:
        self._store, self._progress = app.store, progress
        self._total = sum(c.patients for c in app.store.counts.tally(app.study.form).centres)

    @property
    def head(self) -> str:
        """Return where the audit chain ends."""
        return self._store.head

    def changed_since(self, head: str) -> frozenset[str] | None:
        """Return the records that may have changed since the chain ended there."""
        return self._store.changed_since(head)

    def records_by_id(
        self, form: str, only: Collection[str] | None = None
    ) -> Iterator[tuple[str, StoredRecord | None, Receipt | None]]:
        """Yield a form's records with their receipts by id, counting those that have answers."""
        for record in self._store.records_by_id(form, only):
            yield record
            if record[1] is not None:
                self._progress(record[2], self._total)
