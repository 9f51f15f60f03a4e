"""What a person should look at again in ``centres.csv``, though every line can be read.

A doubt refuses nothing: two departments may share an address. Faults are in ``centres``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from intake.model.local_text import LocalText
from intake.study.centre_file import CentreRow
from intake.words.spelling import fold
from intake.words.told import told

_PUBLIC = re.compile(
    r"@(?:gmail|googlemail|hotmail|outlook|live|yahoo|orange|wanadoo|free|sfr|laposte|icloud)"
    r"\.(?:com|fr|net)$",
    re.IGNORECASE,
)
_TWICE_ENCODED = re.compile("[ÃÂ][\N{NO-BREAK SPACE}-¿]|â€|\N{REPLACEMENT CHARACTER}")
"""What accents become when a file is opened in the letters of another system and saved."""


class DoubtKind(StrEnum):
    """Why lines are shown to a person (a closed list)."""

    SAME_EMAIL = "same_email"
    SAME_PLACE = "same_place"
    NEAR_ID = "near_id"
    OTHER_LETTERS = "other_letters"
    NO_EMAIL = "no_email"
    PUBLIC_EMAIL = "public_email"
    LETTERING = "lettering"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at, and the lines that it is about."""

    kind: DoubtKind
    lines: tuple[int, ...]
    text: LocalText


def centre_doubts(rows: Iterable[CentreRow]) -> tuple[Doubt, ...]:
    """Return what is doubtful in lines, in the order of the kinds."""
    every = list(rows)
    found = (
        *_repeated(every, DoubtKind.SAME_EMAIL, lambda row: row.cells["email"].lower()),
        *_repeated(every, DoubtKind.SAME_PLACE, _place),
        *_near_ids(every),
        *(doubt for row in every for doubt in _of_one(row)),
    )
    order = list(DoubtKind)
    return tuple(sorted(found, key=lambda doubt: (order.index(doubt.kind), doubt.lines)))


def _place(row: CentreRow) -> str:
    names = ("hospital", "department", "town", "specialty")
    return " ".join(fold(row.cells[name]) for name in names).strip()


def _repeated(
    rows: list[CentreRow], kind: DoubtKind, of_row: Callable[[CentreRow], str]
) -> Iterator[Doubt]:
    alike: dict[str, list[CentreRow]] = {}
    for row in rows:
        if of_row(row):
            alike.setdefault(of_row(row), []).append(row)
    for same in alike.values():
        if len(same) > 1:
            yield _doubt(kind, *same)


def _near_ids(rows: list[CentreRow]) -> Iterator[Doubt]:
    for one, other in combinations(rows, 2):
        if _is_slip(one.cells["id"], other.cells["id"]):
            yield _doubt(DoubtKind.NEAR_ID, one, other)


def _is_slip(one: str, other: str) -> bool:
    """Say whether two ids differ by one letter, or by two neighbours that changed places.

    The numbers of centres that share letters are meant to be near.
    """
    if len(one) != len(other) or one[3:] != other[3:]:
        return False
    places = [i for i in range(len(one)) if one[i] != other[i]]
    if len(places) == 2:
        first, second = places
        swapped = (one[first], one[second]) == (other[second], other[first])
        return second == first + 1 and swapped
    return len(places) == 1


def _of_one(row: CentreRow) -> Iterator[Doubt]:
    cells = row.cells
    if cells["id"][:3] != cells["letters"]:
        yield _doubt(DoubtKind.OTHER_LETTERS, row)
    if not cells["email"]:
        yield _doubt(DoubtKind.NO_EMAIL, row)
    elif _PUBLIC.search(cells["email"]):
        yield _doubt(DoubtKind.PUBLIC_EMAIL, row)
    if any(_TWICE_ENCODED.search(text) for text in cells.values()):
        yield _doubt(DoubtKind.LETTERING, row)


def _doubt(kind: DoubtKind, *rows: CentreRow) -> Doubt:
    lines = tuple(row.line for row in rows)
    ids = ", ".join(row.cells["id"] for row in rows)
    cells = rows[0].cells
    text = told(
        f"setup.doubt.{kind.value}",
        lines=", ".join(map(str, lines)),
        ids=ids,
        email=cells["email"],
        letters=cells["letters"],
    )
    return Doubt(kind, lines, text)
