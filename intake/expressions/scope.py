"""What an expression may name: typed variables made from a form definition.

Each item gives its value and the companions ``has_X``, ``why_X`` and, for dates,
``day_X``; each computed value gives itself and ``has_X``. Inside a group its own are plain
variables beside those of the form, with ``row``; from anywhere each group is a list of its
rows. Nothing here knows CEL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from intake.model.computed import Derived, DerivedType, LookUpTable, Score, TableType
from intake.model.definition import DataType, FormDefinition, Item, ItemGroup, MissingReason

ROW = "row"
EMPTY = "EMPTY"
"""``why_X`` of an item that holds nothing, not even a reason."""
BOUND = "BOUND"
"""``why_X`` of an item known only to be below or above a limit."""
REASONS = frozenset({"", EMPTY, BOUND, *(reason.value for reason in MissingReason)})
PREFIXES = ("has_", "why_", "day_")

_WORDS = """
as break const continue else false for function if import in let loop null package
namespace return true var void while
bool bytes double duration dyn int list map null_type string timestamp type uint
"""
RESERVED = frozenset(_WORDS.split())
"""Words CEL keeps for itself."""


class Kind(StrEnum):
    """The type of a variable."""

    BOOL = "bool"
    INT = "int"
    DOUBLE = "double"
    TEXT = "string"
    CODES = "list(string)"
    DATE = "list(int)"
    """Also a list of whole numbers, which a variable says with ``listed``."""
    NUMBERS = "list(double)"
    NUMBER_BY_TEXT = "map(string, double)"
    TEXT_BY_TEXT = "map(string, string)"
    TEXTS_BY_TEXT = "map(string, list(string))"
    ROWS = "list(map(string, dyn))"


class Role(StrEnum):
    """What a variable says of its item."""

    VALUE = "value"
    HAS = "has"
    WHY = "why"
    DAY = "day"
    ROW = "row"
    ROWS = "rows"
    COMPUTED = "computed"
    HAS_COMPUTED = "has_computed"
    TABLE = "table"


DERIVED_KINDS: Mapping[DerivedType, Kind] = {
    DerivedType.BOOLEAN: Kind.BOOL,
    DerivedType.INTEGER: Kind.INT,
    DerivedType.NUMBER: Kind.DOUBLE,
    DerivedType.STRING: Kind.TEXT,
    DerivedType.INTEGERS: Kind.DATE,
    DerivedType.STRINGS: Kind.CODES,
}
_TABLE_KINDS: Mapping[TableType, Kind] = {
    TableType.NUMBER_BY_TEXT: Kind.NUMBER_BY_TEXT,
    TableType.TEXT_BY_TEXT: Kind.TEXT_BY_TEXT,
    TableType.TEXTS_BY_TEXT: Kind.TEXTS_BY_TEXT,
    TableType.NUMBERS: Kind.NUMBERS,
    TableType.INTEGERS: Kind.DATE,
}


@dataclass(frozen=True, slots=True)
class Variable:
    """One name: its type, its role, the item it speaks of, the texts it can hold."""

    name: str
    kind: Kind
    role: Role
    item: Item | None = None
    group: str | None = None
    codes: frozenset[str] | None = None
    """Every text that the value can be; None when any."""
    listed: bool = False
    """A list of whole numbers, not a date."""
    computed: str = ""
    """The computed value it speaks of, instead of an item."""
    table: LookUpTable | None = None


@dataclass(frozen=True)
class Scope:
    """The variables of one place, and the fields of each group's rows."""

    variables: Mapping[str, Variable]
    fields: Mapping[str, Mapping[str, Variable]]
    group: str | None = None


