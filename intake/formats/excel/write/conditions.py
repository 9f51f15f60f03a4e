"""Say with Excel formulas when a question applies, where its program is simple enough.

Only what ``captions`` can say is translated; a formula refers to answers by their defined
name, and inside a group to the cell of the same column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import assert_never

from intake.expressions.sayable import (
    AllOf,
    Always,
    AnyOf,
    Asked,
    Condition,
    InAnyRow,
    OfReason,
    Unsaid,
    condition,
)
from intake.formats.wording.captions import Clause, requirements
from intake.model.address import Place
from intake.model.definition import FormDefinition, Item
from intake.words.catalogue import Words

Reference = Callable[[Place], str]
"""Return how a formula names the cell of a place."""
ALWAYS = "TRUE"


class Conditions:
    """Translates the programs of one form, in the labels of one language."""

    def __init__(self, definition: FormDefinition, words: Words) -> None:
        """Keep the form and the language of its labels."""
        self._definition = definition
        self._words = words

    def formula(
        self, source: str | None, group: str | None, cell: Reference, row: int | None
    ) -> str:
        """Return the formula that is true when a program is; empty when there is none to say.

        ``group`` is that of the item whose program it is.
        """
        return (
            self._said(condition(self._definition, source, group=group), cell, row)
            if source
            else ""
        )

    def _said(self, asked: Condition, cell: Reference, row: int | None) -> str:
        parts = requirements(asked)
        if parts:
            return _joined("AND", (self._either(clauses, cell, row) for clauses in parts))
        match asked:
            case Always():
                return ALWAYS
            case InAnyRow():
                rows = self._definition.groups[asked.group].printed
                terms = [self._said(asked.part, cell, number) for number in rows]
            case AnyOf():
                others = (part for part in asked.parts if not isinstance(part, OfReason))
                terms = [self._said(part, cell, row) for part in others]
            case AllOf() | Asked() | OfReason() | Unsaid():
                return ""
            case _:
                assert_never(asked)
        return _joined("OR", terms) if all(terms) else ""

    def _either(self, clauses: Iterable[Clause], cell: Reference, row: int | None) -> str:
        tests = (test for clause in clauses for test in self._tests(clause, cell, row))
        return _joined("OR", tests)

    def _tests(self, clause: Clause, cell: Reference, row: int | None) -> Iterable[str]:
        item = self._definition.items[clause[0]]
        row = row if item.group else None
        if item.is_ticked:
            for option in item.options:
                if not clause[1] or option.code in clause[1]:
                    yield f'{cell(Place(item, row, option))}<>""'
            return
        name = cell(Place(item, row))
        if not clause[1]:
            yield _joined("AND", (f"{name}<>{quoted(text)}" for text in self._empty(item)))
        for code in clause[1]:
            yield f"{name}={quoted(self._answer(item, code))}"

    def _empty(self, item: Item) -> list[str]:
        """Return what stands for no value: nothing, or a reason written in its place."""
        reasons = [f"form.reason.{reason.value}" for reason in item.missing]
        said = [self._words.text(key) for key in reasons if self._words.has(key)]
        said += [self._words.local(option.title) for option in item.options if option.reason]
        return ["", *said]

    def _answer(self, item: Item, code: str) -> str:
        option = item.option(code)
        return self._words.local(option.title) if option else code


def quoted(text: str) -> str:
    """Return a text as a formula writes it."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _joined(function: str, tests: Iterable[str]) -> str:
    found = list(tests)
    return found[0] if len(found) == 1 else f"{function}({','.join(found)})" if found else ""
