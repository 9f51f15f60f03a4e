"""Records of the form shipped, and what is computed and found on them."""

from __future__ import annotations

from functools import cache
from typing import Any

from intake.checks.hiding import unhidden
from intake.checks.rules import Rules
from intake.expressions.computed.computing import Computer
from intake.model.definition import FormDefinition
from tests.kit.blanks import definition
from tests.kit.places import HIVE


def form() -> FormDefinition:
    """Return the form shipped."""
    return definition()


def hive() -> FormDefinition:
    """Return a form of another field."""
    return definition(HIVE)


@cache
def computer() -> Computer:
    return Computer(form())


@cache
def rules() -> Rules:
    return Rules(form())


def compute(record: dict[str, Any]) -> dict[str, Any]:
    """Return the computed values of a record; a failure of ours is one here too."""
    found = computer().compute(record)
    assert not found.failed, found.failed
    return dict(found.values)


def fired(record: dict[str, Any]) -> list[tuple[str, int | None]]:
    """Return the (id, row) of the rules that fire on a record, hidden ones left out."""
    found, failed = rules().run(record, compute(record), ())
    assert not failed, failed
    return [(each.rule.id, each.finding.row) for each in unhidden(found)]


def fired_ids(record: dict[str, Any]) -> set[str]:
    """Return the ids of the rules that fire on a record."""
    return {rule for rule, _ in fired(record)}


def rows(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    """Return rows numbered from 1, as a record holds them."""
    return [{"_row": number, **row} for number, row in enumerate(rows, start=1)]


def without(record: dict[str, Any], *names: str, **reasons: str) -> dict[str, Any]:
    """Return a record that lacks some answers, or holds a reason in their place."""
    left = {key: value for key, value in record.items() if key not in {*names, *reasons}}
    return left | {"_missing": {**record.get("_missing", {}), **reasons}}
