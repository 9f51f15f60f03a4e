"""Stored records made of plain records, as the checks and the store would leave them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from intake.exports.dataset import Profile, dataset_files
from intake.model.definition import FormDefinition, MissingReason
from intake.model.errors import StoreUnavailable
from intake.model.finding import Finding, Location
from intake.model.receipt import Outcome, Receipt, SourceFile
from intake.model.record import StoredReceipt, StoredRecord
from intake.model.submission import FileFormat, Submission, Value, ValueStatus
from intake.schema.compile.definition import compile_definition
from intake.schema.sample.record import sample_record
from intake.words.catalogue import LANGUAGES, Words
from tests.kit.places import DM_SAM, HIVE

RECEIVED = dt.datetime(2027, 1, 15, 10, 0, tzinfo=dt.UTC)


Build = Callable[..., StoredRecord]


@pytest.fixture(autouse=True)
def every_fault_of_the_store_can_be_said(monkeypatch):
    """Say each one that a test meets, in every language: its context is what the words need."""
    kept = StoreUnavailable.__init__

    def said(fault, why, **context):
        for language in LANGUAGES:
            assert Words(language).text(f"cli.store.{why.value}", **context)
        kept(fault, why, **context)

    monkeypatch.setattr(StoreUnavailable, "__init__", said)


@pytest.fixture(scope="session")
def document() -> dict[str, Any]:
    return json.loads((DM_SAM).read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def definition(document) -> FormDefinition:
    return compile_definition(document)


@pytest.fixture(scope="session")
def build() -> Build:
    return stored_record


@pytest.fixture(scope="session")
def receipts_for() -> Callable[..., list[StoredReceipt]]:
    return stored_receipts


@pytest.fixture(scope="session")
def sampled(definition) -> list[StoredRecord]:
    rng = random.Random(20270115)
    return [
        stored_record(definition, sample_record(definition, rng, full=number % 2 == 0), number)
        for number in range(6)
    ]


@pytest.fixture(scope="session")
def hive_document():
    return json.loads(HIVE.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def hive(hive_document):
    return compile_definition(hive_document)


@pytest.fixture(scope="session")
def hive_records(hive, build):
    rng = random.Random(7)
    return [build(hive, sample_record(hive, rng, full=n % 2 == 0), n) for n in range(4)]


@pytest.fixture(scope="session")
def full(sampled, definition, receipts_for):
    return dataset_files(sampled, receipts_for(*sampled), [definition], profile=Profile.FULL)


@pytest.fixture(scope="session")
def analysis(sampled, definition, receipts_for):
    return dataset_files(sampled, receipts_for(*sampled), [definition])


def stored_record(
    definition: FormDefinition,
    record: Mapping[str, Any],
    number: int = 1,
    findings: tuple[Finding, ...] = (),
    **change: Value,
) -> StoredRecord:
    """Return a stored record; ``change`` replaces the value of single items."""
    values = [change.get(value.item, value) for value in values_of(definition, record)]
    submission = Submission(
        form=definition.id,
        version=definition.version,
        language=definition.languages[0],
        values=tuple(values),
        findings=findings,
        record=record,
        expected=100,
        expected_answered=90 - number,
    )
    return StoredRecord(
        record_id=hashlib.sha256(f"record {number}".encode()).hexdigest()[:16],
        subject=f"ZAA-{number:03d}",
        centre="ZAA",
        revision=1,
        received=RECEIVED,
        receipt=f"R{number:05d}",
        file_sha256=hashlib.sha256(str(number).encode()).hexdigest(),
        file_format="pdf",
        submission=submission,
    )


def values_of(definition: FormDefinition, record: Mapping[str, Any]) -> Iterator[Value]:
    """Yield the values of a record in shape of its schema."""
    yield from _answers(definition, record, None, None)
    for group in definition.groups:
        for row in record.get(group, ()):
            yield from _answers(definition, row, group, row["_row"])


def _answers(
    definition: FormDefinition, holder: Mapping[str, Any], group: str | None, row: int | None
) -> Iterator[Value]:
    for name, item in definition.items.items():
        place = Value(item=name, group=group, row=row, location=Location(page=1, code=item.code))
        if item.group == group and name in holder:
            yield replace(place, value=_stored(holder[name]), raw=_text(holder[name]))
    for name, bound in holder.get("_bound", {}).items():
        yield replace(place, item=name, bound=bound, raw=bound)
    for name, reason in holder.get("_missing", {}).items():
        held = ValueStatus.HELD_BACK if reason == "ERR" else ValueStatus.ACCEPTED
        yield replace(place, item=name, missing=MissingReason(reason), status=held)


def _stored(value: Any) -> Any:
    if isinstance(value, float):
        return Decimal(repr(value))
    return tuple(value) if isinstance(value, list) else value


def _text(value: Any) -> str:
    return ";".join(value) if isinstance(value, list) else str(value)


def stored_receipts(*records: StoredRecord, name: str = "fiche.pdf") -> list[StoredReceipt]:
    """Return the receipt of each record."""
    return [
        StoredReceipt(
            receipt=Receipt(
                id=record.receipt,
                source=SourceFile(name, record.file_sha256, 1, record.received),
                outcome=Outcome.LOADED,
                form=record.submission.form,
                version=record.submission.version,
                format=FileFormat.PDF,
                centre=record.centre,
                subject=record.subject,
                record_id=record.record_id,
                revision=1,
                findings=record.submission.findings,
            ),
            delivered=True,
        )
        for record in records
    ]
