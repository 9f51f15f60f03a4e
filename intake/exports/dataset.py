"""The dataset of one form: how its files begin, what a record adds to each, what tells of them.

Same records, same bytes, in whatever order they are asked for: the parts of the files stand by
record number, a keyed hash, so that the order of a file tells no centre and no date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from intake.exports.tables.codebook import codebook_table
from intake.exports.tables.finding_table import Sentence, finding_table
from intake.exports.tables.fixed_fields import dataset_fields
from intake.exports.tables.merged_form import MergedForm, merge
from intake.exports.tables.record_view import view
from intake.exports.tables.strata import NOTHING, Told
from intake.exports.tables.table import RecordTable
from intake.exports.tables.value_table import value_table
from intake.exports.tables.wide_tables import group_table, record_table
from intake.exports.writers.csv import EXACT, CsvStyle, csv_bytes, head_bytes, row_bytes
from intake.exports.writers.data_package import DescribedFile, data_package, described_file
from intake.findings.wording import finding_words
from intake.model.definition import FormDefinition
from intake.model.file.written import WrittenFile
from intake.model.finding import Finding
from intake.model.receipt import Receipt
from intake.model.record import StoredReceipt, StoredRecord
from intake.privacy.profiles import Profile
from intake.words.catalogue import Words

__all__ = ["CsvStyle", "Dataset", "Profile", "dataset_files", "dataset_of"]

DATA_PACKAGE = "datapackage.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """One form's dataset in one profile, whatever the records."""

    form: MergedForm
    profile: Profile
    style: CsvStyle
    files: tuple[DescribedFile, ...]
    tables: tuple[RecordTable, ...]
    codebook_name: str
    codebook: bytes

    @property
    def heads(self) -> Mapping[str, bytes]:
        """Return what each file of records begins with, by name, in the order of the parts."""
        return {table.name: head_bytes(table.header, self.style) for table in self.tables}

    def parts(self, stored: StoredRecord, receipt: Receipt | None) -> tuple[bytes, ...]:
        """Return what a record adds to each file of records.

        Raises DefinitionError when the record's version of the form is absent.
        """
        record = view(stored, receipt, self.form.versions)
        return tuple(row_bytes(table.rows(record), self.style) for table in self.tables)

    def described(self, written: Mapping[str, WrittenFile]) -> Mapping[str, bytes]:
        """Return the codebook and the data package of the written files of records."""
        codebook = {self.codebook_name: WrittenFile.of(self.codebook)}
        every = {**written, **codebook}
        package = data_package(self.form, self.files, every, self.profile, self.style)
        return {self.codebook_name: self.codebook, DATA_PACKAGE: package}


def dataset_of(
    definitions: Iterable[FormDefinition],
    profile: Profile | str = Profile.ANALYSIS,
    style: CsvStyle = EXACT,
    told: Told = NOTHING,
) -> Dataset:
    """Return the dataset of a form by all its versions, in a profile and a style of files.

    ``told`` is what it tells of centre and period beside the profile.
    """
    versions = tuple(_Version(definition) for definition in definitions)
    return _dataset(versions, Profile(profile), style, told)


def dataset_files(
    records: Iterable[StoredRecord],
    receipts: Iterable[StoredReceipt],
    definitions: Iterable[FormDefinition],
    *,
    profile: Profile | str = Profile.ANALYSIS,
    style: CsvStyle = EXACT,
) -> Mapping[str, bytes]:
    """Return the files of one form's dataset, all in memory.

    Records of other forms, and receipts of other files, are left out. Raises DefinitionError
    when the version of a record is absent.
    """
    dataset = dataset_of(definitions, profile, style)
    by_id = {stored.receipt.id: stored.receipt for stored in receipts}
    own = (stored for stored in records if stored.submission.form == dataset.form.newest.id)
    ordered = sorted(own, key=lambda record: record.record_id)
    parts = [dataset.parts(stored, by_id.get(stored.receipt)) for stored in ordered]
    files = dict(_joined(dataset.heads, parts))
    written = {name: WrittenFile.of(content) for name, content in files.items()}
    return {**files, **dataset.described(written)}


def _joined(
    heads: Mapping[str, bytes], parts: Iterable[tuple[bytes, ...]]
) -> Iterator[tuple[str, bytes]]:
    held = tuple(parts)
    for place, (name, head) in enumerate(heads.items()):
        yield name, head + b"".join(part[place] for part in held)


@dataclass(frozen=True, slots=True)
class _Version:
    """A form version, the same as another when their fingerprints are."""

    definition: FormDefinition = field(compare=False)
    fingerprint: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "fingerprint", self.definition.fingerprint)


@lru_cache(maxsize=8)
def _dataset(
    versions: tuple[_Version, ...], profile: Profile, style: CsvStyle, told: Told
) -> Dataset:
    """Return what depends on the form alone, described once for many exports."""
    form = merge((version.definition for version in versions), profile)
    fields = tuple(dataset_fields(form, profile, told))
    codebook = codebook_table(form, fields)
    return Dataset(
        form=form,
        profile=profile,
        style=style,
        files=tuple(described_file(file, form.languages[0]) for file in fields),
        tables=(
            record_table(form, profile, told),
            *(group_table(group) for group in form.groups),
            value_table(form, profile),
            finding_table(_sentence(form), profile),
        ),
        codebook_name=codebook.name,
        codebook=csv_bytes(codebook, style),
    )


def _sentence(form: MergedForm) -> Sentence:
    words = Words(form.languages[0])

    def say(finding: Finding, definition: FormDefinition) -> str:
        return finding_words(words, finding, definition).sentence

    return say
