"""``codebook.csv``: one line per column of every file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from intake.exports.tables.codebook_columns import codebook_columns
from intake.exports.tables.columns import ColumnKind
from intake.exports.tables.computed_columns import ComputedColumn
from intake.exports.tables.fields import Field, FileFields, loosest_limits
from intake.exports.tables.merged_form import MergedForm, MergedItem
from intake.exports.tables.table import Table, table
from intake.exports.tables.value_table import NOT_ASKED
from intake.model.computed import DerivedType
from intake.model.definition import DataType, FormDefinition, LocalText, NumberLimits, Option
from intake.words.catalogue import words_of

_KIND_TYPES = {
    ColumnKind.OPTION: "0/1",
    ColumnKind.DAYS: "days",
    ColumnKind.EARLIEST: "days",
    ColumnKind.LATEST: "days",
    ColumnKind.LOW: DataType.DECIMAL.value,
    ColumnKind.HIGH: DataType.DECIMAL.value,
    ColumnKind.BOUND: "sign",
}


def codebook_table(form: MergedForm, files: Iterable[FileFields]) -> Table:
    """Return the codebook of a dataset."""
    header = codebook_columns(form.languages)
    rows = (
        tuple(_cells(form, file, field).get(column, "") for column in header)
        for file in files
        for field in file.fields
    )
    return table("codebook.csv", header, rows)


def _cells(form: MergedForm, file: FileFields, field: Field) -> Mapping[str, str]:
    labels = _said("label", field.label, form.languages)
    cells = {"file": file.file, "column": field.name, "type": field.type, **labels}
    if field.computed is not None:
        return cells | _computed_cells(form, field.computed)
    if field.column is None:
        return cells
    merged, kind = field.column.merged, field.column.kind
    cells |= _asking_cells(form, merged)
    if kind is ColumnKind.ANSWER:
        return cells | _answer_cells(form, merged)
    if kind in (ColumnKind.LOW, ColumnKind.HIGH):
        cells |= _said("unit", merged.item.unit, form.languages)
    return cells | {"type": _KIND_TYPES[kind]}


def _computed_cells(form: MergedForm, computed: ComputedColumn) -> dict[str, str]:
    codes = [Option(code, title) for code, title in computed.codes.items()]
    listed = {f"codes_{language}": _codes(codes, language) for language in form.languages}
    return (
        listed
        | _said("unit", computed.unit, form.languages)
        | {
            "type": "0/1" if computed.kind == DerivedType.BOOLEAN else computed.kind,
            "identifying": "0",
            "form_versions": ";".join(reversed(computed.versions)),
            "computed": computed.expression or "sum",
            "source": computed.source,
        }
    )


def _asking_cells(form: MergedForm, merged: MergedItem) -> dict[str, str]:
    """Return what holds for every column made of an item."""
    item = merged.item
    section = _version_of(form, merged).section(item.section)
    sections = {
        f"section_{language}": f"{section.letter} {words_of(language).local(section.title)}".strip()
        for language in form.languages
    }
    return sections | {
        "item": item.name,
        "visible_code": item.code,
        "relevant": item.relevant or "",
        "required": item.required or "",
        "missing_reasons": ";".join(_reasons(form, merged)),
        "identifying": "1" if item.identifying else "0",
        "form_versions": ";".join(reversed(merged.versions)),
    }


def _reasons(form: MergedForm, merged: MergedItem) -> tuple[str, ...]:
    """Return the reasons that may be written, and that not every version asks the question."""
    everywhere = len(merged.versions) == len(form.versions)
    written = (reason.value for reason in merged.item.missing)
    return tuple(written) if everywhere else (*written, NOT_ASKED)


def _answer_cells(form: MergedForm, merged: MergedItem) -> dict[str, str]:
    low, high = loosest_limits(merged.asked_as)
    soft: NumberLimits = merged.item.soft
    cells = {
        "type": merged.data_type.value if merged.data_type else DataType.TEXT.value,
        "minimum": _number(low),
        "maximum": _number(high),
        "usual_minimum": _number(soft.low),
        "usual_maximum": _number(soft.high),
    }
    cells |= _said("unit", merged.item.unit, form.languages)
    for language in form.languages:
        cells[f"codes_{language}"] = _codes(merged.options, language)
    return cells


def _said(column: str, text: LocalText, languages: Iterable[str]) -> dict[str, str]:
    """Return a text in the column of each language."""
    return {f"{column}_{language}": words_of(language).local(text) for language in languages}


def _codes(options: Iterable[Option], language: str) -> str:
    return " | ".join(_code(option, language) for option in options)


def _code(option: Option, language: str) -> str:
    reason = f" [{option.reason.value}]" if option.reason else ""
    return f"{option.code}={words_of(language).local(option.title)}{reason}"


def _version_of(form: MergedForm, merged: MergedItem) -> FormDefinition:
    """Return the newest version that asks an item."""
    return next(version for version in form.versions if version.version == merged.versions[0])


def _number(limit: Decimal | None) -> str:
    return "" if limit is None else format(limit, "f")
