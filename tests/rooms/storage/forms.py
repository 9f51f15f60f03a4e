"""A small form, and entries as the pipeline makes them of returned files."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from intake.model.definition import (
    DataType,
    FormDefinition,
    Identity,
    Item,
    ItemGroup,
    MissingReason,
    Section,
)
from intake.model.finding import Finding, Location, Severity
from intake.model.query import Query, QueryAction, QueryEnd, QueryStep
from intake.model.receipt import Change, Completeness, Outcome, Receipt, SourceFile
from intake.model.record import Entry, PatientKey
from intake.model.submission import FileFormat, Rung, Submission, Value, ValueStatus

FORM, VERSION = "garden", "1.0.0"
RECEIVED = dt.datetime(2026, 3, 14, 9, 26, 53, tzinfo=dt.timezone(dt.timedelta(hours=2)))


def _item(name: str, code: str, kind: DataType, **more: Any) -> Item:
    return Item(name=name, code=code, data_type=kind, section="s", label={"fr": name}, **more)


DEFINITION = FormDefinition(
    id=FORM,
    version=VERSION,
    fingerprint="0A1B2C3D",
    languages=("fr",),
    title={"fr": "Jardin"},
    day_zero="planted",
    sections=(Section("s", "A", {"fr": "Rubrique"}),),
    elements=(
        _item("letters", "A01", DataType.TEXT, identifying=True),
        _item("born", "A02", DataType.DATE, identifying=True),
        _item("place", "A03", DataType.TEXT),
        _item("filled", "A04", DataType.DATE),
        _item("height", "A05", DataType.DECIMAL),
        _item("colours", "A06", DataType.MULTIPLE_CHOICE),
        _item("remark", "A07", DataType.TEXT),
        ItemGroup(
            name="visits",
            section="s",
            title={"fr": "Visites"},
            items=(
                _item("seen", "B01", DataType.PARTIAL_DATE, group="visits"),
                _item("visitor", "B02", DataType.TEXT, group="visits", identifying=True),
            ),
            rows=4,
        ),
    ),
    identity=Identity(items=("letters", "born", "place"), centre="place", filling_date="filled"),
)


def definitions(form: str, version: str) -> FormDefinition | None:
    return DEFINITION if (form, version) == (FORM, VERSION) else None


def key(letters: str = "QUZX", place: str = "REI", born: str = "1951-07-29") -> PatientKey:
    return PatientKey(parts=(letters, born, place), centre=place)


def _value(item: str, code: str, data: Any, raw: str, **more: Any) -> Value:
    location = Location(page=2, code=code)
    return Value(item=item, value=data, raw=raw, location=location, **more)


def submission(patient: PatientKey, height: str = "12.50") -> Submission:
    letters, born, place = patient.parts
    return Submission(
        form=FORM,
        version=VERSION,
        language="fr",
        values=(
            _value("letters", "A01", letters, letters.lower()),
            _value("born", "A02", born, "29/07/1951"),
            _value("place", "A03", place, place),
            _value("height", "A05", Decimal(height), height.replace(".", ",")),
            _value("colours", "A06", ("red", "none"), "", rung=Rung.BOOKMARK),
            _value("remark", "A07", "voisin : M. Wqrtz \ud800\0", "voisin"),
            Value(item="filled", missing=MissingReason.ERR, raw="l'an 40", status=HELD_BACK),
            _value("seen", "B01.2", "2019-03", "03/2019", group="visits", row=2),
            _value("visitor", "B02.2", "Vvzkj", "Vvzkj", group="visits", row=2),
            Value(item="seen", group="visits", row=3, bound="<2019", raw="<2019"),
        ),
        findings=(unreadable(),),
        record=_record(patient, height),
        answered=8,
        expected=9,
        expected_answered=7,
    )


HELD_BACK = ValueStatus.HELD_BACK


def _record(patient: PatientKey, height: str) -> Mapping[str, Any]:
    letters, born, place = patient.parts
    return {
        "letters": letters,
        "born": born,
        "place": place,
        "height": float(height),
        "colours": ["red", "none"],
        "remark": "voisin : M. Wqrtz",
        "visits": [
            {"_row": 2, "seen": "2019-03", "visitor": "Vvzkj", "_missing": {}},
            {"_row": 3, "_bound": {"seen": "<2019", "visitor": "<V"}},
        ],
        "_missing": {"filled": "ERR", "letters": "NI"},
        "_bound": {},
    }


def unreadable() -> Finding:
    return Finding(
        code="DATE_UNREADABLE",
        severity=Severity.ERROR,
        item="filled",
        location=Location(page=1, code="A04", sheet="Feuille", cell="B7"),
        context={"entered": "l'an 40"},
    )


def rule() -> Finding:
    return Finding(
        code="R07",
        severity=Severity.QUERY,
        row=2,
        items=("height", "seen"),
        message={"fr": "À vérifier.", "en": "Please check."},
    )


def note() -> Finding:
    return Finding(code="REVISION", severity=Severity.NOTE, context={"revision": "2"})


def source(content: str) -> SourceFile:
    digest = hashlib.sha256(content.encode("utf-8")).hexdigest()
    name = f"fiche-Jqxwy-{content}.pdf"
    return SourceFile(name, digest, len(content), RECEIVED, f"centre/{name}")


def receipt(content: str, outcome: Outcome, **more: Any) -> Receipt:
    return Receipt(
        source=source(content),
        outcome=outcome,
        form=FORM,
        version=VERSION,
        language="fr",
        format=FileFormat.PDF,
        centre="REI-2",
        findings=(unreadable(), note(), rule()),
        changes=(Change("height", None, "A05", "12.5", "13"),),
        completeness=Completeness(expected=9, answered=7),
        hint="REI · QU/ZX",
        filling_date="2026-03-01",
        **more,
    )


def query(number: int, finding: Finding, revision: int = 1) -> Query:
    opened = QueryStep(action=QueryAction.OPENED, at=RECEIVED)
    return Query(number=number, finding=finding, revision=revision, steps=(opened,))


def superseded(asked: Query) -> Query:
    closed = QueryStep(action=QueryAction.CLOSED, at=RECEIVED, how=QueryEnd.SUPERSEDED)
    return replace(asked, steps=(*asked.steps, closed))


def asking(entry: Entry, revision: int = 1) -> Entry:
    """Return a loaded entry with its two queries; a later revision closes those before."""
    first = 2 * revision - 1
    before = ((first - 2, unreadable()), (first - 1, rule()))
    closed = [superseded(query(n, found)) for n, found in before if n > 0]
    asked = [query(first, unreadable(), revision), query(first + 1, rule(), revision)]
    return replace(entry, queries=(*closed, *asked))


def loaded(content: str, patient: PatientKey | None = None, height: str = "12.50") -> Entry:
    patient = patient or key()
    return Entry(
        receipt=receipt(content, Outcome.LOADED_WITH_QUERIES),
        submission=submission(patient, height),
        key=patient,
        content=f"content of {content}",
    )


def in_review(content: str, patient: PatientKey | None) -> Entry:
    return Entry(
        receipt=receipt(content, Outcome.REVIEW),
        submission=submission(patient or key()),
        key=patient,
        content=f"content of {content}",
    )


def rejected(content: str) -> Entry:
    return Entry(receipt=Receipt(source=source(content), outcome=Outcome.REJECTED))


def duplicate(content: str, earlier: str) -> Entry:
    return Entry(receipt=receipt(content, Outcome.DUPLICATE, earlier=earlier, revision=1))
