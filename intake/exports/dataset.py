"""The dataset: every file of one form as bytes, by name. Same records, same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from intake.exports.tables.codebook import codebook_table
from intake.exports.tables.fields import FileFields
from intake.exports.tables.finding_table import Sentence, finding_table
from intake.exports.tables.fixed_fields import dataset_fields
from intake.exports.tables.merged_form import MergedForm, merge
from intake.exports.tables.record_view import RecordView, view
from intake.exports.tables.table import Table
from intake.exports.tables.value_table import value_table
from intake.exports.tables.wide_tables import group_table, record_table
from intake.exports.writers.csv import EXACT, CsvStyle, csv_bytes
from intake.exports.writers.data_package import data_package
from intake.findings.wording import finding_words
from intake.model.definition import FormDefinition
from intake.model.finding import Finding
from intake.model.receipt import Receipt
from intake.model.record import StoredReceipt, StoredRecord
from intake.privacy.profiles import Profile
from intake.words.catalogue import Words

__all__ = ["CsvStyle", "Profile", "dataset_files"]

DATA_PACKAGE = "datapackage.json"


@dataclass(frozen=True, slots=True)
class _Content:
    form: MergedForm
    records: tuple[RecordView, ...]
    receipts: Mapping[str, Receipt]
    profile: Profile


def dataset_files(
    records: Iterable[StoredRecord],
    receipts: Iterable[StoredReceipt],
    definitions: Iterable[FormDefinition],
    *,
    profile: Profile | str = Profile.ANALYSIS,
    style: CsvStyle = EXACT,
) -> Mapping[str, bytes]:
    """Return the dataset of one form. Raises DefinitionError when a record's version is absent.

    Args:
        records: current records; those of other forms are left out.
        receipts: their receipts; those of other files are not used.
        definitions: every version of the form.
        profile: ``analysis`` or ``full``.
        style: byte order mark, protection of spreadsheets.
    """
    chosen = Profile(profile)
    frame = _frame(tuple(_Version(definition) for definition in definitions), chosen, style)
    form = frame.form
    content = _Content(form, _views(form, records), _by_id(receipts), chosen)
    files = {table.name: csv_bytes(table, style) for table in _data_tables(content)}
    files |= {frame.codebook_name: frame.codebook}
    return files | {DATA_PACKAGE: data_package(form, frame.fields, files, chosen, style)}


@dataclass(frozen=True, slots=True)
class _Version:
    """A form version, the same as another when their fingerprints are."""

    definition: FormDefinition = field(compare=False)
    fingerprint: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "fingerprint", self.definition.fingerprint)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What depends on the form alone: its columns, described once for many exports."""

    form: MergedForm
    fields: tuple[FileFields, ...]
    codebook_name: str
    codebook: bytes


@lru_cache(maxsize=8)
def _frame(versions: tuple[_Version, ...], profile: Profile, style: CsvStyle) -> _Frame:
    form = merge((version.definition for version in versions), profile)
    fields = tuple(dataset_fields(form, profile))
    table = codebook_table(form, fields)
    return _Frame(form, fields, table.name, csv_bytes(table, style))


def _views(form: MergedForm, records: Iterable[StoredRecord]) -> tuple[RecordView, ...]:
    versions = {definition.version: definition for definition in form.versions}
    own = (stored for stored in records if stored.submission.form == form.newest.id)
    # By record number, a keyed hash: the order of the files then tells no centre, no date.
    ordered = sorted(own, key=lambda record: record.record_id)
    return tuple(view(stored, versions, form.newest) for stored in ordered)


def _by_id(receipts: Iterable[StoredReceipt]) -> Mapping[str, Receipt]:
    return {stored.receipt.id: stored.receipt for stored in receipts}


def _data_tables(content: _Content) -> tuple[Table, ...]:
    form, records, profile = content.form, content.records, content.profile
    return (
        record_table(form, records, profile),
        *(group_table(group, records) for group in form.groups),
        value_table(form, records, profile),
        finding_table(records, content.receipts, _sentence(form), profile),
    )


def _sentence(form: MergedForm) -> Sentence:
    words = Words(form.languages[0])

    def say(finding: Finding, definition: FormDefinition) -> str:
        return finding_words(words, finding, definition).sentence

    return say
