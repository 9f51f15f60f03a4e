"""A small form made by hand, and files of it as plain data: what a reader would have seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from intake.model.definition import (
    DataType,
    FormDefinition,
    Formerly,
    Identity,
    Item,
    ItemGroup,
    MissingReason,
    NumberLimits,
    Objection,
    Option,
    Section,
)
from intake.model.finding import Location
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.stamp import FormStamp
from intake.model.submission import FieldKind, FileFormat, FoundField, Inspection, Rung, StampClaim


def _item(name: str, code: str, kind: DataType, *options: Option, **more: Any) -> Item:
    label = {"fr": name, "en": name}
    section = more.pop("section", "s")
    return Item(
        name=name, code=code, data_type=kind, section=section, label=label, options=options, **more
    )


def _option(code: str, **more: Any) -> Option:
    return Option(code, {"fr": code, "en": code}, **more)


GARDEN = FormDefinition(
    id="garden",
    version="1.0.0",
    fingerprint="0A1B2C3D",
    languages=("fr", "en"),
    title={"fr": "Jardin", "en": "Garden"},
    day_zero="filled",
    sections=(Section("s", "A", {"fr": "Un", "en": "One"}),),
    elements=(
        _item("place", "A01", DataType.TEXT, min_length=3, max_length=3),
        _item("letters", "A02", DataType.TEXT, max_length=2, identifying=True),
        _item("born", "A03", DataType.DATE, identifying=True),
        _item("filled", "A04", DataType.DATE),
        _item(
            "agreed", "A05", DataType.SINGLE_CHOICE, _option("yes"), _option("no"), required="true"
        ),
        _item(
            "height",
            "A06",
            DataType.DECIMAL,
            limits=NumberLimits(),
            required="true",
            missing=(MissingReason.NOTDONE,),
        ),
        _item(
            "colours",
            "A07",
            DataType.MULTIPLE_CHOICE,
            _option("none", exclusive=True),
            _option("red"),
            _option("blue"),
        ),
        _item("remark", "A08", DataType.TEXT),
        _item("trade", "A09", DataType.TEXT, prefill="specialty"),
        ItemGroup(
            name="visits",
            section="s",
            title={"fr": "Visites", "en": "Visits"},
            rows=2,
            fixed_item="month",
            fixed_values=("m3", "m6"),
            items=(
                _item(
                    "month", "B01", DataType.SINGLE_CHOICE, _option("m3"), _option("m6"),
                    group="visits",
                ),
                _item("count", "B02", DataType.INTEGER, group="visits"),
            ),
        ),
    ),
    identity=Identity(items=("place", "letters", "born"), centre="place", filling_date="filled"),
    objection=Objection("agreed", "no"),
)  # fmt: skip
NEWER = replace(GARDEN, version="1.1.0", fingerprint="0A1B2C3E")


def _renamed(element: Item | ItemGroup) -> Item | ItemGroup:
    """Return one question as ``RENAMED`` asks it."""
    if element.name == "height":
        return replace(element, name="size", formerly=(Formerly(version="1.0.0", name="height"),))
    if element.name == "colours":
        said = (Formerly(version="1.0.0", codes={"red": "pink"}),)
        return replace(
            element, options=(_option("none", exclusive=True), _option("pink"), _option("blue")),
            formerly=said,
        )  # fmt: skip
    return element


RENAMED = replace(
    GARDEN,
    version="1.1.0",
    fingerprint="0A1B2C3F",
    elements=(
        *(_renamed(element) for element in GARDEN.elements),
        _item("shade", "A10", DataType.TEXT),
    ),
)
"""The next version: a question and a code renamed, one question more."""

WHOLE = {
    "place": "ZAA",
    "letters": "QA",
    "born": "17/04/1961",
    "filled": "08/10/2026",
    "agreed": "yes",
    "height": "12,5",
    "colours__red": "1",
}
"""The answers of one patient, as typed."""


def stamp(centre: str | None = None, **other: str) -> FormStamp:
    """Return a stamp of the form, or of one that differs."""
    own = {"form": "garden", "version": "1.0.0", "language": "fr", "fingerprint": "0A1B2C3D"}
    return FormStamp(**(own | other), centre=centre)


def answers(**changed: str) -> dict[str, str]:
    """Return the patient's answers, some of them changed, left out where empty."""
    return {name: text for name, text in {**WHOLE, **changed}.items() if text}


def a_file(
    *codes: FindingCode, entered: dict[str, str] | None = None, rung: Rung = Rung.FIELD, **more: Any
) -> Inspection:
    """Return a file of the form with these findings and answers."""
    texts = answers() if entered is None else entered
    fields = (
        FoundField(
            address, text, FieldKind.TICK if "__" in address else FieldKind.TEXT, rung,
            Location(page=1),
        )
        for address, text in texts.items()
    )  # fmt: skip
    own = {"format": FileFormat.PDF, "claims": (StampClaim("field", stamp()),), "pages": 1}
    findings = tuple(finding_of(code, {"count": "1", "pages": "1"}) for code in codes)
    return Inspection(**(own | {"fields": tuple(fields), "findings": findings} | more))


def changed(*codes: FindingCode, **answered: str) -> Inspection:
    """Return the patient's file with some answers changed."""
    return a_file(*codes, entered=answers(**answered))
