"""The compiler's messages in words a person who writes a form can act on."""

from __future__ import annotations

import re
from collections.abc import Mapping

from intake.expressions.functions import FUNCTIONS
from intake.expressions.lint import nearest
from intake.expressions.scope import Kind, Scope

_FIRST = re.compile(r"ERROR: <input>:(?P<line>\d+):(?P<column>\d+): (?P<text>[^\n]*)")
_UNKNOWN_NAME = re.compile(r"undeclared reference to '([^']*)'")
_OVERLOAD = re.compile(r"found no matching overload for '([^']*)' applied to '\((.*)\)'")
_DATE = Kind.DATE.value
_SIGNATURES = {function.name: function.signature for function in FUNCTIONS}
_PYTHON_WORDS = (("and", "&&"), ("or", "||"), ("not", "!"), ("=", "=="))


def explain(failure: str, source: str, scope: Scope) -> tuple[str, str]:
    """Return the problem and the advice for one compiler message."""
    match = _FIRST.search(failure)
    if match is None:
        return failure.splitlines()[0] if failure else "it does not compile", ""
    text, where = match["text"], f" (character {match['column']})"
    name = _UNKNOWN_NAME.search(text)
    if name is not None:
        problem, advice = _unknown(name[1], scope)
    elif (overload := _OVERLOAD.search(text)) is not None:
        problem, advice = _mismatch(overload[1], overload[2])
    elif "reserved identifier" in text:
        problem, advice = text, "This word belongs to the language: use another name"
    elif "operand of a select" in text:
        problem, advice = "a dot stands after a single value", "Items are named without dots"
    elif "range of a comprehension" in text:
        problem, advice = "exists() runs over something that is no list", "Name a group before it"
    elif text.startswith("has()"):
        problem, advice = "has() is for the fields of a row", "Write has_X for an item"
    else:
        problem, advice = _syntax(text, source)
    return problem + where, advice


def _unknown(name: str, scope: Scope) -> tuple[str, str]:
    if name in _SIGNATURES:
        return f"{name} is called with the wrong arguments", f"It is {_SIGNATURES[name]}"
    group = next((g for g, fields in scope.fields.items() if name in fields), None)
    if group is not None and name != "row":
        return (
            f"{name} is asked in the group {group}",
            f"Write {group}.exists(r, r.{name} ...), or move the expression into the group",
        )
    known: Mapping[str, object] = {**scope.variables, **_SIGNATURES}
    return f"no item is named {name!r}", nearest(name, known)


def _mismatch(operator: str, types: str) -> tuple[str, str]:
    shown = types.replace(_DATE, "date")
    symbol = operator.strip("_").replace("_", " ").lstrip("@")
    kinds = {part.strip() for part in shown.split(",")}
    if operator in _SIGNATURES:
        return f"{operator} is given ({shown})", f"It is {_SIGNATURES[operator]}"
    return f"'{symbol}' does not work between {shown}", _type_advice(kinds)


def _type_advice(kinds: set[str]) -> str:
    if "null_type" in kinds:
        return "Missing is unset, never null: write !has_X, or why_X"
    if "date" in kinds:
        return 'Write before(a, b), days_min(a, b)...; a literal is date("2010-01-01")'
    if kinds == {"double", "int"}:
        return "Decimal items need a decimal literal: write 3.0, not 3; whole ones 3, not 3.0"
    if kinds in ({"bool", "string"}, {"bool", "int"}):
        return 'Yes/no items are true or false: write ITEM or !ITEM, not ITEM == "1"'
    if "list(string)" in kinds:
        return 'For a multiple choice write "code" in ITEM'
    return "Compare values of one type"


def _syntax(text: str, source: str) -> tuple[str, str]:
    for written, meant in _PYTHON_WORDS:
        if re.search(rf"'{re.escape(written)} ?'", text):
            return f"{written!r} is not a word of the language", f"Write {meant}"
    if text.endswith("'<EOF>'") or "'<EOF>' expecting" in text:
        return f"the end is missing after {source[-12:]!r}", "Close brackets and quotes"
    if "token recognition error" in text:
        return "a quote is not closed, or a character means nothing here", "Close the quotes"
    return text.split(" expecting ", maxsplit=1)[0], ""
