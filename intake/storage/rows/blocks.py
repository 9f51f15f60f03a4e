"""By what patients' keys are found that are equal or near: keyed hashes of what such keys share.

Two keys at most two slips apart have all but two of their pieces in common: a key is found by
each choice of its pieces but two. A hash finds perhaps more, never less; who asks compares. All
of it is a copy of the keys kept with what identifies, and tells nothing without the store's key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations

from sqlalchemy import Connection, delete, insert, select

from intake.model.record import PatientKey
from intake.storage.database import tables
from intake.storage.database.parts import in_parts
from intake.storage.proof.pseudonym import Pseudonyms
from intake.storage.rows import reading
from intake.storage.rows.separation import KEY, kept_key
from intake.storage.rows.transaction import Transaction

_SLIPS = 2
_BLOCK, _SUBMISSION = tables.block.c, tables.submission.c

Piece = tuple[int, int, str]
"""A part of a key, a place in it, and what stands there."""


def blocks(pseudonyms: Pseudonyms, form: str, key: PatientKey | None) -> frozenset[int]:
    """Return the hashes by which a key is found: one at least in common with every near key."""
    if key is None:
        return frozenset()
    return frozenset(
        pseudonyms.block(form, len(key.parts), sorted(chosen))
        for centres in _readings(key)
        for chosen in (*_choices(list(_pieces(key, centres))), *_exchanged(key))
    )


def keep_blocks(transaction: Transaction, number: int, form: str, key: PatientKey | None) -> None:
    """Make a receipt's answers be found by a patient's key; by none without one."""
    connection = transaction.connection
    connection.execute(delete(tables.block).where(_BLOCK.receipt == number))
    _insert(connection, number, blocks(transaction.pseudonyms, form, key))


def sharing(connection: Connection, hashes: Collection[int]) -> set[int]:
    """Return the receipts whose keys share a hash."""
    wanted = select(_BLOCK.receipt).where(_BLOCK.hash.in_(hashes))
    return set(connection.execute(wanted).scalars())


def are_unfilled(connection: Connection) -> bool:
    """Say whether answers are there that a version without blocks has saved."""
    found = connection.execute(select(_BLOCK.receipt).limit(1)).first()
    kept = connection.execute(select(_SUBMISSION.receipt).limit(1)).first()
    return found is None and kept is not None


def fill_blocks(connection: Connection, pseudonyms: Pseudonyms) -> None:
    """Make all kept answers be found by their keys."""
    for number, hashes in list(_wanted(connection, pseudonyms)):
        _insert(connection, number, hashes)


def not_as_kept(connection: Connection, pseudonyms: Pseudonyms) -> Iterator[int]:
    """Yield the receipts that are not found by the key kept of them, or by another's.

    None where there are no hashes yet: the next opening makes all of them.
    """
    if are_unfilled(connection):
        return
    for some in in_parts(_wanted(connection, pseudonyms)):
        numbers = [number for number, _ in some]
        rows = connection.execute(select(tables.block).where(_BLOCK.receipt.in_(numbers)))
        found = {(row.receipt, row.hash) for row in rows}
        kept = {(number, each) for number, hashes in some for each in hashes}
        yield from sorted({number for number, _ in found ^ kept})
    keyed = select(tables.identifying.c.receipt).where(tables.identifying.c.item == KEY[0])
    stray = select(_BLOCK.receipt).distinct().where(_BLOCK.receipt.not_in(keyed))
    yield from connection.execute(stray).scalars()


def _wanted(connection: Connection, pseudonyms: Pseudonyms) -> Iterator[tuple[int, frozenset[int]]]:
    """Yield the receipts that have a key, by number, with the hashes by which each is found."""
    rows = select(_SUBMISSION.receipt.label("number"), _SUBMISSION.form)
    ordered = rows.order_by(_SUBMISSION.receipt)
    for row, taken in reading.identified(connection, ordered, KEY[0]):
        if KEY in taken:
            yield row.number, blocks(pseudonyms, row.form, kept_key(taken))


def _insert(connection: Connection, number: int, hashes: Collection[int]) -> None:
    if hashes:
        rows = [{"hash": each, "receipt": number} for each in hashes]
        connection.execute(insert(tables.block), rows)


def _choices(pieces: list[tuple[Piece, bool]]) -> Iterator[tuple[Piece, ...]]:
    """Yield the pieces that cannot differ, with each choice of the others but two."""
    sure = [piece for piece, may_differ in pieces if not may_differ]
    free = [piece for piece, may_differ in pieces if may_differ]
    for some in combinations(free, max(len(free) - _SLIPS, 0)):
        yield (*sure, *some)


def _exchanged(key: PatientKey) -> Iterator[tuple[Piece, ...]]:
    """Yield the parts in no order where letters may have been exchanged with what cannot differ."""
    if not all(part.isalpha() or "-" in part for part in key.parts):
        yield tuple((-1, 0, part) for part in sorted(key.parts))


def _readings(key: PatientKey) -> Iterator[tuple[int, ...]]:
    """Yield which parts may be read as the centre; more than one reading where it is a number."""
    same = [place for place, part in enumerate(key.parts) if part == key.centre]
    if key.centre.isalpha():
        yield tuple(same)
    else:
        for count in range(1, len(same) + 1):
            yield from combinations(same, count)


def _pieces(key: PatientKey, centres: Collection[int]) -> Iterator[tuple[Piece, bool]]:
    """Yield what a key is made of, and whether near keys may have something else there.

    A slip changes one piece at most. Of what is written with dashes (a date) the first two count:
    of what follows, a near key may have nothing.
    """
    for place, part in enumerate(key.parts):
        if "-" in part and place not in centres:
            for number, text in enumerate(part.split("-")[:2]):
                yield (place, number, text), True
        else:
            yield (place, 0, part), place in centres or part.isalpha()
