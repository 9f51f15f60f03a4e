"""Send one file to a workspace and say what came of it: outcomes, what is asked, each value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.model.finding import Severity
from intake.model.receipt import Receipt
from intake.model.submission import Submission, Value, value_text
from tests.kit.office.office import Office

Key = tuple[str, int | None]


@dataclass(frozen=True)
class Came:
    """What came of one file and of those that it holds."""

    outcomes: tuple[str, ...]
    codes: frozenset[str]
    asked: frozenset[str]
    """Items about which a person is asked."""
    values: Mapping[Key, str | None]
    """Of the first form that was read; None where a value is held back."""

    def value(self, item: str, row: int | None = None) -> str | None:
        """Return what the dataset holds, or would hold once a person agrees."""
        return self.values.get((item, row))


def sent(folder: Path, name: str, content: bytes) -> Came:
    """Return what comes of a file in a workspace of its own."""
    office = Office(folder)
    office.change_study(closes="2099-12-31")
    office.drop(name, content)
    receipts = office.run().receipts
    findings = [finding for receipt in receipts for finding in receipt.findings]
    return Came(
        outcomes=tuple(receipt.outcome.value for receipt in receipts),
        codes=frozenset(str(finding.code) for finding in findings),
        asked=frozenset(
            name
            for finding in findings
            if finding.severity is not Severity.NOTE
            for name in (finding.item, *finding.items)
            if name
        ),
        values=_values(office, receipts),
    )


def _values(office: Office, receipts: tuple[Receipt, ...]) -> dict[Key, str | None]:
    for receipt in receipts:
        if receipt.record_id and receipt.outcome.is_loaded:
            held: Submission | None = office.app.store.current(receipt.record_id).submission
        else:
            held = office.app.store.entry(receipt.id).submission
        if held is not None and held.values:
            return {(value.item, value.row): _text(value) for value in held.values}
    return {}


def _text(value: Value) -> str | None:
    return value.bound if value.value is None else value_text(value.value)
