"""A form that is typed by a person: its questions in order, with what is known already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.model.finding_codes import FindingCode
from intake.model.receipt import Correction
from intake.model.submission import ItemKey, Value
from intake.pipeline.review.held import Held, held_answers
from intake.reports.review.typing_view import SEPARATOR, TypedSection, as_typed, typed_sections
from intake.wiring.app import App
from intake.wiring.page.deciding.pictures import page_count
from intake.wiring.page.deciding.work_list import Around, around
from intake.words.catalogue import Words


@dataclass(frozen=True, kw_only=True)
class TypingScreen:
    """The pages of a file beside the fields of its form."""

    receipt: str
    title: str
    form: str
    """Name and version, read from the page's code: nobody types them."""
    centre: str
    is_scan: bool
    pages: int
    sections: tuple[TypedSection, ...]
    around: Around


def typing_screen(app: App, receipt_id: str, words: Words) -> TypingScreen:
    """Return a form in review to be typed. Raises DecisionRefused where none is held."""
    held = held_answers(app.store, app.printed_forms, receipt_id)
    return TypingScreen(
        receipt=held.receipt.id,
        title=words.printed(held.definition.title),
        form=f"{held.definition.id.upper()} {held.definition.version}",
        centre=held.receipt.centre or "",
        is_scan=any(f.code == FindingCode.FILE_SCANNED for f in held.receipt.findings),
        pages=page_count(app, held.receipt.id),
        sections=tuple(typed_sections(held.definition, _values(held), words)),
        around=around(app, held.receipt.id),
    )


def answers_typed(
    app: App, receipt_id: str, typed: Mapping[str, Sequence[str]], moves_to: str = ""
) -> tuple[Correction, ...]:
    """Return what was typed and differs from what the file holds, by address, in its order.

    Several texts of one address are the codes that were ticked. A question that was left as it
    was is not answered anew; one that was emptied is, and is refused with what to write instead.
    ``moves_to`` is the known patient whose the form may become. Raises DecisionRefused where no
    form is held.
    """
    held = held_answers(app.store, app.printed_forms, receipt_id)
    now = {v.address: as_typed(held.definition.items[v.item], v) for v in held.submission.values}
    given = {address: SEPARATOR.join(filter(None, texts)) for address, texts in typed.items()}
    return tuple(
        Correction(address, text, moves_to)
        for address, text in given.items()
        if text.strip() != now.get(address, "").strip()
    )


def _values(held: Held) -> Mapping[ItemKey, Value]:
    return {value.key: value for value in held.submission.values}
