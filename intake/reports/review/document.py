"""What waits for the coordinator, as data: the list, and one file with its values.

Answers that identify a patient or were typed freely are left out unless asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from intake.findings.wording import finding_words
from intake.model.definition import FormDefinition, Item
from intake.model.finding import Finding
from intake.model.finding_codes import awaits_decision
from intake.model.receipt import Outcome, Receipt
from intake.model.record import Entry
from intake.model.submission import Value, value_text
from intake.privacy.private import is_private
from intake.privacy.quoting import may_repeat
from intake.reports.receipt.receipt_json import receipt_document
from intake.reports.review.beside import Difference, KnownSide, differences
from intake.reports.review.held_values import HeldValue, held_values
from intake.reports.review.review_choices import choices
from intake.words.catalogue import LANGUAGES, Words

Show = Callable[[Item, str], bool]
"""Say whether a text in the place of a question may be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFile:
    """A file in review, or decided, and what is known of it beside its receipt."""

    entry: Entry
    definition: FormDefinition | None
    reasons: Sequence[str]
    """Why each decision was taken, in their order."""
    original: str
    """Where the returned file is kept."""
    page: str | None
    """Where the coordinator's page of it is, while there is one."""
    known: Sequence[KnownSide] = ()
    """The records that it may belong to."""


def waiting_document(receipt: Receipt, definition: FormDefinition | None) -> dict[str, Any]:
    """Return one line of the list: nothing identifying."""
    return {
        "receipt": receipt.id,
        "received": receipt.source.received.isoformat(),
        "centre": receipt.centre,
        "form": receipt.form,
        "version": receipt.version,
        "answered": receipt.completeness.answered if receipt.completeness else None,
        "decide": [_title(f, definition) for f in _to_decide(receipt.findings)],
    }


def held_document(held: HeldFile, *, identity: bool) -> dict[str, Any]:
    """Return one receipt with the values held for it, those in conflict first.

    ``identity`` shows every answer.
    """
    receipt = held.entry.receipt
    told = receipt_document(receipt, held.definition)
    findings = sorted(told["findings"], key=lambda finding: not awaits_decision(finding["code"]))
    return waiting_document(receipt, held.definition) | {
        "outcome": receipt.outcome.value,
        "original": held.original,
        "page": held.page,
        "findings": findings,
        "beside": [_beside(held, side, identity=identity) for side in held.known],
        "choices": list(_choices(held)) if receipt.outcome is Outcome.REVIEW else [],
        "values": list(value_documents(held.entry, held.definition, identity=identity)),
        "decisions": [
            {**decision, "reason": reason}
            for decision, reason in zip(told["decisions"], held.reasons, strict=True)
        ],
    }


def _to_decide(findings: Iterable[Finding]) -> Iterator[Finding]:
    return (finding for finding in findings if awaits_decision(finding.code))


def _title(finding: Finding, definition: FormDefinition | None) -> dict[str, Any]:
    return {
        "code": str(finding.code),
        "subject": finding.context.get("subject"),
        "title": {
            language: finding_words(Words(language), finding, definition).title
            for language in LANGUAGES
        },
    }


def value_documents(
    entry: Entry, definition: FormDefinition | None, *, identity: bool
) -> Iterator[dict[str, Any]]:
    """Yield the values: what is to be decided, then what else is in question, then the rest."""

    def may_show(item: Item, text: str) -> bool:
        return identity or may_repeat(text, item, definition)

    for one in held_values(entry, definition):
        yield _value(one, may_show)


def _choices(held: HeldFile) -> Iterator[dict[str, Any]]:
    """Yield what can be done: what it says, what follows from it, the command, by language."""
    told = [
        (language, list(choices(held.entry, held.definition, Words(language))))
        for language in LANGUAGES
    ]
    for same in zip(*(found for _, found in told), strict=True):
        by_language = list(zip(LANGUAGES, same, strict=True))
        yield {
            "text": {language: choice.text for language, choice in by_language},
            "consequence": {language: choice.consequence for language, choice in by_language},
            "command": {language: choice.command for language, choice in by_language},
        }


def _beside(held: HeldFile, side: KnownSide, *, identity: bool) -> dict[str, Any]:
    """Return a record beside the form: where they differ, private answers unless asked for."""
    definition, submission = held.definition, held.entry.submission
    found = (
        differences(definition, side.submission, submission) if definition and submission else ()
    )
    return {
        "record": side.subject,
        "revision": side.revision,
        "receipt": side.receipt,
        "original": side.original,
        "differences": [_difference(one, held.definition, identity=identity) for one in found],
    }


def _difference(
    one: Difference, definition: FormDefinition | None, *, identity: bool
) -> dict[str, Any]:
    item = one.place.item
    texts = {"known": _understood(one.known), "new": _understood(one.new)}
    shown = identity or (
        not is_private(item, definition)
        and all(may_repeat(text, item, definition) for text in texts.values() if text)
    )
    told = texts if shown else dict.fromkeys(texts)
    return {"code": one.place.code, "address": one.place.address, "hidden": not shown, **told}


def _understood(value: Value | None) -> str | None:
    """Return what a value says: as a text, its bound, its reason; as written where held back."""
    if value is None:
        return None
    if value.missing is not None:
        return value.raw or value.missing.value
    return value.bound if value.value is None else value_text(value.value)


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
