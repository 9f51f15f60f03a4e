"""What the reader makes of the ways programs store answers, right and wrong."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from intake.formats.pdf import second
from intake.formats.pdf.reader import PdfReader, inspect_pdf
from intake.formats.text import normal_text
from intake.model.errors import UnreadableFile
from intake.model.finding import Severity
from intake.model.finding_codes import FindingCode as Code
from intake.model.stamp import FormStamp
from intake.model.submission import FieldKind, Rung
from tests.broken.damage import changed, field, filled
from tests.broken.small import ANSWERS, STAMP, blank, definition, saved
from tests.fillers import pdfium, with_pypdf

READER = PdfReader()
FULL = filled(blank(), ANSWERS)


def read(content):
    return READER.read(READER.inspect(content), definition())


def texts(raw):
    return {answer.address: answer.text for answer in raw.answers}


def codes(raw):
    return [finding.code for finding in raw.findings]


def with_field(name, change, content=FULL):
    """Return the form after a change to one of its fields."""
    return changed(content, lambda pdf: change(field(pdf, name)))


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


# Trees and names


def nested(pdf):
    """Put the two doses below a parent, as form editors do."""
    doses = [field(pdf, f"visit__{row}__dose") for row in (1, 2)]
    parent = pdf.make_indirect(Dictionary(T=String("page2"), Kids=Array(doses)))
    for dose in doses:
        dose.Parent = parent
    others = [f for f in pdf.Root.AcroForm.Fields if f.objgen not in {d.objgen for d in doses}]
    pdf.Root.AcroForm.Fields = Array([*others, parent])


def test_names_of_a_tree_are_joined_by_dots_and_values_are_inherited():
    def change(pdf):
        nested(pdf)
        parent = field(pdf, "page2")
        parent.FT, parent.V = Name.Tx, String("7")
        for dose in parent.Kids:
            del dose["/FT"], dose["/V"]

    inspection = inspect_pdf(changed(blank(), change))
    found = {entry.address: entry.text for entry in inspection.fields}

    assert found["page2.visit__1__dose"] == found["page2.visit__2__dose"] == "7"
    assert inspection.findings == ()


def test_a_renamed_place_is_a_missing_one_and_an_unknown_one():
    raw = read(with_field("name", lambda f: setattr(f, "T", String("Marie Curie"))))

    by_code = {finding.code: finding for finding in raw.findings}
    assert set(by_code) == {Code.FIELD_MISSING, Code.FIELD_UNKNOWN}
    assert by_code[Code.FIELD_MISSING].items == ("name",)
    assert by_code[Code.FIELD_MISSING].context == {"count": "1", "codes": "A01"}
    assert by_code[Code.FIELD_UNKNOWN].context == {"count": "1"}


def test_a_page_taken_out_makes_its_places_missing_even_if_their_fields_are_left():
    def change(pdf):
        del pdf.pages[1]

    raw = read(changed(FULL, change))
    missing = next(f for f in raw.findings if f.code == Code.FIELD_MISSING)

    assert set(missing.items) == {"alive", "drug", "signs", "dose"}
    assert "name" in texts(raw)


def test_a_field_kept_from_the_tree_is_read_from_its_page():
    def change(pdf):
        del pdf.Root.AcroForm.Fields[0]

    raw = read(changed(FULL, change))

    assert texts(raw)["name"] == ANSWERS["name"]
    assert Code.FILE_REPAIRED in codes(raw)


def test_a_form_without_its_form_dictionary_is_read_from_its_pages():
    def change(pdf):
        del pdf.Root["/AcroForm"]

    raw = read(changed(FULL, change))

    assert texts(raw) == {name: text for name, text in ANSWERS.items() if text}
    assert codes(raw) == [Code.FILE_REPAIRED]


def test_two_fields_of_one_name_are_an_error():
    def change(pdf):
        other = Dictionary(T=String("name"), FT=Name.Tx, V=String("Autre"))
        pdf.Root.AcroForm.Fields.append(pdf.make_indirect(other))

    raw = read(changed(FULL, change))

    assert Code.FIELD_DUPLICATE in codes(raw)
    assert texts(raw)["name"] == ANSWERS["name"]


@pytest.mark.parametrize("name", ["name+1", "1.name"])
def test_a_renamed_copy_of_a_place_means_several_forms(name):
    def change(pdf):
        other = Dictionary(T=String(name), FT=Name.Tx, V=String("Autre"))
        pdf.Root.AcroForm.Fields.append(pdf.make_indirect(other))

    assert Code.SEVERAL_FORMS in codes(read(changed(FULL, change)))


def test_signatures_and_push_buttons_are_not_answers():
    def change(pdf):
        for more in ({"FT": Name.Sig}, {"FT": Name.Btn, "Ff": 1 << 16}):
            pdf.Root.AcroForm.Fields.append(pdf.make_indirect(Dictionary(T=String("s"), **more)))

    assert read(changed(FULL, change)).findings == ()


# Whole files


@pytest.mark.parametrize("revision", [4, 6])
def test_a_form_encrypted_without_a_password_is_read(revision):
    with pikepdf.open(io.BytesIO(FULL)) as pdf:
        content = saved(pdf, encryption=pikepdf.Encryption(owner="x", user="", R=revision))

    assert texts(read(content))["name"] == ANSWERS["name"]


@pytest.mark.parametrize("revision", [4, 6])
def test_a_form_with_a_password_is_said_to_be_protected(revision):
    with pikepdf.open(io.BytesIO(FULL)) as pdf:
        content = saved(pdf, encryption=pikepdf.Encryption(owner="x", user="y", R=revision))

    with pytest.raises(UnreadableFile) as refused:
        inspect_pdf(content)
    assert refused.value.code is Code.FILE_PROTECTED


def test_an_xfa_form_is_said_to_be_one():
    def change(pdf):
        pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=String("<xdp/>"))
        for page in pdf.pages:
            del page.obj["/Annots"]

    assert [f.code for f in inspect_pdf(changed(blank(), change)).findings] == [Code.FILE_XFA]


def flattened(content):
    def change(pdf):
        del pdf.Root["/AcroForm"], pdf.docinfo["/Keywords"]
        for page in pdf.pages:
            del page.obj["/Annots"]

    return changed(content, change)


def test_a_form_printed_to_pdf_has_no_fields_but_still_says_which_form_it_is():
    inspection = inspect_pdf(flattened(FULL))

    assert [finding.code for finding in inspection.findings] == [Code.FILE_NO_FIELDS]
    assert [(claim.carrier, claim.stamp) for claim in inspection.claims] == [("footer", STAMP)]


def test_another_document_has_no_fields_and_no_stamp():
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        inspection = inspect_pdf(saved(pdf))

    assert [finding.code for finding in inspection.findings] == [Code.FILE_NO_FIELDS]
    assert inspection.claims == ()


def test_pages_of_two_forms_in_one_file_contradict_each_other():
    def change(pdf):
        other = pikepdf.open(io.BytesIO(blank(OTHER)))
        pdf.pages[1].obj.Contents = pdf.copy_foreign(other.pages[1].obj.Contents)

    inspection = inspect_pdf(changed(FULL, change))

    assert Code.STAMP_CONFLICT in [finding.code for finding in inspection.findings]
    assert {c.stamp for c in inspection.claims if c.carrier == "footer"} == {STAMP, OTHER}


OTHER = FormStamp("mini", "1.0.0", "fr", "0A1B2C3D", "PAR")


def test_a_page_that_comes_twice_means_several_forms():
    def change(pdf):
        pdf.pages[1].obj.Contents = pdf.pages[0].obj.Contents

    inspection = inspect_pdf(changed(FULL, change))

    assert Code.SEVERAL_FORMS in [finding.code for finding in inspection.findings]


def test_every_carrier_of_the_stamp_is_a_claim():
    claims = inspect_pdf(FULL).claims

    assert {claim.carrier for claim in claims} == {"field", "footer", "metadata"}
    assert {claim.stamp for claim in claims} == {STAMP}


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


@settings(max_examples=15, deadline=None)
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
    assert raw.findings == ()


def test_findings_about_a_place_are_said_once():
    inspection = inspect_pdf(with_field("alive", lambda f: setattr(f, "V", Name.Off)))
    twice = replace(inspection, findings=inspection.findings * 2)

    assert (
        READER.read(twice, definition()).findings == READER.read(inspection, definition()).findings
    )


@pytest.mark.parametrize("kind", ["FreeText", "Ink", "Text", "Stamp", "FileAttachment"])
def test_words_laid_over_the_form_instead_of_typed_into_it_are_never_lost_in_silence(kind):
    def change(pdf):
        remark = Dictionary(
            Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=[50, 600, 90, 620], Contents="12,5"
        )
        pdf.pages[0].obj.Annots.append(pdf.make_indirect(remark))

    raw = read(changed(blank(), change))

    assert [(f.code, f.context["count"]) for f in raw.findings] == [(Code.FIELD_UNKNOWN, "1")]


def test_links_and_pop_ups_are_not_words_of_a_person():
    def change(pdf):
        for kind in ("/Link", "/Popup"):
            pdf.pages[0].obj.Annots.append(
                pdf.make_indirect(
                    Dictionary(Type=Name.Annot, Subtype=Name(kind), Rect=[50, 600, 90, 620])
                )
            )

    assert read(changed(FULL, change)).findings == ()


def test_many_long_values_together_are_refused():
    content = blank()
    for name in ("name", "ferritin", "comments"):
        content = filled(content, {name: "a" * 90_000})
    assert read(content).findings == ()

    def change(pdf):
        pdf.Root.AcroForm.Fields.extend(
            Dictionary(T=String(f"x{n}"), FT=Name.Tx, V=String("a" * 90_000)) for n in range(30)
        )

    with pytest.raises(UnreadableFile) as refused:
        inspect_pdf(changed(blank(), change))
    assert refused.value.context == {"limit": "text"}