def make_scope(definition: FormDefinition, group: str | None) -> Scope:
    """Return what can be named at the top of a form, or in one of its groups."""
    fields = {name: _row_variables(each) for name, each in definition.groups.items()}
    for derived in definition.derived:
        if derived.group is not None:
            fields[derived.group].update(_named(_derived_variables(derived)))
    variables = _named(v for item in definition.single_items for v in item_variables(item))
    variables.update(_named(_form_variables(definition)))
    for name in definition.groups:
        variables[name] = Variable(name, Kind.ROWS, Role.ROWS, group=name)
    if group is not None:
        variables.update(fields[group])
    return Scope(variables, fields, group)


def item_variables(item: Item) -> Iterator[Variable]:
    """Yield the value of an item and its companions."""
    name = item.name
    yield Variable(name, value_kind(item), Role.VALUE, item, item.group, answer_codes(item))
    yield Variable(f"has_{name}", Kind.BOOL, Role.HAS, item, item.group)
    yield Variable(f"why_{name}", Kind.TEXT, Role.WHY, item, item.group, REASONS)
    if item.is_date:
        yield Variable(f"day_{name}", Kind.INT, Role.DAY, item, item.group)


def _form_variables(definition: FormDefinition) -> Iterator[Variable]:
    """Yield what is computed for the form as a whole, and the tables."""
    for derived in definition.derived:
        if derived.group is None:
            yield from _derived_variables(derived)
    for score in definition.scores:
        for name in score_names(score):
            yield from _computed_variables(name, Kind.INT)
    for table in definition.tables:
        listed = table.type is TableType.INTEGERS
        kind = _TABLE_KINDS[table.type]
        yield Variable(table.name, kind, Role.TABLE, listed=listed, table=table)


def score_names(score: Score) -> tuple[str, ...]:
    """Return the names that a score gives: its totals and its parts."""
    return (*score.totals, *(score.part_name(part) for part in score.parts))


def _derived_variables(derived: Derived) -> Iterator[Variable]:
    listed = derived.type is DerivedType.INTEGERS
    kind = DERIVED_KINDS[derived.type]
    yield from _computed_variables(derived.name, kind, derived.group, listed=listed)


def _computed_variables(
    name: str, kind: Kind, group: str | None = None, *, listed: bool = False
) -> Iterator[Variable]:
    yield Variable(name, kind, Role.COMPUTED, group=group, listed=listed, computed=name)
    yield Variable(f"has_{name}", Kind.BOOL, Role.HAS_COMPUTED, group=group, computed=name)


def _named(variables: Iterable[Variable]) -> dict[str, Variable]:
    return {variable.name: variable for variable in variables}


def value_kind(item: Item) -> Kind:
    """Return the type of an item's value; yes/no is a boolean."""
    if item.is_yes_no:
        return Kind.BOOL
    match item.data_type:
        case DataType.INTEGER:
            return Kind.INT
        case DataType.DECIMAL:
            return Kind.DOUBLE
        case DataType.DATE | DataType.PARTIAL_DATE:
            return Kind.DATE
        case DataType.MULTIPLE_CHOICE:
            return Kind.CODES
        case DataType.SINGLE_CHOICE | DataType.TEXT | DataType.TIME:
            return Kind.TEXT
        case unknown:
            assert_never(unknown)


def answer_codes(item: Item) -> frozenset[str] | None:
    """Return the codes that are answers; those that give a reason never are the value."""
    if not item.is_choice or item.is_yes_no:
        return None
    return frozenset(option.code for option in item.options if option.reason is None)


def name_problem(name: str) -> str:
    """Say why an item cannot be named so in expressions; empty when it can."""
    if name in RESERVED:
        return f"{name!r} is a word of the expression language"
    if name == ROW:
        return "'row' is the number of the printed row"
    prefix = next((each for each in PREFIXES if name.startswith(each)), None)
    return f"names beginning with {prefix!r} are made by the program" if prefix else ""


def _row_variables(group: ItemGroup) -> dict[str, Variable]:
    found = _named(v for item in group.items for v in item_variables(item))
    found[ROW] = Variable(ROW, Kind.INT, Role.ROW, group=group.name)
    return found
