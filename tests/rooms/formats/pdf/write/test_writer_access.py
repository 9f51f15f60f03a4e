"""Forms can be heard, tabbed through, printed in grey and set straight after a scan."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import re
import shutil
import subprocess

import pikepdf
import pypdfium2
import pytest

from intake.formats.pdf import anchors
from intake.formats.pdf.write.layout import geometry
from intake.formats.pdf.write.typesetting import TEMPLATE
from intake.model.stamp import FormStamp
from intake.model.submission import FileFormat
from intake.ports import FormRequest
from tests.kit.blanks import definition, written
from tests.kit.places import DM_SAM, HIVE

REAL = DM_SAM
SECOND = HIVE
READABLE, VISIBLE = 4.5, 3.0
"""Least contrast of words and of the edges of what is filled in (WCAG 1.4.3, 1.4.11)."""


@pytest.fixture(scope="module", params=[(REAL, "fr"), (REAL, "en"), (SECOND, "de")])
def study(request):
    path, language = request.param
    form = definition(path)
    stamp = FormStamp(form.id, form.version, language, form.fingerprint)
    asked = FormRequest(language=language, stamp=stamp, closing_date=dt.date(2027, 3, 31))
    return form, language, written(form, FileFormat.PDF, asked)


@pytest.fixture(scope="module")
def pdf(study):
    return pikepdf.open(io.BytesIO(study[2]))


def elements(node):
    """Yield the elements of a structure tree in reading order."""
    if "/S" in node:
        yield node
    kids = node.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


def heard(pdf):
    return list(elements(pdf.Root.StructTreeRoot.K[0]))


def tagged_widgets(pdf):
    """Return the widgets of the structure tree in reading order."""
    forms = [element for element in heard(pdf) if element.S == "/Form"]
    return [kid.Obj for form in forms for kid in form.K]


def field_name(widget):
    return str(widget.get("/T") or widget.Parent.T)


def test_every_widget_is_tagged_once_in_the_order_of_the_pages(pdf):
    drawn = [widget for page in pdf.pages for widget in page.Annots]
    assert {str(widget.Subtype) for widget in drawn} == {"/Widget"}
    tagged = [widget.objgen for widget in tagged_widgets(pdf)]
    assert tagged == [widget.objgen for widget in drawn]
    assert len(set(tagged)) == len(tagged)
    assert {str(page.Tabs) for page in pdf.pages} == {"/S"}


def test_fields_are_read_in_the_order_of_the_form(study, pdf):
    places = anchors.fields(study[0])
    names = [name for name, _ in itertools.groupby(field_name(w) for w in tagged_widgets(pdf))]
    assert len(names) == len(set(names)) == len(places) + 1
    assert names[0] == anchors.STAMP_FIELD
    across = {group.name for group in study[0].groups.values() if group.fixed_item}
    plain = [name for name in names[1:] if places[name].item.group not in across]
    assert plain == [name for name, place in places.items() if place.item.group not in across]
    lines = [places[name] for name in names[1:] if places[name].item.group in across]
    assert [(p.item.name, p.row) for p in lines] == [
        (item.name, row)
        for group in study[0].groups.values()
        if group.name in across
        for item in group.items
        for row in range(1, group.rows + 1)
    ]


def test_a_tag_leads_back_from_each_widget_to_its_element(pdf):
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for widget in tagged_widgets(pdf):
        element = parents[int(widget.StructParent)]
        assert element.S == "/Form"
        assert element.K[0].Obj.objgen == widget.objgen


def test_no_element_only_groups_others(pdf):
    roles = {str(element.S) for element in heard(pdf)}
    assert "/Div" not in roles
    assert roles >= {"/H1", "/H2", "/P", "/Form"}


def test_only_what_has_words_in_its_cells_is_a_table(study, pdf):
    """Fields in columns are heard one by one, each under its own full name."""
    roles = {str(element.S) for element in heard(pdf)}
    tables = {"/Table", "/TR", "/TH", "/TD"}
    assert roles & tables == (tables if study[0].id == "dm-sam" else set())


def test_each_element_knows_its_parent(pdf):
    for element in heard(pdf):
        for kid in element.get("/K", pikepdf.Array()):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                assert kid.P.objgen == element.objgen


def test_every_widget_has_a_name_of_its_own(pdf):
    names = [str(widget.TU) for widget in tagged_widgets(pdf)]
    assert all(names)
    assert len(set(names)) == len(names)


def test_units_options_and_rows_are_said(study, pdf):
    definition, language, _ = study
    said = {field_name(w): str(w.TU) for w in tagged_widgets(pdf)}
    for name, place in anchors.fields(definition).items():
        words = [place.item.unit, place.option.title if place.option else {}]
        for text in filter(None, (local.get(language, "") for local in words)):
            assert text in said[name]
        assert said[name].startswith(place.code.partition("=")[0])


def test_the_document_has_a_title_a_language_and_a_heading_for_each_section(study, pdf):
    definition, language, _ = study
    assert str(pdf.Root.Lang) == language
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo.Title)
    assert bool(pdf.Root.MarkInfo.Marked)
    roles = [str(element.S) for element in heard(pdf)]
    assert roles.count("/H1") == len(definition.sections)
    assert roles.count("/H2") == len(definition.groups)


@pytest.mark.programs
def test_poppler_finds_nothing_wrong_with_the_tags(study, tmp_path):
    if shutil.which("pdfinfo") is None:
        pytest.skip("poppler (pdfinfo) is not installed")
    path = tmp_path / "form.pdf"
    path.write_bytes(study[2])
    done = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert re.search(r"Tagged:\s+yes", done.stdout)


def colours():
    """Return the colours that the template names."""
    text = (TEMPLATE.parent / "parts.typ").read_text(encoding="utf-8")
    named = re.findall(r'#let (\S+) = rgb\("#([0-9a-f]{6})"\)', text)
    return {name: tuple(int(code[i : i + 2], 16) for i in (0, 2, 4)) for name, code in named}


def luminance(colour):
    parts = [value / 255 for value in colour]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, two):
    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("words", ["ink", "soft", "accent"])
@pytest.mark.parametrize("ground", ["white", "tint", "paper"])
def test_words_stand_out_from_their_ground(words, ground):
    named = {**colours(), "white": (255, 255, 255)}
    assert contrast(named[words], named[ground]) >= READABLE


@pytest.mark.parametrize("ground", ["white", "paper"])
@pytest.mark.parametrize("line", ["edge", "bar-colour"])
def test_edges_stand_out_from_their_ground(line, ground):
    named = {**colours(), "white": (255, 255, 255)}
    assert contrast(named[line], named[ground]) >= VISIBLE


def test_white_letters_stand_out_from_the_section_mark():
    assert contrast((255, 255, 255), colours()["accent"]) >= READABLE


def cut(picture, mark, more, scale):
    """Return what a picture shows of a mark and ``more`` millimetres around it."""
    left, top, right, bottom = mark
    box = (left - more, top - more, right + more, bottom + more)
    return picture.crop([round(value * scale) for value in box])


def test_black_squares_mark_the_corners_of_every_page(study):
    scale = 4
    for page in pypdfium2.PdfDocument(study[2]):
        grey = page.render(scale=scale * 25.4 / 72, grayscale=True).to_pil()
        for left, top, right, bottom in geometry.corner_marks():
            inner = grey.crop(
                [round(v * scale) for v in (left + 1, top + 1, right - 1, bottom - 1)]
            )
            assert inner.getextrema() == (0, 0)
            around = grey.crop(
                [round(v * scale) for v in (left - 2, top - 2, right + 2, bottom + 2)]
            )
            dark = sum(around.histogram()[:128])
            assert dark == pytest.approx((geometry.CORNER_MARK * scale) ** 2, rel=0.15)


def test_what_is_drawn_and_not_written_is_not_read_aloud(pdf):
    for page in pdf.pages:
        inside, painted = [], 0
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "BDC":
                inside.append(str(operands[0]))
            elif str(operator) == "EMC":
                inside.pop()
            elif str(operator) in ("f", "S", "B", "Do"):
                painted += 1
                assert inside == ["/Artifact"]
        assert painted > len(geometry.corner_marks())
