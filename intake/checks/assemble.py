"""From answers by address to readings by item and row.

A reading is one item's answer with its place and what parsing made of it. A row with no
answer beyond its printed value is blank, and absent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from intake.checks.limits import check_limits
from intake.checks.parse.answer import Setting, parse_answer
from intake.checks.parse.choice import export_text, parse_tick, parse_ticks
from intake.checks.parse.parsed import Parsed, unread
from intake.model.address import Place, held_places, item_places
from intake.model.definition import FormDefinition, Item, ItemGroup
from intake.model.finding import Location
from intake.model.finding_codes import FindingCode
from intake.model.submission import FileFormat, ItemKey, RawAnswer, RawSubmission, Rung
from intake.words.spelling import entered

Key = ItemKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One item's answer in one place."""

    item: Item
    row: int | None
    parsed: Parsed
    raw: str
    rung: Rung
    location: Location

    @property
    def key(self) -> Key:
        """Return the item's name and row."""
        return (self.item.name, self.row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """All the readings of one form, in form order, and its filled rows by group."""

    readings: Mapping[Key, Reading]
    rows: Mapping[str, tuple[int, ...]]
    strays: tuple[RawAnswer, ...] = ()
    """Answers at addresses that the form does not have."""
    changed: tuple[Reading, ...] = ()
    """Printed values that came back different; the reading holds the printed one."""


@dataclass(frozen=True, kw_only=True)
class Assembler:
    """Makes the readings of one submission. Holds no state beyond its arguments."""

    definition: FormDefinition
    addresses: Mapping[str, Place]
    language: str
    received: dt.date
    found: Mapping[str, Sequence[RawAnswer]] = field(default_factory=dict)
    file_format: FileFormat | None = None
    held_back: frozenset[Key] = frozenset()

    def assemble(self, raw: RawSubmission) -> Assembly:
        """Return the readings of a submission."""
        found: dict[str, list[RawAnswer]] = {}
        for answer in raw.answers:
            found.setdefault(answer.address, []).append(answer)
        strays = [a for a in raw.answers if a.address not in self.addresses and entered(a.text)]
        own = replace(self, found=found, file_format=raw.format, held_back=raw.held_back)
        return own._assemble(tuple(strays))

    def _assemble(self, strays: tuple[RawAnswer, ...]) -> Assembly:
        readings: dict[Key, Reading] = {}
        rows: dict[str, tuple[int, ...]] = {}
        started = self._started()
        changed: list[Reading] = []
        for element in self.definition.elements:
            if isinstance(element, Item):
                readings |= self._row_readings((element,), None)
                continue
            begun = (row for row in element.held if (element.name, row) in started)
            filled = {row: self._group_row(element, row) for row in begun}
            rows[element.name] = tuple(row for row, found in filled.items() if found)
            readings |= {key: each for found in filled.values() for key, each in found.items()}
            changed += self._changed(element)
        return Assembly(readings=readings, rows=rows, strays=strays, changed=tuple(changed))

    def _started(self) -> frozenset[tuple[str | None, int | None]]:
        """Return the rows, with their groups, in which something is written."""
        places = (self.addresses[name] for name in self.found if name in self.addresses)
        written = {(place.item.group, place.row) for place in places}
        items = self.definition.items
        return frozenset(written | {(items[name].group, row) for name, row in self.held_back})

    def _group_row(self, group: ItemGroup, row: int) -> dict[Key, Reading]:
        asked = [item for item in group.items if item.name != group.fixed_item]
        return self._row_readings(asked, row)

    def _row_readings(self, items: Collection[Item], row: int | None) -> dict[Key, Reading]:
        found = (self.reading(item, row) for item in items)
        return {reading.key: reading for reading in found if reading is not None}

    def reading(self, item: Item, row: int | None) -> Reading | None:
        """Return what was answered to one item in one row, or None when nothing was."""
        found = self._ticks(item, row) if item.is_ticked else self._written(item, row)
        is_settled = found is not None and found.parsed.faulty
        if is_settled or (item.name, row) not in self.held_back:
            return found
        doubt = unread(FindingCode.READINGS_DISAGREE)
        return replace(found or _reading(item, row, doubt, _NOWHERE), parsed=doubt)

    def _written(self, item: Item, row: int | None) -> Reading | None:
        answers = self._answers(Place(item, row))
        if not answers:
            return None
        texts = {_comparable(item, answer.text) for answer in answers}
        if len(texts) > 1:
            parsed = unread(FindingCode.READINGS_DISAGREE)
        else:
            parsed = parse_answer(item, answers[0].text, self._setting(item, row, answers[0]))
            parsed = check_limits(item, parsed, self.received)
        return _reading(item, row, parsed, answers[0])

    def _ticks(self, item: Item, row: int | None) -> Reading | None:
        marks: dict[str, RawAnswer] = {}
        disagree = False
        for place in item_places(item, row):
            answers = self._answers(place)
            disagree = disagree or len({parse_tick(answer.text) for answer in answers}) > 1
            if answers and place.option is not None:
                marks[place.option.code] = answers[0]
        parsed = parse_ticks(item, {code: answer.text for code, answer in marks.items()})
        if disagree:
            parsed = unread(FindingCode.READINGS_DISAGREE)
        if parsed.is_empty and not parsed.remarks:
            return None
        raw, first = _marked(marks)
        made = _reading(item, row, check_limits(item, parsed, self.received), first)
        return replace(made, raw=raw)

    def _answers(self, place: Place) -> list[RawAnswer]:
        """Return the answers at one place; none when all of them are blank."""
        answers = list(self.found.get(place.address, ()))
        blank = all(not _comparable(place.item, answer.text) for answer in answers)
        return [] if blank else answers

    def _setting(self, item: Item, row: int | None, answer: RawAnswer) -> Setting:
        identity = self.definition.identity.items
        typed = self.file_format is FileFormat.EXCEL or answer.rung not in _PICKED
        return Setting(
            language=self.language,
            received=self.received,
            letters=item.is_free_text and item.name in identity,
            picked=answer.is_code or not typed,
            own_units=None if item.unit_item is None else self._units(item.unit_item, row),
        )

    def _units(self, name: str, row: int | None) -> tuple[str, ...]:
        """Return the spellings of the unit that another item's answer names."""
        item = self.definition.items.get(name)
        reading = None if item is None else self.reading(item, row if item.group else None)
        if item is None or reading is None or not isinstance(reading.parsed.value, str):
            return ()
        option = item.option(reading.parsed.value)
        return () if option is None else tuple(option.title.values())

    def _changed(self, group: ItemGroup) -> Iterator[Reading]:
        """Yield the printed values that came back different."""
        item = self.definition.items.get(group.fixed_item or "")
        for row, code in enumerate(group.fixed_values if item else (), start=1):
            found = self.reading(item, row) if item else None
            if found is not None and found.parsed.value != code:
                yield replace(found, parsed=Parsed(value=code))


_NOWHERE = RawAnswer("", "", Rung.PERSON, Location())
_PICKED = (Rung.FIELD, Rung.CONTROL, Rung.PRINTED_TEXT)
"""Where a code was chosen, not typed; on paper a code is the mark of its box."""


def addresses_of(definition: FormDefinition) -> dict[str, Place]:
    """Return every place that a record holds by its address."""
    return {place.address: place for place in held_places(definition)}


def _comparable(item: Item, text: str) -> str:
    return export_text(text) if item.is_choice else entered(text)


def _marked(marks: Mapping[str, RawAnswer]) -> tuple[str, RawAnswer]:
    """Return the boxes marked, as text, and the answer that tells where to look."""
    states = {code: parse_tick(answer.text) for code, answer in marks.items()}
    ticked = [code for code, state in states.items() if state]
    unclear = [code for code, state in states.items() if state is None]
    texts = [*ticked, *(f"{code}={entered(marks[code].text)}" for code in unclear)]
    shown = (unclear or ticked or list(marks))[0]
    return ";".join(texts), marks[shown]


def _reading(item: Item, row: int | None, parsed: Parsed, answer: RawAnswer) -> Reading:
    location = replace(answer.location, code=Place(item, row).code)
    raw = _comparable(item, answer.text)
    return Reading(item=item, row=row, parsed=parsed, raw=raw, rung=answer.rung, location=location)
