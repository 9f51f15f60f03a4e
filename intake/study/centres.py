"""``centres.csv``: the centres of the study and where to write to them.

``id`` names a centre on its forms and in mail; ``letters`` is what the form asks for and
what makes the patient's key. Two centres of one town share letters, never an id.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.model.errors import StudyError
from intake.study.model import is_email

COLUMNS = ("id", "letters", "name", "specialty", "email")
_ID = re.compile(r"[A-Z]{3}(?:-[0-9]{1,4})?")
_LETTERS = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Centre:
    """One centre; ``email`` may be empty."""

    id: str
    letters: str
    name: str
    specialty: str = ""
    email: str = ""


def load_centres(path: Path) -> tuple[Centre, ...]:
    """Return the centres in file order; none when there is no file. Raises StudyError."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise StudyError(f"{path}: cannot be read ({error.strerror}).") from None
    return parse_centres(content, str(path))


def parse_centres(content: bytes, source: str = "centres.csv") -> tuple[Centre, ...]:
    """Return the centres of a file's bytes. Raises StudyError naming every fault."""
    rows = _rows(content, source)
    if not rows:
        raise StudyError(f"{source}: is empty. Its first line is: {';'.join(COLUMNS)}")
    _check_header(tuple(rows[0][1]), source)
    faults: list[str] = []
    lines: dict[str, int] = {}
    centres = []
    for line, cells in rows[1:]:
        fields = dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=False))
        problems = _problems(cells, fields, lines)
        faults += [f"{source}, line {line}, {problem}." for problem in problems]
        if not problems:
            lines[fields["id"]] = line
            centres.append(Centre(**fields))
    if faults:
        raise StudyError("\n".join(faults))
    return tuple(centres)


def _rows(content: bytes, source: str) -> list[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise StudyError(
            f"{source}: not saved as UTF-8. In Excel, choose « CSV UTF-8 » when saving."
        ) from None
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True
    )
    try:
        return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise StudyError(
            f"{source}, line {reader.line_num}: cannot be understood ({error}); look for a"
            " double quote that is not closed."
        ) from None


def _check_header(header: tuple[str, ...], source: str) -> None:
    names = tuple(name.strip().lower() for name in header)
    if names != COLUMNS:
        raise StudyError(
            f"{source}, line 1: the columns are {', '.join(names)}; they must be"
            f" {', '.join(COLUMNS)}, in this order."
        )


def _problems(cells: list[str], fields: Mapping[str, str], lines: Mapping[str, int]) -> list[str]:
    if len(cells) != len(COLUMNS):
        return [f"has {len(cells)} columns; {len(COLUMNS)} are needed ({', '.join(COLUMNS)})"]
    found = []
    if not _ID.fullmatch(fields["id"]):
        found.append(
            f'column id: "{fields["id"]}" is not three capitals, with a number if needed (PAR-2)'
        )
    elif fields["id"] in lines:
        found.append(
            f"column id: {fields['id']} is already on line {lines[fields['id']]};"
            f" write another number, such as {_free_id(fields['id'], lines)}"
        )
    if not _LETTERS.fullmatch(fields["letters"]):
        found.append(f'column letters: "{fields["letters"]}" is not three capitals A-Z, no accent')
    if not fields["name"]:
        found.append("column name: is empty")
    if fields["email"] and not is_email(fields["email"]):
        found.append(f'column email: "{fields["email"]}" is not one e-mail address')
    return found


def _free_id(centre_id: str, lines: Mapping[str, int]) -> str:
    letters = centre_id[:3]
    number = 2
    while f"{letters}-{number}" in lines:
        number += 1
    return f"{letters}-{number}"
