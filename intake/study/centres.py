"""``centres.csv``: the centres of the study and where to write to them.

``id`` names a centre on its forms and in mail; ``letters`` is what the form asks for and
what makes the patient's key. Two centres of one town share letters, never an id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.model.errors import StudyError
from intake.model.local_text import LocalText
from intake.model.submission import FileFormat
from intake.study.centre_file import COLUMNS, CentreRow, centre_rows
from intake.study.model import is_email
from intake.words.told import together, told

_ID = re.compile(r"[A-Z]{3}(?:-[0-9]{1,4})?")
_LETTERS = re.compile(r"[A-Z]{3}")
FORMATS = tuple(known.value for known in FileFormat if known is not FileFormat.IMAGE)
"""What a centre may prefer to fill; empty for all of them."""


@dataclass(frozen=True, slots=True)
class Centre:
    """One centre; all but ``id``, ``letters`` and ``hospital`` may be empty."""

    id: str
    letters: str
    hospital: str
    specialty: str = ""
    email: str = ""
    department: str = ""
    town: str = ""
    contact: str = ""
    """Whom letters are for, as they say it: a secretariat, a doctor."""
    language: str = ""
    format: str = ""

    @property
    def name(self) -> str:
        """Return what the centre is called: its hospital, and its department where it is said."""
        return ", ".join(part for part in (self.hospital, self.department) if part)


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in one cell; of a whole line where it names no column."""

    line: int
    column: str
    text: LocalText


@dataclass(frozen=True, slots=True)
class Examined:
    """A file of centres: those that are right, and the faults of the others."""

    centres: tuple[Centre, ...]
    rows: tuple[CentreRow, ...]
    cells: tuple[CellFault, ...]

    def faults(self, source: str) -> tuple[LocalText, ...]:
        """Return a line of text for each fault, with its place in a file."""
        return tuple(
            told("setup.centres.fault", source=source, line=str(one.line), problem=one.text)
            for one in self.cells
        )


def load_centres(path: Path) -> tuple[Centre, ...]:
    """Return the centres in file order; none when there is no file. Raises StudyError."""
    return parse_centres(read_centre_file(path), str(path))


def read_centre_file(path: Path) -> bytes:
    """Return the file's bytes; a heading alone when there is no file. Raises StudyError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return ";".join(COLUMNS).encode()
    except OSError as error:
        raise StudyError(
            told("setup.unread", source=str(path), problem=str(error.strerror))
        ) from None


def parse_centres(content: bytes, source: str = "centres.csv") -> tuple[Centre, ...]:
    """Return the centres of a file's bytes. Raises StudyError naming every fault."""
    found = examine(centre_rows(content, source))
    if found.cells:
        raise StudyError(together(found.faults(source)))
    return found.centres


def examine(rows: Iterable[CentreRow]) -> Examined:
    """Return the centres of lines, and every fault of a line."""
    every = tuple(rows)
    faults: list[CellFault] = []
    lines: dict[str, int] = {}
    centres = []
    for row in every:
        problems = [CellFault(row.line, *problem) for problem in _problems(row, lines)]
        faults += problems
        if not problems:
            lines[row.cells["id"]] = row.line
            centres.append(Centre(**row.cells))
    return Examined(tuple(centres), every, tuple(faults))


def _problems(row: CentreRow, lines: Mapping[str, int]) -> Iterator[tuple[str, LocalText]]:
    """Yield what is wrong in which column, after lines that are right: their ids and lines."""
    cells = row.cells
    if row.extra:
        found = str(len(COLUMNS) + row.extra)
        yield "", told("setup.centres.too_many", found=found, columns=", ".join(COLUMNS))
    if not _ID.fullmatch(cells["id"]):
        yield "id", told("setup.centres.id", text=cells["id"])
    elif cells["id"] in lines:
        line, free = str(lines[cells["id"]]), _free_id(cells["id"], lines)
        yield "id", told("setup.centres.id_twice", text=cells["id"], line=line, free=free)
    if not _LETTERS.fullmatch(cells["letters"]):
        yield "letters", told("setup.centres.letters", text=cells["letters"])
    if not cells["hospital"]:
        yield "hospital", told("setup.centres.no_hospital")
    if cells["email"] and not is_email(cells["email"]):
        yield "email", told("setup.centres.email", text=cells["email"])
    if cells["language"] and not re.fullmatch("[a-z]{2}", cells["language"]):
        yield "language", told("setup.centres.language", text=cells["language"])
    if cells["format"] and cells["format"] not in FORMATS:
        formats = ", ".join(FORMATS)
        yield "format", told("setup.centres.format", text=cells["format"], formats=formats)


def _free_id(centre_id: str, lines: Mapping[str, int]) -> str:
    letters = centre_id[:3]
    number = 2
    while f"{letters}-{number}" in lines:
        number += 1
    return f"{letters}-{number}"
