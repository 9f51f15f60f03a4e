"""The list of centres as a table: shown, pasted, and kept in ``centres.csv`` whole."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from intake.channels.files import write_atomically
from intake.model.errors import StudyError
from intake.model.local_text import LocalText
from intake.study.centre_file import COLUMNS, CentreRow, centre_file, centre_row, centre_rows
from intake.study.centre_table import CentreTable, centre_table
from intake.study.centres import examine, load_centres, read_centre_file
from intake.study.pasted_centres import FIRST_LINE, read_pasted
from intake.study.saved_text import saved_text
from intake.wiring.app import App
from intake.wiring.conduct.account import read_ledger
from intake.words.told import together, told
from intake.workspace.lock import only_one
from intake.workspace.places import CENTRES_FILE

MOST_CENTRES = 1_000
"""More lines than these were never a list of centres."""
Cells = Mapping[str, str]
"""One centre as it is typed: the text of each column, by its name."""


@dataclass(frozen=True, slots=True)
class ShownCentres:
    """A table of centres, and what is to be known before it is kept."""

    table: CentreTable
    said: tuple[LocalText, ...] = ()
    """What of a pasted text is not taken, or why the file cannot be shown."""
    vanishing: tuple[str, ...] = ()
    """Centres that have forms or letters in the study and are not in the table."""
    seen: str = ""
    """Digest of the file as it was when the table was shown."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of a list of centres, in the usual order."""
        return COLUMNS

    @property
    def document(self) -> Mapping[str, Any]:
        """Return all of it, ready for JSON."""
        return {**asdict(self), "is_right": self.table.is_right, "columns": self.columns}


@dataclass(frozen=True, slots=True)
class ReplacedCentres:
    """What is otherwise in the list, by centre, and in words."""

    count: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def said(self) -> tuple[LocalText, ...]:
        """Return what is otherwise, in every language."""
        found = {"added": self.added, "changed": self.changed, "removed": self.removed}
        lines = (
            told(f"setup.centres.{name}", centres=", ".join(ids))
            for name, ids in found.items()
            if ids
        )
        return (told("setup.centres.replaced", count=str(self.count)), *lines)


def centres_table(app: App) -> ShownCentres:
    """Return the list as it is; where its file cannot be taken by lines, empty, and why."""
    try:
        rows = centre_rows(read_centre_file(app.places.centres), CENTRES_FILE)
    except StudyError as problem:
        return ShownCentres(CentreTable(()), (problem.text,), seen=_digest(app))
    return ShownCentres(centre_table(rows, app.study.study.languages), seen=_digest(app))


def typed_centres(app: App, cells: Sequence[Cells]) -> ShownCentres:
    """Return what was typed as a table, to look at before it is kept; nothing is written."""
    return _shown(app, _rows(cells))


def pasted_centres(app: App, text: str | bytes) -> ShownCentres:
    """Return a pasted text, or a file's, as a table to look at before it is kept.

    Nothing is written. Raises StudyError for bytes in no letters that are known.
    """
    pasted = read_pasted(text if isinstance(text, str) else _text(text))
    if len(pasted.rows) > MOST_CENTRES:
        raise StudyError(told("setup.centres.most", most=MOST_CENTRES))
    told_of = {"left_out": pasted.left_out, "twice": pasted.twice}
    said = [
        told(f"setup.centres.{name}", columns=", ".join(columns))
        for name, columns in told_of.items()
        if columns
    ]
    if not pasted.rows:
        said.append(told("setup.centres.no_row"))
    return _shown(app, pasted.rows, tuple(said))


def replace_centres(
    app: App, cells: Sequence[Cells], removing: Collection[str] = (), seen: str = ""
) -> ReplacedCentres:
    """Keep a table as the list of centres, and say what is otherwise.

    Args:
        app: the workspace.
        cells: each centre's columns; empty lines are left out.
        removing: centres that may leave though forms or letters of theirs are in the study.
        seen: digest of the file that the table was made from; any, where none is given.

    Raises:
        StudyError: a cell is wrong, the table is empty, the file was changed meanwhile, or a
            centre would vanish in silence; nothing was written.
        StoreUnavailable: a run is under way, or the store cannot be read.
    """
    rows = _rows(cells)
    found = examine(rows)
    if found.cells:
        raise StudyError(together(found.faults(CENTRES_FILE)))
    if not rows:
        raise StudyError(told("setup.centres.no_row"))
    with only_one(app.places.archive / "run.lock"):
        if seen and seen != _digest(app):
            raise StudyError(told("setup.centres.meanwhile"))
        lost = [one for one in _vanishing(app, rows) if one not in removing]
        if lost:
            raise StudyError(told("setup.centres.vanish", centres=", ".join(lost)))
        before = _listed(app)
        _write(app, rows)
    after = {row.cells["id"]: dict(row.cells) for row in rows}
    return ReplacedCentres(
        len(after),
        tuple(one for one in after if one not in before),
        tuple(one for one in after if one in before and after[one] != before[one]),
        tuple(one for one in before if one not in after),
    )


def _digest(app: App) -> str:
    """Return what tells whether the file was changed, by a spreadsheet for example."""
    return hashlib.sha256(read_centre_file(app.places.centres)).hexdigest()[:16]


def _text(content: bytes) -> str:
    try:
        return saved_text(content)
    except UnicodeDecodeError:
        raise StudyError(told("setup.centres.encoding", source=CENTRES_FILE)) from None


def _rows(cells: Sequence[Cells]) -> tuple[CentreRow, ...]:
    filled = [one for one in cells if any(text.strip() for text in one.values())]
    return tuple(
        centre_row(line, [one.get(name, "") for name in COLUMNS], COLUMNS)
        for line, one in enumerate(filled, start=FIRST_LINE)
    )


def _shown(app: App, rows: Sequence[CentreRow], said: tuple[LocalText, ...] = ()) -> ShownCentres:
    table = centre_table(rows, app.study.study.languages)
    lost = tuple(_vanishing(app, rows)) if rows else ()
    return ShownCentres(table, said, lost, _digest(app))


def _vanishing(app: App, rows: Sequence[CentreRow]) -> Iterator[str]:
    """Yield the listed centres of which the study holds something and that rows leave out."""
    kept = {row.cells["id"] for row in rows}
    missing = [one for one in _listed(app) if one not in kept]
    if not missing:
        return
    tally = app.store.counts.tally(app.study.form)
    known = {one.centre for one in tally.centres} | {one.centre for one in tally.files}
    known |= {event.centre for event in read_ledger(app.store).live}
    yield from (one for one in missing if one in known or _letters_alone(app, one) in known)


def _letters_alone(app: App, centre: str) -> str | None:
    """Return the letters by which a form may name a centre, where no other has them."""
    every = _listed(app)
    letters = every[centre]["letters"]
    same = [one for one in every.values() if one["letters"] == letters]
    return letters if len(same) == 1 else None


def _listed(app: App) -> Mapping[str, dict[str, str]]:
    """Return the cells of the list as it is, by centre; none where it cannot be read."""
    try:
        return {one.id: asdict(one) for one in load_centres(app.places.centres)}
    except StudyError:
        return {}


def _write(app: App, rows: Sequence[CentreRow]) -> None:
    path = app.places.centres
    try:
        write_atomically(path, centre_file(row.cells for row in rows))
    except OSError as error:
        problem = str(error.strerror)
        raise StudyError(
            told("setup.centres.not_written", source=str(path), problem=problem)
        ) from None
