"""A form of one item of each kind, made by hand, for tests of expressions."""

from __future__ import annotations

from typing import Any

from intake.expressions.bind import bind
from intake.expressions.engine import Answer
from intake.expressions.program import compile_program
from intake.model.definition import (
    DataType,
    FormDefinition,
    Identity,
    Item,
    ItemGroup,
    MissingReason,
    Option,
    Section,
)


def options(*codes: str) -> tuple[Option, ...]:
    reasons = {"9": MissingReason.UNK, "unk": MissingReason.UNK, "nd": MissingReason.NOTDONE}
    return tuple(Option(code, {"en": f"label {code}"}, reasons.get(code)) for code in codes)


def item(name: str, data_type: DataType, *codes: str, group: str | None = None) -> Item:
    return Item(
        name=name,
        code="A01",
        data_type=data_type,
        section="one",
        group=group,
        label={"en": name},
        options=options(*codes),
    )


def make_form(*more: Item) -> FormDefinition:
    visits = ItemGroup(
        name="visits",
        section="one",
        title={"en": "visits"},
        rows=3,
        items=(
            item("v_kind", DataType.SINGLE_CHOICE, "home", "ward", "unk", group="visits"),
            item("v_dose", DataType.DECIMAL, group="visits"),
            item("v_day", DataType.PARTIAL_DATE, group="visits"),
            item("v_ok", DataType.SINGLE_CHOICE, "1", "0", "9", group="visits"),
        ),
    )
    return FormDefinition(
        id="tiny",
        version="1.0.0",
        fingerprint="00000000",
        languages=("en",),
        title={"en": "Tiny"},
        day_zero="seen",
        sections=(Section("one", "A", {"en": "One"}),),
        elements=(
            item("dose", DataType.DECIMAL),
            item("stays", DataType.INTEGER),
            item("fever", DataType.SINGLE_CHOICE, "1", "0", "9"),
            item("kind", DataType.SINGLE_CHOICE, "mild", "deep", "unk"),
            item("signs", DataType.MULTIPLE_CHOICE, "none", "rash", "pain", "nd"),
            item("note", DataType.TEXT),
            item("onset", DataType.PARTIAL_DATE),
            item("seen", DataType.DATE),
            item("rose", DataType.TIME),
            item("slept", DataType.TIME),
            visits,
            *more,
        ),
        identity=Identity(items=("note",), centre="note"),
    )


TINY = make_form()


def answer(
    source: str,
    record: dict[str, Any] | None = None,
    row: dict[str, Any] | None = None,
    returns: type = bool,
) -> Answer:
    """Compile on the tiny form and evaluate on one record, or on one row of visits."""
    group = None if row is None else "visits"
    program = compile_program(TINY, source, group=group, returns=returns)
    return program.evaluate(bind(TINY, record or {}, row))
