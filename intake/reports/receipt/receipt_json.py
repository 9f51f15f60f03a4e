"""The receipt as data: ``receipt.json``, described by ``docs/receipt.schema.json``.

Holds no letters, no birth date and no free text: what identifies a patient for its centre
is only in the page (``intake.reports.pages``). No ``record_id`` either: the document goes
with the page, and the datasets for analysis name a patient by it. ``file`` is the name as
received when nobody seems to be in it.
"""

from __future__ import annotations

import json
from typing import Any

from intake.findings.wording import finding_words
from intake.model.definition import FormDefinition
from intake.model.finding import Finding, Location
from intake.model.receipt import Change, MemberReceipt, Receipt, ReviewDecision
from intake.privacy.private import is_private
from intake.privacy.quoting import quoted_answer, told_place
from intake.reports.receipt.receipt_view import file_name, member_name
from intake.words.catalogue import LANGUAGES, Words
from intake.words.shown import utf8


def receipt_json(receipt: Receipt, definition: FormDefinition | None) -> bytes:
    """Return the bytes of a receipt's ``receipt.json``."""
    document = receipt_document(receipt, definition)
    return utf8(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def receipt_document(receipt: Receipt, definition: FormDefinition | None) -> dict[str, Any]:
    """Return the receipt as a JSON document; messages in every language of words and form."""
    every_words = tuple(Words(language) for language in _languages(definition))
    own_words = Words(receipt.language or every_words[0].language)
    completeness = receipt.completeness
    return {
        "receipt": receipt.id,
        "parent": receipt.parent,
        "members": [
            _member(member, number, own_words) for number, member in enumerate(receipt.members, 1)
        ],
        "file": file_name(receipt, own_words),
        "sha256": receipt.source.sha256,
        "received": receipt.source.received.isoformat(),
        "outcome": receipt.outcome.value,
        "form": receipt.form,
        "version": receipt.version,
        "language": receipt.language,
        "format": receipt.format.value if receipt.format else None,
        "centre": receipt.centre,
        "subject": receipt.subject,
        "revision": receipt.revision,
        "earlier": receipt.earlier,
        "completeness": (
            {"expected": completeness.expected, "answered": completeness.answered}
            if completeness
            else None
        ),
        "changes": [change_document(change, definition) for change in receipt.changes],
        "findings": [_finding(f, definition, every_words) for f in receipt.findings],
        "decisions": [decision_document(decision) for decision in receipt.decisions],
    }


def _member(member: MemberReceipt, number: int, words: Words) -> dict[str, Any]:
    return {
        "receipt": member.receipt,
        "file": member_name(member, number, words),
        "outcome": member.outcome.value,
    }


def _languages(definition: FormDefinition | None) -> tuple[str, ...]:
    asked = definition.languages if definition else ()
    return tuple(dict.fromkeys((*LANGUAGES, *asked)))


def _finding(
    finding: Finding, definition: FormDefinition | None, every_words: tuple[Words, ...]
) -> dict[str, Any]:
    said = {words.language: finding_words(words, finding, definition) for words in every_words}
    return {
        "code": str(finding.code),
        "severity": finding.severity.value,
        "item": finding.item,
        "row": finding.row,
        "items": list(finding.items),
        "location": _location(told_place(finding.location, definition)),
        "entered": quoted_answer(finding, definition),
        "title": {language: words.title for language, words in said.items()},
        "message": {language: words.message for language, words in said.items()},
    }


def _location(location: Location | None) -> dict[str, Any] | None:
    if location is None:
        return None
    return {
        "page": location.page,
        "code": location.code,
        "sheet": location.sheet,
        "cell": location.cell,
    }


def decision_document(decision: ReviewDecision) -> dict[str, Any]:
    """Return a decision, without its reason."""
    return {
        "action": decision.action.value,
        "at": decision.at.isoformat(),
        "code": decision.code,
        "subject": decision.subject,
    }


def change_document(change: Change, definition: FormDefinition | None) -> dict[str, Any]:
    """Return a change; the answers only where the item may be shown."""
    item = definition.items.get(change.item) if definition else None
    shown = not is_private(item, definition)
    return {
        "item": change.item,
        "row": change.row,
        "code": change.code,
        "before": change.before if shown else "",
        "after": change.after if shown else "",
    }
