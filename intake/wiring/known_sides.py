"""The records that a form which waits may belong to, as they are now."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from intake.model.receipt import Receipt, SourceFile
from intake.ports import Store
from intake.reports.review.beside import KnownSide, subjects_in_doubt


def known_sides(
    store: Store, receipt: Receipt, where: Callable[[SourceFile], str]
) -> Iterator[KnownSide]:
    """Yield each of them; ``where`` says where an original is, for a person to open."""
    for subject in subjects_in_doubt(receipt):
        known = store.known_record(receipt.form or "", subject)
        if known is None:
            continue
        yield KnownSide(
            subject=known.subject,
            revision=known.current.revision or known.revision,
            receipt=known.current.receipt,
            original=where(store.kept(known.current.receipt).receipt.source),
            submission=known.current.submission,
        )
