"""What ``inspect`` tells of one file: as a receipt would, unless all is asked for."""

from __future__ import annotations

import json
from dataclasses import replace

from intake.model.address import places
from intake.model.finding import Location
from intake.model.stamp import FormStamp
from intake.model.submission import FieldKind, FileFormat, FoundField, Inspection, Rung, StampClaim
from intake.privacy.private import is_private
from intake.reports.inspection_json import Telling, inspection_document
from tests.kit.fillers.forms import SHIPPED, definition

SOMEBODY = "DURANDAL Claire"


def field(address, text, kind=FieldKind.TEXT, **more):
    return FoundField(address=address, text=text, kind=kind, rung=Rung.FIELD, **more)


def told(*fields, form=None, with_values=False, stamps=()):
    claims = tuple(StampClaim("field", stamp) for stamp in stamps)
    inspection = Inspection(format=FileFormat.PDF, fields=fields, claims=claims)
    return inspection_document(inspection, Telling(form, with_values=with_values))


def test_a_name_is_told_in_no_place_of_a_known_form():
    form = definition(SHIPPED)
    fields = [
        field(name, SOMEBODY, kind, export=SOMEBODY)
        for place in places(form)
        for name in (place.address, place.code, f"{place.address}+1")
        for kind in (FieldKind.TEXT, FieldKind.CHOICE)
    ]
    document = told(*fields, form=form)
    assert SOMEBODY not in json.dumps(document)
    assert all(told["filled"] and told["value"] is None for told in document["fields"])
    assert SOMEBODY in json.dumps(told(*fields, form=form, with_values=True))


def test_an_answer_that_looks_like_what_was_asked_is_told_where_it_is_not_private():
    form = definition(SHIPPED)
    private = {place.address for place in places(form) if is_private(place.item, form)}
    assert {"birth_date", "centre3"} <= private
    document = told(*(field(place.address, "1") for place in places(form)), form=form)
    hidden = {told["address"] for told in document["fields"] if told["value"] is None}
    assert hidden == private


def test_a_text_of_another_s_form_has_a_length_and_what_is_empty_is_said():
    document = told(
        field("nom", SOMEBODY),
        field("vide", ""),
        field("sexe", "femme", FieldKind.CHOICE),
        field("accord", "1", FieldKind.TICK),
        field("refus", "", FieldKind.TICK),
    )
    lines = [tuple(f[k] for k in ("kind", "filled", "length", "value")) for f in document["fields"]]
    assert lines == [
        ("text", True, 15, None),
        ("text", False, 0, ""),
        ("choice", True, None, None),
        ("tick", True, None, None),
        ("tick", False, None, ""),
    ]


def test_neither_a_sheet_nor_a_field_nor_a_foreign_stamp_tells_a_name():
    stamp = FormStamp("durandal", "1.0.0", "fr", "3FA9C210", centre="CLAIRE")
    fields = (
        field(f"{SOMEBODY}!A3", "85", location=Location(sheet=SOMEBODY, cell="A3")),
        field(f"Mme {SOMEBODY}", "85"),
    )
    document = told(*fields, stamps=[stamp])
    assert "durandal" not in json.dumps(document).lower()
    assert [told["address"] for told in document["fields"]] == ["?!A3", "?"]
    assert document["stamp"] == "? 1.0.0 · fr · 3FA9C210"
    whole = told(*fields, stamps=[stamp], with_values=True)
    assert whole["stamp"] == stamp.text


def test_the_stamp_of_a_known_form_is_told_whole():
    form = definition(SHIPPED)
    stamp = FormStamp(form.id, form.version, "fr", form.fingerprint, centre="ZAA")
    foreign = replace(stamp, form="durandal")
    assert told(form=form, stamps=[foreign, stamp])["stamp"] == stamp.text
