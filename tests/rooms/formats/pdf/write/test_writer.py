"""Blank PDF forms: every place once, fields as agreed, stamps, the same bytes each time."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import json
import subprocess
import sys
from collections import Counter

import pikepdf
import pypdf
import pypdfium2
import pytest

from intake.formats.pdf import anchors
from intake.formats.pdf.write import writer
from intake.formats.pdf.write.layout import page_model
from intake.formats.pdf.write.writer import PdfWriter
from intake.model.definition import DataType
from intake.model.errors import DefinitionError
from intake.model.stamp import FormStamp, find_stamp
from intake.model.submission import FileFormat
from intake.ports import FormRequest
from intake.schema.compile.definition import compile_definition
from tests.kit.blanks import written
from tests.kit.places import DM_SAM, HIVE, ROOT

REAL = DM_SAM
SECOND = HIVE
MOST_PAGES = 16
MOST_BYTES = 400_000


def load(path):
    return compile_definition(json.loads(path.read_text(encoding="utf-8")))


def request_for(definition, language="fr", **more):
    stamp = FormStamp(definition.id, definition.version, language, definition.fingerprint, "REI")
    return FormRequest(
        language=language,
        stamp=stamp,
        sponsor="Promoteur",
        contact=("coordination@exemple.fr",),
        closing_date=dt.date(2027, 3, 31),
        **more,
    )


@pytest.fixture(scope="module")
def definition():
    return load(REAL)


@pytest.fixture(scope="module")
def second():
    return load(SECOND)


@pytest.fixture(scope="module")
def french(definition):
    return written(definition, FileFormat.PDF, request_for(definition))


@pytest.fixture(scope="module")
def english(definition):
    return written(definition, FileFormat.PDF, request_for(definition, "en"))


@pytest.fixture(scope="module")
def form(french):
    return pikepdf.open(io.BytesIO(french))


@pytest.fixture(scope="module")
def by_name(form):
    return {str(field.T): field for field in form.Root.AcroForm.Fields}


def widgets(pdf):
    annotations = (a for page in pdf.pages for a in page.get("/Annots", []))
    return [annotation for annotation in annotations if annotation.Subtype == "/Widget"]


def texts(content):
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range() for page in document]


def test_every_address_is_one_field_and_nothing_else_is(definition, by_name, form):
    expected = {*anchors.fields(definition), "_stamp"}
    assert set(by_name) == expected
    assert len(form.Root.AcroForm.Fields) == len(expected) == 754


def test_another_library_finds_the_same_fields(french, by_name):
    assert set(pypdf.PdfReader(io.BytesIO(french)).get_fields()) == set(by_name)


def test_field_names_are_flat(by_name):
    assert not [name for name in by_name if "." in name]
    assert not [f for f in by_name.values() if "/Parent" in f]


def test_options_of_a_radio_group_are_nameless_and_answer_with_their_codes(definition, by_name):
    groups = 0
    for name, field in by_name.items():
        if "/Kids" not in field:
            continue
        groups += 1
        assert not [kid for kid in field.Kids if "/T" in kid]
        states = [set(kid.AP.N.keys()) - {"/Off"} for kid in field.Kids]
        codes = [f"/{option.code}" for option in anchors.fields(definition)[name].item.options]
        assert states == [{code} for code in codes]
    assert groups > 60


def test_a_tick_answers_yes(definition, by_name):
    for name, place in anchors.fields(definition).items():
        if place.option is not None:
            assert set(by_name[name].AP.N.keys()) == {"/Yes", "/Off"}
            assert by_name[name].V == by_name[name].AS == "/Off"


def test_dropdowns_offer_codes_with_labels_and_start_unanswered(definition, by_name):
    dropdowns = {n: f for n, f in by_name.items() if f.get("/FT") == "/Ch"}
    assert dropdowns
    for name, field in dropdowns.items():
        item = anchors.fields(definition)[name].item
        pairs = [(str(pair[0]), str(pair[1])) for pair in field.Opt]
        assert pairs == [("_", " "), *((o.code, o.title["fr"]) for o in item.options)]
        group = definition.groups[item.group]
        if item.name != group.fixed_item:
            assert str(field.V) == "_"


def test_a_printed_value_is_read_only_and_holds_its_code(by_name):
    values = [by_name[f"mas_fu__{row}__fu_timepoint"] for row in range(1, 8)]
    assert [str(f.V) for f in values] == ["d3", "d7", "d14", "d28", "m3", "m6", "m12"]
    assert all(int(f.Ff) & 1 for f in values)


def test_text_fields_take_a_little_more_than_the_limit(definition, by_name):
    for name, place in anchors.fields(definition).items():
        item = place.item
        if item.data_type is DataType.TEXT and item.max_length:
            assert item.max_length < int(by_name[name].MaxLen) <= item.max_length * 1.2 + 5
        elif "/MaxLen" in by_name[name]:
            pytest.fail(f"{name} would cut what is typed")


def test_written_fields_never_share_an_appearance(form):
    streams = [w.AP.N.objgen for w in widgets(form) if w.get("/FT") in ("/Tx", "/Ch")]
    assert len(streams) == len(set(streams)) > 300


def test_buttons_share_their_appearances(form):
    states = [w.AP.N for w in widgets(form) if "/AS" in w]
    assert len({stream.objgen for state in states for stream in state.values()}) <= 4


def test_nothing_of_the_links_that_held_a_place_remains(form):
    others = [a for page in form.pages for a in page.Annots if a.Subtype != "/Widget"]
    assert [str(a.A.URI) for a in others] == ["mailto:coordination@exemple.fr"]
    assert not [w for w in widgets(form) if "/A" in w or "/Contents" in w]
    assert "/NeedAppearances" not in form.Root.AcroForm
    assert "/JavaScript" not in form.Root.get("/Names", {})


def test_each_widget_has_its_form_element_in_the_structure(form):
    tags = pikepdf.NumberTree(form.Root.StructTreeRoot.ParentTree)
    for widget in widgets(form):
        element = tags[int(widget.StructParent)]
        assert element.S == "/Form"
        assert [kid.Obj.objgen for kid in element.K] == [widget.objgen]
    assert {str(page.Tabs) for page in form.pages} == {"/S"}
    assert str(form.Root.Lang) == "fr"


def test_each_field_says_its_code_question_unit_and_row(by_name):
    assert str(by_name["lab_hb_dx"].TU) == "Q02 Hémoglobine au diagnostic (g/dL)"
    assert str(by_name["mas_fu__2__fu_hb"].TU) == "T04.2 Hémoglobine (g/dL), J7"
    assert str(by_name["mas_tx__2__mtrt_drug"].TU) == "S03.2 Médicament, ligne 2 sur 8"
    assert all(str(field.TU) for field in by_name.values())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_stamp_stands_on_every_page(language, definition, request):
    content = request.getfixturevalue({"fr": "french", "en": "english"}[language])
    stamp = request_for(definition, language).stamp
    pages = texts(content)
    for number, text in enumerate(pages, start=1):
        assert stamp.footer(number, len(pages)) in text
    assert find_stamp(pages[0]) == stamp


def test_the_stamp_is_also_a_locked_field_of_the_first_page_and_a_keyword(
    form, by_name, definition
):
    stamp = request_for(definition).stamp.text
    assert str(by_name["_stamp"].V) == stamp
    assert int(by_name["_stamp"].Ff) & 1
    assert by_name["_stamp"].objgen in [w.objgen for w in form.pages[0].Annots]
    assert stamp in str(form.docinfo.Keywords)


def test_a_form_without_centre_says_so_in_its_stamp(second):
    plain = FormStamp(second.id, second.version, "fr", second.fingerprint)
    content = PdfWriter().write(second, FormRequest(language="fr", stamp=plain))
    assert find_stamp(texts(content)[1]) == plain


def test_a_qr_code_of_each_page_can_be_read(french, definition):
    zxing = pytest.importorskip("zxingcpp", reason="no QR decoder here")
    stamp = request_for(definition).stamp
    for number, page in enumerate(pypdfium2.PdfDocument(french), start=1):
        image = page.render(scale=150 / 72).to_pil()
        assert stamp.token(number) in [code.text for code in zxing.read_barcodes(image)]


def test_a_form_of_more_pages_than_were_counted_on_is_the_same(second, monkeypatch):
    counted = PdfWriter().write(second, request_for(second))
    monkeypatch.setattr(page_model, "_FIELDS_A_PAGE", 1000)
    assert PdfWriter().write(second, request_for(second)) == counted


def test_a_form_of_too_many_pages_is_refused(second, monkeypatch):
    monkeypatch.setattr(writer, "MOST_PAGES", 2)
    with pytest.raises(DefinitionError, match="3 pages"):
        PdfWriter().write(second, request_for(second))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_form_is_light_to_print_and_to_email(language, request):
    content = request.getfixturevalue({"fr": "french", "en": "english"}[language])
    assert len(texts(content)) <= MOST_PAGES
    assert len(content) < MOST_BYTES


def test_the_same_request_gives_the_same_bytes_here_and_in_a_fresh_process(second):
    here = PdfWriter().write(second, request_for(second))
    assert PdfWriter().write(second, request_for(second)) == here
    script = (
        "import hashlib, runpy; m = runpy.run_path('tests/rooms/formats/pdf/write/test_writer.py');"
        "d = m['load'](m['SECOND']); w = m['PdfWriter']().write(d, m['request_for'](d));"
        "print(hashlib.sha256(w).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == hashlib.sha256(here).hexdigest()


def test_the_layout_audit_is_clean(definition):
    assert PdfWriter().audit(definition, request_for(definition)) == ()


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_an_unlike_study_in_three_languages_is_written_too(language, second):
    content = PdfWriter().write(second, request_for(second, language))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        names = {str(f.T) for f in pdf.Root.AcroForm.Fields}
    assert names == {*anchors.fields(second), "_stamp"}


PREFILL = {
    "id_surname2": "DU",
    "lab_hb_dx": "8,5",
    "dm_ild": "1",
    "comorbidities__hta": "1",
    "dm_tx__1__dtrt_drug": "ivig",
    "dm_cancer_type": "Adénocarcinome « œsophage »",
}


def test_answers_given_with_the_request_are_held_and_drawn(definition):
    content = PdfWriter().write(definition, request_for(definition, prefill=PREFILL))
    pdf = pikepdf.open(io.BytesIO(content))
    held = {str(f.T): str(f.V) for f in pdf.Root.AcroForm.Fields}
    assert held["dm_ild"] == "/1"
    assert held["comorbidities__hta"] == "/Yes"
    assert {n: held[n] for n in PREFILL if not held[n].startswith("/")} == {
        n: v for n, v in PREFILL.items() if v != "1"
    }
    drawn = drawn_texts(content)
    assert drawn["lab_hb_dx"] == "8,5"
    assert drawn["dm_tx__1__dtrt_drug"] == "Immunoglobulines polyvalentes IV"
    assert drawn["dm_cancer_type"] == PREFILL["dm_cancer_type"]


@pytest.mark.parametrize("prefill", [{"nobody": "x"}, {"breed": "7"}, {"_stamp": "other"}])
def test_an_answer_that_no_field_can_hold_is_refused(prefill, second):
    with pytest.raises(DefinitionError, match=next(iter(prefill))):
        PdfWriter().write(second, request_for(second, prefill=prefill))


def test_a_character_the_fonts_lack_is_a_fault(second):
    item = dataclasses.replace(second.single_items[0], label={"fr": "Nom \u6f22", "en": "Name"})
    changed = dataclasses.replace(second, elements=(item, *second.elements[1:]))
    faults = PdfWriter().audit(changed, request_for(changed))
    assert ["\u6f22" in fault.problem for fault in faults] == [True]


def drawn_texts(content):
    """Return what is drawn inside each text and dropdown field, by name."""
    found = {}
    document = pypdfium2.PdfDocument(content)
    for index, boxes in enumerate(written_boxes(content)):
        raw = pypdfium2.raw
        raw.FPDFPage_Flatten(document[index], raw.FLAT_NORMALDISPLAY)
        text = document[index].get_textpage()
        for name, box in boxes.items():
            found[name] = text.get_text_bounded(*box).strip()
    return found


def written_boxes(content):
    """Return the rectangles of text and dropdown fields by name, page after page."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [
            {
                str(w.T): tuple(float(v) for v in w.Rect)
                for w in page.get("/Annots", [])
                if w.get("/FT") in ("/Tx", "/Ch")
            }
            for page in pdf.pages
        ]


@pytest.mark.slow
def test_what_a_program_fills_in_is_drawn_in_its_own_box(definition, french):
    """Programs write into the appearance streams: shared ones would all show one value."""
    reader = pypdf.PdfReader(io.BytesIO(french))
    boxes = {n for page in written_boxes(french) for n in page}
    fixed = {n for n in boxes if n.endswith("fu_timepoint")} | {"_stamp"}
    kinds = anchors.fields(definition)
    values = {
        name: kinds[name].item.options[0].code if kinds[name].item.is_choice else f"v{index}"
        for index, name in enumerate(sorted(boxes - fixed))
    }
    writer = pypdf.PdfWriter(clone_from=reader)
    writer.update_page_form_field_values(None, values, auto_regenerate=False)
    target = io.BytesIO()
    writer.write(target)
    drawn = drawn_texts(target.getvalue())
    wrong = {n: drawn[n] for n, v in values.items() if drawn[n] not in (v, label(kinds[n], v))}
    assert wrong == {}
    assert Counter(drawn.values()).most_common(1)[0][1] < 60


def label(place, code):
    option = place.item.option(code)
    return option.title["fr"] if option else ""
