"""Compare the readings of each place of a known form and carry the surest. Pure.

Control, old form field, bookmark and table line are read without knowing of each other;
where they differ a person is told, and nothing is chosen in silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from intake.formats.office.packing import entries_of
from intake.formats.word.anchors import BY_CODE, PROMPT
from intake.formats.word.read.added import added_texts
from intake.formats.word.read.loose import BETWEEN, Loose
from intake.formats.wording.first_page import NO_WORDS, StudyWords
from intake.formats.wording.line_texts import (
    Said,
    said_by_mark,
    said_by_options,
    said_in_line,
    said_in_place,
    titles_of,
)
from intake.model.address import STAMP_ADDRESS, Place, item_places, places_by_address
from intake.model.definition import FormDefinition
from intake.model.finding import Finding, Location, Severity
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.submission import FieldKind, FoundField, Inspection, Rung

SURENESS = tuple(Rung)
"""The rungs, the surest first."""
_WEAK = {Rung.CODE_ROW}
_STRONG = {Rung.FIELD, Rung.CONTROL}
_SECOND_FORM = 5
"""So many lines found twice, with other answers, are another form pasted in."""


@dataclass(frozen=True, slots=True)
class _Reading:
    rung: Rung
    said: Said


@dataclass(frozen=True, slots=True)
class _Known:
    """The places of a form, by address and by visible code."""

    places: Mapping[str, Place]
    by_code: Mapping[str, tuple[Place, ...]]
    """The place of a code; the options of a multiple choice in the order of the codelist."""
    titles: Mapping[str, Mapping[str, str]]
    """The codes of each item's options by their folded labels."""


Readings = dict[str, list[_Reading]]


def compare_readings(
    inspection: Inspection, definition: FormDefinition, study: StudyWords = NO_WORDS
) -> Inspection:
    """Return the inspection with one field a place, and what its readings disagree on."""
    known = _known(definition)
    readings: Readings = {address: [] for address in known.places}
    odd: list[str] = []
    strange = [f for f in inspection.fields if not _gather(f, known, readings, odd)]
    others = [field for field in strange if field.rung is Rung.CONTROL]
    readings = {address: _written(_whole(found)) for address, found in readings.items()}
    carried = {a: _carried(known.places[a], found) for a, found in readings.items() if found}
    findings = [
        *_of_the_file(inspection.findings, known),
        *_disagreements(known, readings, odd),
        *_only_in_lines(known, readings),
        *_second_form(inspection.fields, known, readings),
        *_added(inspection, known, definition, study),
    ]
    return replace(
        inspection, fields=(*carried.values(), *others), findings=_with_their_places(findings)
    )


def _known(definition: FormDefinition) -> _Known:
    places = places_by_address(definition)
    by_code: dict[str, tuple[Place, ...]] = {}
    for place in places.values():
        code = Place(place.item, place.row).code
        by_code.setdefault(code, tuple(item_places(place.item, place.row)))
    titles = {name: titles_of(item) for name, item in definition.items.items()}
    return _Known(places, by_code, titles)


def _gather(field: FoundField, known: _Known, readings: Readings, odd: list[str]) -> bool:
    """Add what one field says to the readings of its place; False when it is of no place."""
    if field.address.startswith(BY_CODE):
        return _gather_line(field, known, readings, odd)
    place = known.places.get(field.address)
    if place is None:
        return field.address == STAMP_ADDRESS
    if field.rung is Rung.BOOKMARK and not field.text.strip():
        return True  # what stood there was deleted with its control: the line says the rest
    readings[field.address].append(_Reading(field.rung, _said(place, field, known)))
    return True


def _said(place: Place, field: FoundField, known: _Known) -> Said:
    if field.kind is FieldKind.TICK:
        return Said(field.text, frozenset({field.text}))
    if place.option is None:
        return said_in_place(place.item, field.text)
    if len(field.text) <= 1:
        return said_by_mark(field.text)
    lines = said_by_options(known.titles[place.item.name], field.text)
    return next(
        (said for code, said in lines if code == place.option.code), said_by_mark(field.text)
    )


def _gather_line(field: FoundField, known: _Known, readings: Readings, odd: list[str]) -> bool:
    places = known.by_code.get(field.address.removeprefix(BY_CODE), ())
    if not places:
        return True  # a line of another table, or added: its words are said in ``_added``
    if places[0].option is None:
        is_line = field.rung is Rung.CODE_ROW
        item = places[0].item
        said = said_in_line(item, field.text) if is_line else said_in_place(item, field.text)
        readings[places[0].address].append(_Reading(field.rung, said))
        return True
    by_option = {place.option.code: place.address for place in places if place.option}
    for code, said in said_by_options(known.titles[places[0].item.name], field.text):
        if not code:
            odd.append(places[0].address)  # the first place stands for its line
        else:
            readings[by_option[code]].append(_Reading(field.rung, said))
    return True


def _whole(found: list[_Reading]) -> list[_Reading]:
    """Return the readings without bookmarks that hold a part only of what the line shows.

    Typing over a place may leave the end of its bookmark behind the first word; without a
    control, the line is what a reader of the page sees.
    """
    shown = {key for reading in found if reading.rung in _WEAK for key in reading.said.keys}
    if any(reading.rung in _STRONG for reading in found):
        return found
    return [r for r in found if r.rung in _WEAK or not _is_part(r.said, shown)]


def _written(found: list[_Reading]) -> list[_Reading]:
    """Return the readings without the untouched place beside which an answer was written."""
    if not any(reading.said.is_beside and reading.rung in _WEAK for reading in found):
        return found
    return [reading for reading in found if reading.said.text.strip()]


