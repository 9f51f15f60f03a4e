"""The list of centres as a table to fill: each cell with what is wrong or doubtful in it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from intake.model.local_text import LocalText
from intake.study.centre_file import COLUMNS, CentreRow
from intake.study.centres import examine
from intake.study.doubts import DoubtKind, centre_doubts
from intake.study.placeholders import is_placeholder
from intake.words.told import told

_ABOUT: Mapping[DoubtKind, str] = {
    DoubtKind.SAME_EMAIL: "email",
    DoubtKind.SAME_PLACE: "hospital",
    DoubtKind.NEAR_ID: "id",
    DoubtKind.OTHER_LETTERS: "letters",
    DoubtKind.NO_EMAIL: "email",
    DoubtKind.PUBLIC_EMAIL: "email",
    DoubtKind.LETTERING: "hospital",
}
"""The cell beside which a doubt is told."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what stands in it, and what a person should know of it."""

    column: str
    value: str
    faults: tuple[LocalText, ...] = ()
    """Why the list cannot be kept so."""
    warnings: tuple[LocalText, ...] = ()
    """What to look at again; it keeps nobody from going on."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One centre of the table."""

    line: int
    cells: tuple[Cell, ...]
    faults: tuple[LocalText, ...] = ()
    """Of the whole line."""


@dataclass(frozen=True, slots=True)
class CentreTable:
    """The whole table."""

    rows: tuple[TableRow, ...]

    @property
    def is_right(self) -> bool:
        """Say whether the list can be kept as it is."""
        return not any(row.faults or any(cell.faults for cell in row.cells) for row in self.rows)


def centre_table(rows: Sequence[CentreRow], spoken: Collection[str] = ()) -> CentreTable:
    """Return lines as a table; ``spoken`` are the study's languages, the first by default."""
    faults: dict[tuple[int, str], list[LocalText]] = {}
    for one in examine(rows).cells:
        faults.setdefault((one.line, one.column), []).append(one.text)
    warnings: dict[tuple[int, str], list[LocalText]] = {}
    for place, text in _warned(rows, spoken):
        warnings.setdefault(place, []).append(text)
    return CentreTable(
        tuple(
            TableRow(
                row.line,
                tuple(
                    Cell(
                        column,
                        row.cells[column],
                        tuple(faults.get((row.line, column), ())),
                        tuple(warnings.get((row.line, column), ())),
                    )
                    for column in COLUMNS
                ),
                tuple(faults.get((row.line, ""), ())),
            )
            for row in rows
        )
    )


def not_spoken(
    rows: Iterable[CentreRow], spoken: Collection[str]
) -> Iterator[tuple[int, LocalText]]:
    """Yield the lines that name a language which the study has not: its first is written."""
    first = next(iter(spoken), "")
    for row in rows:
        language = row.cells["language"]
        if first and language and language not in spoken:
            yield (
                row.line,
                told(
                    "setup.centres.not_spoken",
                    line=str(row.line),
                    centre=row.cells["id"],
                    language=language,
                    first=first,
                ),
            )


def _warned(
    rows: Sequence[CentreRow], spoken: Collection[str]
) -> Iterator[tuple[tuple[int, str], LocalText]]:
    for doubt in centre_doubts(rows):
        for line in doubt.lines:
            yield (line, _ABOUT[doubt.kind]), doubt.text
    for row in rows:
        for column, written in row.cells.items():
            if is_placeholder(written):
                yield (row.line, column), told("setup.centres.placeholder", text=written)
    for line, text in not_spoken(rows, spoken):
        yield (line, "language"), text
