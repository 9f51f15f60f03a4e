"""The answers of a record, written again as a person would type them. Pure.

Which of them stay, and what is said of them, is decided in ``overlay``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from intake.model.address import item_places
from intake.model.carry import carried
from intake.model.definition import FormDefinition, Item
from intake.model.record import StoredRecord
from intake.model.submission import ItemKey, Submission, Value, ValueStatus
from intake.pipeline.forms.written import UNWRITTEN, answer_written
from intake.pipeline.records.given import GivenAnswer


def written_places(submission: Submission) -> frozenset[ItemKey]:
    """Return the questions in which something is written, understood or not."""
    return frozenset(value.key for value in submission.values if _is_written(value))


def kept_answers(
    definition: FormDefinition, before: StoredRecord, language: str, without: Collection[ItemKey]
) -> tuple[GivenAnswer, ...]:
    """Return a record's answers in a language, but for those to some questions.

    Those of an older version stand under the names that the form has for them; what the form
    asks no more is left out.
    """
    was = before.submission.version
    version = was if was != definition.version else None
    own = replace(before, submission=carried(before.submission, definition))
    return tuple(
        replace(each, carried=_of_version(each.carried, version))
        for each in _kept(definition, own, language, without)
    )


def _of_version(value: Value | None, version: str | None) -> Value | None:
    return None if value is None else replace(value, version=value.version or version)


def _kept(
    definition: FormDefinition, before: StoredRecord, language: str, without: Collection[ItemKey]
) -> Iterator[GivenAnswer]:
    for value in before.submission.values:
        if value.key in without or not _is_written(value):
            continue
        item = definition.items.get(value.item)
        if item is None or item.name == _printed(definition, item):
            continue
        kept = replace(value, origin=value.origin or before.file_sha256)
        text = _text(item, value, before.submission, language)
        yield GivenAnswer(item=value.item, row=value.row, text=text, carried=kept)


def _is_written(value: Value) -> bool:
    return value.status is ValueStatus.HELD_BACK or value.missing not in UNWRITTEN


def _printed(definition: FormDefinition, item: Item) -> str | None:
    """Return the item of a group whose answers are printed on the form."""
    group = definition.groups.get(item.group or "")
    return None if group is None else group.fixed_item


def _text(item: Item, value: Value, before: Submission, language: str) -> str:
    """Return a value as a person would type it; as it was entered where it was held back."""
    if value.status is not ValueStatus.HELD_BACK:
        return answer_written(item, value.row, before.record, language)
    if item.is_ticked:
        known = {place.option.code for place in item_places(item, value.row) if place.option}
        return value.raw if value.raw and known.issuperset(value.raw.split(";")) else ""
    return value.raw
