"""Damaged trees, renamed places, other documents, pages of several forms: said, never guessed."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from intake.formats.pdf.read.inspection import inspect as inspect_pdf
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode as Code
from intake.model.stamp import FormStamp
from tests.kit.broken.damage import changed, field, filled
from tests.kit.broken.reading import FULL, codes, read, texts, with_field
from tests.kit.broken.small import ANSWERS, STAMP, blank, saved

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


# Marks over the pages, and limits


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
