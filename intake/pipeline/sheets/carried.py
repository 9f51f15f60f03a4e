"""A sheet of an older version of a form, as if the version of its record had made it. Pure.

Only where nothing is in doubt: each of its questions is one of the newer version, of the same
kind, and each of its answers has a code there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from intake.checks.recheck import renamed
from intake.model.address import Place
from intake.model.carry import Renaming, carried, renaming
from intake.model.definition import FormDefinition, ItemGroup
from intake.model.submission import Submission, Value
from intake.pipeline.sheets.known_sheets import SheetOfRecord
from intake.pipeline.sheets.question import Question

_Now = Mapping[str, Place]
"""The place of now by the address that it had on the sheet."""


def carried_sheet(
    found: SheetOfRecord, answers: Submission, newer: FormDefinition
) -> tuple[SheetOfRecord, Submission] | None:
    """Return a sheet and its answers under a newer version's names; None where one is in doubt.

    So are rows that the form does not print: a newer version may print them.
    """
    if any(question.further for question in found.sheet.questions):
        return None
    way = renaming(newer, found.form.version)
    now: dict[str, Place] = {}
    for place in (place for question in found.sheet.questions for place in question.own):
        then = found.form.groups.get(place.item.group or "")
        become = _place(way, place, then)
        if become is None:
            return None
        now[place.address] = become
    values = [_value(way, now, value) for value in answers.values]
    said = tuple(value for value in values if value is not None)
    if len(said) < len(values):
        return None
    return _as_of(found, way, now), replace(
        answers,
        values=said,
        findings=tuple(
            replace(finding, item=now[finding.item].address) if finding.item in now else finding
            for finding in answers.findings
        ),
    )


def _as_of(found: SheetOfRecord, way: Renaming, now: _Now) -> SheetOfRecord:
    questions = tuple(
        Question(
            replace(each.query, finding=renamed(each.query.finding, way)),
            tuple(now[place.address] for place in each.own),
            each.confirmable,
        )
        for each in found.sheet.questions
    )
    shown = dict(_shown(found.sheet.prefill, now))
    named = tuple(
        replace(element, name=now[element.name].address) if element.name in now else element
        for element in found.sheet.definition.elements
    )
    definition = replace(found.sheet.definition, elements=named)
    sheet = replace(found.sheet, definition=definition, questions=questions, prefill=shown)
    before = carried(found.before, way.newer)
    return replace(found, sheet=sheet, form=way.newer, before=before)


def _shown(prefill: Mapping[str, str], now: _Now) -> Iterator[tuple[str, str]]:
    """Yield what a sheet shows; of a multiple choice, that something was shown."""
    for address, text in prefill.items():
        place = now.get(address) or now.get(address.rpartition("__")[0])
        if place is not None:
            yield place.address, text


def _place(way: Renaming, place: Place, group: ItemGroup | None) -> Place | None:
    """Return what a question of the sheet is now; None where that is in doubt."""
    item = way.newer.items.get(way.name(place.item.name))
    if item is None or (item.data_type, item.unit) != (place.item.data_type, place.item.unit):
        return None
    its = way.newer.groups.get(item.group or "")
    is_same_row = (group is None) is (its is None) and (
        group is None or its is None or _rows(its) == _rows(group)
    )
    return Place(item, place.row) if is_same_row else None


def _rows(group: ItemGroup) -> tuple[object, ...]:
    return (group.rows, group.fixed_values, group.further and group.further.most)


def _value(way: Renaming, now: _Now, value: Value) -> Value | None:
    """Return an answer of the sheet in its place of now; None where it has no code there."""
    place = now.get(value.item)
    if place is None:
        return value
    item = place.item
    if not item.is_choice:
        return replace(value, item=place.address)
    known = {option.code for option in item.options}
    data = None if value.value is None else way.data(item.name, value.value)
    codes = data if isinstance(data, tuple) else () if data is None else (data,)
    is_written = value.value is not None or not value.raw
    if not is_written or not known.issuperset(map(str, codes)):
        return None
    raw = ";".join(map(str, codes)) if codes else value.raw
    return replace(value, item=place.address, value=data, raw=raw)
