"""``findings.csv``: what was noticed about the answers that are in the dataset.

Only the current revision of each record speaks here: what a correction has mended is in
the receipts. In the analysis profile a sentence quotes an answer only when it is a plain
number, code or label.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from intake.checks.recheck import renamed
from intake.exports.tables.record_view import RecordView
from intake.exports.tables.table import RecordTable, Row
from intake.exports.tables.value_table import place_text
from intake.model.carry import renaming
from intake.model.definition import FormDefinition
from intake.model.finding import Finding
from intake.privacy.profiles import Profile, told_finding, told_location

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
Sentence = Callable[[Finding, FormDefinition], str]
"""Puts a finding into words."""


def finding_table(sentence: Sentence, profile: Profile) -> RecordTable:
    """Return one line per finding of a record's current revision."""

    def rows(record: RecordView) -> Iterator[Row]:
        for finding in record.findings:
            yield _line(record, finding, sentence, profile)

    return RecordTable("findings.csv", COLUMNS, rows)


def _named(finding: Finding) -> tuple[str, ...]:
    return finding.all_items if finding.item is None else (finding.item,)


def _line(record: RecordView, finding: Finding, sentence: Sentence, profile: Profile) -> Row:
    worded = renamed(finding, renaming(record.said_by, record.definition.version))
    said = told_finding(worded, record.said_by, profile)
    return (
        record.stored.record_id,
        record.stored.receipt if profile.tells_paperwork else "",
        record.stored.subject if profile.tells_centre else "",
        finding.code,
        finding.severity.value,
        ";".join(record.way.name(name) for name in _named(finding)),
        "" if finding.row is None else str(finding.row),
        place_text(told_location(finding.location, profile)),
        sentence(said, record.said_by),
    )
