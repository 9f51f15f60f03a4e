"""What waits for the coordinator, as data: the list, and one file with its values.

Answers that identify a patient or were typed freely are left out unless asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any

from intake.findings.wording import finding_words
from intake.model.definition import FormDefinition, Item
from intake.model.errors import DecisionRefused, Refusal
from intake.model.finding import Finding
from intake.model.receipt import Outcome, Receipt
from intake.model.record import Entry
from intake.model.submission import value_text
from intake.pipeline.returns.decide import REVIEWING
from intake.privacy.quoting import may_repeat
from intake.reports.receipt.receipt_json import receipt_document
from intake.reports.review.held_values import HeldValue, held_values
from intake.wiring.app import App
from intake.words.catalogue import LANGUAGES, Words

Show = Callable[[Item, str], bool]
"""Say whether a text in the place of a question may be shown."""


def review_list(app: App) -> list[dict[str, Any]]:
    """Return the files that wait for a decision, the oldest first; nothing identifying.

    An email or archive is not among them: each file inside has a receipt of its own.
    """
    waiting = (stored.receipt for stored in app.store.receipts())
    return [_waiting(app, r) for r in waiting if r.outcome is Outcome.REVIEW and not r.members]


def review_document(app: App, receipt_id: str, *, identity: bool) -> dict[str, Any]:
    """Return one receipt with the values held for it, those in conflict first.

    Raises DecisionRefused for an unknown receipt. ``identity`` shows every answer.
    """
    try:
        entry = app.store.entry(receipt_id.strip())
    except KeyError:
        raise DecisionRefused(Refusal.UNKNOWN_RECEIPT, receipt=receipt_id) from None
    receipt = entry.receipt
    definition = _definition(app, receipt)
    reasons = app.store.reasons(receipt.id)
    told = receipt_document(receipt, definition)
    findings = sorted(told["findings"], key=lambda finding: finding["code"] not in REVIEWING)
    return _waiting(app, receipt) | {
        "outcome": receipt.outcome.value,
        "original": str(app.archive.path(receipt.source)),
        "page": _page(app, receipt),
        "findings": findings,
        "values": list(_values(entry, definition, identity=identity)),
        "decisions": [
            {**decision, "reason": reason}
            for decision, reason in zip(told["decisions"], reasons, strict=True)
        ],
    }


def _page(app: App, receipt: Receipt) -> str | None:
    """Return where the coordinator's page of a file is, while there is one."""
    page = app.review_pages.page(receipt.id)
    return str(page) if page.is_file() else None


def _waiting(app: App, receipt: Receipt) -> dict[str, Any]:
    definition = _definition(app, receipt)
    return {
        "receipt": receipt.id,
        "received": receipt.source.received.isoformat(),
        "centre": receipt.centre,
        "form": receipt.form,
        "version": receipt.version,
        "answered": receipt.completeness.answered if receipt.completeness else None,
        "decide": [_title(f, definition) for f in _to_decide(receipt.findings)],
    }


def _to_decide(findings: Iterable[Finding]) -> Iterator[Finding]:
    return (finding for finding in findings if finding.code in REVIEWING)


def _title(finding: Finding, definition: FormDefinition | None) -> dict[str, Any]:
    return {
        "code": str(finding.code),
        "subject": finding.context.get("subject"),
        "title": {
            language: finding_words(Words(language), finding, definition).title
            for language in LANGUAGES
        },
    }


def _definition(app: App, receipt: Receipt) -> FormDefinition | None:
    return app.forms.get(receipt.form or "", receipt.version or "")


def _values(
    entry: Entry, definition: FormDefinition | None, *, identity: bool
) -> Iterator[dict[str, Any]]:
    """Yield the values: what is to be decided, then what else is in question, then the rest."""

    def may_show(item: Item, text: str) -> bool:
        return identity or may_repeat(text, item, definition)

    for held in held_values(entry, definition, REVIEWING):
        yield _value(held, may_show)


def _value(held: HeldValue, may_show: Show) -> dict[str, Any]:
    value, place = held.value, held.place
    known = value.bound if value.value is None else value_text(value.value)
    shown = may_show(place.item, value.raw)
    before = value.replaced
    return {
        "code": place.code,
        "address": place.address,
        "value": known if shown else None,
        "missing": value.missing.value if value.missing else None,
        "raw": value.raw if shown else None,
        "hidden": not shown,
        "file_says": before if before and may_show(place.item, before) else None,
        "reading": value.rung.value,
        "location": {k: v for k, v in asdict(value.location).items() if v is not None},
        "status": value.status.value,
        "findings": [str(finding.code) for finding in held.findings],
    }
