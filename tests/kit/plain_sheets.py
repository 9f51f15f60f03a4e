"""A small form that raises questions, and its query sheets as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from intake.model.definition import FormDefinition, ItemGroup, NumberLimits
from intake.model.query import Query
from intake.model.receipt import Receipt
from intake.model.stamp import FormStamp
from intake.model.submission import FieldKind, FileFormat, FoundField, Inspection, Rung, StampClaim
from intake.pipeline.forms.generate import Order
from intake.pipeline.sheets.known_sheets import find_sheet
from intake.pipeline.sheets.making import MadeSheet, SheetOrder, make_sheet
from intake.pipeline.sheets.sheet import Sheet
from intake.ports import FormRequest
from tests.kit.garden import GARDEN, a_file, answers
from tests.kit.plain_office import NOON, PlainOffice

TEN = NumberLimits(high=10)


def _odd(definition: FormDefinition) -> FormDefinition:
    """Return the form with numbers above 10 held for unusual."""

    def changed(element: Any) -> Any:
        if isinstance(element, ItemGroup):
            return replace(element, items=tuple(map(changed, element.items)))
        return replace(element, soft=TEN) if element.is_number else element

    return replace(definition, elements=tuple(map(changed, definition.elements)))


ODD = _odd(GARDEN)
ANSWERS = answers(height="12,5", visits__1__count="40", visits__2__count="5", agreed="")
"""Two numbers that are unusual, one answer that is missing."""


class PlainWriter:
    """``ports.FormWriter``: keeps what it was asked to write."""

    file_format, extension = FileFormat.PDF, ".pdf"

    def __init__(self) -> None:
        self.asked: list[tuple[FormDefinition, FormRequest]] = []

    def write(self, definition: FormDefinition, request: FormRequest) -> bytes:
        self.asked.append((definition, request))
        return request.stamp.text.encode()

    def audit(self, definition: FormDefinition, request: FormRequest) -> tuple[()]:
        return ()


class Garden(PlainOffice):
    """An office with the odd form, whose sheets are written and sent back."""

    def __init__(self, definition: FormDefinition = ODD) -> None:
        super().__init__(definition)
        self.definition = definition
        self.writer = PlainWriter()
        self.kept: dict[str, bytes] = {}

    def form(self, **changed: str) -> Receipt:
        """Send the patient's form."""
        return self.send(a_file(entered={**ANSWERS, **changed}))

    def make(self) -> MadeSheet:
        """Make the sheet of the one record."""
        (stored,) = self.records()
        record = self.store.known_record("garden", stored.record_id)
        assert record is not None
        title = {"fr": "Jardin", "en": "Garden"}
        order = Order(definition=self.definition, languages=("fr",), study_title=title, sponsor="")
        wanted = SheetOrder(order=order, record=record, language="fr", writer=self.writer)
        return make_sheet(self.store, wanted, self.kept.__setitem__, NOON)

    @property
    def sheet(self) -> tuple[FormDefinition, FormRequest]:
        """Return the newest sheet and what was asked of its writer."""
        return self.writer.asked[-1]

    def back(self, *codes: Any, rung: Rung = Rung.FIELD, **changed: str) -> Receipt:
        """Send the newest sheet back with some places changed; emptied by an empty text."""
        _, request = self.sheet
        texts = {**request.prefill, **changed}
        return self.send(seen(request.stamp, texts, codes, rung))

    def queries(self) -> list[Query]:
        return list(self.store.queries())


def seen(
    stamp: FormStamp, texts: Mapping[str, str], codes: Any = (), rung: Rung = Rung.FIELD
) -> Inspection:
    """Return a sheet as a reader sees it."""
    plain = a_file(*codes, entered={name: text for name, text in texts.items() if text}, rung=rung)
    return replace(
        plain,
        claims=(StampClaim("field", stamp),),
        fields=tuple(map(_kind, plain.fields)),
    )


def _kind(field: FoundField) -> FoundField:
    is_tick = field.text == "1" and field.address.endswith(("__ok", "__red", "__blue"))
    return replace(field, kind=FieldKind.TICK if is_tick else FieldKind.TEXT)


def sheet_of(office: Garden) -> Sheet:
    """Return the newest sheet as it is made again from what it asked."""
    found = find_sheet(office.desk.study.forms, office.store, office.sheet[1].stamp)
    assert found is not None
    return found.sheet
