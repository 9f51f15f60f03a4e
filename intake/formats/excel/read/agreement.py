"""Say which cell answers each place of a known form, name against code. Pure.

The two readings of a place must agree; where they do not, that is said and the named cell
is carried. What the texts mean is decided in ``intake.checks``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from intake.formats.excel.anchors import COLOURED, STAMP_NAME
from intake.formats.excel.read.added import Answers, added_texts
from intake.formats.excel.read.cell_text import FALSE, TRUE
from intake.formats.wording.first_page import NO_WORDS, StudyWords
from intake.model.address import Place, places_by_address
from intake.model.definition import Family, FormDefinition
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.submission import FieldKind, FoundField, Inspection, Rung

_BY_THE_PROGRAM = (
    FindingCode.CELL_DATE_CONVERTED,
    FindingCode.CELL_DATE_TURNED,
    FindingCode.CELL_DATE_UNSURE,
)
"""What a program may have made of a text; whether it was asked for, the question says."""

_Where = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class _Agreed:
    """One place: the cell it is read from, and what was noticed about it."""

    place: Place
    field: FoundField
    codes: tuple[FindingCode, ...] = ()


def compare_readings(
    inspection: Inspection, definition: FormDefinition, study: StudyWords = NO_WORDS
) -> Inspection:
    """Return the inspection with one field a place, and what its two cells disagree on."""
    places = places_by_address(definition)
    named = _grouped(f for f in inspection.fields if f.rung is Rung.FIELD)
    coded = _grouped(f for f in inspection.fields if f.rung is Rung.CODE_ROW)
    agreed = [
        found for place in places.values() if (found := _agreed(place, named, coded)) is not None
    ]
    shared = _shared_cells(agreed)
    fields = [_plain(found.place, found.field) for found in agreed]
    fields += _strangers(places, named, coded)
    findings = [
        *inspection.findings,
        *_by_code(agreed),
        *(finding for found in agreed for finding in _placed(found, shared)),
        *added_texts(inspection.beside, _answers(places, agreed, named, coded), definition, study),
    ]
    return replace(inspection, fields=tuple(fields), findings=tuple(findings))


def _answers(
    places: Mapping[str, Place],
    agreed: Iterable[_Agreed],
    named: Mapping[str, list[FoundField]],
    coded: Mapping[str, list[FoundField]],
) -> Answers:
    """Return which cells are answers, and which items have one."""
    codes = {place.code for place in places.values()}
    found = [f for name, fs in named.items() if name in places or name == STAMP_NAME for f in fs]
    found += [f for code, fs in coded.items() if code in codes for f in fs]
    filled = {a.place.item.name for a in agreed if a.field.text.strip()}
    return Answers({_where(field) for field in found}, filled)


def _grouped(fields: Iterable[FoundField]) -> dict[str, list[FoundField]]:
    """Gather fields by address; the names of Excel have no case."""
    found: dict[str, list[FoundField]] = {}
    for field in fields:
        key = field.address.lower() if field.rung is Rung.FIELD else field.address
        found.setdefault(key, []).append(field)
    return found


def _agreed(
    place: Place, named: Mapping[str, list[FoundField]], coded: Mapping[str, list[FoundField]]
) -> _Agreed | None:
    """Return the cell that answers a place, None when neither name nor code is left."""
    found = [*named.get(place.address, ()), *coded.get(place.code, ())]
    if not found:
        return None
    filled = [field for field in found if field.text.strip()]
    texts = {" ".join(field.text.split()) for field in filled}
    elsewhere = {_where(field) for field in found}
    chosen = found[0] if found[0] in filled or not filled else filled[0]
    if len(elsewhere) > 1 and (len(texts) > 1 or _differ(found, filled)):
        return _Agreed(place, chosen, (FindingCode.READINGS_DISAGREE,))
    return _Agreed(place, chosen)


def _differ(found: Sequence[FoundField], filled: Sequence[FoundField]) -> bool:
    """Say whether one cell of a place is filled and another is not."""
    return 0 < len(filled) < len(found)


def _where(field: FoundField) -> _Where:
    return field.location.sheet, field.location.cell


def _shared_cells(agreed: Iterable[_Agreed]) -> frozenset[_Where]:
    """Return the filled cells that answer several places at once."""
    counts = Counter(_where(found.field) for found in agreed if found.field.text.strip())
    return frozenset(where for where, count in counts.items() if count > 1)


def _placed(found: _Agreed, shared: frozenset[_Where]) -> Iterator[Finding]:
    """Yield what was noticed about one place, named by its address, each thing once."""
    noticed = [*map(finding_of, found.codes), *_of_cell(found)]
    if _where(found.field) in shared:
        noticed.append(finding_of(FindingCode.READINGS_DISAGREE))
    address = {"address": found.place.address}
    told = {finding.code: finding for finding in reversed(noticed)}
    for finding in reversed(told.values()):
        yield replace(finding, context={**finding.context, **address})


def _of_cell(found: _Agreed) -> Iterator[Finding]:
    """Yield what was noticed about the cell, as it concerns this question."""
    field = found.field
    changed = {f.code for f in field.findings if f.code in _BY_THE_PROGRAM}
    is_option = found.place.option is not None
    for finding in field.findings:
        is_colour = finding.context.get("kind") == COLOURED
        if finding.code not in _BY_THE_PROGRAM and (is_option or not is_colour):
            yield finding
    match found.place.item.family:
        case Family.DAY if field.date:
            yield _dated(found.place, field, changed)
        case Family.TIME if field.time:
            yield finding_of(FindingCode.CELL_TIME_CONVERTED)
        case Family.DAY | Family.TIME | Family.NUMBER:
            yield from _unsure(changed)
        case Family.WORDS | Family.LISTED | Family.TICKED:
            yield from _unsure(changed)
        case unknown:
            assert_never(unknown)


def _dated(place: Place, field: FoundField, changed: Collection[str]) -> Finding:
    """Return what is said of a number read as a date; the date itself where it may be told."""
    is_turned = FindingCode.CELL_DATE_TURNED in changed
    code = FindingCode.CELL_DATE_TURNED if is_turned else FindingCode.CELL_DATE_CONVERTED
    return finding_of(code, {} if place.item.identifying else {"value": field.date})


def _unsure(changed: Collection[str]) -> Iterator[Finding]:
    """Yield the doubt about what the program made of a text, where it is not what is asked."""
    if changed:
        yield finding_of(FindingCode.CELL_DATE_UNSURE)


def _plain(place: Place, field: FoundField) -> FoundField:
    """Return a field as the form knows it: its address, its kind, its text as written."""
    kind = FieldKind.TEXT if place.option is None else FieldKind.TICK
    return replace(field, address=place.address, kind=kind, text=_text(place, field), findings=())


def _text(place: Place, field: FoundField) -> str:
    match place.item.family:
        case Family.DAY if field.date:
            return field.date
        case Family.LISTED if place.item.is_yes_no and field.text in (TRUE, FALSE):
            return "1" if field.text == TRUE else "0"
        case Family.DAY | Family.TIME | Family.NUMBER:
            return field.text
        case Family.WORDS | Family.LISTED | Family.TICKED:
            return field.text
        case unknown:
            assert_never(unknown)


def _strangers(
    places: Mapping[str, Place],
    named: Mapping[str, list[FoundField]],
    coded: Mapping[str, list[FoundField]],
) -> list[FoundField]:
    """Return the filled cells that the form does not know."""
    codes = {place.code for place in places.values()}
    codes |= {place.code.partition("=")[0] for place in places.values()}
    codes |= {place.item.code for place in places.values()}
    unknown = [found for name, found in named.items() if name not in places]
    unknown += [found for code, found in coded.items() if code not in codes]
    known = {_where(f) for group in (named, coded) for a, found in group.items()
             if a in places or a in codes for f in found}  # fmt: skip
    return [
        found[0]
        for found in unknown
        if found[0].text.strip()
        and found[0].address != STAMP_NAME
        and _where(found[0]) not in known
    ]


def _by_code(agreed: Sequence[_Agreed]) -> Iterator[Finding]:
    """Yield one note when cells were found by their codes alone; all of them need no count."""
    count = sum(found.field.rung is Rung.CODE_ROW and not found.codes for found in agreed)
    if count:
        is_whole = all(found.field.rung is Rung.CODE_ROW for found in agreed)
        yield finding_of(FindingCode.CELLS_BY_CODE, {} if is_whole else {"count": str(count)})
