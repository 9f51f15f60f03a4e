"""Sections and groups that a conversion lost are told from single lost places."""

from __future__ import annotations

from intake.formats.match import lost_parts, match_fields
from intake.model.address import places
from intake.model.finding import Finding, Severity
from intake.model.submission import FieldKind, FileFormat, FoundField, Inspection, Rung
from tests.kit.fillers.forms import definition

FORM = definition()
ALL = tuple(places(FORM))
GROUP = next(iter(FORM.groups.values()))


def lost(test):
    gone = [place for place in ALL if test(place)]
    parts, others = lost_parts(ALL, gone)
    return [dict(part.context) for part in parts], others


def test_a_section_without_any_place_is_one_finding():
    name = FORM.sections[0].name
    parts, others = lost(lambda place: place.item.section == name)
    assert ([part["section"] for part in parts], others) == ([name], [])


def test_a_group_without_any_row_is_one_finding_by_its_first_and_last_code():
    parts, others = lost(lambda place: place.item.group == GROUP.name)
    codes = f"{GROUP.items[0].code} – {GROUP.items[-1].code}"
    assert (parts, others) == ([{"section": GROUP.section, "codes": codes}], [])


def test_a_row_or_a_question_alone_is_no_part():
    parts, others = lost(lambda place: place.item.group == GROUP.name and place.row == 1)
    assert parts == []
    assert {place.row for place in others} == {1}
    item = next(place.item for place in ALL if place.row is None)
    assert lost(lambda place: place.item is item)[0] == []


def test_a_whole_form_lost_is_one_finding_a_section():
    parts, others = lost(lambda _: True)
    sections = {place.item.section for place in ALL}
    assert (len(parts), others) == (len(sections), [])


def codes_read(*findings):
    kept = (place for place in ALL if place.item.group != GROUP.name)
    fields = tuple(
        FoundField(
            address=place.address,
            text="",
            kind=FieldKind.TEXT if place.option is None else FieldKind.TICK,
            rung=Rung.CONTROL,
        )
        for place in kept
    )
    seen = Inspection(format=FileFormat.WORD, fields=fields, findings=findings)
    return [finding.code for finding in match_fields(seen, FORM).findings]


def test_only_a_converted_file_is_asked_for_a_part_again():
    converted = Finding(code="FILE_CONVERTED", severity=Severity.NOTE, context={"kind": "doc"})
    assert codes_read(converted) == ["FILE_CONVERTED", "PART_LOST"]
    assert codes_read() == ["FIELD_MISSING"]
