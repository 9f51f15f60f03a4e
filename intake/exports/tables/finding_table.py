"""``findings.csv``: what was noticed about the answers that are in the dataset.

Only the current revision of each record speaks here: what a correction has settled is in
the receipts. In the analysis profile a sentence quotes an answer only when it is a plain
number, code or label.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from intake.exports.tables.disclosure import Disclosure, Profile, disclosure, is_plain_answer
from intake.exports.tables.record_view import RecordView
from intake.exports.tables.table import Table, table
from intake.exports.tables.value_table import place_text
from intake.findings.current import current_findings
from intake.model.definition import FormDefinition
from intake.model.finding import Finding
from intake.model.receipt import Receipt

COLUMNS = (
    "record_id",
    "receipt",
    "subject",
    "code",
    "severity",
    "item",
    "row",
    "location",
    "message",
)
_OF_THE_FORM = frozenset({"section", "low", "high", "limit", "count", "unit"})
"""Context that comes from the schema or counts; it quotes no answer."""
Sentence = Callable[[Finding, FormDefinition], str]
"""Puts a finding into words."""


def finding_table(
    records: Iterable[RecordView],
    receipts: Mapping[str, Receipt],
    sentence: Sentence,
    profile: Profile,
) -> Table:
    """Return one line per finding of each record's current revision."""
    rows = (
        _line(record, finding, sentence, profile)
        for record in records
        for finding in current_findings(record.stored, receipts)
    )
    return table("findings.csv", COLUMNS, rows)


def items_of(finding: Finding) -> tuple[str, ...]:
    """Return every item a finding names."""
    own = () if finding.item is None else (finding.item,)
    return tuple(dict.fromkeys((*own, *finding.items)))


def _line(
    record: RecordView, finding: Finding, sentence: Sentence, profile: Profile
) -> tuple[str, ...]:
    analysis = profile is Profile.ANALYSIS
    said = _without_answers(finding, record.definition) if analysis else finding
    return (
        record.stored.record_id,
        record.stored.receipt,
        "" if analysis else record.stored.subject,
        finding.code,
        finding.severity.value,
        ";".join(items_of(finding)) if finding.item is None else finding.item,
        "" if finding.row is None else str(finding.row),
        place_text(finding.location, profile),
        sentence(said, record.definition),
    )


def _without_answers(finding: Finding, definition: FormDefinition) -> Finding:
    """Return the finding with no text in its context that might tell who or when."""
    items = [definition.items.get(name) for name in items_of(finding)]
    known = [item for item in items if item is not None]
    shown = {disclosure(definition, item, Profile.ANALYSIS) for item in known}
    may_quote = len(known) == len(items) and shown == {Disclosure.OPEN}
    context = {
        name: text
        for name, text in finding.context.items()
        if name in _OF_THE_FORM
        or (may_quote and any(is_plain_answer(item, text) for item in known))
    }
    return replace(finding, context=context)
