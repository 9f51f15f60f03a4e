"""The reader's parts one by one: what each says when another part would hide its fault."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from intake.formats.pdf.read import carriers, field_text, second
from intake.formats.pdf.read.agreement import MAX_NAMED, compare_readings, shown_name
from intake.formats.pdf.read.field_text import FieldText
from intake.formats.pdf.read.inspection import inspect as inspect_pdf
from intake.formats.pdf.read.reader import PdfReader
from intake.formats.pdf.read.second import SecondOpinion
from intake.formats.pdf.read.walk import Walked, WalkedField
from intake.model.errors import UnreadableFile
from intake.model.finding import Severity
from intake.model.finding_codes import FindingCode as Code
from intake.model.submission import FieldKind
from tests.kit.broken.damage import changed, field, filled
from tests.kit.broken.small import ANSWERS, STAMP, blank, definition, saved

READER = PdfReader()


def walked(*pairs, kind=FieldKind.TEXT, page=1):
    fields = (
        WalkedField(name, FieldText(text), kind, page, read_only=False) for name, text in pairs
    )
    return Walked(tuple(fields))


def compared(first, second_values, third=None, contested=()):
    opinion = SecondOpinion(values=second_values, contested=set(contested))
    findings = compare_readings(first, opinion, lambda: third)
    return [(dict(finding.context), finding.severity) for finding in findings]


# Comparing


def test_readings_that_agree_give_nothing_and_ask_no_third_program():
    def never():
        raise AssertionError

    assert compare_readings(walked(("a", "1")), SecondOpinion(values={"a": "1"}), never) == []


@pytest.mark.parametrize(
    ("third", "severity"),
    [({"a": "1"}, Severity.QUERY), ({"a": "2"}, Severity.ERROR), (None, Severity.ERROR)],
    ids=["confirms", "does not", "cannot read"],
)
def test_a_difference_is_milder_only_when_a_third_program_confirms_the_first(third, severity):
    found = compared(walked(("a", "1")), {"a": "2"}, third)

    assert found == [({"address": "a"}, severity)]


def test_a_field_that_only_one_of_two_programs_sees_is_a_difference():
    assert compared(walked(("a", "1")), {}) == [({"address": "a"}, Severity.ERROR)]
    assert compared(walked(), {"b": ""}) == [({"address": "b"}, Severity.ERROR)]


def test_a_field_on_no_page_is_not_compared_for_pdfium_cannot_see_it():
    assert compared(walked(("a", "1"), page=None), {}) == []


def test_a_field_whose_boxes_show_several_values_is_a_difference():
    found = compared(walked(("a", "1")), {"a": "1"}, contested={"a"})

    assert found == [({"address": "a"}, Severity.ERROR)]


def test_a_tick_confirmed_by_any_on_state_is_confirmed():
    found = compared(walked(("a", "1"), kind=FieldKind.TICK), {"a": ""}, {"a": "Yes"})

    assert found == [({"address": "a"}, Severity.QUERY)]


def test_very_many_differences_are_one_finding_with_their_number():
    names = [(f"f{n}", "1") for n in range(MAX_NAMED + 1)]

    assert compared(walked(*names), {"x": ""}) == [({"count": str(MAX_NAMED + 2)}, Severity.ERROR)]


def test_a_field_name_that_is_no_address_is_never_repeated():
    assert shown_name("visit__1__dose") == "visit__1__dose"
    assert shown_name("Mme Dupont née le 3") == "?"


# Values


@pytest.mark.parametrize(
    ("value", "shown", "text", "sure"),
    [
        (None, ["/M", "/Off"], "M", True),
        (None, ["/M", "/F"], "F", False),
        (None, ["/Off", "/Off"], "", True),
        (None, [], "", True),
        (Name.M, ["/M", "/Off"], "M", True),
        (Name.M, ["/M", "/M"], "M", True),
        (Name.M, [None, None], "M", True),
        (Name.M, ["/Off"], "M", False),
        (Name.Off, ["/M"], "", False),
        (String("M"), ["/M"], "M", True),
        (String("/M"), ["/M"], "M", True),
        (String(""), ["/Off"], "", True),
        (Array([Name.M]), ["/M"], "", False),
    ],
    ids=repr,
)
def test_a_button_is_what_it_stores_when_that_is_what_it_shows(value, shown, text, sure):
    assert field_text.state_of(value, shown) == FieldText(text, sure)


def test_a_list_without_value_or_position_is_empty():
    assert field_text.choice_of(None, None, None) == FieldText("")
    assert field_text.choice_of(None, Array([7]), Array([String("a")])) == FieldText("", sure=False)
    assert field_text.choice_of(None, Array([0]), None) == FieldText("", sure=False)


@pytest.mark.parametrize("packed", [b"\x78\x9c\xff\xff", zlib.compress(b"cut" * 99)[:-6], b""])
def test_a_stream_that_does_not_unpack_is_damage_or_empty(packed):
    with pikepdf.new() as pdf:
        stream = pikepdf.Stream(pdf, b"")
        stream.write(packed, filter=Name.FlateDecode)
        if packed:
            with pytest.raises(UnreadableFile) as refused:
                field_text.bounded_bytes(stream)
            assert refused.value.code is Code.FILE_DAMAGED
        else:
            assert field_text.bounded_bytes(stream) == b""


def test_a_plain_stream_above_the_limit_is_refused():
    with pikepdf.new() as pdf, pytest.raises(UnreadableFile) as refused:
        field_text.bounded_bytes(pdf.make_stream(b"x" * 11), limit=10)
    assert refused.value.code is Code.FILE_LIMIT


# Trees


def test_a_box_that_stores_another_value_than_its_field_is_an_error():
    def change(pdf):
        entry = field(pdf, "name")
        box = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                Rect=entry.Rect,
                Parent=entry,
                V=String("Autre"),
            )
        )
        pdf.pages[0].obj.Annots = Array(
            [box, *(a for a in pdf.pages[0].obj.Annots if a.objgen != entry.objgen)]
        )
        entry.Kids = Array([box])
        for key in ("/Subtype", "/Rect", "/P", "/AP"):
            del entry[key]

    raw = READER.read(READER.inspect(changed(filled(blank(), ANSWERS), change)), definition())

    assert Code.READINGS_DISAGREE in [f.code for f in raw.findings if f.item == "name"]


def test_buttons_with_several_on_states_are_a_choice_whatever_their_flags_say():
    content = changed(filled(blank(), ANSWERS), lambda pdf: setattr(field(pdf, "alive"), "Ff", 0))
    found = {entry.address: entry for entry in inspect_pdf(content).fields}

    assert (found["alive"].kind, found["alive"].text) == (FieldKind.CHOICE, "0")


def test_a_name_that_is_not_utf_8_is_an_unsure_value_not_a_fault_of_ours():
    content = changed(blank(), lambda pdf: setattr(field(pdf, "alive"), "V", Name("/Zut")))
    raw = READER.read(READER.inspect(content.replace(b"/Zut", b"/Zu\xe9")), definition())

    assert Code.READINGS_DISAGREE in [finding.code for finding in raw.findings]


# Carriers


def test_a_stamp_printed_elsewhere_than_at_the_foot_is_found_when_no_field_is_left():
    with pikepdf.open(io.BytesIO(blank())) as pdf:
        del pdf.Root["/AcroForm"], pdf.docinfo["/Keywords"]
        text = STAMP.text.encode("cp1252")
        pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F 7 Tf 40 600 Td (" + text + b") Tj ET")
        pdf.pages[1].obj.Contents = pdf.make_stream(b"")
        for page in pdf.pages:
            del page.obj["/Annots"]
        claims = inspect_pdf(saved(pdf)).claims

    assert {claim.stamp for claim in claims} == {STAMP}


@pytest.mark.parametrize(
    ("producer", "family"),
    [("macOS Version 14 Quartz PDFContext", "apple"), ("Our own", ""), ("GPL Ghostscript", None)],
)
def test_the_program_that_saved_a_file_is_told_by_family(producer, family):
    with pikepdf.new() as pdf:
        pdf.docinfo["/Producer"] = producer
        told = carriers.program_family(pdf)

    assert told == ("ghostscript" if family is None else family)


def test_a_third_program_that_cannot_read_says_nothing():
    assert second.ask_pypdf(b"no pdf at all") is None
    assert second.ask_pdfium(b"no pdf at all") is None


def test_a_file_that_pdfium_refuses_is_said_to_be_repaired(monkeypatch):
    monkeypatch.setattr(second, "ask_pdfium", lambda *_, **__: None)

    codes = [finding.code for finding in inspect_pdf(blank()).findings]
    assert codes == [Code.FILE_REPAIRED]
