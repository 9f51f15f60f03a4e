"""What the reader makes of the ways programs store answers, right and wrong."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from intake.formats.pdf.read import second
from intake.formats.pdf.read.encoding import decoded
from intake.formats.pdf.read.inspection import inspect as inspect_pdf
from intake.model.finding import Severity
from intake.model.finding_codes import FindingCode as Code
from intake.model.submission import FieldKind, Rung
from intake.words.spelling import normal_text
from tests.kit.broken.damage import changed, field, filled
from tests.kit.broken.reading import FULL, READER, codes, read, texts, with_field
from tests.kit.broken.small import ANSWERS, blank, definition
from tests.kit.fillers import pdfium, with_pypdf


def test_answers_are_read_with_their_page_and_visible_code():
    raw = read(FULL)

    assert texts(raw) == {name: text for name, text in ANSWERS.items() if text}
    assert raw.findings == ()
    found = {answer.address: answer for answer in raw.answers}
    assert (found["name"].location.page, found["name"].location.code) == (1, "A01")
    assert found["signs__fever"].location.code == "A07=fever"
    assert found["visit__1__dose"].location.code == "B01.1"
    assert {answer.rung for answer in raw.answers} == {Rung.FIELD}


def test_a_blank_form_has_no_answer_and_no_finding():
    raw = read(blank())

    assert raw.answers == ()
    assert raw.findings == ()


def test_what_is_seen_does_not_depend_on_the_moment():
    first, second = inspect_pdf(FULL), inspect_pdf(FULL)

    assert first == second
    assert repr(first) == repr(second)
    assert READER.read(first, definition()) == READER.read(second, definition())


def test_kinds_and_read_only_places_are_told():
    found = {entry.address: entry for entry in inspect_pdf(FULL).fields}

    assert found["alive"].kind is FieldKind.CHOICE
    assert found["drug"].kind is FieldKind.CHOICE
    assert found["signs__rash"].kind is FieldKind.TICK
    assert found["name"].kind is FieldKind.TEXT
    assert found["_stamp"].read_only
    assert not found["name"].read_only


# Text


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        (unicodedata.normalize("NFD", "élève à"), "élève à"),
        ("88 \u03bcg", "88 µg"),
        ("=1+1", "=1+1"),
        ("  12,5 ", "  12,5 "),
        ("_", "_"),
        ("Off", "Off"),
        ("😀 œ", "😀 œ"),
    ],
    ids=ascii,
)
def test_a_text_is_the_one_that_was_typed_in_one_spelling(stored, text):
    raw = read(filled(blank(), {"name": stored}))

    assert texts(raw) == {"name": text}
    assert raw.findings == ()


@pytest.mark.parametrize(
    "data",
    [b"\xfe\xff\x00a", b"\xff\xfea\x00", b"\xef\xbb\xbfa", b"a", b"\xfe\xff\x00a\x00\r\x00\n"],
)
def test_every_encoding_of_a_text_string_is_understood(data):
    raw = read(with_field("name", lambda f: setattr(f, "V", String(data)), blank()))

    assert texts(raw)["name"].strip() == "a"
    assert raw.findings == ()


@pytest.mark.parametrize(
    "data", [b"\xfe\xff\xd8\x00\x00a", b"12\x005", b"\xef\xbb\xbf\xffa", b"a\x9f"], ids=repr
)
def test_a_letter_that_cannot_be_read_is_never_dropped_in_silence(data):
    raw = read(with_field("name", lambda f: setattr(f, "V", String(data)), blank()))

    assert codes(raw) == [Code.READINGS_DISAGREE]
    assert raw.findings[0].item == "name"
    assert "\ufffd" in texts(raw)["name"]


def test_a_text_stored_as_a_stream_is_read():
    def change(pdf):
        field(pdf, "comments").V = pdf.make_stream("né d’été".encode("utf-16"))

    assert texts(read(changed(blank(), change)))["comments"] == "né d’été"


@pytest.mark.parametrize("value", [42, True, Dictionary(A=1), Array([1])], ids=repr)
def test_a_value_that_is_no_text_is_carried_with_an_error(value):
    raw = read(with_field("name", lambda f: setattr(f, "V", value), blank()))

    assert codes(raw) == [Code.READINGS_DISAGREE]
    assert raw.findings[0].severity is Severity.ERROR


# Buttons


def test_a_button_group_without_value_is_read_from_what_it_shows():
    raw = read(with_field("alive", lambda f: f.__delitem__("/V")))

    assert texts(raw)["alive"] == "0"
    assert raw.findings == ()


@pytest.mark.parametrize("stored", ["0", "/0"])
def test_a_button_group_whose_value_is_a_string_is_read(stored):
    raw = read(with_field("alive", lambda f: setattr(f, "V", String(stored))))

    assert texts(raw)["alive"] == "0"


@pytest.mark.parametrize(
    "change",
    [
        lambda f: setattr(f, "V", Name("/1")),
        lambda f: setattr(f, "V", Name.Off),
        lambda f: setattr(f.Kids[0], "AS", Name("/1")),
        lambda f: setattr(f.Kids[1], "AS", Name.Off),
        lambda f: (f.__delitem__("/V"), setattr(f.Kids[0], "AS", Name("/1"))),
    ],
    ids=["other value", "no value", "two shown", "none shown", "two shown without value"],
)
def test_a_value_and_a_picture_that_disagree_are_an_error_of_that_item(change):
    raw = read(with_field("alive", change))

    assert codes(raw) == [Code.READINGS_DISAGREE]
    finding = raw.findings[0]
    assert (finding.item, finding.location.code, finding.location.page) == ("alive", "A05", 2)
    assert finding.severity is Severity.ERROR
    assert "0" not in finding.context.values()


def test_a_tick_is_read_whatever_its_on_state_is_called():
    def change(box):
        box.AP.N["/Coché"] = box.AP.N["/Yes"]
        del box.AP.N["/Yes"]
        box.V = box.AS = Name("/Coché")

    raw = read(with_field("signs__rash", change))

    assert texts(raw)["signs__rash"] == "1"
    assert raw.findings == ()


def test_a_group_that_lost_its_radio_flag_is_not_read_as_a_tick():
    raw = read(with_field("alive", lambda f: setattr(f, "Ff", 0)))

    assert texts(raw)["alive"] == "0"
    assert Code.READINGS_DISAGREE in codes(raw)


def test_a_tick_in_the_place_of_another_answer_is_not_read_as_that_answer():
    def change(pdf):
        field(pdf, "signs__fever").T, field(pdf, "name").T = String("name"), String("signs__fever")

    raw = read(changed(FULL, change))

    assert "name" not in texts(raw)
    assert "signs__fever" not in texts(raw)
    assert {finding.item for finding in raw.findings} == {"name", "signs"}


# Lists


@pytest.mark.parametrize("stored", ["mtx", "Méthotrexate"])
def test_a_list_is_read_by_code_or_label_as_it_was_stored(stored):
    raw = read(filled(blank(), {"drug": stored}))

    assert texts(raw) == {"drug": stored}
    assert raw.findings == ()


@pytest.mark.parametrize("stored", ["_", "", " "])
def test_an_unanswered_list_is_no_answer(stored):
    assert read(filled(blank(), {"drug": stored})).answers == ()


def test_a_list_in_which_two_entries_were_chosen_shows_both():
    chosen = Array([String("ana"), String("mtx")])
    raw = read(with_field("drug", lambda f: setattr(f, "V", chosen)))

    assert texts(raw)["drug"] == "ana;mtx"


def test_a_list_that_stores_only_the_position_is_read_by_it():
    def change(entry):
        del entry["/V"]
        entry.I = Array([1])

    assert texts(read(with_field("drug", change)))["drug"] == "mtx"


# Second opinion


def test_a_second_program_that_reads_otherwise_is_never_overruled_in_silence(monkeypatch):
    asked = second.ask_pdfium

    def other(content, **options):
        opinion = asked(content, **options)
        opinion.values["name"] = "Autre"
        return opinion

    monkeypatch.setattr(second, "ask_pdfium", other)
    confirmed = read(FULL)
    monkeypatch.setattr(second, "ask_pypdf", lambda _: None)
    alone = read(FULL)

    assert texts(confirmed)["name"] == texts(alone)["name"] == ANSWERS["name"]
    assert [(f.code, f.severity, f.item) for f in confirmed.findings] == [
        (Code.READINGS_DISAGREE, Severity.QUERY, "name")
    ]
    assert [(f.code, f.severity, f.item) for f in alone.findings] == [
        (Code.READINGS_DISAGREE, Severity.ERROR, "name")
    ]


def test_every_mark_of_the_form_is_seen_by_both_programs():
    marks = {"signs__fever": "1", "signs__rash": "1", "alive": "9"}
    raw = read(filled(blank(), marks))

    assert texts(raw) == marks
    assert raw.findings == ()


LETTERS = st.characters(codec="cp1252", exclude_categories=["Cc"])
TEXTS = st.text(st.one_of(LETTERS, st.sampled_from("≥≤µ\u0301œŒ€’«»\n")), max_size=40)


def two_ways(text):
    """Say whether a program that writes no mark leaves bytes that are another text as well."""
    data = bytes(String(text))
    return decoded(data, str(String(data))).text != str(String(data))


@settings(max_examples=15, deadline=None)
@example(name="Â§", comments="valeur Â§ 12", alive="1", fever=True)
@example(name="1/2", comments="&lt; 5", alive="1", fever=True)
@given(name=TEXTS, comments=TEXTS, alive=st.sampled_from(["1", "0", "9"]), fever=st.booleans())
@pytest.mark.parametrize("filler", [pdfium, with_pypdf], ids=lambda f: f.NAME)
def test_any_answers_come_back_equal_from_a_real_program(filler, name, comments, alive, fever):
    entered = {
        "name": name.replace("\n", " "),
        "comments": comments,
        "alive": alive,
        "signs__fever": "1" if fever else "",
    }
    raw = read(filler.fill(blank(), entered))

    wanted = {key: normal_text(text) for key, text in entered.items() if normal_text(text).strip()}
    assert texts(raw) == wanted
    doubted = {key for key in ("name", "comments") if two_ways(entered[key])}
    assert {finding.item for finding in raw.findings} == doubted


def test_findings_about_a_place_are_said_once():
    inspection = inspect_pdf(with_field("alive", lambda f: setattr(f, "V", Name.Off)))
    twice = replace(inspection, findings=inspection.findings * 2)

    assert (
        READER.read(twice, definition()).findings == READER.read(inspection, definition()).findings
    )
