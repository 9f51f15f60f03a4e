"""The dataset: what is in it, where it stands, what was frozen, where it may be written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from intake.model.errors import StudyError
from intake.model.file.export_format import ExportFormat
from intake.storage.rows.history import Noted
from intake.wiring.app import App
from intake.wiring.conduct.freezing import MANIFEST
from intake.wiring.exporting import export
from intake.words.told import told

PROFILES = ("analysis", "full")
_EXPORT = "export"
"""The part of the outbox that exports may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Freeze:
    """One frozen dataset; its folder is empty where it was taken away."""

    number: int
    profile: str
    day: str
    folder: str


def dataset(app: App) -> dict[str, Any]:
    """Return what there is of the dataset; opens no record."""
    whole = app.store.counts.tally(app.study.form).whole
    folder = app.places.dataset
    files = sorted(path for path in folder.glob("*") if path.is_file())
    return {
        "patients": whole.patients,
        "points": whole.points,
        "late": whole.late,
        "folder": str(folder),
        "files": [{"name": path.name, "bytes": path.stat().st_size} for path in files],
        "freezes": [_freeze(app, one) for one in reversed(app.store.noted("freeze"))],
        "proposed": str(app.places.outbox / _EXPORT),
    }


def export_into(app: App, folder: str, profile: str, to: ExportFormat) -> tuple[str, ...]:
    """Write the dataset into a folder of its own; return the names. Raises SetupError.

    A folder that holds other files is refused: what was in it might be taken for data.
    """
    path = Path(folder.strip()).expanduser()
    if not folder.strip() or not path.is_absolute():
        raise StudyError(told("setup.export.folder"))
    if _is_the_programs(app, path) or (path.exists() and _holds_other_files(path)):
        raise StudyError(told("setup.export.taken", folder=str(path)))
    return export(app, path, profile, to, lambda _receipt, _total: None)


def _is_the_programs(app: App, path: Path) -> bool:
    """Say whether the program itself keeps a folder: its dataset is never made another's."""
    there, outbox = path.resolve(), app.places.outbox.resolve()
    if there.is_relative_to(outbox):
        return not there.is_relative_to(outbox / _EXPORT)
    own = (app.places.archive, app.places.inbox, app.places.key.parent, app.places.schemas)
    return any(there.is_relative_to(one.resolve()) for one in own)


def _holds_other_files(path: Path) -> bool:
    if not path.is_dir():
        return True
    names = {one.name for one in path.iterdir()}
    return bool(names) and "datapackage.json" not in names


def _freeze(app: App, one: Noted) -> Freeze:
    number = int(one.detail["number"])
    found = sorted(app.places.freezes.glob(f"{number:03d}-*/{MANIFEST}"))
    return Freeze(
        number=number,
        profile=str(one.detail.get("profile", "")),
        day=one.at.date().isoformat(),
        folder=str(found[0].parent) if found else "",
    )
