"""``x-rules``, ``x-derived``, ``x-scores`` and ``x-tables`` as the definition keeps them.

Expressions are taken as text: whether they compile is seen by ``check`` and when a checker
is made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intake.model.computed import (
    Derived,
    DerivedType,
    LookUpTable,
    Rule,
    Score,
    ScorePart,
    TableType,
)
from intake.model.finding import Severity
from intake.model.local_text import LocalText
from intake.schema.compile.each import expanded
from intake.schema.compile.node import Node
from intake.schema.compile.options import codelist
from intake.schema.compile.wording import by_language, same_or_by_language, titled


@dataclass(frozen=True, slots=True)
class Names:
    """What entries may name, and the languages in which they speak."""

    items: Collection[str]
    groups: Collection[str]
    languages: Sequence[str]


def rules(holder: Node, known: Names, group: str | None = None) -> Iterator[Rule]:
    """Yield the rules of a form, or of a group's rows. Raises DefinitionError."""
    for entry in _entries(holder, "x-rules"):
        named = entry.texts("items")
        if not named:
            raise entry.fault("needs items")
        for name in named:
            if name not in known.items:
                raise entry.child("items").fault(f"no item is named {name!r}")
        yield Rule(
            id=entry.child("id").text(),
            severity=_severity(entry.child("severity")),
            when=entry.child("when").text(),
            items=named,
            message=by_language(entry.child("message"), known.languages),
            hides=entry.texts("hides"),
            group=group,
        )


def derived(holder: Node, known: Names, group: str | None = None) -> Iterator[Derived]:
    """Yield the computed values of a form, or of a group's rows. Raises DefinitionError."""
    for entry in _entries(holder, "x-derived"):
        kind = entry.child("type")
        if kind.value not in set(DerivedType):
            raise kind.fault(f"must be one of {', '.join(DerivedType)}")
        yield Derived(
            name=entry.child("name").text(),
            type=DerivedType(kind.value),
            expression=entry.child("expression").text(),
            title=titled(entry, known.languages),
            unit=same_or_by_language(entry.optional("unit"), known.languages),
            source=entry.optional_text("source") or "",
            codes=_codes(entry.optional("codes"), known.languages),
            relevant=entry.optional_text("relevant"),
            internal=entry.flag("internal"),
            group=group,
        )


def _codes(named: Node | None, languages: Sequence[str]) -> Mapping[str, LocalText]:
    """Return the words of each text that a computed value can be, of a codelist here or shared."""
    options = () if named is None else codelist(named.resolved(), languages)
    return {option.code: option.title for option in options}


def scores(root: Node, languages: Sequence[str]) -> Iterator[Score]:
    """Yield the scores of a form. Raises DefinitionError."""
    for entry in _entries(root, "x-scores"):
        yield Score(
            name=entry.child("name").text(),
            title=titled(entry, languages),
            parts=tuple(_part(part, languages) for part in entry.child("parts").entries()),
            source=entry.optional_text("source") or "",
            internal=entry.flag("internal"),
        )


def tables(root: Node) -> Iterator[LookUpTable]:
    """Yield the data that expressions look up. Raises DefinitionError."""
    found = root.optional("x-tables")
    for name, entry in found.members() if found is not None else ():
        kind = entry.child("type")
        if kind.value not in set(TableType):
            raise kind.fault(f"must be one of {', '.join(TableType)}")
        yield _table(name, TableType(kind.value), entry)


def _table(name: str, kind: TableType, entry: Node) -> LookUpTable:
    source, values = entry.optional_text("source") or "", entry.child("values")
    if kind in (TableType.NUMBERS, TableType.INTEGERS):
        numbers = tuple(_row(kind, each) for each in values.entries())
        return LookUpTable(name=name, type=kind, numbers=numbers, source=source)
    by_key = {key: _row(kind, each) for key, each in values.members()}
    return LookUpTable(name=name, type=kind, by_key=by_key, source=source)


def _row(kind: TableType, value: Node) -> Any:  # noqa: ANN401 - its type is the table's
    if kind is TableType.TEXT_BY_TEXT:
        return value.text()
    if kind is TableType.TEXTS_BY_TEXT:
        return tuple(each.text() for each in value.entries())
    if isinstance(value.value, bool) or not isinstance(value.value, int | float):
        raise value.fault("must be a number")
    return value.whole() if kind is TableType.INTEGERS else float(value.value)


def _part(part: Node, languages: Sequence[str]) -> ScorePart:
    ends = [end.whole() for end in part.child("range").entries()]
    if len(ends) != 2 or ends[0] > ends[1]:
        raise part.child("range").fault("must be the least and the most points")
    return ScorePart(
        id=part.child("id").text(),
        title=titled(part, languages),
        points=part.child("points").text(),
        least=ends[0],
        most=ends[1],
    )


def _severity(node: Node) -> Severity:
    if node.value not in set(Severity):
        raise node.fault(f"must be one of {', '.join(Severity)}")
    return Severity(node.value)


def _entries(holder: Node, keyword: str) -> Iterator[Node]:
    """Yield the entries of a keyword, ``each`` written out."""
    found = holder.optional(keyword)
    for entry in found.entries() if found is not None else ():
        content: Mapping[str, Any] = entry.mapping()
        for filled in expanded(content):
            yield Node(filled, entry.pointer, entry.definitions)