def _is_part(said: Said, shown: Collection[str]) -> bool:
    """Say whether a text begins or ends one that is shown, and is not all of it."""
    return any(
        key and key != whole and (whole.startswith(key) or whole.endswith(key))
        for key in said.keys
        for whole in shown
    )


def _carried(place: Place, readings: Sequence[_Reading]) -> FoundField:
    """Return the field of the surest reading that holds an answer, else of the surest."""
    best = _best(readings)
    kind = FieldKind.TEXT if place.option is None else FieldKind.TICK
    return FoundField(address=place.address, text=best.said.text, kind=kind, rung=best.rung)


def _best(readings: Sequence[_Reading]) -> _Reading:
    return min(readings, key=lambda r: (not r.said.text.strip(), SURENESS.index(r.rung)))


def _disagreements(known: _Known, readings: Readings, odd: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each place whose readings differ or are not all understood.

    A text that the line shows beside a place left empty is one answer, in doubt. A text that
    the line does not show, or a sign beside an empty box, is two answers.
    """
    for address, found in readings.items():
        if not found:
            continue
        keys, is_box = _best(found).said.keys, known.places[address].option is not None
        others = [reading for reading in found if keys.isdisjoint(reading.said.keys)]
        is_one = all(other.rung not in _WEAK and not other.said.text.strip() for other in others)
        is_shown = any(reading.rung in _WEAK for reading in found)
        if others and (is_box or not is_one or not is_shown):
            yield finding_of(FindingCode.READINGS_DISAGREE, {"address": address})
        elif others or not all(map(_is_plain, found)):
            yield _doubt(address)
    for address in odd:
        yield _of_line(_doubt(address), known.places[address])


def _is_plain(reading: _Reading) -> bool:
    """Say whether a reading's text stood alone, or beside a place and not in its control."""
    return reading.said.is_alone or (reading.said.is_beside and reading.rung not in _STRONG)


def _doubt(address: str) -> Finding:
    return finding_of(FindingCode.ANSWER_UNSURE, {"address": address})


def _only_in_lines(known: _Known, readings: Readings) -> Iterator[Finding]:
    """Yield one note for the places answered in their table lines only, or beside a place."""
    lost = [
        known.places[address] for address, found in readings.items() if found and _is_in_line(found)
    ]
    if lost:
        items = tuple(dict.fromkeys(place.item.name for place in lost))
        note = finding_of(FindingCode.CONTROL_LOST, {"count": str(len(lost))})
        yield replace(note, items=items)


def _is_in_line(found: Sequence[_Reading]) -> bool:
    return all(reading.rung in _WEAK or reading.said.is_beside for reading in found)


def _second_form(
    fields: Sequence[FoundField], known: _Known, readings: Readings
) -> Iterator[Finding]:
    counts = Counter(field.address for field in fields if field.rung is Rung.CODE_ROW)
    repeated = sum(count > 1 for count in counts.values())
    differing = sum(1 for _ in _disagreements(known, readings, ()))
    if repeated >= _SECOND_FORM and differing:
        yield finding_of(FindingCode.SEVERAL_FORMS, {"count": str(repeated)})


def _added(
    inspection: Inspection, known: _Known, definition: FormDefinition, study: StudyWords
) -> Iterator[Finding]:
    """Yield a finding when words were written where no answer is read.

    A line whose code the form does not have is such a place: a row added below the last.
    """
    fields = inspection.fields
    loose = [one for packed in inspection.beside for one in entries_of(packed.text, Loose)]
    strange = [f for f in fields if _is_strange(f, known)]
    loose += [Loose(BETWEEN, "", f"{f.address.removeprefix(BY_CODE)} {f.text}") for f in strange]
    lines = {f.address for f in fields if f.rung is Rung.CODE_ROW}
    is_whole = all(BY_CODE + code in lines for code in known.by_code)
    yield from added_texts(loose, known.by_code, definition, study, is_whole=is_whole)


def _is_strange(field: FoundField, known: _Known) -> bool:
    """Say whether a field is a line of the table whose code the form does not have."""
    is_line = field.rung is Rung.CODE_ROW and field.address.startswith(BY_CODE)
    return is_line and field.address.removeprefix(BY_CODE) not in known.by_code


def _of_the_file(findings: Iterable[Finding], known: _Known) -> Iterator[Finding]:
    """Yield what was noticed before the form was known, by the places of the form.

    A text that its control calls a placeholder is in doubt where any words may stand; a
    number, a date or a choice is understood or remarked as such.
    """
    for finding in findings:
        found = _by_address(finding, known)
        place = known.places.get(found.context.get("address", ""))
        is_prompt = found.context.get("kind") == PROMPT
        if not is_prompt or place is None or place.item.takes_any_words:
            yield found


def _by_address(finding: Finding, known: _Known) -> Finding:
    """Return a finding about a line as one about the place it shows."""
    address = finding.context.get("address", "")
    places = known.by_code.get(address.removeprefix(BY_CODE), ())
    if not address.startswith(BY_CODE) or not places:
        return finding
    return _of_line(finding, places[0])


def _of_line(finding: Finding, first: Place) -> Finding:
    """Return a finding about a line, given its first place: about that, or all its options."""
    if first.option is None:
        return replace(finding, context={**finding.context, "address": first.address})
    context = {name: text for name, text in finding.context.items() if name != "address"}
    where = Location(code=Place(first.item, first.row).code)
    return replace(finding, item=first.item.name, row=first.row, location=where, context=context)


def _with_their_places(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Keep the sternest finding of each code about one place."""
    stern = [f for f in findings if f.severity is Severity.ERROR]
    return (*stern, *(f for f in findings if f.severity is not Severity.ERROR))
